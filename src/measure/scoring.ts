/** Scores generations, each on its trial; where a trial is held, elites keep the scores that they have. */
import { meanScore, type Scores } from "../base/scores.ts";
import { mean } from "../base/stats.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Genome } from "../genome/genome.ts";
import type { Network } from "../network/compile.ts";
import { generationTrial, isHeld, populationTrial, type Training } from "./training.ts";

/** A generation to score, [genomes]. */
export interface UnscoredGeneration {
  readonly generation: number;
  readonly genomes: readonly Genome[];
  readonly networks: readonly Network[];
  /** Numbers that near relatives share. */
  readonly families: Int32Array;
  /** The generation in which each was made. */
  readonly births: Int32Array;
}

/** What came of a generation. */
export interface ScoredGeneration {
  /** Of each genome [weights x episodes]. */
  readonly scores: Scores[];
  /**
   * Mean scores on the episodes that begin as the task's own do, or on all where none does, [genomes]: what candidates
   * are told apart by, since validation has the task's own starts.
   */
  readonly means: Float64Array;
  /** Environment steps taken, or examples seen. */
  readonly steps: number;
}

/** Scores one generation after another. */
export class Scoring {
  readonly #evaluator: Evaluator;
  readonly #training: Training;
  /** The scores of the generation before; they only save time. */
  #known = new Map<Genome, Scores>();

  constructor(evaluator: Evaluator, training: Training) {
    this.#evaluator = evaluator;
    this.#training = training;
  }

  /**
   * Scores a generation. Steps are none for what is known from the generation before, even where a resumed run has to
   * play it again.
   */
  async score(unscored: UnscoredGeneration): Promise<ScoredGeneration> {
    const { generation, genomes, births } = unscored;
    const held = isHeld(this.#training, generation);
    const all = Array.from(genomes.keys());
    const fresh = all.filter((index) => !held || births[index] === generation);
    const forgotten = all.filter((index) => held && births[index] < generation && !this.#known.has(genomes[index]));
    const { scores: found, steps } = await this.#play(unscored, fresh);
    const again = forgotten.length > 0 ? (await this.#play(unscored, forgotten)).scores : [];
    const scores = genomes.map((genome) => this.#known.get(genome) as Scores);
    for (const [place, index] of fresh.entries()) scores[index] = found[place];
    for (const [place, index] of forgotten.entries()) scores[index] = again[place];
    this.#known = new Map(genomes.map((genome, index) => [genome, scores[index]]));
    const { starts } = generationTrial(this.#training, generation);
    return { scores, means: meansOnOwnStarts(scores, starts, this.#evaluator.task.info.starts), steps };
  }

  /** Scores those with these indices. */
  #play({ generation, genomes, networks, families }: UnscoredGeneration, indices: readonly number[]) {
    const some = indices.map((index) => networks[index]);
    const theirs = indices.map((index) => genomes[index]);
    return this.#evaluator.evaluate(
      some.map(({ program }) => program),
      populationTrial(this.#training, generation, theirs, some),
      Int32Array.from(indices, (index) => families[index]),
    );
  }
}

/**
 * Mean scores over all weights and the episodes that begin as the task's own do; over all episodes where none does.
 *
 * @param starts kinds of start states, [episodes]; the task's own if not given
 * @param kinds  those that the task has, its own first
 */
export function meansOnOwnStarts(
  scores: readonly Scores[],
  starts?: readonly string[],
  kinds: readonly string[] = [],
): Float64Array {
  const isOwn = (starts ?? []).map((kind) => kind === kinds[0]);
  if (!isOwn.includes(true)) return Float64Array.from(scores, meanScore);
  return Float64Array.from(scores, ({ episodeCount, values }) =>
    mean(values.filter((_, place) => isOwn[place % episodeCount])),
  );
}
