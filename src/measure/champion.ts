/**
 * The champion of a run: chosen on episodes that selection never saw.
 *
 * Each generation's best genome by mean score is played on a few validation episodes, and if its mean there is above
 * the champion's on the same ones, on all. The published code keeps the luckiest of thousands of noisy scores instead.
 */
import { meanScore, scoresByWeight } from "../base/scores.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Champion } from "../genome/champion.ts";
import type { Genome } from "../genome/genome.ts";
import { compile } from "../network/compile.ts";
import { type Validation, validationTrial } from "./validation.ts";

/** Keeps the champion of a run. */
export class ChampionChooser {
  champion: Champion | undefined;
  readonly #evaluator: Evaluator;
  readonly #validation: Validation;
  /** Mean scores on the first few validation episodes of genomes already tried; only saves time. */
  readonly #screened = new WeakMap<Genome, number>();

  constructor(evaluator: Evaluator, validation: Validation, champion?: Champion) {
    this.#evaluator = evaluator;
    this.#validation = validation;
    this.champion = champion;
  }

  /** Tries a candidate; returns whether it became the champion. */
  async consider(genome: Genome, generation: number): Promise<boolean> {
    if (genome === this.champion?.genome) return false;
    const { screen, confirm } = this.#evaluator.task.info.validationEpisodes;
    if (this.champion !== undefined && screen < confirm) {
      const toBeat = await this.#screen(this.champion.genome, screen);
      if ((await this.#screen(genome, screen)) <= toBeat) return false;
    }
    const { scores } = await this.#evaluator.evaluate(
      [compile(genome).program],
      validationTrial(this.#validation, confirm),
    );
    const score = meanScore(scores[0]);
    if (this.champion !== undefined && score <= this.champion.score) return false;
    this.champion = { genome, generation, score, scoresByWeight: [...scoresByWeight(scores[0])] };
    return true;
  }

  /** The mean score of a genome on the first few validation episodes. */
  async #screen(genome: Genome, episodes: number): Promise<number> {
    let screened = this.#screened.get(genome);
    if (screened === undefined) {
      const trial = validationTrial(this.#validation, episodes);
      screened = meanScore((await this.#evaluator.evaluate([compile(genome).program], trial)).scores[0]);
      this.#screened.set(genome, screened);
    }
    return screened;
  }
}
