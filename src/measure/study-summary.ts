/** What a study says: figures of every variant, differences, which setting matters, and the time to a score. */
import { groupBy } from "../base/groups.ts";
import type { Figures } from "../tasks/definition.ts";
import { TASKS } from "../tasks/registry.ts";
import type { Measure } from "../tasks/task.ts";
import {
  comparePaired,
  type PairedComparison,
  type Sample,
  type SampleSummary,
  samplesOf,
  summarizeSample,
  valuesOf,
} from "./samples.ts";
import { type Effects, mainEffects } from "./statistics/effects.ts";
import { type TimeTo, timeTo } from "./statistics/time-to.ts";
import type { BudgetUnit, StudyCurve, StudyRecord, StudyTimings, StudyVariant } from "./study-record.ts";

/** Figures that differences and effects may be taken of, the first that there is where none is named. */
export const MAIN_FIGURES = ["standard", "test", "trainedWeights", "ensemble", "bestShared", "randomShared"] as const;

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
  /** What scores of champions are. */
  readonly selected: Measure;
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
  /** Score of the time to a score; default: what at least half of the reference's runs end with. */
  readonly target?: number;
}

/** Compares samples of one task. @param reference default: the first */
export function summarizeTask(
  task: string,
  measure: Measure,
  samples: readonly Sample[],
  options: { readonly figure?: string; readonly reference?: string; readonly unit?: BudgetUnit } = {},
): TaskSummary {
  const last = Math.max(...samples.map(({ budget = 0 }) => budget));
  const ends = samples.filter(({ budget = 0 }) => budget === last);
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
    const { selected, reported } = record.tasks[task];
    const { reference, budgets } = record;
    const summary = summarizeTask(task, reported, mine, { ...options, reference, unit: budgets.unit });
    const curves = record.curves.filter(({ variant }) => names.includes(variant));
    const target = options.target ?? defaultTarget(curves, summary.reference);
    const times = names.map((name) => timesOf(name, curves, timings, target));
    return {
      ...summary,
      selected,
      effects: effectsOf(variants, mine, summary.figure),
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

/** Main effects, where the variants are all combinations of the values of their settings. */
function effectsOf(
  variants: readonly StudyVariant[],
  samples: readonly Sample[],
  figure: string | undefined,
): Effects | undefined {
  if (figure === undefined || variants.length < 2) return undefined;
  const last = Math.max(...samples.map(({ budget = 0 }) => budget));
  const runsOf = (name: string) =>
    (samples.find((sample) => sample.name === name && sample.budget === last)?.runs ?? []).filter(
      ({ figures }) => figures[figure] !== undefined,
    );
  const names = [...new Set(variants.flatMap(({ settings }) => Object.keys(settings)))];
  const levelOf = ({ settings }: StudyVariant, setting: string) =>
    setting in settings ? written(settings[setting]) : "-";
  const factors = names.filter((name) => new Set(variants.map((variant) => levelOf(variant, name))).size > 1);
  const combinations = factors.reduce(
    (product, factor) => product * new Set(variants.map((variant) => levelOf(variant, factor))).size,
    1,
  );
  const cells = new Set(variants.map((variant) => JSON.stringify(factors.map((factor) => levelOf(variant, factor)))));
  if (combinations !== variants.length || cells.size !== variants.length) return undefined;
  const [first, ...rest] = variants.map(({ name }) => new Set(runsOf(name).map(({ seed }) => seed)));
  const seeds = new Set([...first].filter((seed) => rest.every((others) => others.has(seed))));
  if (seeds.size === 0) return undefined;
  const observations = variants.flatMap((variant) =>
    runsOf(variant.name)
      .filter(({ seed }) => seeds.has(seed))
      .map(({ seed, figures }) => ({
        levels: factors.map((factor) => levelOf(variant, factor)),
        seed,
        value: figures[figure],
      })),
  );
  return mainEffects(factors, observations, { seed: "effects" });
}

/** A value of a setting as text. */
function written(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
