/** Reads the config of a run folder, of whatever kind; those of earlier versions are read as what they are in this one. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { type LoadOptions, loadOwnTask } from "../evaluation/threads-load.ts";
import { readJson } from "../files/disk.ts";
import { namesOfToday } from "../search/former-names.ts";
import { isModulePath } from "../tasks/module.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { RUN_FORMAT } from "./config.ts";
import { RUN_FILES } from "./run-files.ts";
import type { StageConfig, StageKind } from "./stage.ts";
import { STAGES } from "./stages/index.ts";

/** A run as its config says it is. */
export interface KnownRun {
  readonly kind: StageKind;
  readonly config: StageConfig;
}

/** Settings that had no place of their own in format 1. */
const TASK_SETTINGS_BEFORE = ["dataDir", "data", "target", "delimiter", "batchSize"];
/** What `generations` was in a run limited by time alone before null said so. */
const NO_LIMIT_BEFORE = 100_000_000;

/**
 * Reads the config of a run of any kind, and loads the module of its task if that is one's own.
 *
 * @param options how long that may take
 * @param kinds   those that are known; default: the built-in ones
 * @throws UsageError if `folder` is no run folder, of an unknown format or kind, or the module is gone or cannot be used
 */
export async function readRun(
  folder: string,
  options: LoadOptions = {},
  kinds: readonly StageKind[] = STAGES,
): Promise<KnownRun> {
  if (!existsSync(join(folder, RUN_FILES.config))) {
    const what = existsSync(folder) ? `holds no ${RUN_FILES.config}` : "is not there";
    throw new UsageError(`Expected a run folder, but ${folder} ${what}: give the folder that a search wrote.`);
  }
  const json = readJson(join(folder, RUN_FILES.config), "the config of a run") as Record<string, unknown> | null;
  if (json?.format !== RUN_FORMAT && json?.format !== 1) {
    throw new UsageError(
      `Expected a run of format 1 or ${RUN_FORMAT} in ${folder}, got format ${json?.format}: use the version of Precocial that wrote it (${RUN_FILES.meta} says which).`,
    );
  }
  await loadTaskOf(folder, String(json.task), options);
  const settings = namesOfToday(json.format === 1 ? fromFormat1(json) : json);
  const kind = kinds.find(({ name }) => name === settings.stage);
  if (kind === undefined) {
    const known = kinds.map(({ name }) => name).join(", ");
    throw new UsageError(
      `Expected a run of a known kind (${known}) in ${folder}, got ${JSON.stringify(settings.stage)}.`,
    );
  }
  return { kind, config: kind.complete(settings, null) };
}

async function loadTaskOf(folder: string, task: string, options: LoadOptions): Promise<void> {
  if (isModulePath(task) && !existsSync(task)) {
    throw new UsageError(
      `Expected the module of the task at ${task}, where it was when ${folder} was made, but there is none: put it ` +
        `back, or write where it is now as "task" into ${join(folder, RUN_FILES.config)}.`,
    );
  }
  await loadOwnTask(task, options);
}

/** Reads the config of a run that has a champion. @throws UsageError if `folder` holds no run, or one of another kind */
export async function readChampionConfig(folder: string): Promise<StageConfig> {
  const { kind, config } = await readRun(folder);
  if (kind.hasChampion === true) return config;
  throw new UsageError(
    `Expected the run of a search in ${folder}, got ${kind.title}: give the folder that a search wrote.`,
  );
}

/** The settings of a config of format 1 in this format. */
function fromFormat1({ kind, format: _, ...json }: Record<string, unknown>): Record<string, unknown> {
  const known = taskDefinition(String(json.task)).settings.shape;
  const entries = Object.entries(json);
  const isTaskSetting = ([name]: [string, unknown]) => TASK_SETTINGS_BEFORE.includes(name);
  return {
    ...Object.fromEntries(entries.filter((entry) => !isTaskSetting(entry))),
    stage: kind === "baseline" ? "baseline" : "search",
    taskSettings: Object.fromEntries(entries.filter((entry) => isTaskSetting(entry) && entry[0] in known)),
    ...(json.generations === NO_LIMIT_BEFORE ? { generations: null } : {}),
  };
}
