/**
 * Downloads the four files of an image data set: mirrors in order, resumed where a part is there, checked, then renamed.
 *
 * While a file is under way it is called `<file>.gz.part`; `<file>.gz` appears only when the whole of it was checked.
 */
import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { parseIdxImages, parseIdxLabels } from "../data/idx.ts";
import {
  checkBytes,
  DATA_SOURCE_NAMES,
  DATA_SOURCES,
  type DataSource,
  findDataFile,
  IDX_FILES,
  type IdxFile,
  parseDataFiles,
  readDataFiles,
  unpack,
} from "./data-files.ts";

/** How far a download is. */
export interface DownloadProgress {
  readonly file: IdxFile;
  /** Which of the files this is, from 0. */
  readonly fileIndex: number;
  readonly fileCount: number;
  /** Compressed bytes of this file on the disk. */
  readonly received: number;
  /** Compressed bytes of the whole file, where the server says. */
  readonly total?: number;
}

/** How to download; tests replace all of it. */
export interface DownloadSettings {
  /** Folders of the web, instead of the set's own. */
  readonly mirrors?: readonly string[];
  /** Checksums of the unpacked files, instead of the set's own. */
  readonly sha256?: DataSource["sha256"];
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly fetch?: typeof fetch;
  /** A mirror that sends nothing for so long is given up, in milliseconds; 30,000 without it. */
  readonly idleTimeout?: number;
}

/** What a download did. */
export interface DownloadResult {
  readonly folder: string;
  /** Paths of all four files. */
  readonly paths: Readonly<Record<IdxFile, string>>;
  /** Files that were already there, whole. */
  readonly kept: readonly IdxFile[];
  /** Whether checksums were compared; for sets without them only the form of the files was checked. */
  readonly checksums: boolean;
}

/** Tries at one file and mirror; each resumes what the one before left. */
const TRIES = 3;

/**
 * Downloads a data set into a folder, which is made if it is not there. Files already there and right are kept.
 *
 * @param name a set of `DATA_SOURCES`
 * @throws UsageError if the name is not known, or no mirror gives a file; what arrived of it is kept as `.part`, so
 *         that the next call goes on from there
 */
export async function downloadData(
  name: string,
  folder: string,
  settings: DownloadSettings = {},
): Promise<DownloadResult> {
  const known: DataSource = DATA_SOURCES[checkKnown("downloadable data set", name, DATA_SOURCE_NAMES)];
  const source: DataSource = {
    mirrors: settings.mirrors ?? known.mirrors,
    sha256: settings.sha256 ?? known.sha256,
  };
  await makeFolder(folder);
  const paths = {} as Record<IdxFile, string>;
  const kept: IdxFile[] = [];
  for (const [fileIndex, file] of IDX_FILES.entries()) {
    const there = findDataFile(folder, file);
    if (there !== undefined && (await fault(name, file, there, there, source)) === undefined) {
      paths[file] = there;
      kept.push(file);
      continue;
    }
    paths[file] = join(folder, `${file}.gz`);
    const report = (received: number, total?: number) =>
      settings.onProgress?.({ file, fileIndex, fileCount: IDX_FILES.length, received, total });
    await downloadFile(name, file, paths[file], source, settings, report);
  }
  if (source.sha256 === undefined) parseDataFiles(readDataFiles(name, paths));
  return { folder, paths, kept, checksums: source.sha256 !== undefined };
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`Expected a folder that can be written at ${folder}: ${describe(error)}.`, { cause: error });
  }
}

type Report = (received: number, total?: number) => void;

/** Downloads one file from the first mirror that gives it. */
async function downloadFile(
  name: string,
  file: IdxFile,
  path: string,
  source: DataSource,
  settings: DownloadSettings,
  report: Report,
): Promise<void> {
  const part = `${path}.part`;
  const reasons: string[] = [];
  for (const mirror of source.mirrors) {
    const url = new URL(`${file}.gz`, mirror.endsWith("/") ? mirror : `${mirror}/`).href;
    let reason = "";
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const before = await sizeOf(part);
      try {
        await receive(url, part, before, settings, report);
      } catch (error) {
        reason = describe(error);
        // Another try helps only where this one brought the download forward.
        if ((await sizeOf(part)) > before) continue;
        break;
      }
      const wrong = await fault(name, file, part, path, source);
      if (wrong === undefined) {
        await rename(part, path);
        return;
      }
      await rm(part, { force: true });
      reason = wrong;
      // Parts of two different files may have met: only a file fetched whole speaks against the mirror.
      if (before === 0) break;
    }
    reasons.push(`${url}: ${reason}`);
  }
  throw new UsageError(
    `Expected ${file}.gz of "${name}" from one of ${source.mirrors.length} mirrors, got none (${reasons.join("; ")}). ` +
      "Run the command again to go on where it stopped, or get the files another way and give their folder with --data-dir.",
  );
}

/** Adds the rest of a file to the part that is there, or starts it again if the server cannot go on in the middle. */
async function receive(
  url: string,
  part: string,
  have: number,
  settings: DownloadSettings,
  report: Report,
): Promise<void> {
  const abort = new AbortController();
  const idle = settings.idleTimeout ?? 30_000;
  const giveUp = () => abort.abort(new Error(`nothing arrived for ${idle / 1000} s`));
  let timer = setTimeout(giveUp, idle);
  try {
    // Without "identity" a server may compress once more, and ranges would count other bytes.
    const headers: Record<string, string> = { "accept-encoding": "identity" };
    if (have > 0) headers.range = `bytes=${have}-`;
    const response = await (settings.fetch ?? fetch)(url, { headers, signal: abort.signal });
    if (response.status === 416) {
      await response.body?.cancel();
      // Either the part is whole already, which the check will tell, or it is no part of this file.
      return;
    }
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw new Error(`HTTP status ${response.status}`);
    }
    const start = response.status === 206 ? rangeStart(response.headers.get("content-range")) : 0;
    if (start !== 0 && start !== have) {
      await response.body.cancel();
      throw new Error(`asked for bytes from ${have}, got them from ${start}`);
    }
    const length = response.headers.get("content-length");
    const total = length === null ? undefined : start + Number(length);
    let received = start;
    report(received, total);
    const meter = new Transform({
      transform(chunk: Uint8Array, _, done) {
        clearTimeout(timer);
        timer = setTimeout(giveUp, idle);
        received += chunk.length;
        report(received, total);
        done(null, chunk);
      },
    });
    const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
    await pipeline(body, meter, createWriteStream(part, { flags: start > 0 ? "a" : "w" }), { signal: abort.signal });
    if (total !== undefined && received !== total) throw new Error(`got ${received} of ${total} bytes`);
  } finally {
    clearTimeout(timer);
  }
}

/** What is wrong with the bytes in `from` as the contents of `path`: undefined if nothing. */
async function fault(name: string, file: IdxFile, from: string, path: string, source: DataSource) {
  try {
    const bytes = unpack(await readFile(from), path);
    checkBytes(name, file, bytes, path, source);
    (file.includes("images") ? parseIdxImages : parseIdxLabels)(bytes, path);
    return undefined;
  } catch (error) {
    return describe(error);
  }
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** The first byte of a Content-Range header like "bytes 100-199/200"; NaN if there is none. */
function rangeStart(header: string | null): number {
  return Number(/^bytes (\d+)-/.exec(header ?? "")?.[1] ?? Number.NaN);
}

/** An error in a few words; fetch hides the reason in the cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
