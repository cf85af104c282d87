/** What finds genomes by their scores alone: `ask` gives genomes to score, `tell` takes their scores and makes the next. */
import { UsageError } from "../base/errors.ts";
import type { Scores } from "../base/scores.ts";
import type { Genome } from "../genome/genome.ts";
import type { Ancestor } from "./lineage.ts";
import type { Ranked } from "./rankings/ranking.ts";
import type { Selection } from "./selection.ts";

/** How a generation was ranked, and what came of it. */
export interface RankedGeneration extends Pick<Ranked, "order" | "objectives" | "second"> {
  readonly generation: number;
  readonly selection: Selection;
}

/** A search of any kind. Knows genomes and scores, never a task, a thread or a file. */
export interface Searcher<State extends object = object> {
  /** The number of the generation that `ask` gives, from 0. */
  readonly generation: number;
  /** Which genomes of this generation are related: a parent and its children share a number, [genomes]. */
  readonly families: Int32Array;
  /** The generation in which each genome of this one was made, [genomes]. */
  readonly births: Int32Array;
  /** Where each genome of this generation comes from, [genomes]. */
  readonly ancestors: readonly Ancestor[];
  /** All of it as plain data, from which it goes on bit for bit. Between `ask` and `tell` that before `ask`. */
  readonly state: State;
  /** The genomes of this generation. Score all of them on the same episodes, then `tell`. */
  ask(): readonly Genome[];
  /**
   * Takes the scores of this generation and makes the next.
   *
   * @param scores of each genome, in the order of `ask`
   * @returns      how the generation was ranked
   * @throws UsageError if called before `ask`, with another number of scores, or with a score that is not finite
   */
  tell(scores: readonly Scores[]): RankedGeneration;
}

/**
 * Checks what `tell` is given.
 *
 * @param asked whether `ask` gave the genomes
 * @param count of genomes
 */
export function checkTold(asked: boolean, scores: readonly Scores[], count: number): void {
  if (!asked) throw new UsageError("tell() before ask(): call ask() to get the genomes to score.");
  if (scores.length !== count) throw new UsageError(`Expected scores of ${count} genomes, got ${scores.length}.`);
  scores.forEach(({ values }, index) => {
    if (values.length === 0 || !values.every(Number.isFinite)) {
      throw new UsageError(
        `Expected finite scores, got ${values.find((value) => !Number.isFinite(value))} for genome ${index}.`,
      );
    }
  });
}

/** @throws UsageError if genomes were asked for already, and not told of */
export function checkAsk(asked: boolean): void {
  if (asked) throw new UsageError("ask() called twice: call tell() with the scores of the genomes first.");
}
