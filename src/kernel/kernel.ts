/** The WebAssembly kernels of one thread, and the memory they work in. */
import { KERNEL_BASE64 } from "./binary.ts";

const PAGE_BYTES = 65536;
/** Blocks are held up to this size together; one that is larger is held alone. */
const HELD_BYTES = 2 ** 26;

/** Plays one episode per lane and returns the steps taken by all; see kernel/assembly/rollout.ts. */
export type Rollout = (
  program: number,
  values: number,
  lanes: number,
  individual: number,
  stride: number,
  count: number,
  steps: number,
  scores: number,
) => number;

/** The environments that a kernel plays. */
export interface Rollouts {
  swingup: Rollout;
  cartpole: Rollout;
  pendulum: Rollout;
  mountainCar: Rollout;
  acrobot: Rollout;
  biped: Rollout;
  racer: Rollout;
}

/** The exports of kernel/assembly/index.ts. Pointers are byte offsets into `memory`. */
export interface KernelExports extends Rollouts {
  /** See kernel/assembly/examples.ts. */
  examples(
    program: number,
    distinct: number,
    distinctCount: number,
    blocks: number,
    wanted: number,
    exampleCount: number,
    values: number,
    splits: number,
    weights: number,
    weightCount: number,
    individual: number,
    networkCount: number,
    head: number,
    totals: number,
    answers: number,
  ): void;
  /** Structures are laid out by baseline/engine.ts; see kernel/assembly/dense.ts. */
  denseStep(
    network: number,
    examples: number,
    order: number,
    count: number,
    rate: number,
    decay: number,
    momentum: number,
    tally: number,
  ): void;
  denseTally(network: number, examples: number, order: number, count: number, tally: number): void;
  /** Called by network/dots.ts and network/node-products.ts. */
  dots(
    a: number,
    rows: number,
    b: number,
    c: number,
    count: number,
    stride: number,
    first: number,
    second: number,
  ): void;
  forward(program: number, values: number, stride: number, vectors: number, shared: number, individual: number): void;
  /** Called by network/gradient-kernel.ts; see kernel/assembly/gradient.ts. */
  gradientForward(
    program: number,
    values: number,
    sums: number,
    stride: number,
    weights: number,
    individual: number,
  ): void;
  gradientBackward(
    program: number,
    values: number,
    sums: number,
    errors: number,
    stride: number,
    weights: number,
    individual: number,
    partials: number,
    surrogate: number,
  ): void;
  /** Called by baseline/topology/engine.ts; see kernel/assembly/topology.ts. */
  topologyGradients(network: number, examples: number, order: number, count: number, tally: number): number;
  topologyStep(scores: number, firsts: number, seconds: number, gradients: number, bytes: number, rate: number): void;
  topologyMask(layer: number, scores: number, count: number, scale: number): void;
  /** The first byte of memory the host may use. */
  heapBase(): number;
}

let compiling: Promise<WebAssembly.Module> | undefined;

/** The module, compiled once for all kernels of a thread. */
function compiled(): Promise<WebAssembly.Module> {
  compiling ??= WebAssembly.compile(Uint8Array.from(atob(KERNEL_BASE64), (character) => character.charCodeAt(0)));
  return compiling;
}

/** A kernel instance: the compiled module, and one arena of memory that each call lays out anew. */
export class Kernel {
  readonly exports: KernelExports;
  readonly #memory: WebAssembly.Memory;
  readonly #base: number;
  #top: number;
  /** First byte after the data held. */
  #floor: number;
  readonly #held = new Map<object, number>();

  private constructor(instance: WebAssembly.Instance, memory: WebAssembly.Memory) {
    this.exports = instance.exports as unknown as KernelExports;
    this.#memory = memory;
    this.#base = align(this.exports.heapBase());
    this.#top = this.#base;
    this.#floor = this.#base;
  }

  /** Makes a kernel; needs WebAssembly SIMD, which Node has since 16 and browsers since 2021. */
  static async create(): Promise<Kernel> {
    const memory = new WebAssembly.Memory({ initial: 16 });
    return new Kernel(await WebAssembly.instantiate(await compiled(), { env: { memory, abort } }), memory);
  }

  /** Frees everything placed so far (not what is held) and makes room for `bytes` and the alignment of `blocks` blocks. */
  reserve(bytes: number, blocks: number): void {
    this.#top = this.#floor;
    const missing = this.#floor + bytes + blocks * 16 - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
  }

  /**
   * Holds blocks of data that many calls read, such as batches of images. Frees everything placed so far; when there
   * is no room for another block, all blocks held are let go.
   *
   * @param key  what the data are made of: the same object, the same data
   * @param fill writes the data, called only if they are not held yet
   * @returns    the pointer to the data
   */
  hold(key: object, length: number, fill: (floats: Float32Array) => void): number {
    const known = this.#held.get(key);
    if (known !== undefined) return known;
    if (this.#floor - this.#base + length * 4 > HELD_BYTES) {
      this.#held.clear();
      this.#floor = this.#base;
    }
    this.reserve(length * 4, 1);
    const floats = this.floats(length);
    fill(floats);
    this.#floor = this.#top;
    this.#held.set(key, floats.byteOffset);
    return floats.byteOffset;
  }

  /** Places `length` singles, not cleared; the view's `byteOffset` is the pointer the kernels take. */
  floats(length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#memory.buffer, this.#place(length * 4), length);
  }

  /** Places `length` integers, not cleared; the view's `byteOffset` is the pointer the kernels take. */
  integers(length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.#memory.buffer, this.#place(length * 4), length);
  }

  #place(bytes: number): number {
    const pointer = this.#top;
    this.#top = align(pointer + bytes);
    return pointer;
  }
}

function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}

function abort(): never {
  throw new Error("A kernel aborted.");
}
