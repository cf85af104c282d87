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
  const count = features.length / width;
  const answers = {
    classes: new Uint8Array(count),
    votes: new Float64Array(count),
    scores: new Float64Array(count),
    byVoter: new Uint8Array(voters.length * count),
  };
  inBlocks(voters, features, width, (outputs, first) => {
    const said = Uint8Array.from(outputs.flat(), argmax);
    const size = outputs[0].length;
    const winners = ensembleVote(said, voters.length, outputs[0][0].length);
    answers.classes.set(winners, first);
    outputs.forEach((examples, voter) => {
      answers.byVoter.set(said.subarray(voter * size, (voter + 1) * size), voter * count + first);
      examples.forEach((values, example) => {
        const winner = winners[example];
        if (said[voter * size + example] === winner) answers.votes[first + example] += 1 / voters.length;
        answers.scores[first + example] += exp32(logLikelihood(values, winner)) / voters.length;
      });
    });
  });
  return answers;
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
  const count = features.length / width;
  const answers = {
    values: new Float64Array(count),
    spreads: new Float64Array(count),
    byVoter: new Float64Array(voters.length * count),
  };
  inBlocks(voters, features, width, (outputs, first) => {
    for (let example = 0; example < outputs[0].length; example++) {
      const told = outputs.map((examples) => examples[example][0]);
      const { mean, std } = summarize(told);
      answers.values[first + example] = mean;
      answers.spreads[first + example] = std;
      for (const [voter, value] of told.entries()) answers.byVoter[voter * count + first + example] = value;
    }
  });
  return answers;
}

/** Examples that are answered at once, so that long tables take little memory. */
const BLOCK = 1000;

/** Calls `use` with the outputs of each voter for each example of a block, and the number of its first example. */
function inBlocks(
  voters: readonly Voter[],
  features: Float32Array,
  width: number,
  use: (outputs: number[][][], first: number) => void,
): void {
  const count = features.length / width;
  for (let first = 0; first < count; first += BLOCK) {
    const length = Math.min(BLOCK, count - first);
    const inputsOf = (example: number) => features.subarray((first + example) * width, (first + example + 1) * width);
    use(
      voters.map((voter) => Array.from({ length }, (_, example) => Array.from(voter(inputsOf(example))))),
      first,
    );
  }
}
