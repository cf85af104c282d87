/**
 * Training of a dense network in plain TypeScript: the definition of correct.
 *
 * Everything is rounded to single precision in a stated order, so the kernels agree bit for bit
 * (twin: kernel/assembly/dense.ts, driven by baseline/engine.ts).
 */
import { exp32, f32 } from "../base/float32.ts";
import type { Dataset, Examples } from "../data/dataset.ts";
import { activationCode, activationOf } from "../genome/activations.ts";
import type { Split } from "../tasks/task.ts";
import { copyWeights, type DenseLayer, type DenseWeights } from "./weights.ts";

/** The parts of a data set. */
export const SPLITS = ["train", "validation", "test"] as const satisfies readonly Split[];

/** Running totals over examples. */
export interface Tally {
  /** Sum of the cross-entropies, in nats. */
  loss: number;
  /** Examples whose largest output is their class (the first of equals). */
  correct: number;
}

/** What a step of stochastic gradient descent needs to know. */
export interface Rates {
  readonly learningRate: number;
  /** L2 regularisation: alpha x weight is added to the gradient of a weight, not of a bias. */
  readonly alpha: number;
  /** Share of the last step that is kept; 0 is plain descent. */
  readonly momentum: number;
}

/** Something that trains a dense network on a data set: the kernels, or the definition below. */
export interface DenseEngine {
  /** One step on the training examples with these indices; adds their loss and correct answers before the step. */
  step(batch: Int32Array, rates: Rates, tally: Tally): void;
  /** Loss and correct answers on a part of the data, in its order. */
  tally(split: Split): Tally;
  /** Copies of the weights, and of the velocities if there has been momentum. */
  read(): { weights: DenseWeights; velocities: readonly DenseLayer[] };
  write(weights: DenseWeights, velocities: readonly DenseLayer[]): void;
}

/**
 * An engine in plain TypeScript, for tests and for reading.
 *
 * @param velocities one layer for each of `start`, zeros at first
 */
export function createPlainEngine(
  dataset: Dataset,
  start: DenseWeights,
  startVelocities: readonly DenseLayer[],
): DenseEngine {
  let network = copyWeights(start);
  let velocities = copyWeights({ ...start, layers: startVelocities }).layers;
  return {
    step: (batch, rates, tally) => step(network, velocities, dataset.train, batch, rates, tally),
    tally: (split) => tallyExamples(network, dataset[split]),
    read: () => ({
      weights: copyWeights(network),
      velocities: copyWeights({ ...network, layers: velocities }).layers,
    }),
    write: (weights, newVelocities) => {
      network = copyWeights(weights);
      velocities = copyWeights({ ...weights, layers: newVelocities }).layers;
    },
  };
}

/** What one example gives on its way forward. */
interface Pass {
  readonly label: number;
  /** The inputs of each layer. */
  readonly inputs: Float32Array[];
  /** Sums of the output layer. */
  readonly logits: Float32Array;
}

function step(
  network: DenseWeights,
  velocities: readonly DenseLayer[],
  examples: Examples,
  batch: Int32Array,
  rates: Rates,
  tally: Tally,
): void {
  backpropagate(network, examples, batch, tally).forEach((pass, index) => {
    descend(network.layers[index], velocities[index], pass, rates);
  });
}

/** What a batch gives of a layer: its inputs, and the derivatives of the mean loss by its sums; a row for each example. */
export interface LayerPass {
  readonly inputs: readonly Float32Array[];
  readonly errors: readonly Float32Array[];
}

/** Inputs and errors of each layer on the examples with these indices; adds their loss and correct answers. */
export function backpropagate(network: DenseWeights, examples: Examples, batch: Int32Array, tally: Tally): LayerPass[] {
  const { layers, shape, activation } = network;
  const share = f32(1 / batch.length);
  const passes = Array.from(batch, (index) => forward(network, examples, index));
  // Output: (softmax - label) / examples.
  const outputErrors = passes.map((pass) => {
    const { exponentials, total } = score(pass, tally);
    return exponentials.map((value, index) => f32(f32(f32(value / total) - (index === pass.label ? 1 : 0)) * share));
  });
  const errors = [outputErrors];
  if (shape.hidden > 0) {
    const { weights } = layers[1];
    const hiddenErrors = passes.map(({ inputs }, example) =>
      inputs[1].map((y, unit) => {
        let sum = 0;
        for (let index = 0; index < shape.classes; index++) {
          sum = f32(sum + f32(outputErrors[example][index] * weights[unit * shape.classes + index]));
        }
        if (activation === "relu") return y > 0 ? sum : 0;
        return f32(sum * f32(y * f32(1 - y)));
      }),
    );
    errors.unshift(hiddenErrors);
  }
  return layers.map((_, layer) => ({ inputs: passes.map((pass) => pass.inputs[layer]), errors: errors[layer] }));
}

