/**
 * The public API: one flat list, by the path of the file each comes from (docs/architecture.md says what is where); what a
 * browser runs too is in browser.ts.
 */

export * from "./browser.ts";
export { type ClusterOptions, createCluster, createClusterBackend } from "./cluster/cluster.ts";
export { startWorker, type WorkerOptions, type WorkingHost } from "./cluster/host.ts";
export { type Cluster, listCluster } from "./cluster/list.ts";
export type { ClusterWorker } from "./cluster/roll.ts";
export type { Stock } from "./cluster/stock.ts";
export { createPool, createThreads, type PoolOptions } from "./evaluation/threads.ts";
export type { AnimationFrame } from "./files/animation.ts";
export { readLines } from "./files/lines.ts";
export {
  type ConfigOptions,
  commonSchema,
  completeConfig,
  RUN_FORMAT,
  type RunConfig,
  searchSettings,
  searchShape,
} from "./run/config.ts";
export { type RunMeta, readEvaluation, readMeta } from "./run/folder.ts";
export { type GenerationEvent, type LoopOptions, runSearch, runStage } from "./run/loop.ts";
export { type KnownRun, readRun } from "./run/read-config.ts";
export { RUN_FILES } from "./run/run-files.ts";
export { resumeRun, type SessionOptions, type SessionResult, startRun } from "./run/session.ts";
export type { RunFigures, Stage, StageConfig, StageKind, StepReport, Workshop } from "./run/stage.ts";
export { completeFormConfig, type FormConfig } from "./run/stages/form-config.ts";
export { FORM_STAGE } from "./run/stages/form-stage.ts";
export { completeGradientConfig, type GradientConfig } from "./run/stages/gradient-config.ts";
export { GRADIENT_STAGE, GradientStage } from "./run/stages/gradient-stage.ts";
export { STAGES } from "./run/stages/index.ts";
export { completeNeatConfig, type NeatConfig } from "./run/stages/neat-config.ts";
export { NEAT_STAGE } from "./run/stages/neat-stage.ts";
export { SEARCH_STAGE, searchStage } from "./run/stages/search-stage.ts";
export { createSearchStage, SearchStage } from "./run/stages/search-steps.ts";
export type { RunState } from "./run/stages/searched.ts";
export { completeTuningConfig, type TuningConfig } from "./run/stages/tuning-config.ts";
export { TUNING_STAGES, TuningStage, tuningStage } from "./run/stages/tuning-stage.ts";
export { loadDataset, loadTaskSource } from "./run/task-source.ts";
export { createWorkshop, type StartEvaluator, type ThreadWorkshop } from "./run/workshop.ts";
export type { StudyOutcome, StudyProgress } from "./study/conduct.ts";
export { isStudyFolder, readPlan, readStudy, STUDY_FILES } from "./study/folder.ts";
export { completePlan, type PlannedVariant, planJson, quickPlan, type StudyPlan } from "./study/plan.ts";
export { resumeStudy, runStudy, type StudyOptions, startStudy } from "./study/study.ts";
export type { PlayOptions } from "./view/play.ts";
