/** What is compared: runs that differ only in their seed as one sample, and the variants of studies. */
import { groupBy } from "../base/groups.ts";
import { type Sample, samplesOf } from "../measure/samples.ts";
import type { StudyVariant } from "../measure/study-record.ts";
import { readStudy } from "../study/folder.ts";
import { differences, wordsOf } from "../study/variants.ts";
import type { Measure } from "../tasks/task.ts";
import type { MeasuredRun } from "./compare-row.ts";
import { networkName } from "./kinds.ts";

/** A sample and what its figures are. */
export interface TaskSample {
  readonly task: string;
  readonly measure: Measure;
  readonly sample: Sample;
}

/** Runs as samples. One by itself is called by its folder, several by the settings that set them apart from others. */
export function runSamples(runs: readonly MeasuredRun[]): TaskSample[] {
  const groups = [...groupBy(runs, ({ config: { seed: _, ...settings } }) => JSON.stringify(settings)).values()];
  const differing = differences(
    groups.map(
      ([
        {
          config: { seed: _, ...settings },
        },
      ]) => settings,
    ),
  );
  return groups.map((group, index) => {
    const [{ row }] = group;
    const words = wordsOf(differing[index]);
    const first = group.length === 1 ? row.name : `${row.name} and ${group.length - 1} more`;
    const name = group.length === 1 || words === "" ? first : words;
    return { task: row.task, measure: row.measure, sample: { name, network: row.network, runs: group.map(sampleRun) } };
  });
}

function sampleRun({ row, config: { seed } }: MeasuredRun): Sample["runs"][number] {
  const { scores, deviations, size, seen, seconds } = row;
  const figures = { ...scores, connections: size, steps: seen, seconds };
  const known = Object.entries(figures).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return { seed, figures: Object.fromEntries(known), deviations: deviations as Record<string, number> | undefined };
}

/**
 * The variants of a study at its last budget.
 *
 * @param isOne whether it is all there is to compare; else its name stands before those of its variants
 * @throws UsageError if it has not found anything yet, or a file is damaged
 */
export function studySamples(folder: string, isOne: boolean): TaskSample[] {
  const { record, timings } = readStudy(folder);
  const last = record.budgets.values[record.budgets.values.length - 1];
  const variants = new Map(record.variants.map((variant) => [variant.name, variant]));
  return samplesOf(record, timings)
    .filter(({ budget }) => budget === last)
    .map(({ name, runs }) => {
      const { task, stage } = variants.get(name) as StudyVariant;
      return {
        task,
        measure: record.tasks[task],
        sample: {
          name: isOne ? name : `${folder}: ${name}`,
          network: networkName(stage),
          runs: runs.map(comparable),
        },
      };
    });
}

/** A run with a trained network's figure where comparisons have it: among the conditions. */
function comparable(run: Sample["runs"][number]): Sample["runs"][number] {
  const { train, validation, test, ...figures } = run.figures;
  return { ...run, figures: test === undefined ? figures : { ...figures, trainedWeights: test } };
}
