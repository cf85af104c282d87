/** Runs that differ only in their seed, and how one lot of them compares with another. */
import { median, quantile } from "../base/stats.ts";
import type { Interval } from "./statistics/bootstrap.ts";
import { holm } from "./statistics/holm.ts";
import { medianInterval } from "./statistics/median-interval.ts";
import { signedRankTest } from "./statistics/signed-rank.ts";
import type { StudyRecord, StudyTimings } from "./study-record.ts";

/** A run of a sample. */
export interface SampleRun {
  readonly seed: number;
  /** Finite figures by name: as in study.json, and `seconds`. */
  readonly figures: Readonly<Record<string, number>>;
  /** Standard deviations of those that are means over draws of weights or episodes. */
  readonly deviations?: Readonly<Record<string, number>>;
}

/** Runs that differ only in their seed. */
export interface Sample {
  readonly name: string;
  /** How long each was to be, in the unit of its study. */
  readonly budget?: number;
  /** What the network is: its kind and layers. */
  readonly network?: string;
  readonly runs: readonly SampleRun[];
}

/** A figure over the runs of a sample. */
export interface FigureSummary {
  /** Runs that have it. */
  readonly count: number;
  /** Quartiles, interpolated linearly (type 7 of Hyndman & Fan 1996, R's default). */
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** Bootstrap interval of the median, 95 %. */
  readonly interval: Interval;
  /** Standard deviation within the run, where there is one run alone. */
  readonly deviation?: number;
}

/** A sample in figures. */
export interface SampleSummary extends Omit<Sample, "runs"> {
  readonly seeds: readonly number[];
  readonly figures: Readonly<Record<string, FigureSummary>>;
}

/** A sample against the reference: differences of runs with the same seed. */
export interface PairedComparison {
  readonly name: string;
  /** Seeds that both have. */
  readonly pairs: number;
  /** Median of the differences, sample minus reference, and its bootstrap interval, 95 %. */
  readonly difference: Interval;
  /** Of Wilcoxon's signed-rank test, two-sided; adjusted by Holm's method for all comparisons with the reference. */
  readonly p: number;
  readonly adjustedP: number;
  /** Pairs in which the sample's figure is the greater one, and in which both are equal. */
  readonly greater: number;
  readonly equal: number;
}

/** A sample in quartiles and intervals. Figures that only some runs have are of those. */
export function summarizeSample({ runs, ...sample }: Sample): SampleSummary {
  const names = [...new Set(runs.flatMap(({ figures }) => Object.keys(figures)))];
  const figures = names.map((name) => {
    const values = valuesOf(runs, name);
    const deviation = runs.length === 1 ? runs[0].deviations?.[name] : undefined;
    const summary: FigureSummary = {
      count: values.length,
      low: quantile(values, 0.25),
      median: median(values),
      high: quantile(values, 0.75),
      interval: medianInterval(values),
      ...(deviation !== undefined && { deviation }),
    };
    return [name, summary] as const;
  });
  return { ...sample, seeds: runs.map(({ seed }) => seed), figures: Object.fromEntries(figures) };
}

/** Values of a figure, of the runs that have it. */
export function valuesOf(runs: readonly SampleRun[], figure: string): number[] {
  return runs.flatMap(({ figures }) => figures[figure] ?? []);
}

/** What adjusted p must come below for a difference to be taken for real. */
export const LEVEL = 0.05;

/** The least that adjusted p can come to with so many pairs, whatever the differences. */
export function leastP(pairs: number, comparisons: number): number {
  return Math.min(1, comparisons * 2 * 0.5 ** pairs);
}

/** Compares samples with a reference by one figure; those of which fewer than two seeds have it in both are left out. */
export function comparePaired(samples: readonly Sample[], reference: Sample, figure: string): PairedComparison[] {
  const others = new Map(reference.runs.map(({ seed, figures }) => [seed, figures[figure]]));
  const compared = samples
    .filter((sample) => sample !== reference)
    .map(({ name, runs }) => {
      const differences = runs.flatMap(({ seed, figures }) => {
        const [mine, other] = [figures[figure], others.get(seed)];
        return mine === undefined || other === undefined ? [] : [mine - other];
      });
      return { name, differences };
    })
    .filter(({ differences }) => differences.length >= 2)
    .map(({ name, differences }) => ({ name, differences, p: signedRankTest(differences).p }));
  const adjusted = holm(compared.map(({ p }) => p));
  return compared.map(({ name, differences, p }, index) => ({
    name,
    pairs: differences.length,
    difference: medianInterval(differences),
    p,
    adjustedP: adjusted[index],
    greater: differences.filter((difference) => difference > 0).length,
    equal: differences.filter((difference) => difference === 0).length,
  }));
}

/** The samples of a study: one for each variant and budget that has a result, in the order of the study. */
export function samplesOf(
  { variants, budgets, results }: StudyRecord,
  timings?: StudyTimings,
): (Sample & { readonly budget: number })[] {
  const keyOf = (run: { variant: string; seed: number; budget: number }) =>
    JSON.stringify([run.variant, run.seed, run.budget]);
  const seconds = new Map(timings?.results.map((timing) => [keyOf(timing), timing.seconds]));
  return variants
    .flatMap(({ name }) =>
      budgets.values.map((budget) => ({
        name,
        budget,
        runs: results
          .filter((result) => result.variant === name && result.budget === budget)
          .map((result) => {
            const time = seconds.get(keyOf(result));
            const { seed, figures, deviations } = result;
            return { seed, figures: { ...figures, ...(time !== undefined && { seconds: time }) }, deviations };
          }),
      })),
    )
    .filter(({ runs }) => runs.length > 0);
}
