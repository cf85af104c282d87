/** First populations: random small genomes, or a champion with children of its own. */
import { UsageError } from "../base/errors.ts";
import { derive } from "../base/rng.ts";
import { createGenome, type Genome } from "../genome/genome.ts";
import { validate } from "../genome/validate.ts";
import type { SearchSettings, SearchShape } from "./config.ts";
import { Ancestor } from "./lineage.ts";
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
  return {
    genomes,
    families: Int32Array.from(genomes.keys()),
    births: new Int32Array(genomes.length),
    ancestors: genomes.map((genome) => firstAncestor(genome)),
  };
}

/** The champion as it is, then children of it by one operator each, from their own streams: all one family. */
export function populationOf(champion: Genome, { seed, settings, innovations, operators }: Breeding): Population {
  const parent = firstAncestor(champion);
  const genomes = [champion];
  const ancestors = [parent];
  for (let index = 1; index < settings.population; index++) {
    const context = { rng: derive(seed, "first", index), innovations, settings, otherParent: () => champion };
    const { genome, operator } = makeChild(champion, context, operators);
    genomes.push(genome);
    ancestors.push(new Ancestor({ parent, generation: 0, operator }, { from: champion, to: genome }));
  }
  return { genomes, families: new Int32Array(genomes.length), births: new Int32Array(genomes.length), ancestors };
}

/** The beginning of a lineage. @param generation the one in which it is known to be born */
export function firstAncestor(genome: Genome, generation = 0): Ancestor {
  return new Ancestor({ parent: undefined, generation, operator: undefined }, { from: undefined, to: genome });
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