/** The derivatives of the mean loss by the weights of a layer, row-major [rows x width]. */
export function weightGradients({ inputs, errors }: LayerPass): Float32Array {
  const width = errors[0].length;
  return Float32Array.from({ length: inputs[0].length * width }, (_, at) => {
    const row = Math.floor(at / width);
    return errors.reduce((sum, error, example) => {
      const value = inputs[example][row];
      return value === 0 ? sum : f32(sum + f32(value * error[at % width]));
    }, 0);
  });
}

/** Loss and correct answers of a network on examples, in their order. */
export function tallyExamples(network: DenseWeights, examples: Examples): Tally {
  const tally = { loss: 0, correct: 0 };
  for (let index = 0; index < examples.count; index++) score(forward(network, examples, index), tally);
  return tally;
}

/** The sums of the output layer for one example, [classes]. @param features [inputs] */
export function denseOutputs(network: DenseWeights, features: Float32Array): Float32Array {
  return pass(network, features).logits;
}

/** Runs one labelled example through the network. */
function forward(network: DenseWeights, { features, labels }: Examples, index: number): Pass {
  const { inputs } = network.shape;
  return { label: labels[index], ...pass(network, features.subarray(index * inputs, (index + 1) * inputs)) };
}

function pass({ layers, shape, activation }: DenseWeights, features: Float32Array): Omit<Pass, "label"> {
  const inputs = [features];
  let logits = sums(layers[0], features);
  if (shape.hidden > 0) {
    const { apply } = activationOf(activationCode(activation) as number);
    inputs.push(logits.map((sum) => apply(sum)));
    logits = sums(layers[1], inputs[1]);
  }
  return { inputs, logits };
}

/** biases + inputs x weights, input by input; an input of 0 adds nothing. */
function sums({ weights, biases }: DenseLayer, inputs: Float32Array): Float32Array {
  const totals = biases.slice();
  inputs.forEach((value, row) => {
    if (value === 0) return;
    for (let unit = 0; unit < totals.length; unit++) {
      totals[unit] = f32(totals[unit] + f32(value * weights[row * totals.length + unit]));
    }
  });
  return totals;
}

/** Adds an example's cross-entropy and whether it is correct; returns its softmax, not divided by its total yet. */
function score({ logits, label }: Pass, tally: Tally): { exponentials: Float32Array; total: number } {
  let best = 0;
  for (let index = 1; index < logits.length; index++) if (logits[index] > logits[best]) best = index;
  const max = logits[best];
  const exponentials = logits.map((value) => exp32(f32(value - max)));
  const total = exponentials.reduce((sum, value) => f32(sum + value), 0);
  tally.loss += logarithm(total) - (logits[label] - max);
  tally.correct += best === label ? 1 : 0;
  return { exponentials, total };
}

/**
 * The natural logarithm of a number of at least 1: the series of 2 artanh((x - 1) / (x + 1)), in double precision.
 * Not Math.log, whose last bit may differ from one browser to the next.
 */
export function logarithm(x: number): number {
  let halvings = 0;
  for (; x > Math.SQRT2; x *= 0.5) halvings++;
  const z = (x - 1) / (x + 1);
  const square = z * z;
  let series = 0;
  for (let term = 21; term >= 1; term -= 2) series = series * square + 1 / term;
  return halvings * Math.LN2 + 2 * z * series;
}

/** weight -= rate * velocity, where velocity = momentum * velocity + gradient + alpha * weight. */
function descend({ weights, biases }: DenseLayer, velocities: DenseLayer, pass: LayerPass, rates: Rates): void {
  const move = (values: Float32Array, moving: Float32Array, at: number, gradient: number, alpha: number) => {
    let change = f32(gradient + f32(alpha * values[at]));
    if (rates.momentum !== 0) change = moving[at] = f32(f32(f32(rates.momentum) * moving[at]) + change);
    values[at] = f32(values[at] - f32(f32(rates.learningRate) * change));
  };
  for (let unit = 0; unit < biases.length; unit++) {
    const gradient = pass.errors.reduce((sum, error) => f32(sum + error[unit]), 0);
    move(biases, velocities.biases, unit, gradient, 0);
  }
  weightGradients(pass).forEach((gradient, at) => {
    move(weights, velocities.weights, at, gradient, f32(rates.alpha));
  });
}
