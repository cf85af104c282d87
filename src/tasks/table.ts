/** The task that a table of one's own is, by name: its columns, one of them to be told from the others. */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { lastName } from "../base/paths.ts";
import type { Dataset, RegressionDataset } from "../data/dataset.ts";
import { tableDataset } from "../data/table/dataset.ts";
import { readNames } from "../data/table/read-csv.ts";
import { TARGET_KINDS } from "../data/table/target.ts";
import {
  ACCURACY,
  type ClassificationSettings,
  createClassification,
  LIKELIHOOD,
} from "./classification/classification.ts";
import { BATCH_SIZE, INFORMED, QUICK, SCORES_SETTING } from "./classification/definitions.ts";
import type { DataFiles, TaskDefinition, TaskSettings } from "./definition.ts";
import type { Preset } from "./preset.ts";
import { createRegression, ERROR, R2 } from "./regression/regression.ts";

/**
 * For tables of a few columns. 96 networks rather than 192: at equal processor time better on cars with each of three
 * seeds, as good on penguins. Scores are plain, and batches larger than most tables: with those of digits penguins gained
 * nothing (experiments/penguins).
 */
const SMALL = { population: 96, tournament: 8, generations: 1024, connectProbability: 0.1 };
const PRESETS: Readonly<Record<string, Preset>> = {
  informed: { ...INFORMED, ...SMALL, taskSettings: {} },
  quick: { ...QUICK, ...SMALL },
};

const SETTINGS = z.strictObject({
  data: z.string().optional().meta({ description: "Path of the table: CSV, or records in JSON.", path: true }),
  target: z.string().optional().describe("Column to be told from the others."),
  columns: z.string().optional().describe("Columns to take as inputs: a,b,c; all but the target if not given."),
  ignore: z.string().optional().describe("Columns to leave out, such as ids and dates: a,b,c."),
  group: z
    .int()
    .min(2)
    .max(256)
    .optional()
    .describe("Categories of a column, at most; rare values are grouped as one."),
  kind: z
    .enum(TARGET_KINDS)
    .optional()
    .describe("Whether the target is one of classes or a number; decided by its values if not given."),
  delimiter: z.string().optional().describe("What stands between cells of CSV; guessed if not given."),
  batchSize: BATCH_SIZE,
  scores: SCORES_SETTING,
});

/** Any table. */
export const TABLE: TaskDefinition<Dataset | RegressionDataset> = {
  name: "csv",
  summary: "Any table: --data table.csv --target column",
  settings: SETTINGS,
  presets: PRESETS,
  selected: LIKELIHOOD,
  reported: ACCURACY,
  ofNumbers: { selected: ERROR, reported: R2 },
  load: loadTable,
  create(dataset, { batchSize, scores }) {
    const settings = { name: "csv", batchSize, scores } as ClassificationSettings;
    return "classes" in dataset ? createClassification(dataset, settings) : createRegression(dataset, settings);
  },
};

async function loadTable(settings: TaskSettings, files: DataFiles): Promise<Dataset | RegressionDataset> {
  const { data, target, columns, ignore, group, kind, delimiter } = settings as z.infer<typeof SETTINGS>;
  if (data === undefined) throw new UsageError('Expected a table for "csv", got none: give its path with --data.');
  if (target === undefined) {
    throw new UsageError(`Expected the name of the column to be told of ${data}, got none: give it with --target.`);
  }
  return tableDataset(await files.text(data), {
    target,
    name: lastName(data),
    columns: columns === undefined ? undefined : readNames(columns),
    ignore: ignore === undefined ? undefined : readNames(ignore),
    group,
    delimiter,
    kind,
  });
}
