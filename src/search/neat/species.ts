/** Species: genomes near each other, that share their score and mate with each other (Stanley & Miikkulainen 2002, section 3.3). */
import type { Rng } from "../../base/rng.ts";
import type { Genome } from "../../genome/genome.ts";
import { distanceFrom } from "./distance.ts";
import type { NeatSettings } from "./settings.ts";

/** How far something has come. */
export interface Progress {
  /** The best score so far; -Infinity before there was one. */
  readonly best: number;
  /** The generation in which that was, or from which on it is counted. */
  readonly improved: number;
}

/** A species in the course of a search. */
export interface Species extends Progress {
  /** Its number, for good. */
  readonly id: number;
}

/** Genomes and their species. */
export interface Speciation {
  /** All that have a genome, oldest first. */
  readonly species: readonly Species[];
  /** The species of each genome, by its place in `species`, [genomes]. */
  readonly members: Int32Array;
  /** The number of the next new species. */
  readonly nextId: number;
  /** How far all of them together have come. */
  readonly progress: Progress;
}

/** No genomes, and no species yet. */
export const NO_SPECIES: Speciation = {
  species: [],
  members: new Int32Array(),
  nextId: 0,
  progress: { best: Number.NEGATIVE_INFINITY, improved: 0 },
};

/** The genomes of each species by their place, in order, [species]. */
export function membersOf({ species, members }: Pick<Speciation, "species" | "members">): number[][] {
  const lists: number[][] = species.map(() => []);
  for (const [place, member] of members.entries()) lists[member].push(place);
  return lists;
}

/**
 * Puts genomes into species: each into the first whose representative is within the threshold, else into a new one.
 *
 * @param before          the species there were; those that get no genome are gone
 * @param representatives a genome of the generation before for each of them
 * @param generation      that of the genomes
 */
export function speciate(
  genomes: readonly Genome[],
  { species, nextId, progress }: Omit<Speciation, "members">,
  representatives: readonly Genome[],
  settings: NeatSettings,
  threshold: number,
  generation: number,
): Speciation {
  const all = [...species];
  const distances = representatives.map((genome) => distanceFrom(genome, settings));
  const found = Int32Array.from(genomes, (genome) => {
    const place = distances.findIndex((distance) => distance(genome) < threshold);
    if (place >= 0) return place;
    all.push({ id: nextId + all.length - species.length, best: Number.NEGATIVE_INFINITY, improved: generation });
    return distances.push(distanceFrom(genome, settings)) - 1;
  });
  const kept = [...new Set(found)].sort((a, b) => a - b);
  return {
    species: kept.map((place) => all[place]),
    members: found.map((place) => kept.indexOf(place)),
    nextId: nextId + all.length - species.length,
    progress,
  };
}

/** A genome of each species, drawn at random. */
export function drawRepresentatives(
  genomes: readonly Genome[],
  speciation: Pick<Speciation, "species" | "members">,
  rng: Rng,
): Genome[] {
  return membersOf(speciation).map((places) => genomes[places[rng.integer(places.length)]]);
}

/** The threshold moved towards the number of species that is aimed at; never below its step. */
export function adjustThreshold(
  threshold: number,
  count: number,
  { speciesTarget, speciesStep }: Pick<NeatSettings, "speciesTarget" | "speciesStep">,
): number {
  if (speciesTarget === 0 || count === speciesTarget) return threshold;
  return count < speciesTarget ? Math.max(speciesStep, threshold - speciesStep) : threshold + speciesStep;
}

/** What a generation of scores makes of species. */
export interface Shared {
  /** Each with its best score so far. */
  readonly species: readonly Species[];
  readonly progress: Progress;
  /** Children that each has in the next generation, its unchanged best included, [species]. */
  readonly offspring: Int32Array;
}

/**
 * Shares scores and deals the next generation out (section 3.3, equation 2): a species gets children in proportion to the
 * sum of its shared scores, which is its mean score. Those that did not improve for `stagnation` generations get none; when
 * no genome had a better score for `standstill` generations, only the two best species do, which count as improved then.
 *
 * Differs from the paper: where scores are negative, all are taken from the lowest of the generation on; the species of
 * the generation's best genome always has children; parts of children are rounded to the largest remainders.
 *
 * @param scores of each genome
 */
export function shareScores(
  { species, members, progress }: Speciation,
  scores: Float64Array,
  { stagnation, standstill }: Pick<NeatSettings, "stagnation" | "standstill">,
  generation: number,
): Shared {
  const lists = membersOf({ species, members });
  const bests = lists.map((places) => Math.max(...places.map((place) => scores[place])));
  const better = <Kept extends Progress>(kept: Kept, best: number): Kept =>
    best > kept.best ? { ...kept, best, improved: generation } : kept;
  const now = better(progress, Math.max(...bests));
  const ranked = [...species.keys()].sort((a, b) => bests[b] - bests[a] || a - b);
  const isStill = generation - now.improved >= standstill;
  const chosen = isStill ? ranked.slice(0, 2) : ranked.slice(0, 1);
  const told = species.map((one, index) => {
    const kept = better(one, bests[index]);
    return isStill && chosen.includes(index) ? { ...kept, improved: generation } : kept;
  });
  const breeds = (index: number) =>
    chosen.includes(index) || (!isStill && generation - told[index].improved < stagnation);
  const lowest = scores.reduce((least, score) => Math.min(least, score), 0);
  const shares = lists.map((places, index) =>
    breeds(index) ? places.reduce((sum, place) => sum + scores[place] - lowest, 0) / places.length : 0,
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  // Where all score alike, each that has children has as many.
  const parts = total > 0 ? shares : shares.map((_, index) => (breeds(index) ? 1 : 0));
  const offspring = apportion(parts, scores.length);
  return { species: told, progress: isStill ? { ...now, improved: generation } : now, offspring };
}

/** Deals `count` out in proportion to the parts, to the largest remainders what is left of whole numbers. */
export function apportion(parts: readonly number[], count: number): Int32Array {
  const total = parts.reduce((sum, part) => sum + part, 0);
  const exact = parts.map((part) => (count * part) / total);
  const whole = Int32Array.from(exact, Math.floor);
  const left = count - whole.reduce((sum, number) => sum + number, 0);
  const byRemainder = [...exact.keys()].sort((a, b) => exact[b] - whole[b] - (exact[a] - whole[a]) || a - b);
  for (const index of byRemainder.slice(0, left)) whole[index]++;
  return whole;
}
