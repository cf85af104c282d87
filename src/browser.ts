/** What of the public API runs in a browser too: one flat list, by the path of the file each comes from. */

export { InternalError, UsageError } from "./base/errors.ts";
export { derive, Rng } from "./base/rng.ts";
export { bestWeightScore, meanScore, type Scores, STANDARD_WEIGHTS, scoresByWeight } from "./base/scores.ts";
export { parseSettings, z } from "./base/settings.ts";
export { mean, median, quantile, type Summary, summarize } from "./base/stats.ts";
export { TABLE_FORMS, type TableForm, type TextTable, writeTables } from "./base/table.ts";
export { decodeTrainState, encodeTrainState, TRAIN_STATE_FORMAT, type TrainStateJson } from "./baseline/checkpoint.ts";
export { answerLinear, fitLinear, type LinearModel } from "./baseline/least-squares.ts";
export { parseTrainSettings, type TrainSettings, trainSettingsSchema } from "./baseline/settings.ts";
export {
  crossEntropy,
  crossEntropyGradient,
  logSumExp,
  softmax,
  softmaxGradient,
  softmaxJacobian,
} from "./baseline/softmax.ts";
export { networkOf } from "./baseline/topology/network.ts";
export { type TopologySettings, topologySettingsSchema } from "./baseline/topology/settings.ts";
export type { Masks } from "./baseline/topology/state.ts";
export { startTopology, type TopologyState, TopologyTrainer } from "./baseline/topology/trainer.ts";
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
export type { Dataset, Examples, RegressionDataset, RegressionExamples } from "./data/dataset.ts";
export { digitsDataset } from "./data/digits.ts";
export { IMAGE_SETS, prepareImages } from "./data/image-sets.ts";
export { deskewImages } from "./data/images.ts";
export {
  createPictureReader,
  greyPicture,
  type ImageMaking,
  type Inversion,
  type Picture,
  type PictureReader,
  type ReadPicture,
} from "./data/picture.ts";
export { type PlainDataset, type PlainExamples, shareDataset } from "./data/plain.ts";
export { createSketcher, type Sketcher } from "./data/sketch.ts";
export { type TableSettings, tableDataset } from "./data/table/dataset.ts";
export {
  type ColumnEncoding,
  type EncodedRow,
  type EncodedTable,
  encodeRow,
  encodeTable,
  inputNames,
  type TableEncoding,
} from "./data/table/encoding.ts";
export { readTable } from "./data/table/read.ts";
export type { Table } from "./data/table/table.ts";
export { type Backend, scoreJob } from "./evaluation/backend.ts";
export type { Evaluation, Evaluator } from "./evaluation/evaluator.ts";
export { createEvaluator } from "./evaluation/evaluator.ts";
export { createInlineBackend, createInlineEvaluator } from "./evaluation/inline.ts";
export type { Answer, Job } from "./evaluation/job.ts";
export type { OwnWeights, PopulationTrial } from "./evaluation/trial.ts";
export type { ChampionOrigin, Format, PortableChampion, ReadInfo, TaskNames } from "./formats/format.ts";
export {
  FORMATS,
  type Formats,
  formatOf,
  readChampion,
  type WritableFormat,
  writeChampion,
  writeFormat,
} from "./formats/index.ts";
export { type ChampionFile, championFile } from "./formats/json.ts";
export { publishedWeightBias, readPublishedGenome, readPublishedWeights } from "./formats/published.ts";
export { ACTIVATION_NAMES, ACTIVATIONS, type Activation, activationOf } from "./genome/activations.ts";
export type { Champion } from "./genome/champion.ts";
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
export { activationsAt, gradeOfValue, gradesOf } from "./genome/grades.ts";
export { Innovations } from "./genome/innovation.ts";
export { groupEdges, hasCycle, reachable, topologicalOrder } from "./genome/topology.ts";
export { validate } from "./genome/validate.ts";
export { Kernel } from "./kernel/kernel.ts";
export {
  CONDITION_NAMES,
  type Condition,
  type ConditionName,
  type Conditions,
  scoreConditions,
} from "./measure/conditions.ts";
export {
  EVALUATION_FORMAT,
  type EvaluationOptions,
  evaluateChampion,
  type Figure,
  type MeasuredChampion,
  type RunEvaluation,
  STANDARD_EVALUATION,
} from "./measure/evaluation.ts";
export { behavioursOf, FIGURES, type FigureInfo, figuresOf } from "./measure/figures.ts";
export type { GenerationRecord } from "./measure/generation.ts";
export { type LineageStep, measureLineage } from "./measure/lineage.ts";
export { NOISE_LEVELS, type NoiseOptions, type NoisyScore, scoreNoise } from "./measure/noise.ts";
export {
  answerClasses,
  answerValues,
  type ClassAnswers,
  denseVoter,
  networkVoters,
  type ValueAnswers,
  type Voter,
} from "./measure/predict.ts";
export { createProposer, type ProposerSettings } from "./measure/proposer.ts";
export { type Pruned, type PruneOptions, prune } from "./measure/prune.ts";
export { addTotals, type CoursePoint, courseOf, NO_TOTALS, type RunTotals, thinLines } from "./measure/run-lines.ts";
export {
  comparePaired,
  type FigureSummary,
  LEVEL,
  leastP,
  type PairedComparison,
  type Sample,
  type SampleRun,
  type SampleSummary,
  samplesOf,
  summarizeSample,
} from "./measure/samples.ts";
export { type SizeSeries, sizeSeries } from "./measure/sizes.ts";
export { type BandPoint, bandOf, type Course } from "./measure/statistics/band.ts";
export {
  type BootstrapOptions,
  bootstrapInterval,
  type Interval,
} from "./measure/statistics/bootstrap.ts";
export { type Effect, type Effects, mainEffects, type Observation } from "./measure/statistics/effects.ts";
export { holm } from "./measure/statistics/holm.ts";
export { medianInterval } from "./measure/statistics/median-interval.ts";
export { type SignedRankTest, signedRankTest } from "./measure/statistics/signed-rank.ts";
export { type TimeTo, timeTo } from "./measure/statistics/time-to.ts";
export type { StudyCurve, StudyRecord, StudyResult, StudyTimings, StudyVariant } from "./measure/study-record.ts";
export {
  MAIN_FIGURES,
  type StudyTaskSummary,
  type SummaryOptions,
  summarizeStudy,
  summarizeTask,
  type TaskSummary,
} from "./measure/study-summary.ts";
export {
  differencesTable,
  effectsTable,
  figuresTable,
  studyTables,
  timeToTable,
} from "./measure/study-tables.ts";
export { type FounderGenes, founderGenes, type SurvivalRecord } from "./measure/survival.ts";
export { generationTrial, type Training } from "./measure/training.ts";
export type { Validation } from "./measure/validation.ts";
export { type FigureKind, type Writer, writerOf } from "./measure/writing.ts";
export { compile, type Network } from "./network/compile.ts";
export { createForward, type Forward, outputSlots, type Weights } from "./network/forward.ts";
export {
  createGradient,
  type Gradient,
  type GradientOptions,
  type Gradients,
  type LossDerivative,
} from "./network/gradient.ts";
export { createKernelGradient } from "./network/gradient-kernel.ts";
export { type Program, programHeader } from "./network/program.ts";
export {
  type SearchChanges,
  type SearchSettings,
  type SearchShape,
  type SearchTables,
  searchSettingsSchema,
} from "./search/config.ts";
export { type Code, type Form, genomeOf } from "./search/forms/form.ts";
export { type FormOptions, FormSearch, type FormState } from "./search/forms/form-search.ts";
export { type FormSettings, formSettingsSchema } from "./search/forms/settings.ts";
export { growGenome, growPopulation } from "./search/grow.ts";
export { type NeatOptions, NeatSearch } from "./search/neat/neat.ts";
export { type NeatSettings, neatSettingsSchema } from "./search/neat/settings.ts";
export type { NeatState } from "./search/neat/state.ts";
export { OBJECTIVES, type Objective, type Objectives } from "./search/objectives.ts";
export { OPERATORS } from "./search/operators/index.ts";
export type { Operator, OperatorContext, OperatorSettings } from "./search/operators/operator.ts";
export { RANKINGS } from "./search/rankings/index.ts";
export { paretoFronts, rank } from "./search/rankings/nsga2.ts";
export type { Ranked, Ranking, ScoredGeneration } from "./search/rankings/ranking.ts";
export { Search, type SearchOptions, type SearchState } from "./search/search.ts";
export type { RankedGeneration, Searcher } from "./search/searcher.ts";
export type { Selection } from "./search/selection.ts";
export { type Action, type Actions, actionRange, createChooser, outputNames } from "./tasks/actions.ts";
export { classify, createClassification } from "./tasks/classification/classification.ts";
export { accuracy, accuracyByClass, accuracyByWeight, confusion, ensembleVote } from "./tasks/classification/report.ts";
export { type CheckResult, checkTask } from "./tasks/contract.ts";
export {
  completeTaskSettings,
  type DataFiles,
  type TaskDefinition,
  type TaskSettings,
} from "./tasks/definition.ts";
export type {
  Behaviour,
  Environment,
  EnvironmentSettings,
  Moment,
  Pilot,
  Replay,
  Scene,
  Step,
} from "./tasks/environment.ts";
export { ACROBOT, ACROBOT_ROLLOUT, type AcrobotState } from "./tasks/environments/acrobot.ts";
export { BIPED, BIPED_HARDCORE, type BipedState, bipedStart } from "./tasks/environments/biped/environment.ts";
export { BIPED_ROLLOUT } from "./tasks/environments/biped/rollout.ts";
export { drawTrack, type Track } from "./tasks/environments/biped/terrain.ts";
export { CARTPOLE, CARTPOLE_ROLLOUT, type CartpoleState } from "./tasks/environments/cartpole.ts";
export { environmentDefinition } from "./tasks/environments/definition.ts";
export { MOUNTAIN_CAR, MOUNTAIN_CAR_ROLLOUT, type MountainCarState } from "./tasks/environments/mountain-car.ts";
export { PENDULUM, PENDULUM_ROLLOUT, type PendulumState } from "./tasks/environments/pendulum.ts";
export {
  type Controls,
  HULL_POLYGONS as RACER_HULL,
  WHEEL_CORNERS as RACER_WHEEL,
} from "./tasks/environments/racer/car.ts";
export { RACER, RACER_TASK } from "./tasks/environments/racer/definition.ts";
export {
  decode as decodePicture,
  ENCODER as RACER_ENCODER,
  type Encoder,
  type EncoderJson,
  encode as encodePicture,
  firstComponents,
  parseEncoder,
} from "./tasks/environments/racer/encoder.ts";
export {
  groundOf,
  type RacerState,
  racerEnvironment,
  racerStart,
  stepRacer,
} from "./tasks/environments/racer/environment.ts";
export { PIXELS as PICTURE_PIXELS, SIDE as PICTURE_SIDE } from "./tasks/environments/racer/picture.ts";
export { racerRollout } from "./tasks/environments/racer/rollout.ts";
export { drawRacetrack, type Row } from "./tasks/environments/racer/track.ts";
export { SWINGUP, SWINGUP_ROLLOUT, type SwingupState } from "./tasks/environments/swingup.ts";
export { environmentInfo, environmentTask } from "./tasks/environments/task.ts";
export { type DatasetModule, isModulePath, moduleDefinition } from "./tasks/module.ts";
export { Episode, type EpisodeOptions, playEpisode } from "./tasks/play/episode.ts";
export type { RolloutOf } from "./tasks/play/rollout.ts";
export type { Preset } from "./tasks/preset.ts";
export { commandName, isCommandLine } from "./tasks/process/command-line.ts";
export {
  createTask,
  loadTaskModule,
  TASK_NAMES,
  TASKS,
  type TaskSource,
  taskDefinition,
} from "./tasks/registry.ts";
export { createRegression, regress } from "./tasks/regression/regression.ts";
export { ensembleMean, r2ByWeight, r2Of } from "./tasks/regression/report.ts";
export {
  type LocalTask,
  type Measure,
  type Outcome,
  type Split,
  scoreNow,
  type Task,
  type TaskInfo,
  type Trial,
  type WeightSets,
} from "./tasks/task.ts";
export { findBestWeight } from "./tuning/best-weight.ts";
export { CmaEs, type CmaOptions, type CmaState, startCma } from "./tuning/cma-es.ts";
export type { TunedNetwork, Tuner, TunerKind, TunerStep } from "./tuning/tuner.ts";
export { TUNERS, tunerFor } from "./tuning/tuners.ts";
export { individual, randomSets, shared, stratifiedWeights, WEIGHT_RANGE } from "./tuning/weights.ts";
