/** Anything that runs in steps, is recorded, stopped and resumed: what a search, a training and a tuning have in common. */
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { PortableChampion } from "../formats/format.ts";
import type { EvaluationOptions, RunEvaluation } from "../measure/evaluation.ts";
import type { Measure, Task } from "../tasks/task.ts";

/** What a step gave: all that is recorded of it. */
export interface StepReport<Line extends object = object> {
  /** The line of generations.jsonl, the same bytes on every machine. */
  readonly line: Line;
  /** What timings.jsonl holds besides `totalSeconds`. */
  readonly timing: object;
  /** Lines of other files, by the file's name. */
  readonly appended?: Readonly<Record<string, object>>;
  /** Names of the whole files that are to be written anew. */
  readonly changed: readonly string[];
}

/** Something that runs in steps. Knows nothing of folders: `run/session.ts` records it. */
export interface Stage<Line extends object = object> {
  /** Steps done: generations, epochs. */
  readonly count: number;
  /** Whether it has come as far as its settings say. */
  readonly done: boolean;
  /** Threads at work. */
  readonly threads: number;
  /** Where it stands between two steps, as plain data; typed arrays are kept. A stage opened with it goes on bit for bit. */
  readonly state: object;
  /** The whole files of its run folder as they are to stand now, as text by name; undefined is no file. */
  readonly files: Readonly<Record<string, string | undefined>>;
  /**
   * Takes one step. When it throws, `state` is still that before the step.
   *
   * @param tell called with the share of the step that is done, where steps are long
   */
  step(tell?: (share: number) => void): Promise<StepReport<Line>>;
  /**
   * Measures what it has come to on what it never saw; `files` then has what was found, until the next step. Undefined
   * where there is nothing to measure yet.
   *
   * @throws UsageError if the task goes wrong
   */
  evaluate?(options: EvaluationOptions): Promise<RunEvaluation | undefined>;
}

/** What a stage works with. */
export interface Workshop {
  readonly task: Task;
  /** The evaluator of the task; made when it is first asked for. */
  evaluator(): Promise<Evaluator>;
  /** A champion to start from, where one is given. */
  readonly founder?: PortableChampion;
}

/** The settings of a run of any kind. */
export interface StageConfig {
  readonly format: number;
  readonly stage: string;
  /** A built-in task by name, or the absolute path of a module. */
  readonly task: string;
  readonly taskSettings: Readonly<Record<string, unknown>>;
  readonly seed: number;
}

/** What a run has come to, in a few figures. */
export interface RunFigures {
  /** What was made: "evolved graph", or the model of a baseline. */
  readonly model: string;
  /** Of the champion (the best epoch) on validation data; undefined before there is one. */
  readonly score?: number;
  /** What the score is. */
  readonly measure: Measure;
  /** Connections of the champion; weights and biases of a baseline. */
  readonly size?: number;
}

/** A kind of stage: a row of the table in run/stages.ts. */
export interface StageKind<Config extends StageConfig = StageConfig, S extends Stage = Stage> {
  /** The value of `stage` in config.json. */
  readonly name: string;
  /** In words: "a search". */
  readonly title: string;
  /** The setting that says how many steps there are to be; null: no limit. */
  readonly length: string;
  /** Whether its runs have a champion, which commands take from the folder. */
  readonly hasChampion?: boolean;
  /** Whether its settings may be those of a preset of the task that is named. */
  readonly hasPresets?: boolean;
  /** The files that grow by lines. */
  readonly lineFiles: readonly string[];
  /**
   * Fills in defaults.
   *
   * @param preset of the task, by its name, where `hasPresets`; default: the first. Null: nothing is filled in
   *               from one, as for settings that were complete when they were written
   * @throws UsageError if a setting is unknown or out of range, or the task has no preset of this name
   */
  complete(settings: Readonly<Record<string, unknown>>, preset?: string | null): Config;
  /** What the run in a folder has come to, and the settings it would have if nothing had been said. */
  summarize(folder: string, config: Config): RunFigures & { readonly defaults: Config };
  /** Whether a checkpoint holds a state of this kind; may throw a UsageError that says what is wrong with it. */
  isState(json: unknown): json is object;
  /** Opens a stage at its beginning, or where `state` stands. @throws UsageError if the settings do not fit the task */
  open(config: Config, workshop: Workshop, state?: object): Promise<S>;
}
