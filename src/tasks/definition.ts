/** What a task is by name, before any data are loaded: its settings, its presets, how it is loaded and made. */
import type { z } from "zod";
import { parseSettings } from "../base/settings.ts";
import type { Dataset } from "../data/dataset.ts";
import type { IdxExamples } from "../data/idx.ts";
import type { ImageMaking } from "../data/picture.ts";
import type { PlainDataset } from "../data/plain.ts";
import type { Sketcher } from "../data/sketch.ts";
import type { TableEncoding } from "../data/table/encoding.ts";
import type { Environment } from "./environment.ts";
import type { Preset } from "./preset.ts";
import type { Hello } from "./process/hello.ts";
import type { Measure, Task, TaskInfo } from "./task.ts";

/** Figures of others for a task, as they were published: what a comparison shows beside runs. */
export interface Figures {
  readonly name: string;
  /** Mean scores by name of the condition (measure/conditions.ts); accuracies as fractions. */
  readonly scores: Readonly<Record<string, number>>;
  /** Connections, or weights and biases. */
  readonly size?: number;
}

/** What a task reads of the world outside, so that tasks themselves run in a browser too. */
export interface DataFiles {
  /**
   * The images of a set of four IDX files.
   *
   * @param set     name of a known set; undefined for whatever is in `dataDir`
   * @param dataDir folder that holds the files, or a folder of them; else the places where data sets are kept
   * @throws UsageError if files are missing or damaged, naming the command that gets them
   */
  images(set: string | undefined, dataDir: string | undefined): { train: IdxExamples; test: IdxExamples };
  /** The text of a file in UTF-8. @throws UsageError if it cannot be read, or is no text */
  text(path: string): Promise<string>;
  /**
   * Calls the `dataset` of a module where it can be stopped; without it, or where it gives nothing, that is done here.
   *
   * @param path     of the module
   * @param settings those of the task
   */
  ownDataset?(path: string, settings: TaskSettings): Promise<PlainDataset | undefined>;
}

/** Names of a task's inputs and outputs. */
export type Ends = Pick<TaskInfo, "inputs" | "outputs" | "image">;

/** Values of a task's own settings. */
export type TaskSettings = Readonly<Record<string, unknown>>;

/**
 * A task by name: the only row of the registry. Threads and other machines build the task again from its name, its
 * settings and its data, which are plain.
 */
export interface TaskDefinition<Data = unknown> {
  readonly name: string;
  readonly summary: string;
  /** The settings of the task itself, each optional or with a default; the command line takes options from it. */
  readonly settings: z.ZodObject;
  /** Settings a search starts from, by name; the first are taken where none is named. */
  readonly presets: Readonly<Record<string, Preset>>;
  /** Kinds of start states by share for searches by NEAT; default: those of the first preset. */
  readonly neatStarts?: Readonly<Record<string, number>>;
  /** The inputs and outputs, where they are known without the data. */
  readonly ends?: Ends;
  /** What selection goes by, and what is reported: the measures of the task that is made. */
  readonly selected: Measure;
  readonly reported: Measure;
  /** Both of a table whose target is a number, of tasks that read tables. */
  readonly ofNumbers?: { readonly selected: Measure; readonly reported: Measure };
  readonly figures?: readonly Figures[];
  /** The environment, of tasks that are played: what the page and checks play step by step. */
  readonly environment?: Environment;
  /**
   * The environment by the settings of the task, where it depends on them and takes none itself; undefined if it needs data
   * that are not given.
   */
  environmentOf?(settings: TaskSettings, data?: Data): Environment | undefined;
  /** What the process said of itself, of tasks that another process plays. */
  readonly process?: Hello;
  /** Makes inputs of a drawing, of tasks whose inputs are pixels of images that are known to be prepared in some way. */
  readonly sketch?: Sketcher;
  /** How the data set made its images, of tasks whose inputs are pixels of images that are known to be made in some way. */
  readonly making?: ImageMaking;
  /** The data set, at least its test part, of tasks that need no files for it: what a page can show. */
  readonly testSet?: (settings: TaskSettings) => Dataset | Promise<Dataset>;
  /** Loads the data, if there are any: what `create` takes, plain and in shared memory. */
  load(settings: TaskSettings, files: DataFiles): Promise<Data>;
  /** Makes the task. @throws UsageError if a setting cannot be used */
  create(data: Data, settings: TaskSettings): Task;
}

/** The settings a search starts from where nothing is said. */
export function defaultPreset({ presets }: TaskDefinition): Preset {
  return Object.values(presets)[0];
}

/** What selection goes by and what is reported, of a task as a champion of it was made. @param table the champion's */
export function measuresOf(
  definition: TaskDefinition,
  table?: TableEncoding,
): Pick<TaskDefinition, "selected" | "reported"> {
  return (table?.target.kind === "number" && definition.ofNumbers) || definition;
}

/** Checks the settings of a task and fills in defaults. @throws UsageError that names the first wrong one */
export function completeTaskSettings({ name, settings: schema }: TaskDefinition, settings: TaskSettings): TaskSettings {
  return parseSettings(`"${name}"`, schema, settings);
}
