/** What one network or several say about new examples: the class of each and how sure of it they are, or its value. */
import { exp32 } from "../base/float32.ts";
import { argmax, summarize } from "../base/stats.ts";
import { denseOutputs } from "../baseline/dense.ts";
import type { DenseWeights } from "../baseline/weights.ts";
import type { Network } from "../network/compile.ts";
import { createForward, outputSlots, type Weights } from "../network/forward.ts";
import { logLikelihood } from "../tasks/classification/likelihood.ts";
import { ensembleVote } from "../tasks/classification/report.ts";

/** Gives the outputs for the inputs of one example, [outputs]: a network at one weight, or a trained network. */
export type Voter = (inputs: Float32Array) => ArrayLike<number>;

/** A network at each of these weights. */
export function networkVoters({ program }: Network, weights: readonly Weights[]): Voter[] {
  const forward = createForward(program);
  const slots = outputSlots(program);
  return weights.map((weight) => (inputs) => {
    const values = forward(inputs, weight);
    return Float32Array.from(slots, (slot) => values[slot]);
  });
}

/** A trained dense network. */
export function denseVoter(weights: DenseWeights): Voter {
  return (inputs) => denseOutputs(weights, inputs);
}

/** The classes of examples. */
export interface ClassAnswers {
  /** The class with the most votes, the lowest of equals, [examples]. */
  readonly classes: Uint8Array;
  /** Share of the voters that say this class, 0 to 1, [examples]. */
  readonly votes: Float64Array;
  /** Probability of this class under softmax, mean over the voters, [examples]. */
  readonly scores: Float64Array;
  /** What each voter says: its largest output, the lowest class of equals, row-major [voters x examples]. */
  readonly byVoter: Uint8Array;
}

/**
 * The class of each example by vote, as `evaluate` counts it.
 *
 * @param features row-major [examples x inputs], finite
 */
export function answerClasses(voters: readonly Voter[], features: Float32Array, width: number): ClassAnswers {
  const outputs = outputsOf(voters, features, width);
  const count = outputs[0].length;
  const byVoter = Uint8Array.from(outputs.flat(), argmax);
  const classes = ensembleVote(byVoter, voters.length, outputs[0][0]?.length ?? 0);
  const votes = new Float64Array(count);
  const scores = new Float64Array(count);
  outputs.forEach((examples, voter) => {
    examples.forEach((values, example) => {
      const answer = classes[example];
      if (byVoter[voter * count + example] === answer) votes[example] += 1 / voters.length;
      scores[example] += exp32(logLikelihood(values, answer)) / voters.length;
    });
  });
  return { classes, votes, scores, byVoter };
}

/** The values of examples, in the unit of the first output. */
export interface ValueAnswers {
  /** Mean over the voters, [examples]. */
  readonly values: Float64Array;
  /** Standard deviation over the voters, [examples]. */
  readonly spreads: Float64Array;
  /** What each voter says, row-major [voters x examples]. */
  readonly byVoter: Float64Array;
}

/**
 * The value of each example: the mean over the voters of their first output.
 *
 * @param features row-major [examples x inputs], finite
 */
export function answerValues(voters: readonly Voter[], features: Float32Array, width: number): ValueAnswers {
  const outputs = outputsOf(voters, features, width).map((examples) => examples.map(([value]) => value));
  const summaries = outputs[0].map((_, example) => summarize(outputs.map((values) => values[example])));
  return {
    values: Float64Array.from(summaries, ({ mean }) => mean),
    spreads: Float64Array.from(summaries, ({ std }) => std),
    byVoter: Float64Array.from(outputs.flat()),
  };
}

/** The outputs of each voter for each example. */
function outputsOf(voters: readonly Voter[], features: Float32Array, width: number): number[][][] {
  const count = features.length / width;
  return voters.map((voter) =>
    Array.from({ length: count }, (_, example) =>
      Array.from(voter(features.subarray(example * width, (example + 1) * width))),
    ),
  );
}
