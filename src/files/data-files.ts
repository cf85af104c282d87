/**
 * Finds, reads and checks the four IDX files of an image data set, plain or compressed with gzip.
 *
 * Folders are tried in this order: the one given (--data-dir; then no other), the one named by PRECOCIAL_DATA, the
 * user's cache folder. A folder may hold the files itself or in a folder of the set's name.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import envPaths from "env-paths";
import { AbsentDataError, UsageError } from "../base/errors.ts";
import { type IdxExamples, parseIdxExamples } from "../data/idx.ts";
import type { DataFiles } from "../tasks/definition.ts";

/** The four files every set in the format of MNIST consists of. */
export const IDX_FILES = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
] as const;

/** One of the four files. */
export type IdxFile = (typeof IDX_FILES)[number];

/** The four files of a set as bytes, not compressed, each with the path it came from. */
export type IdxFileBytes = Record<IdxFile, { readonly bytes: Uint8Array; readonly file: string }>;

/** A set that can be downloaded. */
export interface DataSource {
  /** Folders of the web that hold the four files with ".gz" added; tried in this order. */
  readonly mirrors: readonly string[];
  /** SHA-256 of each file before compression; without it only the form of the files is checked. */
  readonly sha256?: Record<IdxFile, string>;
}

/** The sets that can be downloaded, by the name of their folder. `mnist-full` uses the files of `mnist`. */
export const DATA_SOURCES = {
  mnist: {
    mirrors: ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"],
    sha256: {
      "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
  },
  // No checksums of this set's files were at hand, so only their form is checked.
  "fashion-mnist": { mirrors: ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"] },
} as const satisfies Record<string, DataSource>;

/** The name of a set that can be downloaded. */
export type DataSourceName = keyof typeof DATA_SOURCES;

/** The names of the sets that can be downloaded. */
export const DATA_SOURCE_NAMES = Object.keys(DATA_SOURCES) as readonly DataSourceName[];

/** No file of a set is larger than this when unpacked, in bytes. */
const MAX_FILE_BYTES = 2 ** 30;

/** Where files are looked for; tests replace the environment. */
export interface DataPlace {
  /** The folder given on the command line. */
  readonly dataDir?: string;
  /** Environment variables; those of the process without it. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Without it the user's cache folder for Precocial. */
  readonly cacheDir?: string;
}

/** The folders in which data are looked for, in order. */
export function dataFolders({ dataDir, env = process.env, cacheDir }: DataPlace = {}): string[] {
  if (dataDir !== undefined) return [dataDir];
  const cache = cacheDir ?? envPaths("precocial", { suffix: "" }).cache;
  return env.PRECOCIAL_DATA ? [env.PRECOCIAL_DATA, cache] : [cache];
}

/** The folder into which a set is downloaded: the first of `dataFolders` if it holds IDX files, else the set's own in it. */
export function downloadFolder(name: DataSourceName, place: DataPlace = {}): string {
  const [folder] = dataFolders(place);
  return IDX_FILES.some((file) => findDataFile(folder, file)) ? folder : join(folder, name);
}

/**
 * The paths of a set's four files.
 *
 * @param name  of the folder that may hold them; undefined for any set, whose folder must be given directly
 * @throws UsageError if no folder has them, or one has only some of them
 */
export function findDataFiles(name: string | undefined, place: DataPlace = {}): Record<IdxFile, string> {
  const folders = dataFolders(place);
  for (const folder of folders) {
    const candidates = name === undefined ? [folder] : [join(folder, name), folder];
    for (const candidate of candidates) {
      const paths = new Map(IDX_FILES.map((file) => [file, findDataFile(candidate, file)]));
      const missing = IDX_FILES.filter((file) => paths.get(file) === undefined);
      if (missing.length === 0) return Object.fromEntries(paths) as Record<IdxFile, string>;
      if (missing.length < IDX_FILES.length) {
        throw new AbsentDataError(
          `Expected four IDX files in ${candidate}, got none called ${missing.join(", ")} (or .gz). ${remedy(name)}`,
        );
      }
    }
  }
  throw new AbsentDataError(
    `Expected the data of "${name ?? "idx"}" (${IDX_FILES[0]} and three more, plain or .gz), ` +
      `got none in ${folders.join(", ")}. ${remedy(name)}`,
  );
}

/**
 * Reads the four files at these paths, unpacks them, and checks them against the checksums of the set, where known.
 *
 * @throws UsageError for a damaged or cut off file, a wrong checksum, or the files of another set
 */
export function readDataFiles(name: string | undefined, paths: Record<IdxFile, string>): IdxFileBytes {
  const entries = IDX_FILES.map((file) => {
    const bytes = unpack(readBytes(paths[file]), paths[file]);
    checkBytes(name, file, bytes, paths[file]);
    return [file, { bytes, file: paths[file] }];
  });
  return Object.fromEntries(entries) as IdxFileBytes;
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`Expected a readable file at ${path}: ${error instanceof Error ? error.message : error}.`, {
      cause: error,
    });
  }
}

