/** First genomes, of any graph or graded, and first populations: of such genomes, or of a champion and its children. */
import { UsageError } from "../base/errors.ts";
import { derive, type Rng } from "../base/rng.ts";
import { createGenome, type Genome } from "../genome/genome.ts";
import type { Innovations } from "../genome/innovation.ts";
import { validate } from "../genome/validate.ts";
import type { SearchSettings, SearchShape } from "./config.ts";
import { gradedCreator } from "./first-graded.ts";
import { Ancestor } from "./lineage.ts";
import { founder, gather, type Population } from "./population.ts";
import { type Breeding, makeChild } from "./vary.ts";

/**
 * Makes first genomes: without hidden nodes, or, where they are to be graded, with the relays that carry inputs to the
 * grade of the outputs.
 *
 * @throws UsageError if they are to be graded but the activations of the settings or the outputs do not keep scale
 */
export function genomeCreator(
  shape: SearchShape,
  settings: SearchSettings,
  innovations: Innovations,
): (rng: Rng) => Genome {
  if (settings.genome === "graded") return gradedCreator(shape, settings, innovations);
  const { inputCount, outputCount, outputActivation } = shape;
  return (rng) => {
    const genome = createGenome(inputCount, outputCount, settings.connectProbability, outputActivation, rng);
    // A champion to start from may have brought other numbers for these connections.
    genome.sources.forEach((source, gene) => {
      genome.innovations[gene] = innovations.connection(source, genome.targets[gene]);
    });
    return genome;
  };
}

/** Unrelated first genomes, each from its own stream. */
export function firstPopulation({ seed, settings, create }: Breeding): Population {
  const indices = Array.from({ length: settings.population }, (_, index) => index);
  return gather(indices.map((index) => founder(create(derive(seed, "first", index)), index)));
}

/** The champion as it is, then children of it, from their own streams: all one family. */
export function populationOf(champion: Genome, { seed, settings, innovations, operators }: Breeding): Population {
  const first = founder(champion, 0);
  const members = [first];
  const other = () => champion;
  for (let index = 1; index < settings.population; index++) {
    const rng = derive(seed, "first", index);
    const context = { rng, innovations, settings, otherParent: other, relative: other };
    const { genome, operators: used } = makeChild(champion, context, operators);
    const line = { parent: first.ancestor, generation: 0, operators: used };
    members.push({ ...first, genome, ancestor: new Ancestor(line, { from: champion, to: genome }) });
  }
  return gather(members);
}

/**
 * Checks that a champion can begin a search.
 *
 * @returns `champion` without weights; where genomes may be of any graph, one that is not held to grades
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
  const { grades, weights } = champion;
  if ((genome === "graded" || grades === undefined) && weights === undefined) return validate(champion);
  return validate({ ...champion, grades: genome === "graded" ? grades : undefined, weights: undefined });
}
