/** Choosing a topology on the kernels: lays out scores beside a network (kernel/assembly/topology.ts) and calls them. */
import type { Dataset } from "../../data/dataset.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { Split } from "../../tasks/task.ts";
import type { Tally } from "../dense.ts";
import { address, strideOf, type Words } from "../memory.ts";
import { readLayer, writeLayer } from "../placed-layer.ts";
import { PlacedNetwork } from "../placed-network.ts";
import { type DenseShape, layerSizes } from "../weights.ts";
import { factorOf, masksOf, moveScale } from "./plain.ts";
import type { Masks, Scale, ScoreState, TopologyEngine } from "./state.ts";

/**
 * An engine on the kernels; `kernel` is its own from then on.
 *
 * @param dataset with the bias as its last input
 * @param batch   examples of a step, at most
 */
export function createTopologyEngine(
  kernel: Kernel,
  dataset: Dataset,
  shape: DenseShape,
  start: ScoreState,
  batch: number,
): TopologyEngine {
  return new KernelTopologyEngine(kernel, dataset, shape, start, batch);
}

const KINDS = ["scores", "firsts", "seconds"] as const;

class KernelTopologyEngine implements TopologyEngine {
  readonly #kernel: Kernel;
  readonly #shape: DenseShape;
  readonly #placed: PlacedNetwork<Record<(typeof KINDS)[number], Words>[]>;
  #scale: Scale;

  constructor(kernel: Kernel, dataset: Dataset, shape: DenseShape, { layers, scale }: ScoreState, batch: number) {
    this.#kernel = kernel;
    this.#shape = shape;
    this.#scale = { ...scale };
    this.#placed = new PlacedNetwork(kernel, dataset, { shape, activation: "relu" }, batch, (place) =>
      layerSizes(shape).map(({ rows, width }) => {
        const [scores, firsts, seconds] = KINDS.map(() => place(rows * strideOf(width)));
        return { scores, firsts, seconds };
      }),
    );
    this.#placed.layers.forEach((layer, index) => {
      for (const kind of KINDS) {
        const weights = layers[index][kind];
        writeLayer(
          layer,
          { weights, biases: new Float32Array(layer.width) },
          this.#placed.extra[index][kind],
          layer.biases,
        );
      }
    });
  }

  step(batch: Int32Array, rate: number, counts: readonly number[], tally: Tally): void {
    const { network, parts, layers, extra } = this.#placed;
    const { topologyGradients, topologyStep } = this.#kernel.exports;
    const along = this.#placed.onBatch(batch, tally, (order, pointer) =>
      topologyGradients(address(network), address(parts.train), order, batch.length, pointer),
    );
    this.#scale = moveScale(this.#scale, along, rate);
    layers.forEach(({ gradients, rows, stride }, index) => {
      const { scores, firsts, seconds } = extra[index];
      topologyStep(address(scores), address(firsts), address(seconds), address(gradients), rows * stride * 4, rate);
    });
    this.choose(counts);
  }

  choose(counts: readonly number[]): void {
    this.#placed.descriptors.forEach((layer, index) => {
      const { scores } = this.#placed.extra[index];
      const factor = factorOf(index, this.#scale);
      this.#kernel.exports.topologyMask(address(layer), address(scores), counts[index], factor);
    });
  }

  tally(split: Split): Tally {
    return this.#placed.tally(split);
  }

  masks(): Masks {
    const layers = this.#placed.layers.map((layer) => readLayer(layer, layer.weights, layer.biases));
    return masksOf({ shape: this.#shape, activation: "relu", layers });
  }

  read(): ScoreState {
    const { layers, extra } = this.#placed;
    return {
      layers: layers.map((layer, index) => {
        const [scores, firsts, seconds] = KINDS.map(
          (kind) => readLayer(layer, extra[index][kind], layer.biases).weights,
        );
        return { scores, firsts, seconds };
      }),
      scale: { ...this.#scale },
    };
  }
}
