/** The loop of every run, and a search by it. Files, printing and signals are its listeners' business. */
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Genome } from "../genome/genome.ts";
import type { GenerationRecord } from "../measure/generation.ts";
import { createProposer } from "../measure/proposer.ts";
import type { SearchTables } from "../search/config.ts";
import type { RunConfig } from "./config.ts";
import type { Stage, StepReport } from "./stage.ts";
import { createSearchStage, type GenerationReport } from "./stages/search-steps.ts";
import type { RunState } from "./stages/searched.ts";

/** Who watches a loop. */
export interface LoopOptions<S extends Stage> {
  /** Asked before each step; true ends the loop there. */
  shouldStop?(): boolean;
  /** Told how far a long step is, 0 to 1. */
  onProgress?(share: number, stage: S): void;
  /** Told after each step, with the seconds it took. */
  onStep?(report: ReportOf<S>, seconds: number, stage: S): void;
}

/** What the steps of a stage give. */
export type ReportOf<S extends Stage> = Awaited<ReturnType<S["step"]>> & StepReport;

/** Takes steps until the stage is done or `shouldStop` says so. */
export async function runStage<S extends Stage>(stage: S, options: LoopOptions<S> = {}): Promise<void> {
  const { shouldStop = () => false, onProgress, onStep } = options;
  const tell = onProgress && ((share: number) => onProgress(share, stage));
  while (!stage.done && !shouldStop()) {
    const start = performance.now();
    const report = (await stage.step(tell)) as ReportOf<S>;
    onStep?.(report, (performance.now() - start) / 1000, stage);
  }
}

/** What listeners of a search are told after each generation. */
export interface GenerationEvent extends Pick<GenerationReport, "newChampion" | "evaluationSeconds"> {
  readonly record: GenerationRecord;
  readonly totalSeconds: number;
  /** Makes the state after this generation; costs time, so only who needs it asks. */
  readonly state: () => RunState;
}

/** What drives a search without a folder; rankings and operators of one's own are those that `config` names. */
export interface RunOptions extends SearchTables {
  readonly config: RunConfig;
  readonly evaluator: Evaluator;
  /** Where to continue; default: from the first generation. */
  readonly from?: RunState;
  /** A champion whose mutated copies are the first generation. */
  readonly founder?: Genome;
  /** Asked before each generation; true ends the run there. */
  readonly shouldStop?: () => boolean;
  readonly onGeneration?: (event: GenerationEvent) => void;
}

/** Runs a search until its generations are done or `shouldStop` says so; returns where it stands. */
export async function runSearch(options: RunOptions): Promise<RunState> {
  const { config, evaluator, from, founder, shouldStop, onGeneration, ...tables } = options;
  const propose = await createProposer(evaluator.task, config);
  const stage = createSearchStage(config, evaluator, from, { champion: founder, propose, ...tables });
  await runStage(stage, {
    shouldStop,
    onStep({ line, newChampion, evaluationSeconds }, totalSeconds) {
      onGeneration?.({ record: line, newChampion, evaluationSeconds, totalSeconds, state: () => stage.runState });
    },
  });
  return stage.runState;
}
