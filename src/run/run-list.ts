/** The runs in a folder, each in a few figures; those that cannot be read are named with the reason. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { weightTotal } from "../baseline/weights.ts";
import { compile } from "../network/compile.ts";
import { taskEntry } from "../tasks/registry.ts";
import { parseChampion } from "./champion-file.ts";
import { completeConfig, type RunConfig } from "./config.ts";
import { readJson } from "./files.ts";
import { RUN_FILES, readAnyConfig, readLines, readMeta } from "./folder.ts";
import { type RunStatus, runStatus } from "./run-status.ts";
import { completeTrainConfig, isTraining, type TrainConfig } from "./train-config.ts";
import { readWeights } from "./train-session.ts";

/** A run in a few figures. */
export interface RunSummary {
  /** Its folder. */
  readonly run: string;
  /** "search", or the model of a baseline. */
  readonly kind: string;
  readonly task: string;
  readonly seed: number;
  /** Settings that are not the task's (the model's) defaults, by name. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly status: RunStatus;
  /** Generations (epochs) done, and to be reached; null if only time limits them. */
  readonly generations: number;
  readonly limit: number | null;
  /** Of the champion (the best epoch) on validation data; undefined before there is one. */
  readonly score?: number;
  /** What the score is. */
  readonly measure: "score" | "log-likelihood" | "accuracy";
  /** Connections of the champion; weights and biases of a baseline. */
  readonly size?: number;
  /** ISO 8601. */
  readonly started: string;
  /** Seconds spent in it. */
  readonly seconds: number;
}

/** The runs in a folder. */
export interface RunList {
  /** The first to be started comes first. */
  readonly runs: readonly RunSummary[];
  readonly unreadable: readonly { readonly run: string; readonly problem: string }[];
}

/** Settings that a summary has elsewhere, or that say nothing. */
const NOT_LISTED = new Set(["format", "kind", "task", "model", "seed"]);

/** Files of which a folder must hold two to be taken for a run, damaged as it may be. */
const MARKS = [
  RUN_FILES.config,
  RUN_FILES.meta,
  RUN_FILES.generations,
  RUN_FILES.champion,
  RUN_FILES.weights,
  "checkpoint.json",
];

/** Whether a folder looks like a run, so that it may be moved or deleted as one. */
export function looksLikeRun(folder: string): boolean {
  return MARKS.filter((name) => existsSync(join(folder, name))).length >= 2;
}

/** The runs below `parent`; none if there is no such folder. */
export function summarizeRuns(parent: string): RunList {
  const runs: RunSummary[] = [];
  const unreadable: { run: string; problem: string }[] = [];
  const names = existsSync(parent) ? readdirSync(parent).filter((name) => !name.startsWith(".")) : [];
  for (const run of names.map((name) => join(parent, name))) {
    if (!existsSync(join(run, RUN_FILES.config)) && !looksLikeRun(run)) continue;
    try {
      runs.push(summarizeRun(run));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      unreadable.push({ run, problem: error.message });
    }
  }
  const byName = (a: { run: string }, b: { run: string }) => a.run.localeCompare(b.run, "en", { numeric: true });
  runs.sort((a, b) => a.started.localeCompare(b.started) || byName(a, b));
  return { runs, unreadable: unreadable.sort(byName) };
}

/** One run in a few figures. @throws UsageError if it is none, or damaged */
export function summarizeRun(folder: string): RunSummary {
  const config = readAnyConfig(folder);
  const { generations, started, seconds } = readMeta(folder);
  const status = runStatus(folder);
  if (status === undefined || typeof started !== "string" || typeof seconds !== "number") {
    throw new UsageError(`Expected how a run stands in ${join(folder, RUN_FILES.meta)}, got JSON of another form.`);
  }
  const { task, seed } = config;
  const figures = isTraining(config) ? figuresOfTraining(folder, config) : figuresOfSearch(folder, config);
  return { run: folder, task, seed, status, generations, started, seconds, ...figures };
}

type Figures = Pick<RunSummary, "kind" | "limit" | "settings" | "score" | "measure" | "size">;

function figuresOfSearch(folder: string, config: RunConfig): Figures {
  const { classification } = taskEntry(config.task);
  const path = join(folder, RUN_FILES.champion);
  const champion = existsSync(path) ? parseChampion(readJson(path, "a champion"), path).champion : undefined;
  return {
    kind: "search",
    limit: config.generations,
    settings: differences(config, completeConfig({ task: config.task })),
    score: champion?.score,
    measure: classification ? "log-likelihood" : "score",
    size: champion && compile(champion.genome).connectionCount,
  };
}

function figuresOfTraining(folder: string, config: TrainConfig): Figures {
  const { model, task, epochs } = config;
  const path = join(folder, RUN_FILES.weights);
  const records = readLines(folder, RUN_FILES.generations) as { validation?: { accuracy?: number } }[];
  const accuracies = records.map(({ validation }) => validation?.accuracy ?? 0);
  return {
    kind: model,
    limit: epochs,
    settings: differences(config, completeTrainConfig({ task, model })),
    score: accuracies.length > 0 ? Math.max(...accuracies) : undefined,
    measure: "accuracy",
    size: existsSync(path) ? weightTotal(readWeights(path).shape) : undefined,
  };
}

function differences(settings: object, defaults: object): Record<string, unknown> {
  const standard = new Map(Object.entries(defaults));
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([name, value]) => !NOT_LISTED.has(name) && JSON.stringify(value) !== JSON.stringify(standard.get(name)),
    ),
  );
}
