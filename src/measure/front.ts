/**
 * The networks that a run keeps: the best of each size, the best of all being its champion. They are chosen on
 * validation episodes, which selection never sees and which are the same for all; the published code keeps the luckiest
 * of thousands of noisy scores instead.
 *
 * Two kinds of candidates are tried: each generation's best genome, and genomes that in their second generation do
 * better than what is kept of their size, both by the episodes that begin as validation episodes do, where there are any. A candidate is played on a few validation episodes, and if its mean there is
 * above that of what it has to beat, on all.
 */
import { meanScore, type Scores, scoresByWeight } from "../base/scores.ts";
import { argmax, mean } from "../base/stats.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Champion } from "../genome/champion.ts";
import type { Genome } from "../genome/genome.ts";
import { compile, type Network } from "../network/compile.ts";
import { withOwnWeights } from "./training.ts";
import { reportsOther, type Validation, validationFigures, validationTrial } from "./validation.ts";

/** A network that is kept. */
export interface KeptNetwork extends Champion {
  /** Connections of the network. */
  readonly connections: number;
}

/** Of the settings of a run, those that say what is tried. */
export interface FrontSettings extends Validation {
  /** Genomes in a generation, and the share of them that live on. */
  readonly population: number;
  readonly elites: number;
  /** Episodes that each weight is scored on. */
  readonly episodes: number;
}

/** A generation that has been scored, [genomes]. */
export interface ScoredNetworks {
  readonly genomes: readonly Genome[];
  readonly networks: readonly Network[];
  /** Mean scores, on episodes that begin as the task's own where there are any. */
  readonly means: ArrayLike<number>;
  /** The generation in which each was made. */
  readonly births: Int32Array;
}

/** So many sizes are kept at most. */
export const FRONT_LIMIT = 100;
/** What trying candidates of all sizes costs at most, as a share of a generation's own evaluation. */
const SHARE = 0.03;

/** Keeps the best networks of a run. */
export class Front {
  readonly #evaluator: Evaluator;
  readonly #settings: FrontSettings;
  /** Connections rise, and scores with them. */
  #networks: readonly KeptNetwork[];
  /** Mean scores on the first few validation episodes of genomes already tried; only saves time. */
  readonly #screened = new WeakMap<Genome, number>();

  /** @param networks where an earlier front stood, its champion last */
  constructor(evaluator: Evaluator, settings: FrontSettings, networks: readonly Champion[] = []) {
    this.#evaluator = evaluator;
    this.#settings = settings;
    this.#networks = networks.map(withSize);
  }

  /** What is kept, the smallest first: each has a higher score than those before it. */
  get networks(): readonly KeptNetwork[] {
    return this.#networks;
  }

  /** The best of all. */
  get champion(): Champion | undefined {
    return this.#networks.at(-1);
  }

  /** Tries candidates of a generation; returns whether there is a new champion. When it throws, nothing has changed. */
  async consider(scored: ScoredNetworks, generation: number): Promise<boolean> {
    const before = this.#networks;
    try {
      return await this.#consider(scored, generation);
    } catch (error) {
      this.#networks = before;
      throw error;
    }
  }

  async #consider(scored: ScoredNetworks, generation: number): Promise<boolean> {
    const before = this.champion;
    const { genomes, networks, means } = scored;
    const best = argmax(means);
    if (genomes[best] !== before?.genome) await this.#try(genomes[best], Number.POSITIVE_INFINITY, generation);
    for (const index of this.#promising(scored, generation)) {
      await this.#try(genomes[index], networks[index].connectionCount, generation);
    }
    if (this.champion === before) return false;
    await this.report(this.#networks.slice(-1));
    return true;
  }

