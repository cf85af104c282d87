/** A run folder, or a champion.json alone, as one document: what the page reads, however little there is. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UsageError } from "../base/errors.ts";
import { readJson } from "../files/disk.ts";
import { pickNetwork } from "../formats/front.ts";
import { championLine, parseChampion } from "../formats/json.ts";
import { type CoursePoint, gatherLines, NO_TOTALS, type RunTotals, thinLines } from "../measure/run-lines.ts";
import { readFront } from "../run/folder.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { fits, staleWords } from "../run/tuned.ts";
import type { ChampionHead, ChampionLines } from "./champion-lines.ts";
import { readModule } from "./module.ts";
import { championLines, frontHeads } from "./networks.ts";
import { RecordLines } from "./record-lines.ts";
import { type RunStatus, runStatus } from "./status.ts";

/** One run, as much of it as can be read; the files are in docs/run-format.md. */
export interface RunDocument {
  readonly name: string;
  readonly config?: unknown;
  readonly meta?: unknown;
  /** Lines of generations.jsonl: all, or of a long run some that are spread over it, as of timings and survival. */
  readonly generations: readonly unknown[];
  readonly timings: readonly unknown[];
  /** What all those lines come to. */
  readonly totals: RunTotals;
  /** What had been spent at each of the generations above. */
  readonly course: readonly CoursePoint[];
  /** Lines of champions.jsonl without their genomes, which are asked for (networks.ts). */
  readonly champions: readonly ChampionHead[];
  /** champion.json, or the last line of champions.jsonl where there is none. */
  readonly champion?: unknown;
  /** tuned.json: the champion, or an earlier one, with trained weights. */
  readonly tuned?: unknown;
  readonly evaluation?: unknown;
  /** Without genomes, as champions. */
  readonly front?: unknown;
  readonly lineage?: unknown;
  readonly founder?: unknown;
  readonly survival?: readonly unknown[];
  /** Connections of the network to show, at most, in place of the champion. */
  readonly pick?: number;
  /** `champion` where there is no run folder, only a champion.json. */
  readonly only?: "champion";
  /** The text of the task's module, in JavaScript, where the task is one of the user's own. */
  readonly module?: string;
  /** How the run stands (status.ts). */
  readonly status?: RunStatus;
  /** What could not be read, in words; empty when all is well. */
  readonly problems: readonly string[];
}

/** The files that grow by lines while a run goes on. */
export const LINE_FILES = ["generations", "timings", "champions", "survival"] as const;

/** Bytes up to an end of each of those files. */
export type LineEnds = Readonly<Record<(typeof LINE_FILES)[number], number>>;

/** The files that are written anew while a run goes on. */
export const WHOLE_FILES = ["meta", "champion", "tuned", "evaluation", "front", "lineage", "founder"] as const;

/** What a run is called: its folder's name; of a champion.json the folder's it lies in, of another file its own. */
export function runName(path: string): string {
  const whole = resolve(path);
  if (!isFile(path)) return basename(whole);
  return basename(whole) === RUN_FILES.champion ? basename(dirname(whole)) : basename(whole, ".json");
}

/** Whether there is a file at a path, so that it stands for a champion alone. */
export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** How to read. */
export interface ReadOptions {
  /** Connections of the network of the front that is to be shown in place of the champion, at most. */
  readonly pick?: number;
  /** Bytes of the files of lines that are read, so that what is written meanwhile is not; default: all. */
  readonly ends?: LineEnds;
  /** Its champions.jsonl as far as it is known from before. */
  readonly champions?: ChampionLines;
}

/**
 * Reads a run folder, or a champion.json alone. Damage of a folder is told, not thrown: a cut-off line is left out, a
 * missing file is empty.
 *
 * @throws UsageError if there is neither at `path`, or no network to pick
 */
export function readRunDocument(path: string, options: ReadOptions = {}): RunDocument {
  const { pick } = options;
  const run = { ...(isFile(path) ? readLoneChampion(path) : readFolder(path, options)), pick };
  if (pick !== undefined) pickNetwork(readFront(path), pick);
  const module = readModule((run.config as { task?: unknown } | null | undefined)?.task);
  if (module === undefined) return run;
  if ("text" in module) return { ...run, module: module.text };
  return { ...run, problems: [...run.problems, module.problem] };
}

function readLoneChampion(path: string): RunDocument {
  const { file, champion } = parseChampion(readJson(path, "a champion"), path);
  const { task, seed } = file;
  return {
    name: runName(path),
    only: "champion",
    config: { task, seed },
    generations: [],
    timings: [],
    totals: NO_TOTALS,
    course: [],
    champions: [championLine(champion)],
    champion: file,
    problems: [],
  };
}

/** @throws UsageError if there is neither a run folder nor a champion.json at `path` */
export function checkShown(path: string): void {
  if (isFile(path)) parseChampion(readJson(path, "a champion"), path);
  else checkFolder(path);
}

function checkFolder(folder: string): void {
  if (!existsSync(join(folder, RUN_FILES.config))) {
    const got = existsSync(folder) ? `${folder} holds no ${RUN_FILES.config}` : `there is nothing at ${folder}`;
    throw new UsageError(
      `Expected a run folder or a champion.json, but ${got}: give the folder that a search wrote, or the path of a champion.json.`,
    );
  }
}

function readFolder(folder: string, { ends, champions: known = championLines(folder) }: ReadOptions): RunDocument {
  checkFolder(folder);
  const problems: string[] = [];
  const whole = (file: "config" | (typeof WHOLE_FILES)[number]) => {
    const text = readIfThere(join(folder, RUN_FILES[file]));
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      problems.push(`${RUN_FILES[file]} is damaged and was left out.`);
      return undefined;
    }
  };
  const linesOf = (file: "generations" | "timings" | "survival") =>
    RecordLines.of(join(folder, RUN_FILES[file]), ends?.[file]);
  const champions = known.read(ends?.champions);
  const last = champions.lines.at(-1);
  const champion = whole("champion") ?? (last && known.whole(last));
  const tuned = whole("tuned");
  const genomeOf = (file: unknown) => (file as { genome?: unknown } | null | undefined)?.genome;
  if (tuned !== undefined && !fits(genomeOf(tuned), genomeOf(champion))) problems.push(`${staleWords(folder)}.`);
  const [generations, timings, survival] = [linesOf("generations"), linesOf("timings"), linesOf("survival")];
  const gathered = gatherLines(generations, [...timings], generations.count);
  const survived = thinLines([...survival]);
  const lines = { generations, timings, champions, survival };
  for (const file of LINE_FILES) {
    const count = lines[file].broken;
    if (count === 0) continue;
    problems.push(`${RUN_FILES[file]} has ${count} unreadable or cut-off ${count === 1 ? "line" : "lines"}, left out.`);
  }
  return {
    name: runName(folder),
    config: whole("config"),
    meta: whole("meta"),
    ...gathered,
    champions: champions.lines.map(({ head }) => head),
    champion,
    tuned,
    evaluation: whole("evaluation"),
    front: frontHeads(whole("front")),
    lineage: whole("lineage"),
    founder: whole("founder"),
    survival: survived,
    status: runStatus(folder),
    problems,
  };
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
