/** Loads a data set by name, from files or drawn here: the one place where names become data. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { checkKnown } from "../base/check.ts";
import { AbsentDataError, UsageError } from "../base/errors.ts";
import type { Label } from "../base/rng.ts";
import { csvDataset } from "../tasks/csv.ts";
import type { Dataset } from "../tasks/dataset.ts";
import { digitsDataset } from "../tasks/digits.ts";
import { IMAGE_SETS, imageDataset } from "../tasks/mnist.ts";
import { type DataPlace, findDataFiles, parseDataFiles, readDataFiles } from "./data-files.ts";

/** The data sets known by name. `csv` is a table, `idx` a folder with the four files of any set like MNIST. */
export const DATASET_NAMES = ["digits", "mnist", "mnist-full", "fashion-mnist", "csv", "idx"] as const;

/** The name of a data set. */
export type DatasetName = (typeof DATASET_NAMES)[number];

/** Where the data are; which settings count depends on the set. */
export interface LoadSettings extends DataPlace {
  /** `csv`: path of the table (--data). */
  readonly data?: string;
  /** `csv`: the column that holds the class (--target). */
  readonly target?: string;
  /** `csv`: what stands between cells; a comma without it. */
  readonly delimiter?: string;
  /** `csv`: decides which rows go to which part; 1 without it. */
  readonly seed?: Label;
}

/**
 * A data set by name.
 *
 * @throws UsageError if the name is not known, files are missing (the message names the command that gets them), or
 *         their contents cannot be used
 */
export async function loadDataset(name: string, settings: LoadSettings = {}): Promise<Dataset> {
  const known = checkKnown("data set", name, DATASET_NAMES);
  if (known === "digits") return digitsDataset();
  if (known === "csv") return loadTable(settings);
  if (known === "idx") {
    if (settings.dataDir === undefined) {
      throw new UsageError('Expected the folder of four IDX files for "idx", got none: give it with --data-dir.');
    }
    const { train, test } = parseDataFiles(readDataFiles(undefined, findDataFiles(undefined, settings)));
    return imageDataset(basename(settings.dataDir) || "idx", train, test, { deskew: false });
  }
  const folder = known === "mnist-full" ? "mnist" : known;
  const { train, test } = parseDataFiles(readDataFiles(folder, findDataFiles(folder, settings)));
  return imageDataset(known, train, test, IMAGE_SETS[known]);
}

async function loadTable({ data, target, delimiter, seed }: LoadSettings): Promise<Dataset> {
  if (data === undefined) throw new UsageError('Expected a table for "csv", got none: give its path with --data.');
  if (target === undefined) {
    throw new UsageError(`Expected the name of the class column of ${data}, got none: give it with --target.`);
  }
  let bytes: Uint8Array;
  try {
    bytes = await readFile(data);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AbsentDataError(`Expected a readable table at ${data}: ${reason}.`, { cause: error });
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UsageError(`Expected text in UTF-8 in ${data}, got other bytes: save the table as UTF-8.`, {
      cause: error,
    });
  }
  return csvDataset(text, { target, name: basename(data), delimiter, seed });
}
