/**
 * One step of choosing a topology, in plain TypeScript: the definition of correct (twin: kernel/assembly/topology.ts,
 * driven by engine.ts).
 *
 * The network is logits = e^scale * relu(inputs Q1) Q2, where Q holds the sign of the scores that are largest in size and
 * 0 elsewhere. Gradients by Q go to the scores as they are (straight-through estimator; Bengio et al. 2013; Ramanujan et
 * al. 2020 choose by scores in this way among random weights), the factor of the outputs left out.
 */
import { move, moveAll } from "../../base/adam.ts";
import { exp32, f32 } from "../../base/float32.ts";
import type { Dataset } from "../../data/dataset.ts";
import type { Tally } from "../dense.ts";
import { backpropagate, tallyExamples, weightGradients } from "../dense.ts";
import { type DenseShape, type DenseWeights, zeroWeights } from "../weights.ts";
import { copyScores, type Masks, type Scale, type ScoreState, type TopologyEngine } from "./state.ts";

/** An engine in plain TypeScript, for tests and for reading. @param dataset with the bias as its last input */
export function createPlainTopologyEngine(dataset: Dataset, shape: DenseShape, start: ScoreState): TopologyEngine {
  const { layers } = copyScores(start);
  let { scale } = start;
  const network = zeroWeights(shape, "relu");
  const choose = (counts: readonly number[]) => {
    layers.forEach(({ scores }, layer) => {
      const factor = factorOf(layer, scale);
      chooseLargest(scores, counts[layer]).forEach((sign, at) => {
        network.layers[layer].weights[at] = sign === 0 ? 0 : f32(sign * factor);
      });
    });
  };
  return {
    step(batch, rate, counts, tally: Tally) {
      const passes = backpropagate(network, dataset.train, batch, tally);
      const gradients = passes.map(weightGradients);
      scale = moveScale(scale, along(gradients[1], network.layers[1].weights, shape.classes), rate);
      layers.forEach(({ scores, ...moments }, index) => {
        moveAll({ values: scores, ...moments }, gradients[index], rate);
      });
      choose(counts);
    },
    choose,
    tally: (split) => tallyExamples(network, dataset[split]),
    masks: () => masksOf(network),
    read: () => copyScores({ layers, scale }),
  };
}

/** What the connections of a layer are multiplied by: those to the outputs by the factor of the outputs. */
export function factorOf(layer: number, { log }: Scale): number {
  return layer === 0 ? 1 : exp32(log);
}

/** One step of the factor of the outputs. @param gradient by its logarithm */
export function moveScale({ log, first, second }: Scale, gradient: number, rate: number): Scale {
  const moved = move({ value: log, first, second }, gradient, rate);
  return { log: moved.value, first: moved.first, second: moved.second };
}

/** The signs of weights. */
export function masksOf({ layers }: DenseWeights): Masks {
  return layers.map(({ weights }) => Int8Array.from(weights, Math.sign));
}

/** The signs of the `count` scores that are largest in size, of equal ones the first; 0 elsewhere. */
export function chooseLargest(scores: Float32Array, count: number): Int8Array {
  const bits = new Int32Array(scores.buffer, scores.byteOffset, scores.length);
  // Sizes of singles are ordered like their bits.
  const sizes = bits.map((value) => value & 0x7fffffff);
  const least = sizes.slice().sort()[scores.length - count];
  let left = count - sizes.reduce((sum, size) => sum + (size > least ? 1 : 0), 0);
  return Int8Array.from(sizes, (size, at) => {
    if (size < least || (size === least && left-- <= 0)) return 0;
    return bits[at] < 0 ? -1 : 1;
  });
}

/** The sum of products of two matrices, in four sums of columns 0, 4, 8 .., 1, 5, 9 .. and so on, row by row. */
function along(first: Float32Array, second: Float32Array, width: number): number {
  const sums = new Float32Array(4);
  first.forEach((value, at) => {
    const lane = (at % width) % 4;
    sums[lane] = f32(sums[lane] + f32(value * second[at]));
  });
  return f32(f32(sums[0] + sums[1]) + f32(sums[2] + sums[3]));
}
