/** A study with its folder: started anew or taken up again. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { checkInteger } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import type { LoadOptions } from "../evaluation/threads-load.ts";
import { withLock } from "../files/lock.ts";
import { loadTaskSource } from "../run/task-source.ts";
import { type ConductOptions, type Crew, conduct, type StudyOutcome } from "./conduct.ts";
import {
  checkFreeForStudy,
  createStudyFolder,
  isStudyFolder,
  readPlan,
  readStudy,
  readStudyMeta,
  STUDY_FILES,
  type StudyMeta,
  writeStudyMeta,
} from "./folder.ts";
import { checkTasks, type StudyPlan } from "./plan.ts";
import { emptyFindings, type Findings } from "./record.ts";

/** How to conduct a study; nothing of it changes a result that is not measured in time. */
export interface StudyOptions extends ConductOptions {
  /** Runs at once. Default: as many as cores; with a budget of time one, or what the study was begun with. */
  readonly parallel?: number;
  /** Threads of each run. Default: the cores there are for it. */
  readonly threads?: number;
}

/**
 * Makes a study in a new folder.
 *
 * @throws UsageError if the folder exists, runs cannot be made of a task, or the disk refuses
 */
export async function startStudy(plan: StudyPlan, options: StudyOptions): Promise<StudyOutcome> {
  const { folder } = options;
  checkFreeForStudy(folder);
  await checkTasks(plan, (config) => loadTaskSource(config, loadOptions(options)));
  const crew = crewOf(plan, options);
  const lock = createStudyFolder(folder, plan, crew, new Date());
  return lock.during(() => carryOut(plan, emptyFindings(plan), crew, options));
}

/**
 * Goes on with a study: runs that were measured are kept, those begun go on from their checkpoints.
 *
 * @throws UsageError if there is none, another process is writing it, or it counts time and was begun with another
 *         number of runs at once
 */
export function resumeStudy(options: StudyOptions): Promise<StudyOutcome> {
  const { folder } = options;
  return withLock(folder, async () => {
    const plan = await readPlan(folder, loadOptions(options));
    const before = readStudyMeta(folder);
    const crew = crewOf(plan, options, before);
    writeStudyMeta(folder, { ...before, ...crew, pid: process.pid, status: "running" });
    const found = existsSync(join(folder, STUDY_FILES.record)) ? readStudy(folder) : emptyFindings(plan);
    return carryOut(plan, found, crew, options);
  });
}

/**
 * Makes a study, or, where its folder is there, goes on with it.
 *
 * @throws UsageError as `startStudy` and `resumeStudy` do, or if the study that is there has another plan
 */
export async function runStudy(plan: StudyPlan, options: StudyOptions): Promise<StudyOutcome> {
  const { folder } = options;
  if (!isStudyFolder(folder)) return startStudy(plan, options);
  if (isDeepStrictEqual(await readPlan(folder, loadOptions(options)), plan)) return resumeStudy(options);
  throw new UsageError(`The study in ${folder} has another plan: choose another folder, or remove it.`);
}

/** Conducts the study, and writes down how it ended. */
async function carryOut(plan: StudyPlan, found: Findings, crew: Crew, options: StudyOptions): Promise<StudyOutcome> {
  const { folder } = options;
  let status: StudyMeta["status"] = "stopped";
  try {
    const outcome = await conduct(plan, found, crew, options);
    status = outcome.status;
    return outcome;
  } finally {
    writeStudyMeta(folder, { ...readStudyMeta(folder), status });
  }
}

function loadOptions({ warn }: StudyOptions): LoadOptions {
  return { onSlow: warn };
}

/** How many runs at once, of how many threads. @param before what the study was begun with */
function crewOf({ budgets }: StudyPlan, { parallel, threads }: Pick<StudyOptions, keyof Crew>, before?: Crew): Crew {
  const isTimed = budgets.unit === "seconds";
  const cores = availableParallelism();
  const usual = isTimed ? (before?.parallel ?? 1) : cores;
  const atOnce = checkInteger("parallel", parallel ?? usual, 1, 1024);
  if (isTimed && before !== undefined && atOnce !== before.parallel) {
    throw new UsageError(
      `Expected ${before.parallel} runs at once, with which the study was begun, got ${atOnce}: with a budget of time the number is part of the figures.`,
    );
  }
  const each = Math.max(1, Math.floor(cores / atOnce));
  return {
    parallel: atOnce,
    threads: checkInteger("threads", threads ?? ((isTimed && before?.threads) || each), 1, 1024),
  };
}
