/**
 * Lets nodes whose lists of sources begin alike share the sum of that beginning.
 *
 * A child's mutation changes one source of a large output, say, or appends one; what the parent's output sums before
 * it is the same. Sums are taken in order from +0, so starting from a stored beginning gives the same bits.
 */
import { createProgram, HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "./program.ts";

/** Activation code of a partial sum: a node that is neither multiplied by the weight nor activated. */
export const PARTIAL_SUM = 0;
/** Work of adding a source that depends on the weight, in units of adding an input; the paper's weights are six. */
const HIDDEN_WORK = 6;
/** Least work a partial sum must save: storing it and starting from it are work too. */
const LEAST_WORK = 24;

/**
 * Adds partial sums to a merged program. Only for the classification kernel, which knows their code.
 *
 * @returns a program with the same outputs, bit for bit; `program` itself if nothing is worth sharing
 */
export function sharePrefixes(program: Program): Program {
  const nodes = new Nodes(program);
  const partials = new Partials(nodes);
  for (const members of nodes.groups()) partials.share(members);
  return partials.count === 0 ? program : partials.write();
}

/** The nodes of a program and their sources. */
class Nodes {
  readonly program: Program;
  readonly header: ReturnType<typeof programHeader>;
  /** Index in the program of each node's first source, [nodes + 1]. */
  readonly starts: Int32Array;

  constructor(program: Program) {
    this.program = program;
    this.header = programHeader(program);
    this.starts = new Int32Array(this.header.nodeCount + 1);
    this.starts[0] = this.header.sources;
    for (let node = 0; node < this.header.nodeCount; node++) {
      this.starts[node + 1] = this.starts[node] + program[HEADER_LENGTH + node * NODE_LENGTH + 2];
    }
  }

  /** The nodes that begin with the same sources, as many as are worth sharing; groups of two and more. */
  groups(): number[][] {
    const byHash = new Map<number, number[]>();
    for (let node = 0; node < this.header.nodeCount; node++) {
      const end = this.starts[node + 1];
      let work = 0;
      let hash = 0;
      for (let at = this.starts[node]; at < end && work < LEAST_WORK; at++) {
        work += this.#work(this.program[at]);
        hash = Math.imul(hash ^ this.program[at], 0x9e3779b1);
        hash ^= hash >>> 15;
      }
      if (work < LEAST_WORK) continue;
      const group = byHash.get(hash);
      if (group === undefined) byHash.set(hash, [node]);
      else group.push(node);
    }
    return [...byHash.values()].filter((group) => group.length > 1);
  }

  /** Number of a node's sources that are inputs or the bias. */
  inputSources(node: number): number {
    return this.program[HEADER_LENGTH + node * NODE_LENGTH + 1];
  }

  /** Number of sources that two nodes have in common at the beginning. */
  commonLength(first: number, second: number): number {
    const { program, starts } = this;
    const most = Math.min(starts[first + 1] - starts[first], starts[second + 1] - starts[second]);
    let length = 0;
    while (length < most && program[starts[first] + length] === program[starts[second] + length]) length++;
    return length;
  }

  /** Orders nodes by their sources, so that those with long common beginnings are neighbours. */
  compare(first: number, second: number): number {
    const length = this.commonLength(first, second);
    const source = (node: number) => {
      const at = this.starts[node] + length;
      return at < this.starts[node + 1] ? this.program[at] : -1;
    };
    return source(first) - source(second) || first - second;
  }

  /** Work of adding a node's sources from one index to another. */
  workBetween(node: number, from: number, to: number): number {
    let work = 0;
    for (let at = from; at < to; at++) work += this.#work(this.program[this.starts[node] + at]);
    return work;
  }

  #work(slot: number): number {
    return slot <= this.header.inputCount ? 1 : HIDDEN_WORK;
  }
}

/** Partial sums: each continues another (or starts from nothing) up to a number of sources of some node. */
class Partials {
  count = 0;
  readonly #nodes: Nodes;
  readonly #lengths: number[] = [];
  readonly #bases: number[] = [];
  /** The partial sum that a node starts from, or -1, [nodes]. */
  readonly #baseOf: Int32Array;

  constructor(nodes: Nodes) {
    this.#nodes = nodes;
    this.#baseOf = new Int32Array(nodes.header.nodeCount).fill(-1);
  }

  /** Finds the partial sums worth storing among nodes that begin alike. */
  share(members: number[]): void {
    members.sort((first, second) => this.#nodes.compare(first, second));
    const common = members.map((node, index) => (index === 0 ? 0 : this.#nodes.commonLength(members[index - 1], node)));
    this.#shareRange(members, common, 0, members.length, -1);
  }

  #shareRange(members: number[], common: number[], start: number, end: number, base: number): void {
    if (end - start === 1) {
      this.#baseOf[members[start]] = base;
      return;
    }
    let length = common[start + 1];
    for (let index = start + 2; index < end; index++) length = Math.min(length, common[index]);
    const from = base < 0 ? 0 : this.#lengths[base];
    let next = base;
    // The inputs of a node are added first and once for all weights, so they are shared all or not at all.
    const wholeInputs = members.slice(start, end).every((node) => this.#nodes.inputSources(node) <= length);
    if (wholeInputs && this.#nodes.workBetween(members[start], from, length) >= LEAST_WORK) {
      next = this.count++;
      this.#lengths.push(length);
      this.#bases.push(base);
    }
    let first = start;
    for (let index = start + 1; index <= end; index++) {
      if (index < end && common[index] > length) continue;
      this.#shareRange(members, common, first, index, next);
      first = index;
    }
  }

  /** The program with each partial sum right before the first node that needs it. */
  write(): Program {
    const { program, header, starts } = this.#nodes;
    const firstNode = 1 + header.inputCount;
    const rows: number[] = [];
    const sources: number[] = [];
    const slots = new Int32Array(header.slotCount);
    for (let slot = 0; slot < firstNode; slot++) slots[slot] = slot;
    const slotOf = new Int32Array(this.count);
    /** Writes a node that sums the sources of `node` up to `length`, starting from a partial sum. */
    const emit = (code: number, node: number, base: number, length: number): number => {
      const before = sources.length;
      const from = base < 0 ? 0 : this.#lengths[base];
      if (base >= 0) sources.push(slotOf[base]);
      for (let at = starts[node] + from; at < starts[node] + length; at++) sources.push(slots[program[at]]);
      rows.push(code, base < 0 ? this.#nodes.inputSources(node) : 0, sources.length - before);
      return firstNode + rows.length / NODE_LENGTH - 1;
    };
    const need = (base: number, node: number): void => {
      if (base < 0 || slotOf[base] > 0) return;
      need(this.#bases[base], node);
      slotOf[base] = emit(PARTIAL_SUM, node, this.#bases[base], this.#lengths[base]);
    };
    for (let node = 0; node < header.nodeCount; node++) {
      const base = this.#baseOf[node];
      need(base, node);
      const code = program[HEADER_LENGTH + node * NODE_LENGTH];
      slots[firstNode + node] = emit(code, node, base, starts[node + 1] - starts[node]);
    }
    const shared = createProgram(header.inputCount, header.outputCount, rows.length / NODE_LENGTH, sources.length);
    shared.set(rows, HEADER_LENGTH);
    shared.set(sources, HEADER_LENGTH + rows.length);
    for (let output = 0; output < header.outputCount; output++) {
      shared[shared.length - header.outputCount + output] = slots[program[header.outputs + output]];
    }
    return shared;
  }
}
