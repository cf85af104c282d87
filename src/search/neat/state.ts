/** All of a search by NEAT as plain data. */
import type { InnovationState } from "../../genome/innovation.ts";
import type { PackedGenomes } from "../../genome/pack.ts";
import type { SearchShape } from "../config.ts";
import type { LineageState } from "../lineage.ts";
import type { NeatSettings } from "./settings.ts";
import type { Speciation } from "./species.ts";

/** Species as plain data. */
export interface SpeciesState {
  /** The number of each species, [species]. */
  readonly species: Int32Array;
  /** The best score of each so far, and the generation in which that was, [species], then those of all genomes. */
  readonly bests: Float64Array;
  readonly improved: Int32Array;
  /** The species of each genome, by its place, [genomes]. */
  readonly members: Int32Array;
  /** The number of the next new species. */
  readonly nextSpecies: number;
}

/** A search by NEAT as plain data. */
export interface NeatState extends SpeciesState {
  readonly seed: string;
  readonly shape: SearchShape;
  readonly settings: NeatSettings;
  /** Generations told so far; also the number of the population at hand. */
  readonly generation: number;
  readonly genomes: PackedGenomes;
  readonly families: Int32Array;
  readonly births: Int32Array;
  /** The compatibility distance within which genomes are of one species. */
  readonly threshold: number;
  readonly innovations: InnovationState;
  readonly lineage: LineageState;
}

/** Species as plain data. */
export function packSpeciation({ species, members, nextId, progress }: Speciation): SpeciesState {
  return {
    species: Int32Array.from(species, ({ id }) => id),
    bests: Float64Array.from([...species, progress], ({ best }) => best),
    improved: Int32Array.from([...species, progress], ({ improved }) => improved),
    members: members.slice(),
    nextSpecies: nextId,
  };
}

/** The species of `packSpeciation`. */
export function unpackSpeciation({ species, bests, improved, members, nextSpecies }: SpeciesState): Speciation {
  const progressAt = (place: number) => ({ best: bests[place], improved: improved[place] });
  return {
    species: Array.from(species, (id, place) => ({ id, ...progressAt(place) })),
    members: members.slice(),
    nextId: nextSpecies,
    progress: progressAt(species.length),
  };
}
