/** Tasks by name: what the command line lists, workers build, and contract tests iterate. */
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import type { Dataset } from "../data/dataset.ts";
import { createClassification, PAPER_DEFAULTS } from "./classification/classification.ts";
import { SWINGUP, SWINGUP_ROLLOUT } from "./environments/swingup.ts";
import { environmentTask } from "./environments/task.ts";
import type { Task, TaskDefaults } from "./task.ts";

/** All that a thread needs to build a task: plain data, and a data set in shared memory for classification. */
export interface TaskSource {
  readonly name: string;
  readonly dataset?: Dataset;
  /** Classification: examples of an episode. */
  readonly batchSize?: number;
}

/** What is known of a task by its name alone. */
export interface TaskEntry {
  readonly name: string;
  readonly summary: string;
  /** Whether it classifies a data set, which has to be loaded before. */
  readonly classification: boolean;
  readonly defaults: TaskDefaults;
}

/** What gets further in the same time (experiments/digits): few first connections, many added, size seldom judged. */
const QUICK = { connectProbability: 0.005, connectionObjective: 0.2, addConnection: 0.6 };
/** For images that are searched in minutes. */
const SMALL_IMAGES: TaskDefaults = { ...PAPER_DEFAULTS, ...QUICK, population: 480, tournament: 32, generations: 2048 };
/** For tables of a few columns. */
const TABLE: TaskDefaults = {
  ...SMALL_IMAGES,
  population: 192,
  tournament: 8,
  generations: 512,
  connectProbability: 0.1,
};

const CLASSIFICATIONS: Readonly<Record<string, { summary: string; defaults: TaskDefaults }>> = {
  digits: { summary: "Digits drawn by the project itself, 16 x 16 pixels; needs no download", defaults: SMALL_IMAGES },
  mnist: { summary: "MNIST, 16 x 16 deskewed pixels (Gaier & Ha 2019)", defaults: PAPER_DEFAULTS },
  "mnist-full": { summary: "MNIST, 28 x 28 pixels", defaults: PAPER_DEFAULTS },
  "fashion-mnist": { summary: "Fashion-MNIST, 16 x 16 pixels", defaults: PAPER_DEFAULTS },
  idx: { summary: "Any images in four IDX files, in the folder --data-dir", defaults: PAPER_DEFAULTS },
  csv: { summary: "Any table: --data table.csv --target column", defaults: TABLE },
};

const swingup = environmentTask(SWINGUP, {}, SWINGUP_ROLLOUT, { publishedWeightBias: -1.5 });

/** All tasks, by name. */
export const TASKS: readonly TaskEntry[] = [
  { name: swingup.info.name, summary: swingup.info.summary, classification: false, defaults: swingup.info.defaults },
  ...Object.entries(CLASSIFICATIONS).map(([name, entry]) => ({ name, ...entry, classification: true })),
];

/** Names of all tasks. */
export const TASK_NAMES: readonly string[] = TASKS.map(({ name }) => name);

/**
 * What is known of a task by its name alone.
 *
 * @throws UsageError listing the known tasks
 */
export function taskEntry(name: string): TaskEntry {
  const known = checkKnown("task", name, TASK_NAMES);
  return TASKS.find((entry) => entry.name === known) as TaskEntry;
}

/**
 * Builds a task.
 *
 * @throws UsageError if the task is unknown, or classifies and has no data set
 */
export function createTask({ name, dataset, batchSize }: TaskSource): Task {
  const { classification, summary, defaults } = taskEntry(name);
  if (!classification) return swingup;
  if (dataset === undefined) {
    throw new UsageError(`Expected a data set for task "${name}", got none: load one with loadDataset("${name}").`);
  }
  return createClassification(dataset, { name, summary, defaults, batchSize });
}
