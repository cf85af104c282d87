/** `precocial compare <run or study>...`: evolved and trained networks side by side, with the paper's figures. */
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { groupBy } from "../base/groups.ts";
import { TABLE_FORMS, type TableForm, type TextTable, writeTables } from "../base/table.ts";
import { STANDARD_EVALUATION } from "../measure/evaluation.ts";
import { FIGURE_NAMES, figuresOf } from "../measure/figures.ts";
import type { Sample } from "../measure/samples.ts";
import { sizeSeries } from "../measure/sizes.ts";
import { summarizeTask, type TaskSummary } from "../measure/study-summary.ts";
import { differencesTable, figuresTable } from "../measure/study-tables.ts";
import { isStudyFolder } from "../study/folder.ts";
import { writeScoreBySize } from "../view/draw.ts";
import { checkPicturePath } from "../view/picture.ts";
import { type Command, optionalInteger } from "./command.ts";
import { type MeasuredRun, measureRun } from "./compare-row.ts";
import { runSamples, studySamples } from "./compare-samples.ts";
import { printResult } from "./output.ts";
import type { ComparisonRow } from "./row-makers.ts";

/** The forms a comparison can take. */
const FORMATS = [...TABLE_FORMS, "json"] as const;

export const compareCommand: Command = {
  name: "compare",
  positionals: { run: { type: "string", array: true, demandOption: true, describe: "Run folders, or study folders" } },
  options: {
    format: { type: "string", describe: `One of ${FORMATS.join(", ")}`, default: "table" },
    episodes: {
      type: "string",
      describe:
        "Episodes for each standard weight (other conditions: 20 times as many), or draws of weights; default: as a " +
        `run was measured at its end, else ${STANDARD_EVALUATION.episodes}`,
    },
    seed: { type: "string", describe: "Seed of weights and episodes; default: likewise, else 1" },
    figure: {
      type: "string",
      describe: `What differences are of: ${FIGURE_NAMES.join(", ")}; default: the first that all have`,
    },
    picture: {
      type: "string",
      describe: "Draw score against connections too, to this file, .svg or .png: a dot for each network",
    },
    "data-dir": { type: "string", describe: "Folder of the data sets, where the runs do not say it" },
    threads: { type: "string", describe: "Worker threads; default: all cores" },
  },
  examples: [
    ["precocial compare runs/mnist-1 runs/two-layer-1", "an evolved network and a trained one"],
    ["precocial compare runs/* --format md", "all runs, in Markdown; those that differ only in their seed as one row"],
    ["precocial compare studies/digits-1 runs/two-layer-1", "the variants of a study, and a run"],
    ["precocial compare runs/* --picture sizes.svg", "and a picture: how good at how many connections"],
  ],
  async run(values) {
    const format = values.json === true ? "table" : checkKnown("format", String(values.format), FORMATS);
    const isJson = values.json === true || format === "json";
    const options = {
      episodes: optionalInteger(values, "episodes", 1),
      seed: optionalInteger(values, "seed", 0),
      threads: optionalInteger(values, "threads", 1),
      dataDir: values.dataDir === undefined ? undefined : String(values.dataDir),
    };
    const figure = values.figure === undefined ? undefined : String(values.figure);
    const picture = values.picture === undefined ? undefined : String(values.picture);
    if (picture !== undefined) checkPicturePath(picture);
    const folders = values.run as readonly string[];
    const runs: MeasuredRun[] = [];
    for (const folder of folders) if (!isStudyFolder(folder)) runs.push(await measureRun(folder, options));
    const studies = folders.filter(isStudyFolder).flatMap((folder) => studySamples(folder, folders.length === 1));
    const groups = [...groupBy([...studies, ...runSamples(runs)], ({ task }) => task).values()].map((samples) => ({
      task: samples[0].task,
      measure: samples[0].measure,
      samples: samples.map(({ sample }) => sample),
    }));
    const tasks = groups.map(({ task, measure, samples }) => summarizeTask(task, measure, samples, { figure }));
    const rows = runs.map(({ row }) => row);
    const tables = tasks.flatMap((task) => [
      withAbsences(
        figuresTable(task),
        rows.filter((row) => row.task === task.task),
      ),
      ...differencesTable(task),
    ]);
    if (picture !== undefined) await drawScoreBySize(picture, groups, tasks, figure);
    printResult({ json: isJson }, { runs: rows, tasks }, isJson ? "" : writeTables(tables, format as TableForm));
  },
};

/**
 * Draws score against size.
 *
 * @throws UsageError if there are several tasks, or nothing to draw
 */
async function drawScoreBySize(
  path: string,
  groups: readonly { readonly samples: readonly Sample[] }[],
  tasks: readonly TaskSummary[],
  figure: string | undefined,
): Promise<void> {
  if (tasks.length > 1) {
    throw new UsageError(
      `Expected runs of one task for --picture, got ${tasks.map(({ task }) => task).join(", ")}: a picture has one scale.`,
    );
  }
  const [{ task, measure }] = tasks;
  const series = sizeSeries(groups[0].samples, tasks[0], figure);
  if (series.length === 0) {
    throw new UsageError(
      `Expected networks with a size and ${figure ?? "a score"} for --picture, got none: name another figure.`,
    );
  }
  const percent = measure.unit === "share";
  const what = figure === undefined ? "at the best shared weight, or trained" : figuresOf(task)[figure].title;
  await writeScoreBySize(path, series, { axis: `${measure.name}${percent ? " in %" : ""}, ${what}`, percent });
}

/** A table that says which of its runs could not be measured. */
function withAbsences({ notes = [], ...table }: TextTable, rows: readonly ComparisonRow[]): TextTable {
  const absences = rows.flatMap(({ name, absent }) =>
    absent === undefined ? [] : [`${name} was not measured. ${absent}`],
  );
  return { ...table, notes: [...absences, ...notes] };
}
