/** One row of a comparison: what a run, evolved or trained, comes to. */
import { AbsentDataError } from "../base/errors.ts";
import { type RunEvaluation, STANDARD_EVALUATION } from "../measure/evaluation.ts";
import { readEvaluation, readMeta, readRunChampion } from "../run/folder.ts";
import { readRun } from "../run/read-config.ts";
import type { StageConfig } from "../run/stage.ts";
import { readTuned } from "../run/tuned.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { rowMakerOf } from "./kinds.ts";
import type { ComparisonRow } from "./row-makers.ts";

/** How to measure runs; those that say what they have come to, measured so, are not measured again. */
export interface CompareOptions {
  /** Episodes for each standard weight, or draws of weights; default: as the run was measured. */
  readonly episodes?: number;
  /** Likewise. */
  readonly seed?: number;
  readonly threads?: number;
  /** Folder of the data set, where the runs do not say it. */
  readonly dataDir?: string;
}

/** A run with its row. */
export interface MeasuredRun {
  readonly row: ComparisonRow;
  readonly config: StageConfig;
}

/**
 * What the run in `folder` comes to: as it says itself, or measured now. Where its data set is absent, the row has no
 * scores and says why.
 *
 * @throws UsageError if it is no run folder, or has no champion or weights yet
 */
export async function measureRun(folder: string, options: CompareOptions): Promise<MeasuredRun> {
  const { kind, config } = await readRun(folder);
  const { name: task, settings } = taskDefinition(config.task);
  const maker = rowMakerOf(kind);
  const row: ComparisonRow = {
    name: folder.replace(/[/\\]+$/, ""),
    task,
    scores: {},
    seconds: readMeta(folder).seconds,
    ...(await maker.describe(folder, config)),
  };
  const kept = readEvaluation(folder);
  if (kept !== undefined && isAsAsked(kept, options) && !wasTuned(folder, kept))
    return { config, row: { ...row, ...maker.row(folder, kept) } };
  const { dataDir, threads } = options;
  const place = dataDir !== undefined && "dataDir" in settings.shape ? { dataDir } : {};
  const episodes = options.episodes ?? kept?.episodes ?? STANDARD_EVALUATION.episodes;
  const seed = options.seed ?? kept?.seed ?? STANDARD_EVALUATION.seed;
  try {
    const measured = await maker.evaluate(folder, config, { episodes, seed, threads, place });
    return { config, row: { ...row, ...maker.row(folder, measured) } };
  } catch (error) {
    if (!(error instanceof AbsentDataError)) throw error;
    return { config, row: { ...row, absent: error.message } };
  }
}

/** Whether the champion of a run was tuned after the run was measured. */
function wasTuned(folder: string, { figures }: RunEvaluation): boolean {
  const champion = figures.trainedWeights === undefined ? readRunChampion(folder)?.champion : undefined;
  return champion !== undefined && readTuned(folder, champion.genome)?.weights !== undefined;
}

/** Whether a run was measured as is asked; trainings are measured in one way. */
function isAsAsked(kept: RunEvaluation, { episodes, seed }: CompareOptions): boolean {
  const agrees = (value: unknown, asked: unknown) => value === undefined || asked === undefined || value === asked;
  return agrees(kept.episodes, episodes) && agrees(kept.seed, seed);
}
