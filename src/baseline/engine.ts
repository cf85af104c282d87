/** Training of a dense network on the kernels: lays out their memory (kernel/assembly/dense.ts) and calls them. */
import type { Dataset } from "../data/dataset.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Split } from "../tasks/task.ts";
import type { DenseEngine, Rates, Tally } from "./dense.ts";
import { address } from "./memory.ts";
import { readLayer, VELOCITIES_WORD, writeLayer } from "./placed-layer.ts";
import { PlacedNetwork } from "./placed-network.ts";
import type { DenseLayer, DenseWeights } from "./weights.ts";

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
  readonly #placed: PlacedNetwork<undefined>;
  readonly #form: Pick<DenseWeights, "shape" | "activation">;

  constructor(kernel: Kernel, dataset: Dataset, { shape, activation }: DenseWeights, batch: number) {
    this.#kernel = kernel;
    this.#form = { shape, activation };
    this.#placed = new PlacedNetwork(kernel, dataset, this.#form, batch, () => undefined);
  }

  step(batch: Int32Array, { learningRate, alpha, momentum }: Rates, tally: Tally): void {
    const { network, parts, layers, descriptors } = this.#placed;
    layers.forEach(({ velocities, biasVelocities }, index) => {
      const pointers = momentum === 0 ? [0, 0] : [address(velocities), address(biasVelocities)];
      descriptors[index].set(pointers, VELOCITIES_WORD);
    });
    this.#placed.onBatch(batch, tally, (order, pointer) =>
      this.#kernel.exports.denseStep(
        address(network),
        address(parts.train),
        order,
        batch.length,
        learningRate,
        alpha,
        momentum,
        pointer,
      ),
    );
  }

  tally(split: Split): Tally {
    return this.#placed.tally(split);
  }

  read(): { weights: DenseWeights; velocities: DenseLayer[] } {
    const { layers } = this.#placed;
    return {
      weights: { ...this.#form, layers: layers.map((layer) => readLayer(layer, layer.weights, layer.biases)) },
      velocities: layers.map((layer) => readLayer(layer, layer.velocities, layer.biasVelocities)),
    };
  }

  write(network: DenseWeights, velocities: readonly DenseLayer[]): void {
    this.#placed.layers.forEach((layer, index) => {
      writeLayer(layer, network.layers[index], layer.weights, layer.biases);
      writeLayer(layer, velocities[index], layer.velocities, layer.biasVelocities);
    });
  }
}
