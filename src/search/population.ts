/** A population: genomes, and where each comes from. */
import type { Genome } from "../genome/genome.ts";
import { Ancestor } from "./lineage.ts";

/** A genome of a population. */
export interface Member {
  readonly genome: Genome;
  /** Genomes of one family (a parent and its children) share a number: the place that the parent had. */
  readonly family: number;
  /** The generation in which it was made. */
  readonly birth: number;
  /** The generation in which the oldest of its ancestors was made at random, or came as a champion. */
  readonly origin: number;
  /** Where it comes from. */
  readonly ancestor: Ancestor;
}

/** All members of a generation, each field [genomes]; on islands those of the first come first. */
export interface Population {
  readonly genomes: readonly Genome[];
  readonly families: Int32Array;
  readonly births: Int32Array;
  readonly origins: Int32Array;
  readonly ancestors: readonly Ancestor[];
}

/** Makes a population of its members. */
export function gather(members: readonly Member[]): Population {
  return {
    genomes: members.map(({ genome }) => genome),
    families: Int32Array.from(members, ({ family }) => family),
    births: Int32Array.from(members, ({ birth }) => birth),
    origins: Int32Array.from(members, ({ origin }) => origin),
    ancestors: members.map(({ ancestor }) => ancestor),
  };
}

/** One that is made of no other. @param generation the one in which it is known to be born */
export function founder(genome: Genome, family: number, generation = 0): Member {
  return { genome, family, birth: generation, origin: generation, ancestor: firstAncestor(genome, generation) };
}

/** The beginning of a lineage. @param generation the one in which it is known to be born */
export function firstAncestor(genome: Genome, generation = 0): Ancestor {
  return new Ancestor({ parent: undefined, generation, operators: [] }, { from: undefined, to: genome });
}