/** Images and labels of both halves of a set: what `imageDataset` takes. */
export function parseDataFiles(files: IdxFileBytes): { train: IdxExamples; test: IdxExamples } {
  return {
    train: parseIdxExamples(files[IDX_FILES[0]], files[IDX_FILES[1]]),
    test: parseIdxExamples(files[IDX_FILES[2]], files[IDX_FILES[3]]),
  };
}

/**
 * The bytes of a file that may be compressed with gzip.
 *
 * @param path for error messages
 * @throws UsageError if the compressed data are cut off or damaged
 */
export function unpack(bytes: Uint8Array, path: string): Uint8Array {
  if (bytes.length < 2 || bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    if (!path.endsWith(".gz")) return bytes;
    throw new UsageError(`Expected gzip data in ${path}, got ${bytes.length} bytes of something else: get it again.`);
  }
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_FILE_BYTES });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `Expected whole gzip data in ${path}, got ${bytes.length} bytes that are cut off or damaged (${reason}): get it again.`,
      { cause: error },
    );
  }
}

/**
 * Checks one unpacked file against what is known of its set.
 *
 * @throws UsageError if its checksum is wrong, or, for another set, is that of a file of MNIST
 */
export function checkBytes(
  name: string | undefined,
  file: IdxFile,
  bytes: Uint8Array,
  path: string,
  source: DataSource | undefined = sourceOf(name),
): void {
  const sum = createHash("sha256").update(bytes).digest("hex");
  const expected = source?.sha256?.[file];
  if (expected !== undefined && sum !== expected) {
    throw new UsageError(
      `Expected SHA-256 ${expected} for ${file} of "${name}", got ${sum} in ${path}: ` +
        "the file is damaged or of another set, get it again.",
    );
  }
  if (expected === undefined && name !== undefined && sum === DATA_SOURCES.mnist.sha256[file]) {
    throw new UsageError(
      `Expected ${file} of "${name}", got that of "mnist" in ${path}: give the folder of "${name}".`,
    );
  }
}

function sourceOf(name: string | undefined): DataSource | undefined {
  return name !== undefined && Object.hasOwn(DATA_SOURCES, name) ? DATA_SOURCES[name as DataSourceName] : undefined;
}

/** The path of a file in one of the forms in use, if it is there; downloads (.gz) come first. */
export function findDataFile(folder: string, file: IdxFile): string | undefined {
  const dotted = file.replace("-idx", ".idx");
  return [`${file}.gz`, file, `${dotted}.gz`, dotted]
    .map((form) => join(folder, form))
    .find((path) => existsSync(path));
}

function remedy(name: string | undefined): string {
  const folder = "give the folder that holds them with --data-dir (or PRECOCIAL_DATA)";
  return sourceOf(name) ? `Run "precocial data ${name}" to download them, or ${folder}.` : `Please ${folder}.`;
}

/** The files of this machine, as tasks read them. @param place where to look instead of the usual places */
export const dataFiles = (place: Pick<DataPlace, "env" | "cacheDir"> = {}): DataFiles => ({
  images: (set, dataDir) => parseDataFiles(readDataFiles(set, findDataFiles(set, { ...place, dataDir }))),
  async text(path) {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new AbsentDataError(`Expected a readable table at ${path}: ${reason}.`, { cause: error });
    }
    try {
      // A byte order mark stays: whoever writes the table again needs to know of it.
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (error) {
      throw new UsageError(`Expected text in UTF-8 in ${path}, got other bytes: save the table as UTF-8.`, {
        cause: error,
      });
    }
  },
});
