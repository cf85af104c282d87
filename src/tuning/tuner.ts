/** What trains the individual weights of a network has in common: a tuner takes steps, a kind of tuner is a row of a table. */
import type { z } from "zod";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Network } from "../network/compile.ts";
import type { Task } from "../tasks/task.ts";

/** What is tuned, and with what. */
export interface TunedNetwork {
  /** Scores weights, and knows the task. */
  readonly evaluator: Evaluator;
  readonly network: Network;
  /** The weights to start from, those of the connections of the program in its order, [connections]. */
  readonly start: Float32Array;
  /** Seed of all random streams. */
  readonly seed: number;
}

/** What a step of a tuner gave. */
export interface TunerStep {
  /**
   * Weights that are worth a try on validation data, the most promising first: at least one set, [connections] each.
   * The tuner changes them no more.
   */
  readonly candidates: readonly Float32Array[];
  /** What is recorded of the step: figures by name that are the same on every machine, in the order of their columns. */
  readonly line: Readonly<Record<string, number>>;
  /** Environment steps taken, or examples seen. */
  readonly steps: number;
}

/** A tuning in progress. Knows a network and its weights, never a genome, a folder or a terminal. */
export interface Tuner<State extends object = object> {
  /** Steps done: generations, epochs. */
  readonly count: number;
  /** Threads at work. */
  readonly threads: number;
  /**
   * Where it stands between two steps, as plain data that later steps do not change; typed arrays are kept. A tuner
   * opened with it goes on bit for bit.
   */
  readonly state: State;
  /**
   * Takes one step. When it throws, `state` is still that before the step.
   *
   * @param tell called with the share of the step that is done, 0 to 1, where steps are long
   */
  step(tell?: (share: number) => void): Promise<TunerStep>;
}

/** A kind of tuner: a row of the table in tuners.ts, and a value of --method. */
export interface TunerKind<Settings extends object = Record<string, unknown>, State extends object = object> {
  /** The value of --method, and of `stage` in config.json. */
  readonly name: string;
  /** In words: "a tuning by CMA-ES". */
  readonly title: string;
  /** What its steps are, which is the setting that says how many of them there are to be. */
  readonly length: "generations" | "epochs";
  /** Its settings with their defaults and descriptions, `length` among them; not the seed. */
  readonly settings: z.ZodObject & z.ZodType<Settings>;
  /** Whether it is what a task is best tuned by; --method auto takes the first kind that says so. */
  suits(task: Pick<Task, "info" | "dataset">): boolean;
  /** Whether a checkpoint holds a state of this kind. */
  isState(json: unknown): json is State;
  /**
   * Opens a tuner at its beginning, or where `state` stands.
   *
   * @throws UsageError if the task cannot be tuned so, or settings have changed that a state depends on
   */
  open(tuned: TunedNetwork, settings: Settings, state?: State): Promise<Tuner<State>>;
}
