/** The public API: one flat list in the order of the flow. Everything here runs in a browser too. */

export { UsageError } from "./base/errors.ts";
export { derive, type Rng } from "./base/rng.ts";
export { STANDARD_WEIGHTS } from "./base/scores.ts";
export { mean, quantile, summarize } from "./base/stats.ts";
export { ACTIVATION_NAMES, ACTIVATIONS, type Activation, activationOf } from "./genome/activations.ts";
export { decodeGenome, encodeGenome, type GenomeJson } from "./genome/codec.ts";
export {
  connectionCount,
  createGenome,
  extend,
  fixedNodeCount,
  type Genome,
  isHidden,
  isInput,
} from "./genome/genome.ts";
export { groupEdges, reachable, topologicalOrder } from "./genome/topology.ts";
export { Kernel } from "./kernel/kernel.ts";
export { programHeader } from "./kernel/program.ts";
export { compile, type Network } from "./network/compile.ts";
export { createForward, type Forward, outputSlots, type Weights } from "./network/forward.ts";
export { type Environment, playEpisode } from "./tasks/environment.ts";
export { SWINGUP, Swingup, swingupStart } from "./tasks/swingup.ts";
export { createSwingup } from "./tasks/swingup-kernel.ts";
export type { Task, TaskInfo, Trial } from "./tasks/task.ts";
