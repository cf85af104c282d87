/**
 * A data set from a table: rows split, an encoding fitted on the training rows alone and applied to all, so nothing of
 * the validation and test rows reaches the inputs of another row.
 */
import { saturate32 } from "../../base/float32.ts";
import type { Label } from "../../base/rng.ts";
import { type Dataset, type Features, type RegressionDataset, sharedBytes, sharedFloats } from "../dataset.ts";
import { type ColumnChoice, chooseColumns } from "./columns.ts";
import { encodeTable, inputNames, type TableEncoding } from "./encoding.ts";
import { fitColumn } from "./fit.ts";
import { type ReadTableOptions, readTable } from "./read.ts";
import { fitTarget, type RowSplit, readTargets, splitRows, type TargetKind, withTarget } from "./target.ts";

/** How to read a table and what of it to take. */
export interface TableSettings extends ReadTableOptions, ColumnChoice {
  /** For reports and error messages, and .json in it says the form; "table" without it. */
  readonly name?: string;
  /** Whether the target is one of classes or a number; decided by its values without it. */
  readonly kind?: TargetKind;
  /** Decides which rows go to which part; 1 without it. */
  readonly seed?: Label;
}

/**
 * Reads a table and splits its rows 60/20/20 into train, validation and test, each class or size of the target alike.
 *
 * Inputs are in the order of the columns, and of the categories within a column. Classes are sorted: as numbers where
 * all are numbers, else as text. Rows without a target are left out.
 *
 * @param text the file's text
 * @throws UsageError naming line and column for anything that cannot be used
 */
export function tableDataset(text: string, settings: TableSettings): Dataset | RegressionDataset {
  const { target, name = "table", kind, seed = 1, group } = settings;
  const table = withTarget(readTable(text, name, settings), target);
  const targets = readTargets(table, target, kind);
  const columns = chooseColumns(table, settings);
  const split = splitRows(table, target, targets, seed);
  const fitted = columns.map((index) => fitColumn(table, index, split.train, group));
  const encoding: TableEncoding = {
    columns: fitted.map(({ column }) => column),
    target: fitTarget(target, targets, split.train),
    notes: [...table.notes, ...targets.notes, ...fitted.flatMap(({ notes }) => notes)],
  };
  const { inputs } = encodeTable(encoding, table);
  const known = { name, inputs: inputNames(encoding), table: encoding };
  if (encoding.target.kind === "classes") {
    return {
      ...known,
      classes: encoding.target.classes,
      ...collect(split, inputs, "labels", targets.numbers, sharedBytes),
    };
  }
  const { mean, deviation } = encoding.target;
  const numbers = targets.numbers.map((value) => saturate32((value - mean) / deviation));
  return {
    ...known,
    target: { name: target, mean, deviation },
    ...collect(split, inputs, "targets", numbers, sharedFloats),
  };
}

/** The examples of each part; their labels or targets are what `numbers` says of their rows. */
function collect<Name extends string, Numbers extends Uint8Array | Float32Array>(
  split: RowSplit,
  inputs: Float32Array,
  name: Name,
  numbers: Float64Array,
  share: (length: number) => Numbers,
) {
  const width = inputs.length / numbers.length;
  const part = (rows: readonly number[]) => {
    const features = sharedFloats(rows.length * width);
    const told = share(rows.length);
    for (const [index, row] of rows.entries()) {
      features.set(inputs.subarray(row * width, (row + 1) * width), index * width);
      told[index] = numbers[row];
    }
    return { count: rows.length, features, [name]: told } as Features & Record<Name, Numbers>;
  };
  return { train: part(split.train), validation: part(split.validation), test: part(split.test) };
}
