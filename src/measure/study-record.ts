/** What a study found, as study.json holds it (docs/study-format.md): plain data, the same bytes on every machine. */
import type { Measure } from "../tasks/task.ts";

/** Version of the study folder and of the plan. */
export const STUDY_FORMAT = 1;

/** What a budget counts; of a baseline, generations are epochs. */
export const BUDGET_UNITS = ["generations", "evaluations", "seconds"] as const;

/** A unit of budgets. */
export type BudgetUnit = (typeof BUDGET_UNITS)[number];

/** How long each run is to be. */
export interface Budgets {
  readonly unit: BudgetUnit;
  /** Rising: one run is measured at each of them. */
  readonly values: readonly number[];
}

/** What champions are measured on at each budget. */
export interface StudyEvaluation {
  /** As `episodes` of `precocial evaluate`. */
  readonly episodes: number;
  /** Of weights and episodes; the same for all runs, whatever their own seeds. */
  readonly seed: number | string;
  /** Whether it is measured what noise of each weight does. Default: no. */
  readonly weightNoise?: boolean;
}

/** One variant: settings that are tried with every seed. */
export interface StudyVariant {
  readonly name: string;
  /** Name of its task, a key of `tasks`. */
  readonly task: string;
  /** The kind of its runs: "search", "baseline". */
  readonly stage: string;
  /**
   * Value of every setting in which variants differ, settings of the task among them: what main effects are taken of.
   * A setting that runs of its kind do not have is left out.
   */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The seeds it is run with. */
  readonly seeds: readonly number[];
}

/** A run at a budget. */
export interface StudyResult {
  readonly variant: string;
  readonly seed: number;
  /** One of the budgets, in their unit. */
  readonly budget: number;
  /**
   * Figures by name: `generations`, `evaluations`, `steps`, `score`, `connections`, and the mean of each condition
   * (of a baseline `train`, `validation`, `test`). None is NaN or infinite: what was not measured is left out.
   */
  readonly figures: Readonly<Record<string, number>>;
  /** Standard deviations of those conditions that have one above 0. */
  readonly deviations: Readonly<Record<string, number>>;
}

/**
 * How a run went, as a step function: a point where the champion changed, and one at the end; of a baseline each epoch.
 * Arrays of equal length. Between two points the champion is that of the first of them.
 */
export interface StudyCurve {
  readonly variant: string;
  readonly seed: number;
  /** Generations (epochs) done, rising; the first is at least 1. */
  readonly generations: readonly number[];
  /** Plays of an episode, or of a batch, by a genome at one weight, until then; of a baseline left out. */
  readonly evaluations?: readonly number[];
  /** Environment steps taken, or examples seen, until then. */
  readonly steps: readonly number[];
  /** What the task reports of the champion on validation data: its score, of classifiers accuracy. */
  readonly score: readonly number[];
  /** The champion's connections; of a baseline weights and biases. */
  readonly connections: readonly number[];
  /** Of a baseline, accuracy of each epoch on training data (the running mean) and on validation data. */
  readonly train?: readonly number[];
  readonly validation?: readonly number[];
}

/** study.json. */
export interface StudyRecord {
  readonly format: typeof STUDY_FORMAT;
  /** What the study asks, where its plan says so. */
  readonly question?: string;
  readonly budgets: Budgets;
  readonly evaluation: StudyEvaluation;
  /** Name of the variant that the others are compared with. */
  readonly reference: string;
  /** The score that the time to is of, where the plan says so. */
  readonly target?: number;
  /** What conditions, and scores on validation data, are of each task by name, in the order of the variants. */
  readonly tasks: Readonly<Record<string, Measure>>;
  /** In the order of the plan. */
  readonly variants: readonly StudyVariant[];
  /** Those that are done, in the order of variants, seeds and budgets. */
  readonly results: readonly StudyResult[];
  /** One for each run that has results, in the same order. */
  readonly curves: readonly StudyCurve[];
}

/** timings.json: the seconds of a study, apart from what is the same on every machine. */
export interface StudyTimings {
  readonly results: readonly {
    readonly variant: string;
    readonly seed: number;
    readonly budget: number;
    /** Spent in the loop of the run until it was measured. */
    readonly seconds: number;
  }[];
  readonly curves: readonly {
    readonly variant: string;
    readonly seed: number;
    /** At the points of the curve in study.json. */
    readonly seconds: readonly number[];
  }[];
}
