/** The main effects of a study whose variants are a grid. */
import { groupBy } from "../base/groups.ts";
import type { Sample } from "./samples.ts";
import { type Effects, mainEffects } from "./statistics/effects.ts";
import type { StudyVariant } from "./study-record.ts";

/** A factor: settings that change together, and which level of it each variant has. */
interface Factor {
  readonly name: string;
  readonly levels: readonly string[];
}

/**
 * How much each setting matters for a figure; undefined unless the variants are all combinations of its values. Settings
 * that change only together, as those of two presets do, are one factor.
 *
 * @param samples one of each variant; seeds that not all of them have are left out
 */
export function effectsOf(
  variants: readonly StudyVariant[],
  samples: readonly Sample[],
  figure: string,
): Effects | undefined {
  const factors = factorsOf(variants);
  const combinations = factors.reduce((product, { levels }) => product * new Set(levels).size, 1);
  const cells = new Set(variants.map((_, index) => JSON.stringify(factors.map(({ levels }) => levels[index]))));
  if (factors.length === 0 || combinations !== variants.length || cells.size !== variants.length) return undefined;
  const values = variants.map(({ name }) => {
    const runs = samples.find((sample) => sample.name === name)?.runs ?? [];
    return new Map(runs.flatMap(({ seed, figures }) => (figure in figures ? [[seed, figures[figure]]] : [])));
  });
  const seeds = [...values[0].keys()].filter((seed) => values.every((others) => others.has(seed)));
  if (seeds.length === 0) return undefined;
  const observations = values.flatMap((bySeed, index) =>
    seeds.map((seed) => ({
      levels: factors.map(({ levels }) => levels[index]),
      seed,
      value: bySeed.get(seed) as number,
    })),
  );
  const names = factors.map(({ name }) => name);
  return mainEffects(names, observations, { seed: "effects" });
}

/** What variants differ in. */
function factorsOf(variants: readonly StudyVariant[]): Factor[] {
  const names = [...new Set(variants.flatMap(({ settings }) => Object.keys(settings)))];
  const settings = names
    .map((name) => ({
      name,
      levels: variants.map(({ settings }) => (name in settings ? written(settings[name]) : "-")),
    }))
    .filter(({ levels }) => new Set(levels).size > 1);
  const together = groupBy(settings, ({ levels }) => levels.map((level) => levels.indexOf(level)).join());
  return [...together.values()].map((group) => ({
    name: group.map(({ name }) => name).join(", "),
    levels: variants.map((_, index) => group.map(({ levels }) => levels[index]).join(", ")),
  }));
}

/** A value of a setting as text. */
function written(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
