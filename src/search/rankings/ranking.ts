/** The contract of a ranking: the scores of a generation in, an order of its genomes out, best first. */
import type { z } from "zod";
import type { Rng } from "../../base/rng.ts";
import type { Scores } from "../../base/scores.ts";
import type { Genome } from "../../genome/genome.ts";
import type { Objectives } from "../objectives.ts";

/** A generation, or an island of it, with all that a ranking may look at. */
export interface ScoredGeneration {
  /** Its number, from 0. */
  readonly generation: number;
  /** [genomes] */
  readonly genomes: readonly Genome[];
  /** Of each genome [weights x episodes], finite; all genomes faced the same weights and episodes. */
  readonly scores: readonly Scores[];
  /** Enabled connections, [genomes]. */
  readonly connectionCounts: Int32Array;
  /** Generations that a genome has come through unchanged as an elite, [genomes]; 0 for a new one. */
  readonly ages: Int32Array;
  /** Generations since the oldest ancestor of a genome was made at random, or came as a champion, [genomes]. */
  readonly geneticAges: Int32Array;
  /** The random stream of this generation for a purpose, such as "objective"; equal purposes, equal streams. */
  readonly rng: (purpose: string) => Rng;
}

/** A generation put in order. */
export interface Ranked {
  /** Indices of all genomes, best first. */
  readonly order: Int32Array;
  /** Two objectives of each genome, for records and drawings. The first is the mean score. */
  readonly objectives: Objectives;
  /** Name of the second objective, one of `OBJECTIVES` or of the ranking's own. */
  readonly second: string;
  /**
   * Draws a parent, by index, where not the order alone decides (lexicase selection). It may only use `rng`, the
   * stream of one child. Default: `byTournament`, the best of a tournament among those of the order that are not culled.
   */
  readonly chooseParent?: (rng: Rng, byTournament: () => number) => number;
  /** How many of the next generation are first genomes, made at random. Default: 0. */
  readonly newcomers?: number;
}

/** A way to put a generation in order. It keeps nothing between generations, so that a search can be resumed. */
export interface Ranking<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** What it does, in one sentence. */
  readonly summary: string;
  /** Settings of its own, each with default and description, which become settings of the search. */
  readonly settings?: Shape;
  /** Ranks a generation; `settings` are those of the search. */
  rank(scored: ScoredGeneration, settings: z.infer<z.ZodObject<Shape>>): Ranked;
}
