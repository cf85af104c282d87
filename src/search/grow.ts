/** Populations of large genomes without a search: for benches and tests. */
import { derive, type Label } from "../base/rng.ts";
import { connectionCount, createGenome, type Genome } from "../genome/genome.ts";
import { Innovations } from "../genome/innovation.ts";
import { type PackedGenomes, packGenomes } from "../genome/pack.ts";
import type { SearchSettings, SearchShape } from "./config.ts";
import type { SearchState } from "./search.ts";
import { makeChild } from "./vary.ts";

/**
 * Applies operators to a first genome until it has enough connections.
 *
 * @param connections enabled connections to reach
 */
export function growGenome(
  shape: SearchShape,
  settings: SearchSettings,
  connections: number,
  label: Label,
  innovations: Innovations = new Innovations(shape.inputCount, shape.outputCount),
): Genome {
  const rng = derive(label, "grow");
  let genome = createGenome(
    shape.inputCount,
    shape.outputCount,
    settings.connectProbability,
    shape.outputActivation,
    rng,
  );
  while (connectionCount(genome) < connections) {
    const parent = genome;
    ({ genome } = makeChild(parent, { rng, innovations, settings, otherParent: () => parent, relative: () => parent }));
  }
  return genome;
}

/** The part of a search's state that is its population: one large genome and its children. */
export function growPopulation(
  shape: SearchShape,
  settings: SearchSettings,
  connections: number,
  label: Label,
): Pick<SearchState, "families" | "births" | "innovations"> & { genomes: PackedGenomes } {
  const innovations = new Innovations(shape.inputCount, shape.outputCount);
  const parent = growGenome(shape, settings, connections, label, innovations);
  const genomes = Array.from({ length: settings.population }, (_, index) => {
    const other = () => parent;
    const context = { rng: derive(label, "child", index), innovations, settings, otherParent: other, relative: other };
    return index === 0 ? parent : makeChild(parent, context).genome;
  });
  const families = new Int32Array(genomes.length);
  return { genomes: packGenomes(genomes), families, births: families.slice(), innovations: innovations.state };
}
