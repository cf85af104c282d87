/** The runs in a folder, each in a few figures; those that cannot be read are named with the reason. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import type { RunEvaluation } from "../measure/evaluation.ts";
import { readEvaluation, readMeta } from "../run/folder.ts";
import { readRun } from "../run/read-config.ts";
import { RUN_FILES } from "../run/run-files.ts";
import type { RunFigures } from "../run/stage.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { type RunStatus, runStatus } from "./status.ts";

/** A run in a few figures. */
export interface RunSummary extends RunFigures {
  /** Its folder. */
  readonly run: string;
  /** The kind of its stage: "search", "baseline". */
  readonly stage: string;
  readonly task: string;
  readonly seed: number;
  /** Settings that are not the defaults, those of the task's own included, by name. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly status: RunStatus;
  /** Generations (epochs) done, and to be reached; null if only time limits them. */
  readonly generations: number;
  readonly limit: number | null;
  /** ISO 8601. */
  readonly started: string;
  /** Seconds spent in it. */
  readonly seconds: number;
  /** On what it never saw, where that was measured: of a champion at the six standard weights. */
  readonly test?: { readonly value: number; readonly measure: RunEvaluation["measure"] };
}

/** The runs in a folder. */
export interface RunList {
  /** The first to be started comes first. */
  readonly runs: readonly RunSummary[];
  readonly unreadable: readonly { readonly run: string; readonly problem: string }[];
}

/** Settings that a summary has elsewhere, or that say nothing. */
const NOT_LISTED = new Set(["format", "stage", "task", "taskSettings", "model", "seed"]);

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
export async function summarizeRuns(parent: string): Promise<RunList> {
  const runs: RunSummary[] = [];
  const unreadable: { run: string; problem: string }[] = [];
  const names = existsSync(parent) ? readdirSync(parent).filter((name) => !name.startsWith(".")) : [];
  for (const run of names.map((name) => join(parent, name))) {
    if (!existsSync(join(run, RUN_FILES.config)) && !looksLikeRun(run)) continue;
    try {
      runs.push(await summarizeRun(run));
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
export async function summarizeRun(folder: string): Promise<RunSummary> {
  const { kind, config } = await readRun(folder);
  const { generations, started, seconds } = readMeta(folder);
  const status = runStatus(folder);
  if (status === undefined || typeof started !== "string" || typeof seconds !== "number") {
    throw new UsageError(`Expected how a run stands in ${join(folder, RUN_FILES.meta)}, got JSON of another form.`);
  }
  const { task, seed, taskSettings } = config;
  const settings = config as unknown as Record<string, unknown>;
  const { defaults, ...figures } = kind.summarize(folder, config);
  return {
    run: folder,
    stage: kind.name,
    task: taskDefinition(task).name,
    seed,
    status,
    generations,
    limit: settings[kind.length] as number | null,
    started,
    seconds,
    settings: { ...differences(settings, defaults), ...differences(taskSettings, defaults.taskSettings) },
    ...figures,
    test: testFigure(readEvaluation(folder)),
  };
}

function testFigure(evaluation: RunEvaluation | undefined): RunSummary["test"] {
  const figure = evaluation?.figures.test ?? evaluation?.figures.standard;
  return figure && evaluation && { value: figure.mean, measure: evaluation.measure };
}

function differences(settings: object, defaults: object): Record<string, unknown> {
  const standard = new Map(Object.entries(defaults));
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([name, value]) => !NOT_LISTED.has(name) && JSON.stringify(value) !== JSON.stringify(standard.get(name)),
    ),
  );
}
