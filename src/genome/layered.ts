/** A genome of dense layers: the network of fixed shape that evolved ones are held against (Gaier & Ha 2019, Table 1). */
import { UsageError } from "../base/errors.ts";
import { bareGenome, extend, fixedNodeCount, type Genome, type GenomeShape } from "./genome.ts";
import { Growth } from "./growth.ts";

/** Most connections: more are no network to draw or to write as JSON. */
const MOST_CONNECTIONS = 200_000;

/** What a layered genome is of. */
export interface LayeredShape extends Pick<GenomeShape, "inputCount" | "outputCount"> {
  /** Nodes of each hidden layer, from the inputs on; each at least 1. */
  readonly layers: readonly number[];
}

/** Connections of dense layers, those of the bias included: 71 of 5-10-1. */
export function layeredConnectionCount({ inputCount, outputCount, layers }: LayeredShape): number {
  const widths = [inputCount, ...layers, outputCount];
  return widths.slice(1).reduce((sum, width, layer) => sum + (1 + widths[layer]) * width, 0);
}

/** "5-10-1", as networks are named. */
export function layeredName({ inputCount, outputCount, layers }: LayeredShape): string {
  return [inputCount, ...layers, outputCount].join("-");
}

/**
 * The genome in which the bias and all nodes of a layer are connected to all nodes of the next, layer by layer.
 *
 * @param activation       code of the hidden nodes' activation
 * @param outputActivation code of the outputs' activation
 * @throws UsageError if it would have more than 200,000 connections
 */
export function layeredGenome(shape: LayeredShape, activation: number, outputActivation: number): Genome {
  const { inputCount, outputCount, layers } = shape;
  const connections = layeredConnectionCount(shape);
  if (connections > MOST_CONNECTIONS) {
    throw new UsageError(
      `Expected layers with at most ${MOST_CONNECTIONS.toLocaleString("en-US")} connections, got ` +
        `${connections.toLocaleString("en-US")} in ${layeredName(shape)}: give fewer or smaller layers.`,
    );
  }
  const growth = new Growth(fixedNodeCount(shape));
  const inputs = Array.from({ length: inputCount }, (_, input) => 1 + input);
  const outputs = Array.from({ length: outputCount }, (_, output) => 1 + inputCount + output);
  const hidden = layers.map((width) => Array.from({ length: width }, () => growth.node(activation)));
  const all = [inputs, ...hidden, outputs];
  for (let layer = 1; layer < all.length; layer++) {
    for (const target of all[layer]) for (const source of [0, ...all[layer - 1]]) growth.connect(source, target);
  }
  return extend(bareGenome({ inputCount, outputCount }, outputActivation), growth);
}
