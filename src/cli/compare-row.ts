/** One row of a comparison: what a run, evolved or trained, comes to. */
import { AbsentDataError } from "../base/errors.ts";
import { readMeta } from "../run/folder.ts";
import { readRun } from "../run/read-config.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { rowMakerOf } from "./kinds.ts";
import type { ComparisonRow, MeasureOptions } from "./row-makers.ts";

/**
 * Measures the run in `folder`. Where its data set is absent, the row has no scores and says why.
 *
 * @throws UsageError if it is no run folder, or has no champion or weights yet
 */
export async function measureRun(folder: string, options: MeasureOptions): Promise<ComparisonRow> {
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
  const { dataDir } = options;
  const place = dataDir !== undefined && "dataDir" in settings.shape ? { dataDir } : {};
  try {
    return { ...row, ...(await maker.measure(folder, config, { ...options, place })) };
  } catch (error) {
    if (!(error instanceof AbsentDataError)) throw error;
    return { ...row, absent: error.message };
  }
}
