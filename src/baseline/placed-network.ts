/** A dense network and its examples in the kernels' memory, laid out as kernel/assembly/dense.ts wants them. */
import type { Dataset } from "../data/dataset.ts";
import { activationCode } from "../genome/activations.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Split } from "../tasks/task.ts";
import { SPLITS, type Tally } from "./dense.ts";
import {
  address,
  alignedWords,
  compress,
  fillEntries,
  floats,
  LINE,
  NOTHING,
  PAIR,
  strideOf,
  type Words,
} from "./memory.ts";
import { describeLayer, LAYER_WORDS, type PlacedLayer, placeLayer } from "./placed-layer.ts";
import { type DenseWeights, layerSizes } from "./weights.ts";

/** Examples taken at once where only the outputs are wanted, at least. */
const TALLY_BATCH = 64;

/** Makes room for so many words of zeros. */
export type Place = (words: number) => Words;

/** A network, its layers, and data sets; the kernel is its own from then on, since it keeps data there between calls. */
export class PlacedNetwork<Extra> {
  readonly layers: readonly PlacedLayer[];
  /** The structures the kernels read: of the network, of each layer, of each part of the data. */
  readonly network: Words;
  readonly descriptors: readonly Words[];
  readonly parts: Readonly<Record<Split, Words>>;
  /** What `more` placed. */
  readonly extra: Extra;
  readonly #kernel: Kernel;
  readonly #counts: Record<Split, number>;
  readonly #order: Words;
  readonly #tally: Words;
  readonly #capacity: number;

  /**
   * @param batch examples of a step, at most
   * @param more  places what else the caller needs; called twice, the first time to count
   */
  constructor(
    kernel: Kernel,
    dataset: Dataset,
    { shape, activation }: Pick<DenseWeights, "shape" | "activation">,
    batch: number,
    more: (place: Place) => Extra,
  ) {
    this.#kernel = kernel;
    this.#counts = { train: dataset.train.count, validation: dataset.validation.count, test: dataset.test.count };
    this.#capacity = Math.max(batch, TALLY_BATCH);
    const capacity = this.#capacity;
    const sparse = {
      train: compress(dataset.train, shape.inputs),
      validation: compress(dataset.validation, shape.inputs),
      test: compress(dataset.test, shape.inputs),
    };
    const widest = Math.max(...SPLITS.map((split) => sparse[split].longest));

    const build = (place: Place) => {
      const parts = Object.fromEntries(
        SPLITS.map((split) => {
          const { starts, entries, labels } = sparse[split];
          const arrays = [place(starts.length), place(entries.length), place(Math.ceil(labels.length / 4))];
          const descriptor = place(3);
          return [split, { arrays, descriptor }];
        }),
      ) as Record<Split, { arrays: Words[]; descriptor: Words }>;
      const layers = layerSizes(shape).map((size, index) =>
        placeLayer(place, size, capacity, index === 0 ? widest : size.rows),
      );
      return {
        parts,
        layers,
        descriptors: layers.map(() => place(LAYER_WORDS)),
        exchanged: place(shape.classes * strideOf(shape.hidden)),
        errorSpans: place(capacity * PAIR),
        errorEntries: place(capacity * shape.classes * PAIR),
        hiddenEntries: place(capacity * shape.hidden * PAIR),
        oneEntries: place(capacity * PAIR),
        ones: place(PAIR),
        zeros: place(strideOf(Math.max(shape.hidden, shape.classes))),
        order: place(capacity),
        network: place(10),
        tally: place(4),
        extra: more(place),
      };
    };
    let words = 0;
    let blocks = 0;
    build((length) => {
      words += length + LINE;
      blocks++;
      return NOTHING;
    });
    kernel.reserve(words * 4, blocks);
    const memory = build((length) => alignedWords(kernel, length));
    this.layers = memory.layers;
    this.#order = memory.order;
    this.#tally = memory.tally;
    this.network = memory.network;
    this.descriptors = memory.descriptors;
    this.extra = memory.extra;

    const parts = { train: NOTHING, validation: NOTHING, test: NOTHING };
    for (const split of SPLITS) {
      const { arrays, descriptor } = memory.parts[split];
      arrays[0].set(sparse[split].starts);
      arrays[1].set(sparse[split].entries);
      new Uint8Array(arrays[2].buffer, arrays[2].byteOffset).set(sparse[split].labels);
      descriptor.set(arrays.map(address));
      parts[split] = descriptor;
    }
    this.parts = parts;

    memory.layers.forEach((layer, index) => {
      memory.descriptors[index].set(describeLayer(layer));
    });
    const last = memory.layers.length - 1;
    const output = memory.layers[last];
    fillEntries(memory.errorSpans, memory.errorEntries, capacity, shape.classes);
    fillEntries(memory.ones, memory.oneEntries, 1, capacity);
    const ones = floats(memory.oneEntries);
    for (let index = 0; index < capacity; index++) ones[index * PAIR + 1] = 1;
    if (shape.hidden > 0) {
      fillEntries(output.byExample, memory.hiddenEntries, capacity, shape.hidden);
      fillEntries(output.byRow, output.rowEntries, shape.hidden, capacity);
    }
    memory.network.set([
      shape.hidden > 0 ? address(memory.descriptors[0]) : 0,
      address(memory.descriptors[last]),
      activationCode(activation) as number,
      ...[memory.exchanged, memory.errorSpans, memory.errorEntries, memory.hiddenEntries, memory.ones].map(address),
      address(memory.zeros),
      capacity * PAIR * 4,
    ]);
  }

  /** Calls a kernel on the examples of a batch, and lets it add to `tally`; gives what it returns. */
  onBatch<Result>(batch: Int32Array, tally: Tally, call: (order: number, tally: number) => Result): Result {
    this.#order.set(batch);
    const loss = new Float64Array(this.#tally.buffer, this.#tally.byteOffset, 1);
    loss[0] = tally.loss;
    this.#tally[2] = tally.correct;
    const result = call(address(this.#order), address(this.#tally));
    tally.loss = loss[0];
    tally.correct = this.#tally[2];
    return result;
  }

  /** Loss and correct answers on a part of the data, in its order. */
  tally(split: Split): Tally {
    const { exports } = this.#kernel;
    const tally = { loss: 0, correct: 0 };
    for (let first = 0; first < this.#counts[split]; first += this.#capacity) {
      const count = Math.min(this.#capacity, this.#counts[split] - first);
      const batch = Int32Array.from({ length: count }, (_, index) => first + index);
      this.onBatch(batch, tally, (order, pointer) =>
        exports.denseTally(address(this.network), address(this.parts[split]), order, count, pointer),
      );
    }
    return tally;
  }
}
