/** `precocial tune <champion>`: trains every weight of a champion, in a run folder of its own. */
import { existsSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { counted } from "../base/numbers.ts";
import { withDiskErrors } from "../files/disk.ts";
import { checkUnlocked } from "../files/lock.ts";
import { compile } from "../network/compile.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { tuningSchema } from "../run/stages/tuning-config.ts";
import { TUNING_STAGES } from "../run/stages/tuning-stage.ts";
import { TUNING_FOLDER } from "../run/tuned.ts";
import { TUNERS, tunerFor } from "../tuning/tuners.ts";
import {
  CHAMPION_POSITIONAL,
  type Command,
  optionSettings,
  optionsFor,
  settingsOf,
  taskNamed,
  taskSettingsOf,
  type Values,
} from "./command.ts";
import { DRIVE_OPTIONS, drive } from "./drive.ts";
import { isFolder, loadChampion, taskOf, taskOfChampion } from "./load-champion.ts";
import { checkOwn } from "./methods.ts";

/** Settings that the command makes itself. */
const MADE = ["from", "result"];
/** The settings of the tunings by each tuner, by its name. */
const SETTINGS = Object.fromEntries(
  TUNERS.map((kind) => [kind.name, optionSettings(tuningSchema(kind)).filter(({ name }) => !MADE.includes(name))]),
);
/** The value of --method that leaves it to the task. */
const AUTO = "auto";
const METHODS = [AUTO, ...TUNERS.map(({ name }) => name)];

export const tuneCommand: Command = {
  name: "tune",
  positionals: CHAMPION_POSITIONAL,
  options: {
    out: {
      type: "string",
      describe: `Folder for ${RUN_FILES.tuned}, and ${TUNING_FOLDER}/ with the run that makes it; default: the run folder`,
    },
    task: { type: "string", describe: "The task; needed for a .out file, which does not name it" },
    method: { type: "string", describe: `How: ${METHODS.join(", ")}; auto is what suits the task`, default: AUTO },
    again: { type: "boolean", requiresArg: false, describe: "In place of a tuning that is there already" },
    ...DRIVE_OPTIONS,
    ...Object.assign(
      {},
      ...TUNERS.map(({ name }) => optionsFor(SETTINGS[name], `Settings of --method ${name}:`)).reverse(),
    ),
  },
  examples: [
    ["precocial tune runs/swingup-1", "the champion of a run"],
    ["precocial tune runs/swingup-1 --again --max-time 60s --seed 7", "anew, for a minute"],
    ["precocial tune swing.out --task swingup --out runs/published", "a champion of the paper's code"],
    ["precocial resume runs/swingup-1/tuning --generations 1000", "further"],
    ["precocial evaluate runs/swingup-1", "random, shared and trained weights side by side"],
  ],
  task: taskOfChampion,
  async run(values) {
    const path = String(values.champion);
    const out = outOf(values, path);
    const folder = join(out, TUNING_FOLDER);
    const again = values.again === true;
    if (!again) checkNew(out, folder);
    const named = values.task === undefined ? undefined : String(values.task);
    const known = named ?? (await taskOf(path));
    const taskSettings = known === undefined ? {} : taskSettingsOf(values, await taskNamed(known));
    const { genome, source, task, champion } = await loadChampion(path, { task: named, taskSettings });
    const method = checkKnown("method", String(values.method), METHODS);
    const tuner = method === AUTO ? tunerFor(task) : TUNERS.find(({ name }) => name === method);
    const kind = TUNING_STAGES.find(({ name }) => name === tuner?.name) as (typeof TUNING_STAGES)[number];
    const settings = SETTINGS[kind.name];
    checkOwn(kind.name, namesOf(SETTINGS), values);
    const isUnlimited =
      values.maxTime !== undefined && settings.some(({ name, nullable }) => name === kind.length && nullable);
    const config = kind.complete({
      weight: champion.bestSharedWeight ?? null,
      ...(isUnlimited && { [kind.length]: null }),
      ...settingsOf(values, settings),
      task: source.name,
      taskSettings: source.settings ?? {},
      from: resolve(path),
      result: join("..", RUN_FILES.tuned),
    });
    const putBack = again ? setAside(folder) : () => {};
    try {
      await drive(values, {
        folder,
        kind,
        config,
        resumed: false,
        founder: champion,
        title: (threads) =>
          `Tuning the ${counted(compile(genome).genes.length, "weight")} of ${path} for ${task.info.name} by --method ` +
          `${kind.name} with ${counted(threads, "thread")}, seed ${config.seed}; run folder ${folder}`,
      });
    } finally {
      putBack();
    }
  },
};

/** Where the result goes. @throws UsageError if nothing says so */
function outOf(values: Values, path: string): string {
  if (values.out !== undefined) return String(values.out);
  if (isFolder(path)) return path;
  throw new UsageError(
    `Expected --out, the folder for ${RUN_FILES.tuned}, since ${path} is no run folder: --out runs/tuned-1`,
  );
}

/** @throws UsageError if there is a tuning, or its result, already */
function checkNew(out: string, folder: string): void {
  const there = [folder, join(out, RUN_FILES.tuned)].find((path) => existsSync(path));
  if (there === undefined) return;
  const goOn = existsSync(join(folder, RUN_FILES.config)) ? `, or go on with it by: precocial resume ${folder}` : "";
  throw new UsageError(
    `There is a tuning at ${there} already: put another in its place with --again, choose another folder with --out${goOn}`,
  );
}

/**
 * Sets a tuning aside while another takes its place.
 *
 * @returns what to call at the end: removes it, or puts it back where no other has begun
 * @throws UsageError if another process is writing it
 */
function setAside(folder: string): () => void {
  if (!existsSync(folder)) return () => {};
  checkUnlocked(folder);
  const aside = `${folder}.before`;
  withDiskErrors(aside, () => {
    rmSync(aside, { recursive: true, force: true });
    renameSync(folder, aside);
  });
  return () => {
    if (existsSync(folder)) rmSync(aside, { recursive: true, force: true });
    else renameSync(aside, folder);
  };
}

function namesOf(settings: typeof SETTINGS): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(settings).map(([kind, all]) => [kind, all.map(({ name }) => name)]));
}
