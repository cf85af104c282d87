/** The weights that a tuning by gradients begins with. Nodes alike in all, whose weights are alike too, would stay alike. */
import { f32 } from "../base/float32.ts";
import type { Rng } from "../base/rng.ts";
import { HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "../network/program.ts";

/** What is added to weights that are all the same, at most. */
const SPREAD = 0.05;

/** Weights about those given, which tells nodes apart that compute the same. */
export function spreadWeights(weights: Float32Array, rng: Rng): Float32Array {
  return weights.map((weight) => f32(weight + rng.between(-SPREAD, SPREAD)));
}

/**
 * Weights for a network that no weight is known for: uniform around 0, with the variance 1 / sources of their target, so
 * that sums are about as large as what they add up (LeCun, Bottou, Orr & Mueller 1998, "Efficient BackProp", section 4.6).
 */
export function randomWeights(program: Program, rng: Rng): Float32Array {
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
