/** What a study says: figures of every variant, differences, which setting matters, and the time to a score. */
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { groupBy } from "../base/groups.ts";
import type { Figures } from "../tasks/definition.ts";
import { TASKS } from "../tasks/registry.ts";
import type { Measure } from "../tasks/task.ts";
import { FIGURE_NAMES } from "./figures.ts";
import {
  comparePaired,
  type PairedComparison,
  type Sample,
  type SampleSummary,
  samplesOf,
  summarizeSample,
  valuesOf,
} from "./samples.ts";
import type { Effects } from "./statistics/effects.ts";
import { type TimeTo, timeTo } from "./statistics/time-to.ts";
import { effectsOf } from "./study-effects.ts";
import type { BudgetUnit, StudyCurve, StudyRecord, StudyTimings } from "./study-record.ts";

/**
 * Figures that differences and effects may be taken of, the first that all have where none is named: where all have trained
 * weights, those are what they are for.
 */
export const MAIN_FIGURES = ["test", "trainedWeights", "standard", "ensemble", "bestShared", "randomShared"] as const;

/** Samples of one task, and each against the reference. */
export interface TaskSummary {
  readonly task: string;
  /** What the conditions are. */
  readonly measure: Measure;
  /** The unit of the samples' budgets. */
  readonly unit?: BudgetUnit;
  readonly samples: readonly SampleSummary[];
  /** What others have published. */
  readonly references: readonly Figures[];
  /** The figure that differences are of; undefined where runs have none in common. */
  readonly figure?: string;
  /** Name of the sample that the others are compared with. */
  readonly reference: string;
  /** At the last budget. */
  readonly comparisons: readonly PairedComparison[];
}

/** How long the runs of a variant take to a score of their champion on validation data. */
export interface VariantTimeTo {
  readonly name: string;
  readonly generations: TimeTo;
  readonly evaluations?: TimeTo;
  readonly seconds?: TimeTo;
}

/** The part of a study that is of one task. */
export interface StudyTaskSummary extends TaskSummary {
  /**
   * Which setting matters for the figure, at the last budget, of the seeds that all variants have; undefined unless
   * the variants are all combinations of at least one setting's values.
   */
  readonly effects?: Effects;
  readonly timeTo: { readonly target: number; readonly variants: readonly VariantTimeTo[] };
}

/** What to say. */
export interface SummaryOptions {
  /** Default: the first of `MAIN_FIGURES` that all have. */
  readonly figure?: string;
  /** Score of the time to a score; default: that of the study, else what at least half of the reference's runs end with. */
  readonly target?: number;
}

/**
 * Compares samples of one task.
 *
 * @param options `reference`: the name of the one that others are compared with, default the first
 * @throws UsageError if there are no samples, or the figure is unknown
 */
export function summarizeTask(
  task: string,
  measure: Measure,
  samples: readonly Sample[],
  options: { readonly figure?: string; readonly reference?: string; readonly unit?: BudgetUnit } = {},
): TaskSummary {
  if (samples.length === 0) throw new UsageError("Expected at least one sample to compare, got none.");
  if (options.figure !== undefined) checkKnown("figure", options.figure, FIGURE_NAMES);
  const ends = lastOf(samples);
  const reference = ends.find(({ name }) => name === options.reference) ?? ends[0];
  const figure =
    options.figure ?? MAIN_FIGURES.find((name) => ends.every(({ runs }) => valuesOf(runs, name).length > 0));
  return {
    task,
    measure,
    unit: options.unit,
    samples: samples.map(summarizeSample),
    references: TASKS.find(({ name }) => name === task)?.figures ?? [],
    figure,
    reference: reference.name,
    comparisons: figure === undefined ? [] : comparePaired(ends, reference, figure),
  };
}

/** The samples at the last budget. */
function lastOf(samples: readonly Sample[]): Sample[] {
  const last = Math.max(...samples.map(({ budget = 0 }) => budget));
  return samples.filter(({ budget = 0 }) => budget === last);
}

/** All that a study says, by task, in the order of its variants; tasks of which nothing is done yet are left out. */
export function summarizeStudy(
  record: StudyRecord,
  timings?: StudyTimings,
  options: SummaryOptions = {},
): StudyTaskSummary[] {
  const samples = samplesOf(record, timings);
  const groups = groupBy(record.variants, ({ task }) => task);
  return [...groups].flatMap(([task, variants]) => {
    const names = variants.map(({ name }) => name);
    const mine = samples.filter(({ name }) => names.includes(name));
    if (mine.length === 0) return [];
    const { reference, budgets } = record;
    const summary = summarizeTask(task, record.tasks[task], mine, { ...options, reference, unit: budgets.unit });
    const curves = record.curves.filter(({ variant }) => names.includes(variant));
    const target = options.target ?? record.target ?? defaultTarget(curves, summary.reference);
    const times = names.map((name) => timesOf(name, curves, timings, target));
    return {
      ...summary,
      effects: summary.figure === undefined ? undefined : effectsOf(variants, lastOf(mine), summary.figure),
      timeTo: { target, variants: times.filter(({ generations }) => generations.runs > 0) },
    };
  });
}

/** The highest score that at least half of the runs of the reference end with, rounded down as it is written. */
function defaultTarget(curves: readonly StudyCurve[], reference: string): number {
  const own = curves.filter(({ variant }) => variant === reference);
  const ends = (own.length > 0 ? own : curves).map(({ score }) => score[score.length - 1]).sort((a, b) => a - b);
  const score = ends[Math.ceil(ends.length / 2) - 1];
  return Math.abs(score) >= 100 ? Math.floor(score) : Math.floor(1000 * score) / 1000;
}

function timesOf(
  name: string,
  curves: readonly StudyCurve[],
  timings: StudyTimings | undefined,
  target: number,
): VariantTimeTo {
  const runs = curves.filter(({ variant }) => variant === name);
  const secondsOf = ({ seed }: StudyCurve) =>
    timings?.curves.find((curve) => curve.variant === name && curve.seed === seed)?.seconds;
  const times = (placesOf: (curve: StudyCurve) => readonly number[] | undefined): TimeTo | undefined => {
    const places = runs.map(placesOf);
    if (places.includes(undefined)) return undefined;
    return timeTo(runs.map(({ score }, run) => places[run]?.[score.findIndex((value) => value >= target)]));
  };
  return {
    name,
    generations: times(({ generations }) => generations) as TimeTo,
    evaluations: times(({ evaluations }) => evaluations),
    seconds: times(secondsOf),
  };
}