  /** Measures what the task reports of those that are kept, where that is not the score and was not done. */
  async report(networks: readonly KeptNetwork[] = this.#networks): Promise<void> {
    const open = networks.filter(({ reported }) => reported === undefined);
    if (open.length === 0 || !reportsOther(this.#evaluator.task)) return;
    const compiled = open.map(({ genome }) => compile(genome));
    const figures = await validationFigures(this.#evaluator, compiled, this.#settings);
    const reported = new Map(open.map((network, index) => [network, figures[index].mean]));
    this.#networks = this.#networks.map((network) => ({ reported: reported.get(network), ...network }));
  }

  /** The genomes worth a try in this generation, those that surpass what is kept the most first. */
  #promising({ networks, means, births }: ScoredNetworks, generation: number): number[] {
    const { population, elites, episodes } = this.#settings;
    // Of genomes that live on, those that do well twice are worth more than those that do it once.
    const born = population * elites >= 1 ? generation - 1 : generation;
    const tries = (SHARE * population * episodes) / this.#evaluator.task.info.validationEpisodes.screen;
    const count = Math.floor((generation + 1) * tries) - Math.floor(generation * tries);
    const surplus = (index: number) =>
      means[index] - (this.#toBeat(networks[index].connectionCount)?.score ?? -Infinity);
    return Array.from(births.keys())
      .filter((index) => births[index] === born && surplus(index) > 0)
      .sort((a, b) => surplus(b) - surplus(a) || networks[a].connectionCount - networks[b].connectionCount)
      .slice(0, count);
  }

  /** The best of those that are kept with at most so many connections. */
  #toBeat(connections: number): KeptNetwork | undefined {
    return this.#networks.findLast((kept) => kept.connections <= connections);
  }

  /** Tries a candidate against the best of at most so many connections, and keeps it if it is better. */
  async #try(genome: Genome, connections: number, generation: number): Promise<void> {
    const { screen, confirm } = this.#evaluator.task.info.validationEpisodes;
    const toBeat = this.#toBeat(connections);
    if (toBeat !== undefined && screen < confirm) {
      if ((await this.#screen(genome, screen)) <= (await this.#screen(toBeat.genome, screen))) return;
    }
    const scores = await this.#play(genome, confirm);
    this.#screened.set(genome, firstMean(scores, screen));
    const score = meanScore(scores);
    this.#keep(withSize({ genome, generation, score, scoresByWeight: [...scoresByWeight(scores)] }));
  }

  /** The mean score of a genome on the first few validation episodes. */
  async #screen(genome: Genome, episodes: number): Promise<number> {
    const screened = this.#screened.get(genome) ?? meanScore(await this.#play(genome, episodes));
    this.#screened.set(genome, screened);
    return screened;
  }

  async #play(genome: Genome, episodes: number): Promise<Scores> {
    const network = compile(genome);
    const trial = withOwnWeights(validationTrial(this.#settings, episodes), [network]);
    return (await this.#evaluator.evaluate([network.program], trial)).scores[0];
  }

  /** Keeps a network unless a smaller one, or one of its size, is as good; drops those that it surpasses. */
  #keep(network: KeptNetwork): void {
    const { connections, score } = network;
    if ((this.#toBeat(connections)?.score ?? -Infinity) >= score) return;
    const smaller = this.#networks.filter((kept) => kept.connections < connections);
    const larger = this.#networks.filter((kept) => kept.connections >= connections && kept.score > score);
    const networks = [...smaller, network, ...larger];
    // Of too many, the one goes that gains the least over the next smaller one.
    const gains = networks.map((kept, index) => (index === 0 ? Infinity : kept.score - networks[index - 1].score));
    const least = networks.length > FRONT_LIMIT ? argmax(gains.slice(0, -1).map((gain) => -gain)) : -1;
    this.#networks = networks.filter((_, index) => index !== least);
  }
}

function withSize(champion: Champion): KeptNetwork {
  return { ...champion, connections: compile(champion.genome).connectionCount };
}

/** The mean over all weights and the first few episodes. */
function firstMean({ weightCount, episodeCount, values }: Scores, episodes: number): number {
  const rows = Array.from({ length: weightCount }, (_, weight) => weight * episodeCount);
  return mean(rows.flatMap((start) => [...values.subarray(start, start + episodes)]));
}
