/** First populations: random small genomes, of any graph or graded, or a champion with children of its own. */
import { UsageError } from "../base/errors.ts";
import { derive, type Rng } from "../base/rng.ts";
import { createGenome, type Genome } from "../genome/genome.ts";
import type { Innovations } from "../genome/innovation.ts";
import { validate } from "../genome/validate.ts";
import type { SearchSettings, SearchShape } from "./config.ts";
import { gradedCreator } from "./first-graded.ts";
import { Ancestor } from "./lineage.ts";
import { type Breeding, makeChild, type Population } from "./vary.ts";

/**
 * Unrelated first genomes, each from its own stream: without hidden nodes, or, where they are to be graded, with the
 * relays that carry inputs to the grade of the outputs.
 *
 * @throws UsageError if they are to be graded but the activations of the settings or the outputs do not keep scale
 */
export function firstPopulation(
  shape: SearchShape,
  settings: SearchSettings,
  seed: string,
  innovations: Innovations,
): Population {
  const { inputCount, outputCount, outputActivation } = shape;
  const create =
    settings.genome === "graded"
      ? gradedCreator(shape, settings, innovations)
      : (rng: Rng) => createGenome(inputCount, outputCount, settings.connectProbability, outputActivation, rng);
  const genomes = Array.from({ length: settings.population }, (_, index) => create(derive(seed, "first", index)));
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
 * @returns `champion`; where genomes may be of any graph, one that is not held to grades
 * @throws UsageError if it breaks an invariant of genomes, its inputs and outputs are not those of `shape`, or it is not
 *         graded where genomes are to be
 */
export function checkChampion(
  champion: Genome,
  { inputCount, outputCount }: SearchShape,
  { genome }: Pick<SearchSettings, "genome">,
): Genome {
  if (champion.inputCount !== inputCount || champion.outputCount !== outputCount) {
    throw new UsageError(
      `Expected a champion with ${inputCount} inputs and ${outputCount} outputs to start from, ` +
        `got one with ${champion.inputCount} and ${champion.outputCount}: take a champion of the same task.`,
    );
  }
  if (genome === "graded" && champion.grades === undefined) {
    throw new UsageError(
      'Expected a graded champion to start from, since genome is "graded", got one of any graph: take one of a graded ' +
        "search or of a topology chosen by gradient, or leave the setting genome out.",
    );
  }
  return validate(genome === "graded" || champion.grades === undefined ? champion : { ...champion, grades: undefined });
}
