/** The public API: one flat list, in the order of the flow (docs/architecture.md). */

export { InternalError, UsageError } from "./base/errors.ts";
export { derive, Rng } from "./base/rng.ts";
export { bestWeightScore, meanScore, type Scores, STANDARD_WEIGHTS, scoresByWeight } from "./base/scores.ts";
export { mean, median, quantile, type Summary, summarize } from "./base/stats.ts";
export { decodeTrainState, encodeTrainState, TRAIN_STATE_FORMAT, type TrainStateJson } from "./baseline/checkpoint.ts";
export { parseTrainSettings, type TrainSettings, trainSettingsSchema } from "./baseline/settings.ts";
export {
  crossEntropy,
  crossEntropyGradient,
  logSumExp,
  softmax,
  softmaxGradient,
  softmaxJacobian,
} from "./baseline/softmax.ts";
export {
  type EpochRecord,
  evaluateDense,
  type Quality,
  startState,
  Trainer,
  type TrainReport,
  type TrainState,
} from "./baseline/trainer.ts";
export {
  checkWeights,
  DENSE_FORMAT,
  type DenseJson,
  type DenseLayer,
  type DenseShape,
  type DenseWeights,
  decodeWeights,
  encodeWeights,
  shapeName,
  weightTotal,
} from "./baseline/weights.ts";
export { csvDataset } from "./data/csv.ts";
export type { Dataset, Examples } from "./data/dataset.ts";
export { digitsDataset } from "./data/digits.ts";
export { deskewImages } from "./data/images.ts";
export type { Evaluation, Evaluator } from "./evaluation/evaluator.ts";
export { createInlineEvaluator } from "./evaluation/inline.ts";
export { createPool, type PoolOptions } from "./evaluation/pool.ts";
export { type ChampionFile, championFile } from "./formats/champion.ts";
export { readPublishedGenome, readPublishedWeights } from "./formats/published.ts";
export { ACTIVATION_NAMES, ACTIVATIONS, type Activation, activationOf } from "./genome/activations.ts";
export { decodeGenome, encodeGenome, GENOME_FORMAT, type GenomeJson } from "./genome/codec.ts";
export {
  connectionCount,
  createGenome,
  extend,
  fixedNodeCount,
  type Genome,
  isHidden,
  isInput,
} from "./genome/genome.ts";
export { Innovations } from "./genome/innovation.ts";
export { groupEdges, hasCycle, reachable, topologicalOrder } from "./genome/topology.ts";
export { validate } from "./genome/validate.ts";
export { Kernel } from "./kernel/kernel.ts";
export {
  type Accuracy,
  type ClassificationConditions,
  classificationConditions,
} from "./measure/classification-conditions.ts";
export { type Condition, type Conditions, scoreConditions, standardScore } from "./measure/conditions.ts";
export { compile, type Network } from "./network/compile.ts";
export { createForward, type Forward, outputSlots, type Weights } from "./network/forward.ts";
export { type Program, programHeader } from "./network/program.ts";
export { completeConfig, type RunConfig, searchSettings, searchShape } from "./run/config.ts";
export { DATASET_NAMES, loadDataset } from "./run/load-dataset.ts";
export { type GenerationEvent, generationTrial, type RunState, runSearch } from "./run/loop.ts";
export type { GenerationRecord } from "./run/record.ts";
export { loadTaskSource } from "./run/task-source.ts";
export { type SearchSettings, type SearchShape, searchSettingsSchema } from "./search/config.ts";
export { growGenome, growPopulation } from "./search/grow.ts";
export { rank } from "./search/rank.ts";
export { type Ranking, Search, type SearchState } from "./search/search.ts";
export { type Action, type Actions, createChooser, outputNames } from "./tasks/actions.ts";
export { classify, createClassification } from "./tasks/classification/classification.ts";
export { accuracy, accuracyByClass, accuracyByWeight, confusion, ensembleVote } from "./tasks/classification/report.ts";
export { type CheckResult, checkTask } from "./tasks/contract.ts";
export type { Environment, EnvironmentSettings, Pilot, Step } from "./tasks/environment.ts";
export { CARTPOLE, type CartpoleState } from "./tasks/environments/cartpole.ts";
export { SWINGUP, SWINGUP_ROLLOUT, type SwingupState } from "./tasks/environments/swingup.ts";
export { environmentInfo, environmentTask } from "./tasks/environments/task.ts";
export { Episode, type EpisodeOptions, playEpisode } from "./tasks/play/episode.ts";
export type { RolloutOf } from "./tasks/play/rollout.ts";
export { createTask, TASK_NAMES, TASKS, type TaskEntry, type TaskSource } from "./tasks/registry.ts";
export type { Outcome, Split, Task, TaskInfo, Trial, WeightSets } from "./tasks/task.ts";
export { findBestWeight } from "./tuning/best-weight.ts";
