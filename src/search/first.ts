/** First populations: random small genomes, or a champion with children of its own. */
import { UsageError } from "../base/errors.ts";
import { derive } from "../base/rng.ts";
import { createGenome, type Genome } from "../genome/genome.ts";
import { validate } from "../genome/validate.ts";
import type { SearchSettings, SearchShape } from "./config.ts";
import { type Breeding, makeChild, type Population } from "./vary.ts";

/** Unrelated first genomes without hidden nodes, each from its own stream. */
export function firstPopulation(shape: SearchShape, settings: SearchSettings, seed: string): Population {
  const genomes = Array.from({ length: settings.population }, (_, index) =>
    createGenome(
      shape.inputCount,
      shape.outputCount,
      settings.connectProbability,
      shape.outputActivation,
      derive(seed, "first", index),
    ),
  );
  return { genomes, families: Int32Array.from(genomes.keys()), births: new Int32Array(genomes.length) };
}

/** The champion as it is, then children of it by one operator each, from their own streams: all one family. */
export function populationOf(champion: Genome, { seed, settings, innovations, operators }: Breeding): Population {
  const genomes = Array.from({ length: settings.population }, (_, index) => {
    if (index === 0) return champion;
    const context = { rng: derive(seed, "first", index), innovations, settings, otherParent: () => champion };
    return makeChild(champion, context, operators);
  });
  return { genomes, families: new Int32Array(genomes.length), births: new Int32Array(genomes.length) };
}

/**
 * Checks that a champion can begin a search.
 *
 * @returns `champion`
 * @throws UsageError if it breaks an invariant of genomes, or its inputs and outputs are not those of `shape`
 */
export function checkChampion(champion: Genome, { inputCount, outputCount }: SearchShape): Genome {
  if (champion.inputCount !== inputCount || champion.outputCount !== outputCount) {
    throw new UsageError(
      `Expected a champion with ${inputCount} inputs and ${outputCount} outputs to start from, ` +
        `got one with ${champion.inputCount} and ${champion.outputCount}: take a champion of the same task.`,
    );
  }
  return validate(champion);
}
