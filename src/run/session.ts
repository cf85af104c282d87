/** A run with its folder: started anew or taken up again, recorded as it goes, left so that it can be resumed. */
import { join } from "node:path";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { writeAtomically } from "../files/disk.ts";
import type { RunConfig } from "./config.ts";
import { createFolder, firstMeta, RUN_FILES, type RunMeta } from "./folder.ts";
import { withLock } from "./lock.ts";
import { type GenerationEvent, lastGeneration, type RunState, runSearch } from "./loop.ts";
import { Recorder, reopen } from "./recorder.ts";

/** What a run needs from outside. */
export interface SessionOptions {
  readonly folder: string;
  readonly config: RunConfig;
  readonly evaluator: Evaluator;
  /** Asked before each generation; true ends the run there, ready to be resumed. */
  readonly shouldStop?: () => boolean;
  readonly onGeneration?: (event: GenerationEvent) => void;
}

/** How a run ended. */
export interface SessionResult extends RunState {
  readonly status: RunMeta["status"];
}

/**
 * Runs a search in a new folder.
 *
 * @throws UsageError if the folder exists, or the disk refuses
 */
export async function startRun(options: SessionOptions, started: Date = new Date()): Promise<SessionResult> {
  const meta = firstMeta(options.evaluator.threads, started);
  const lock = createFolder(options.folder, options.config, meta);
  return lock.during(() => drive(options, meta, undefined));
}

/**
 * Goes on with a run where its last checkpoint stands, to the generations in `config`, which may be more than before.
 *
 * @param warn told when the newest checkpoint is damaged and the previous one is used
 * @throws UsageError if another process is writing the run, or no checkpoint can be read
 */
export async function resumeRun(options: SessionOptions, warn: (message: string) => void): Promise<SessionResult> {
  const { folder, config } = options;
  return withLock(folder, () => {
    const { from, meta } = reopen(folder, warn);
    writeAtomically(join(folder, RUN_FILES.meta), `${JSON.stringify(meta, null, 2)}\n`);
    writeAtomically(join(folder, RUN_FILES.config), `${JSON.stringify(config, null, 2)}\n`);
    return drive(options, meta, from);
  });
}

async function drive(options: SessionOptions, meta: RunMeta, from: RunState | undefined): Promise<SessionResult> {
  const { folder, config, evaluator, shouldStop, onGeneration } = options;
  const recorder = new Recorder(folder, config, evaluator.task.info, meta);
  const state = await runSearch({
    config,
    evaluator,
    from,
    shouldStop,
    onGeneration(event) {
      recorder.record(event);
      onGeneration?.(event);
    },
  });
  const status = state.search.generation >= lastGeneration(config) ? "finished" : "stopped";
  recorder.checkpoint(state, status);
  return { ...state, status };
}
