/**
 * Main effects: how much each of several settings matters by itself, over all combinations of them with every seed.
 *
 * The analysis of variance of a complete factorial design in blocks (Fisher 1935, "The Design of Experiments"), seeds
 * being the blocks; shares of the variance as functional ANOVA gives them for settings of algorithms (Hutter, Hoos &
 * Leyton-Brown 2014, "An Efficient Approach for Assessing Hyperparameter Importance").
 */
import { checkLength } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import { groupBy } from "../../base/groups.ts";
import { mean } from "../../base/stats.ts";
import { type BootstrapOptions, bootstrapInterval, type Interval } from "./bootstrap.ts";

/** A run: which level of each setting it had, its seed, and what it came to. */
export interface Observation {
  /** One for each factor, in order. */
  readonly levels: readonly string[];
  readonly seed: number;
  /** Finite. */
  readonly value: number;
}

/** A setting, and the runs at each of its values. */
export interface Effect {
  readonly factor: string;
  /** Of the variance of all runs, in [0, 1]: what this setting explains by itself. */
  readonly share: number;
  /**
   * In the order in which they first occur. `mean` is over all other settings and seeds, its interval by BCa over the
   * seeds, each by its mean over the other settings.
   */
  readonly levels: readonly { readonly level: string; readonly mean: Interval }[];
}

/** How the variance of all runs splits; the shares of it add up to 1. All are 0 if all runs came to the same. */
export interface Effects {
  readonly factors: readonly Effect[];
  /** Of what settings do together beyond the sum of what each does. */
  readonly interactions: number;
  /** Of what is common to all runs of a seed. */
  readonly seeds: number;
  /** Of the rest: luck of single runs. */
  readonly rest: number;
}

/**
 * Splits the variance of runs.
 *
 * @param observations one for each combination of levels and seed, in any order
 * @throws UsageError if one is missing or there twice
 */
export function mainEffects(
  factors: readonly string[],
  observations: readonly Observation[],
  options: BootstrapOptions,
): Effects {
  for (const { levels } of observations) checkLength("levels of an observation", levels, factors.length);
  checkComplete(factors, observations);
  const all = mean(observations.map(({ value }) => value));
  // Not by the sum of squares, of which rounding errors of the mean leave something.
  const alike = observations.every(({ value }) => value === observations[0].value);
  const total = observations.reduce((sum, { value }) => sum + (value - all) ** 2, 0);
  /** Share of the variance that lies between groups of observations. */
  const between = (keyOf: (observation: Observation) => string | number) => {
    if (alike) return 0;
    const squares = [...groupBy(observations, keyOf).values()].map(
      (group) => group.length * (meanOf(group) - all) ** 2,
    );
    return squares.reduce((sum, square) => sum + square, 0) / total;
  };
  const effects = factors.map((factor, place) => {
    const levels = [...groupBy(observations, ({ levels }) => levels[place])].map(([level, runs]) => {
      const bySeed = [...groupBy(runs, ({ seed }) => seed).values()].map(meanOf);
      return { level, mean: bootstrapInterval(bySeed, mean, options) };
    });
    return { factor, share: between(({ levels }) => levels[place]), levels };
  });
  const alone = effects.reduce((sum, { share }) => sum + share, 0);
  const cells = between(({ levels }) => JSON.stringify(levels));
  const seeds = between(({ seed }) => seed);
  // Differences of sums that are equal in theory may come out a rounding error below 0.
  const left = (share: number) => Math.max(0, share);
  return {
    factors: effects,
    interactions: left(cells - alone),
    seeds,
    rest: alike ? 0 : left(1 - cells - seeds),
  };
}

function meanOf(observations: readonly Observation[]): number {
  return mean(observations.map(({ value }) => value));
}

function checkComplete(factors: readonly string[], observations: readonly Observation[]): void {
  const levels = factors.map((_, place) => new Set(observations.map((observation) => observation.levels[place])).size);
  const seeds = new Set(observations.map(({ seed }) => seed)).size;
  const expected = levels.reduce((product, count) => product * count, seeds);
  const there = new Set(observations.map((observation) => JSON.stringify([observation.levels, observation.seed])));
  if (there.size === expected && observations.length === expected) return;
  const size = [...factors.map((factor, place) => `${levels[place]} of ${factor}`), `${seeds} seeds`].join(", ");
  throw new UsageError(
    `Expected a run of every combination (${size}: ${expected} runs), got ${observations.length} runs of ` +
      `${there.size} combinations: leave out seeds and values that not all have.`,
  );
}
