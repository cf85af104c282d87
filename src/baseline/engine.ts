/** Training of a dense network on the kernels: lays out their memory (kernel/assembly/dense.ts) and calls them. */

import type { Dataset } from "../data/dataset.ts";
import { activationCode } from "../genome/activations.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Split } from "../tasks/task.ts";
import { type DenseEngine, type Rates, SPLITS, type Tally } from "./dense.ts";
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
import {
  describeLayer,
  LAYER_WORDS,
  type PlacedLayer,
  placeLayer,
  readLayer,
  VELOCITIES_WORD,
  writeLayer,
} from "./placed-layer.ts";
import { type DenseLayer, type DenseShape, type DenseWeights, layerSizes } from "./weights.ts";

/** Examples taken at once where only the outputs are wanted, at least. */
const TALLY_BATCH = 64;
/**
 * An engine on the kernels; `kernel` is its own from then on, since it keeps data there between calls.
 *
 * @param batch examples of a step, at most
 */
export function createKernelEngine(
  kernel: Kernel,
  dataset: Dataset,
  network: DenseWeights,
  velocities: readonly DenseLayer[],
  batch: number,
): DenseEngine {
  const engine = new KernelEngine(kernel, dataset, network, batch);
  engine.write(network, velocities);
  return engine;
}

class KernelEngine implements DenseEngine {
  readonly #kernel: Kernel;
  readonly #shape: DenseShape;
  readonly #activation: DenseWeights["activation"];
  readonly #counts: Record<Split, number>;
  readonly #layers: PlacedLayer[];
  readonly #parts: Record<Split, Words>;
  readonly #network: Words;
  readonly #order: Words;
  readonly #tally: Words;
  readonly #capacity: number;
  /** Descriptors of the layers, where momentum is switched on. */
  readonly #descriptors: Words[];

  constructor(kernel: Kernel, dataset: Dataset, { shape, activation }: DenseWeights, batch: number) {
    this.#kernel = kernel;
    this.#shape = shape;
    this.#activation = activation;
    this.#counts = { train: dataset.train.count, validation: dataset.validation.count, test: dataset.test.count };
    this.#capacity = Math.max(batch, TALLY_BATCH);
    const capacity = this.#capacity;
    const sparse = {
      train: compress(dataset.train, shape.inputs),
      validation: compress(dataset.validation, shape.inputs),
      test: compress(dataset.test, shape.inputs),
    };
    const widest = Math.max(...SPLITS.map((split) => sparse[split].longest));

    const build = (place: (words: number) => Words) => {
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
    this.#layers = memory.layers;
    this.#order = memory.order;
    this.#tally = memory.tally;
    this.#network = memory.network;
    this.#descriptors = memory.descriptors;

    this.#parts = { train: NOTHING, validation: NOTHING, test: NOTHING };
    for (const split of SPLITS) {
      const { arrays, descriptor } = memory.parts[split];
      arrays[0].set(sparse[split].starts);
      arrays[1].set(sparse[split].entries);
      new Uint8Array(arrays[2].buffer, arrays[2].byteOffset).set(sparse[split].labels);
      descriptor.set(arrays.map(address));
      this.#parts[split] = descriptor;
    }

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

  step(batch: Int32Array, { learningRate, alpha, momentum }: Rates, tally: Tally): void {
    const { exports } = this.#kernel;
    this.#layers.forEach(({ velocities, biasVelocities }, index) => {
      const pointers = momentum === 0 ? [0, 0] : [address(velocities), address(biasVelocities)];
      this.#descriptors[index].set(pointers, VELOCITIES_WORD);
    });
    this.#order.set(batch);
    this.#count(tally, (pointer) =>
      exports.denseStep(
        address(this.#network),
        address(this.#parts.train),
        address(this.#order),
        batch.length,
        learningRate,
        alpha,
        momentum,
        pointer,
      ),
    );
  }

  tally(split: Split): Tally {
    const { exports } = this.#kernel;
    const tally = { loss: 0, correct: 0 };
    for (let first = 0; first < this.#counts[split]; first += this.#capacity) {
      const count = Math.min(this.#capacity, this.#counts[split] - first);
      for (let index = 0; index < count; index++) this.#order[index] = first + index;
      this.#count(tally, (pointer) =>
        exports.denseTally(address(this.#network), address(this.#parts[split]), address(this.#order), count, pointer),
      );
    }
    return tally;
  }

  read(): { weights: DenseWeights; velocities: DenseLayer[] } {
    return {
      weights: {
        shape: this.#shape,
        activation: this.#activation,
        layers: this.#layers.map((layer) => readLayer(layer, layer.weights, layer.biases)),
      },
      velocities: this.#layers.map((layer) => readLayer(layer, layer.velocities, layer.biasVelocities)),
    };
  }

  write(network: DenseWeights, velocities: readonly DenseLayer[]): void {
    this.#layers.forEach((layer, index) => {
      writeLayer(layer, network.layers[index], layer.weights, layer.biases);
      writeLayer(layer, velocities[index], layer.velocities, layer.biasVelocities);
    });
  }

  /** Lets a kernel add to `tally`. */
  #count(tally: Tally, add: (pointer: number) => void): void {
    const loss = new Float64Array(this.#tally.buffer, this.#tally.byteOffset, 1);
    loss[0] = tally.loss;
    this.#tally[2] = tally.correct;
    add(address(this.#tally));
    tally.loss = loss[0];
    tally.correct = this.#tally[2];
  }
}
