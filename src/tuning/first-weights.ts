/** The weights that a tuning by gradients begins with. Nodes alike in all, whose weights are alike too, would stay alike. */
import { f32 } from "../base/float32.ts";
import { derive, type Rng } from "../base/rng.ts";
import { scoresByWeight } from "../base/scores.ts";
import { argmax } from "../base/stats.ts";
import { HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "../network/program.ts";
import { WHOLE } from "../tasks/task.ts";
import type { TunedNetwork } from "./tuner.ts";
import { individual } from "./weights.ts";

/** How the first weights are chosen. */
export const INITS = ["auto", "shared", "random"] as const;
export type Init = (typeof INITS)[number];

/** Fractions of the shared weight that are tried. */
const FRACTIONS = [1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];

/**
 * The weights to begin with.
 *
 * @param init about the shared weight, random ones, or what suits the network: random where at least half of the
 *             connections lead to hidden nodes that are alike, as those of a dense layer are
 */
export async function firstWeights(init: Init, tuned: TunedNetwork): Promise<Float32Array> {
  const { program } = tuned.network;
  const rng = derive(tuned.seed, "first weights");
  const isRandom = init === "random" || (init === "auto" && shareOfTwins(program) >= 0.5);
  return isRandom ? randomWeights(program, rng) : spreadWeights(await leastLoss(tuned), rng);
}

/**
 * The fraction of the shared weight at which the loss is least. The best shared weight is the one of most right answers,
 * which may have outputs so large that the network is far too sure of its wrong ones.
 */
async function leastLoss({ evaluator, network, start }: TunedNetwork): Promise<Float32Array> {
  const sets = FRACTIONS.map((fraction) => start.map((weight) => f32(fraction * weight)));
  const trial = { weights: individual(sets), episodes: [WHOLE], split: "train", pairing: "all" } as const;
  const { scores } = await evaluator.evaluate([network.program], trial);
  return sets[argmax(scoresByWeight(scores[0]))];
}

/** The share of the connections that lead to hidden nodes with the activation and the sources of another. */
function shareOfTwins(program: Program): number {
  const { inputCount, nodeCount, connectionCount, sources, outputs } = programHeader(program);
  const isOutput = new Set(program.subarray(outputs));
  const nodes = new Map<string, number>();
  const connections = new Map<string, number>();
  let source = sources;
  for (let node = 0; node < nodeCount; node++) {
    const entry = HEADER_LENGTH + node * NODE_LENGTH;
    const count = program[entry + 2];
    const key = [program[entry], ...program.subarray(source, source + count)].join();
    source += count;
    // Outputs are told apart by what is wanted of them.
    if (isOutput.has(1 + inputCount + node)) continue;
    nodes.set(key, (nodes.get(key) ?? 0) + 1);
    connections.set(key, (connections.get(key) ?? 0) + count);
  }
  const ofTwins = [...connections].reduce((sum, [key, count]) => sum + ((nodes.get(key) as number) > 1 ? count : 0), 0);
  return ofTwins / connectionCount;
}

/** What is added to weights that are all the same, at most. */
const SPREAD = 0.05;

/** Weights about those given, which tells nodes apart that compute the same. */
function spreadWeights(weights: Float32Array, rng: Rng): Float32Array {
  return weights.map((weight) => f32(weight + rng.between(-SPREAD, SPREAD)));
}

/**
 * Weights for a network that no weight is known for: uniform around 0, with the variance 1 / sources of their target, so
 * that sums are about as large as what they add up (LeCun, Bottou, Orr & Mueller 1998, "Efficient BackProp", section 4.6).
 */
function randomWeights(program: Program, rng: Rng): Float32Array {
  const { nodeCount, connectionCount } = programHeader(program);
  const weights = new Float32Array(connectionCount);
  let connection = 0;
  for (let node = 0; node < nodeCount; node++) {
    const sources = program[HEADER_LENGTH + node * NODE_LENGTH + 2];
    const limit = Math.sqrt(3 / sources);
    for (const end = connection + sources; connection < end; connection++) {
      weights[connection] = f32(rng.between(-limit, limit));
    }
  }
  return weights;
}
