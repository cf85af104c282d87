/** A baseline's run with its folder: started anew or taken up again, recorded epoch by epoch, left so that it can be resumed. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { decodeTrainState, encodeTrainState } from "../baseline/checkpoint.ts";
import { type EpochRecord, startState, Trainer, type TrainReport, type TrainState } from "../baseline/trainer.ts";
import { type DenseWeights, decodeWeights, encodeWeights } from "../baseline/weights.ts";
import type { Dataset } from "../data/dataset.ts";
import { append, flush, readJson, writeAtomically } from "../files/disk.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { createFolder, cutLines, firstMeta, RUN_FILES, type RunMeta, readMeta } from "./folder.ts";
import { loadDataset } from "./load-dataset.ts";
import { withLock } from "./lock.ts";
import type { TaskSettings } from "./task-source.ts";
import { type TrainConfig, trainSettings } from "./train-config.ts";

/** A training uses one thread. */
const THREADS = 1;

const LINE_FILES = [RUN_FILES.generations, RUN_FILES.timings];

/** What is told while an epoch goes on. */
export interface BatchEvent {
  /** 1 is the first. */
  readonly epoch: number;
  /** Examples of this epoch that have been trained on, and all of them. */
  readonly seen: number;
  readonly count: number;
}

/** What a baseline's run needs from outside. */
export interface TrainSessionOptions {
  readonly folder: string;
  readonly config: TrainConfig;
  readonly dataset: Dataset;
  /** Asked before each epoch; true ends the run there, ready to be resumed. */
  readonly shouldStop?: () => boolean;
  readonly onBatch?: (event: BatchEvent) => void;
  readonly onEpoch?: (record: EpochRecord) => void;
}

/** How a run ended. */
export interface TrainSessionResult {
  readonly status: RunMeta["status"];
  readonly state: TrainState;
  /** Undefined before the first epoch. */
  readonly report: TrainReport | undefined;
}

/**
 * Trains in a new folder.
 *
 * @throws UsageError if the folder exists, the settings do not fit the data, the loss diverges, or the disk refuses
 */
export async function startTraining(options: TrainSessionOptions, started = new Date()): Promise<TrainSessionResult> {
  const { folder, config, dataset } = options;
  const state = startState(trainSettings(config), dataset);
  const meta = firstMeta(THREADS, started);
  const lock = createFolder(folder, config, meta);
  return lock.during(() => drive(options, meta, state));
}

/**
 * Goes on with a training where its last checkpoint stands, to the epochs in `config`, which may be more than before.
 *
 * @param warn told when the newest checkpoint is damaged and the previous one is used
 * @throws UsageError if another process is writing the run, no checkpoint can be read, or it does not fit the data
 */
export async function resumeTraining(
  options: TrainSessionOptions,
  warn: (message: string) => void,
): Promise<TrainSessionResult> {
  const { folder, config, dataset } = options;
  return withLock(folder, () => {
    const file = readCheckpoint(folder, isTrainState, warn);
    const settings = trainSettings(config);
    const state = file === undefined ? startState(settings, dataset) : { ...decodeTrainState(file), settings };
    for (const name of LINE_FILES) cutLines(folder, name, state.records.length);
    const meta: RunMeta = { ...readMeta(folder), status: "running", pid: process.pid };
    writeAtomically(join(folder, RUN_FILES.meta), `${JSON.stringify(meta, null, 2)}\n`);
    writeAtomically(join(folder, RUN_FILES.config), `${JSON.stringify(config, null, 2)}\n`);
    if (state.best.epoch > 0) writeBest(folder, state);
    else rmSync(join(folder, RUN_FILES.weights), { force: true });
    return drive(options, meta, state);
  });
}

/** Loads the data of a training; a table's rows are parted as for a search, whatever the seed. */
export function loadTrainingData(settings: TaskSettings): Promise<Dataset> {
  const { task, dataDir, data, target, delimiter } = settings;
  return loadDataset(task, { dataDir, data, target, delimiter });
}

/** Reads weights.json. @throws UsageError if it is missing or damaged */
export function readWeights(path: string): DenseWeights {
  return decodeWeights(readJson(path, "trained weights"));
}

async function drive(options: TrainSessionOptions, first: RunMeta, from: TrainState): Promise<TrainSessionResult> {
  const { folder, dataset, shouldStop = () => false, onBatch, onEpoch } = options;
  const trainer = await Trainer.from(from, dataset);
  let meta = first;
  const checkpoint = (status: RunMeta["status"]) => {
    for (const name of LINE_FILES) flush(join(folder, name));
    writeCheckpoint(folder, encodeTrainState(trainer.state));
    meta = { ...meta, status, generations: trainer.records.length };
    writeAtomically(join(folder, RUN_FILES.meta), `${JSON.stringify(meta, null, 2)}\n`);
  };
  while (!trainer.done) {
    // Lets a Ctrl-C come in.
    await breathe();
    if (shouldStop()) break;
    const start = performance.now();
    const epoch = trainer.records.length + 1;
    const record = trainEpoch(trainer, onBatch, checkpoint);
    const totalSeconds = (performance.now() - start) / 1000;
    meta = { ...meta, seconds: meta.seconds + totalSeconds };
    append(join(folder, RUN_FILES.generations), `${JSON.stringify(record)}\n`);
    append(join(folder, RUN_FILES.timings), `${JSON.stringify({ epoch, totalSeconds })}\n`);
    if (trainer.bestEpoch === epoch) writeBest(folder, trainer.state);
    checkpoint("running");
    onEpoch?.(record);
  }
  const status = trainer.done ? "finished" : "stopped";
  checkpoint(status);
  return { status, state: trainer.state, report: trainer.records.length > 0 ? trainer.report() : undefined };
}

/** Trains an epoch; one that diverges leaves a checkpoint of where the training stood before it. */
function trainEpoch(
  trainer: Trainer,
  onBatch: TrainSessionOptions["onBatch"],
  checkpoint: (status: RunMeta["status"]) => void,
): EpochRecord {
  const epoch = trainer.records.length + 1;
  try {
    return trainer.epoch(onBatch && ((seen, count) => onBatch({ epoch, seen, count })));
  } catch (error) {
    checkpoint("stopped");
    throw error;
  }
}

function writeBest(folder: string, { best }: TrainState): void {
  writeAtomically(join(folder, RUN_FILES.weights), `${JSON.stringify(encodeWeights(best.weights))}\n`);
}

/** Whether a checkpoint is a training's. @throws UsageError saying what is wrong with it */
function isTrainState(json: unknown): json is object {
  decodeTrainState(json);
  return true;
}
