/** The task that a table of one's own is, by name: its columns, one of them to be told from the others. */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { lastName } from "../base/paths.ts";
import type { Dataset } from "../data/dataset.ts";
import { tableDataset } from "../data/table/dataset.ts";
import { readNames } from "../data/table/read-csv.ts";
import { BATCH_SIZE, classifier, SMALL_IMAGES } from "./classification/definitions.ts";
import type { DataFiles, TaskDefinition, TaskSettings } from "./definition.ts";
import type { Preset } from "./preset.ts";

/** For tables of a few columns. */
const PRESET: Preset = { ...SMALL_IMAGES, population: 192, tournament: 8, generations: 512, connectProbability: 0.1 };

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
  delimiter: z.string().optional().describe("What stands between cells of CSV; guessed if not given."),
  batchSize: BATCH_SIZE,
});

/** Any table. */
export const TABLE: TaskDefinition<Dataset> = {
  ...classifier("csv", "Any table: --data table.csv --target column", { default: PRESET }),
  settings: SETTINGS,
  load: loadTable,
};

async function loadTable(settings: TaskSettings, files: DataFiles): Promise<Dataset> {
  const { data, target, columns, ignore, group, delimiter } = settings as z.infer<typeof SETTINGS>;
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
    kind: "classes",
  }) as Dataset;
}
