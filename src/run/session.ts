/** A run with its folder: started anew or taken up again, recorded as it goes, left so that it can be resumed. */
import { join } from "node:path";
import { readCheckpoint } from "../files/checkpoint.ts";
import { writeAtomically } from "../files/disk.ts";
import { cutLines } from "../files/lines.ts";
import { withLock } from "../files/lock.ts";
import type { EvaluationOptions, RunEvaluation } from "../measure/evaluation.ts";
import { createFolder, firstMeta, type RunMeta, readMeta } from "./folder.ts";
import { type LoopOptions, runStage } from "./loop.ts";
import { Recorder } from "./recorder.ts";
import { RUN_FILES } from "./run-files.ts";
import type { Stage, StageConfig, StageKind, Workshop } from "./stage.ts";
import { moduleDigest } from "./task-source.ts";

/** What a run needs from outside. */
export interface SessionOptions<Config extends StageConfig, S extends Stage> extends LoopOptions<S> {
  readonly folder: string;
  readonly kind: StageKind<Config, S>;
  readonly config: Config;
  readonly workshop: Workshop;
  /** Asked at its end how what it has come to is measured, for evaluation.json; undefined: it is not. */
  readonly evaluation?: () => EvaluationOptions | undefined;
  /** Told when the stage is open and its folder locked, before the first step. */
  readonly onOpen?: (stage: S) => void;
}

/** How a run ended. */
export interface SessionResult<S extends Stage> {
  readonly status: RunMeta["status"];
  readonly stage: S;
  /** What it has come to, where that was measured. */
  readonly evaluation: RunEvaluation | undefined;
}

/**
 * Runs a stage in a new folder.
 *
 * @throws UsageError if the folder exists, the settings do not fit the task, or the disk refuses
 */
export async function startRun<Config extends StageConfig, S extends Stage>(
  options: SessionOptions<Config, S>,
  started: Date = new Date(),
): Promise<SessionResult<S>> {
  const { folder, kind, config, workshop } = options;
  const stage = await kind.open(config, workshop);
  const meta = firstMeta(stage.threads, started, moduleDigest(config.task));
  const lock = createFolder(folder, config, meta);
  return lock.during(() => drive(options, stage, new Recorder(folder, kind.lineFiles, meta)));
}

/**
 * Goes on with a run where its last whole checkpoint stands, as far as `config` says, which may be further than before.
 * Lines and files of later steps are cut away, since they will be written again, byte for byte.
 *
 * @param warn told when the newest checkpoint is damaged and the previous one is used, or the task's module has changed
 * @throws UsageError if another process is writing the run, or no checkpoint can be read
 */
export function resumeRun<Config extends StageConfig, S extends Stage>(
  options: SessionOptions<Config, S>,
  warn: (message: string) => void,
): Promise<SessionResult<S>> {
  const { folder, kind, config, workshop } = options;
  return withLock(folder, async () => {
    const state = readCheckpoint(folder, kind.isState, warn);
    const stage = await kind.open(config, workshop, state);
    for (const name of kind.lineFiles) cutLines(folder, name, stage.count);
    const before = readMeta(folder);
    const module = moduleDigest(config.task);
    if (before.module !== undefined && before.module !== module) {
      warn(`${config.task} has changed since ${folder} was last at work: what follows is played by what it is now.`);
    }
    const meta: RunMeta = { ...before, status: "running", pid: process.pid, module };
    const recorder = new Recorder(folder, kind.lineFiles, meta);
    recorder.writeFiles(stage, Object.keys(stage.files));
    recorder.writeMeta();
    writeAtomically(join(folder, RUN_FILES.config), `${JSON.stringify(config, null, 2)}\n`);
    return drive(options, stage, recorder);
  });
}

/** Runs the stage to its end, or to where it is stopped or fails: either way with a checkpoint. Measures after it. */
async function drive<Config extends StageConfig, S extends Stage>(
  { shouldStop, onOpen, onProgress, onStep, evaluation }: SessionOptions<Config, S>,
  stage: S,
  recorder: Recorder,
): Promise<SessionResult<S>> {
  onOpen?.(stage);
  // Between a step and the end of its recording, the stage is ahead of its folder.
  let recorded = true;
  try {
    await runStage(stage, {
      shouldStop,
      onProgress,
      onStep(report, seconds) {
        recorded = false;
        recorder.record(stage, report, seconds);
        recorded = true;
        onStep?.(report, seconds, stage);
      },
    });
  } catch (error) {
    if (recorded) checkpointIfPossible(recorder, stage);
    throw error;
  }
  const status = stage.done ? "finished" : "stopped";
  recorder.checkpoint(stage, status);
  const how = evaluation?.();
  const found = how && (await stage.evaluate?.(how));
  recorder.writeFiles(stage, Object.keys(stage.files));
  return { status, stage, evaluation: found };
}

/** After an error there may be no room for a checkpoint either; the error that came first is the one to tell. */
function checkpointIfPossible(recorder: Recorder, stage: Stage): void {
  try {
    recorder.checkpoint(stage, "stopped");
  } catch {
    // The last checkpoint stands.
  }
}
