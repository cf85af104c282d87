/** What a network can be asked: rows of a table, or images; and what its outputs mean. */
import { show } from "../base/check.ts";
import { reasonOf, UsageError } from "../base/errors.ts";
import { median } from "../base/stats.ts";
import type { Dataset } from "../data/dataset.ts";
import type { ImageSize } from "../data/images.ts";
import type { ImageMaking } from "../data/picture.ts";
import { inputNames, type TableEncoding } from "../data/table/encoding.ts";
import { loadOwnTask } from "../evaluation/threads-load.ts";
import { loadDataset, type TaskChoice } from "../run/task-source.ts";
import type { Ends } from "../tasks/definition.ts";
import { isModulePath } from "../tasks/module.ts";
import { isCommandLine } from "../tasks/process/command-line.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { LOAD_OPTIONS } from "./command.ts";

/** Images are asked about. */
export interface ImageQuestion {
  readonly kind: "images";
  readonly image: ImageSize;
  /** How the data set made its images, where that is known. */
  readonly making?: ImageMaking;
  readonly classes: readonly string[];
}

/** Rows of a table are asked about. */
export interface TableQuestion {
  readonly kind: "rows";
  readonly table: TableEncoding;
}

export type Question = ImageQuestion | TableQuestion;

/** What is known of a network's inputs and outputs without the data of its task. */
export type KnownEnds = Partial<Ends> & { readonly table?: TableEncoding };

/**
 * What can be asked. The data of the task are read only where the network's file does not say how rows become inputs.
 *
 * @param path of the network, for messages
 * @throws UsageError if the task is played, or the data are needed and are not there
 */
export async function questionOf(path: string, choice: TaskChoice, known: KnownEnds): Promise<Question> {
  const { inputs, outputs, image, table } = known;
  if (table !== undefined) return { kind: "rows", table };
  if (image !== undefined && outputs !== undefined) return imageQuestion(choice.task, image, outputs);
  if (await isPlayed(choice.task)) {
    throw new UsageError(
      `Expected a network that tells something of rows or images, got ${path} of the task ${show(choice.task)}, which is ` +
        `played: see how well it does by precocial evaluate ${path}, or watch it by precocial view.`,
    );
  }
  const dataset = await datasetOf(path, choice);
  if (dataset.image !== undefined) return imageQuestion(choice.task, dataset.image, dataset.classes);
  const encoding = dataset.table ?? plainEncoding(dataset);
  checkInputs(path, inputNames(encoding), inputs);
  return { kind: "rows", table: encoding };
}

/** Whether a task is an environment, here or in another process. */
async function isPlayed(task: string): Promise<boolean> {
  if (isCommandLine(task)) return true;
  await loadOwnTask(task, LOAD_OPTIONS);
  return taskDefinition(task).environment !== undefined;
}

function imageQuestion(task: string, image: ImageSize, classes: readonly string[]): ImageQuestion {
  const { making } = isModulePath(task) ? {} : taskDefinition(task);
  return { kind: "images", image, classes, making };
}

async function datasetOf(path: string, { task, taskSettings }: TaskChoice): Promise<Dataset> {
  try {
    return await loadDataset(task, taskSettings);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(
      `Expected ${path} to say how rows become inputs, but it does not, and the data that it was made with cannot be ` +
        `asked: ${reasonOf(error)}. Give the run's folder, with its data where they were, or search again.`,
      { cause: error },
    );
  }
}

/** The encoding of a data set whose inputs are columns as they are; a missing cell is the training examples' median. */
function plainEncoding({ inputs, classes, train }: Dataset): TableEncoding {
  const columns = inputs.map((name, input) => {
    const seen = Float64Array.from({ length: train.count }, (_, row) => train.features[row * inputs.length + input]);
    return { kind: "numeric" as const, name, fill: median(seen), mean: 0, deviation: 1 };
  });
  return { columns, target: { kind: "classes", name: "class", classes: [...classes] }, notes: [] };
}

/** @throws UsageError if the data give other inputs than the network has */
function checkInputs(path: string, found: readonly string[], expected: readonly string[] | undefined): void {
  if (
    expected === undefined ||
    (found.length === expected.length && found.every((name, at) => name === expected[at]))
  ) {
    return;
  }
  throw new UsageError(
    `Expected the data that ${path} was made with, with the inputs ${show(expected.join(", "))}, got ${show(found.join(", "))}: ` +
      "the table has changed since. Put it back as it was, or search again.",
  );
}
