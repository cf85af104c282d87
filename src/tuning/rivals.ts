/**
 * Tries of CMA-ES side by side: all score their samples on the same episodes, and every so often the worse half is given up
 * until one is left.
 *
 * Where a tuning ends depends on how it happens to begin: of a swing-up, on how often the pole swings before it stands. So
 * many short tries, the best gone on with, find more than one long one (successive halving; Jamieson & Talwalkar 2016,
 * "Non-stochastic Best Arm Identification and Hyperparameter Optimization", algorithm 1).
 */
import { argmax, median } from "../base/stats.ts";
import { CmaEs, type CmaState, startCma } from "./cma-es.ts";

/** Generations of a round, at whose end the worse half of the tries is given up. */
export const ROUND = 100;
/** The last generations of a round, by whose best scores tries are told apart. */
const JUDGED = 10;

/** A try and what it is judged by. */
interface Rival {
  readonly cma: CmaState;
  /** Sum of the best scores of the generations of this round that count. */
  readonly merit: number;
}

/** Where the tries stand between two generations: plain data. */
export interface RivalsState {
  /** Generations done. */
  readonly generation: number;
  /** Those that are left, at least one. */
  readonly rivals: readonly Rival[];
}

/** What all tries have in common. */
interface RivalsOptions {
  readonly seed: number | string;
  /** Samples of a generation of each; undefined: those of Hansen's tutorial. */
  readonly population: number | undefined;
  /** The first step size. */
  readonly sigma: number;
  /** How many there are to begin with. */
  readonly tries: number;
}

/** What a generation of all tries came to; the leader is the try with the best sample. */
export interface RivalsReport {
  /** The leader's mean after the generation, and its best sample, [n] each. */
  readonly candidates: readonly [Float32Array, Float32Array];
  /** The best score, the median of the leader's, the leader's step size after the generation, and the tries that took part. */
  readonly line: Readonly<Record<"best" | "median" | "sigma" | "tries", number>>;
}

/** Tries that have not begun: each about the same weights with a stream of its own. */
export function startRivals(start: Float32Array, { seed, tries, ...options }: RivalsOptions): RivalsState {
  const rivals = Array.from({ length: tries }, (_, index) => ({
    cma: startCma(start, { ...options, seed: index === 0 ? seed : `${seed}/try/${index}` }),
    merit: 0,
  }));
  return { generation: 0, rivals };
}

/** Tries in progress. */
export class Rivals {
  #state: RivalsState;
  #tries: readonly CmaEs[];

  constructor(state: RivalsState) {
    this.#state = state;
    this.#tries = triesOf(state);
  }

  /** Plain data, from which they go on bit for bit. */
  get state(): RivalsState {
    return this.#state;
  }

  /** How many are left. */
  get count(): number {
    return this.#tries.length;
  }

  /**
   * Takes all tries through a generation, and gives up the worse half at the end of a round. Of equal tries the earlier ones
   * are kept. When it throws, `state` is still that before.
   *
   * @param score gives the scores of samples in their order, higher is better. It is asked for all tries before the first
   *              answers, so that one try moves while others are scored.
   */
  async step(score: (samples: readonly Float32Array[]) => Promise<Float64Array>): Promise<RivalsReport> {
    try {
      const told = await Promise.all(
        this.#tries.map(async (cma) => {
          const samples = cma.ask().map((sample) => Float32Array.from(sample));
          const scores = await score(samples);
          cma.tell(scores);
          return { samples, scores };
        }),
      );
      return this.#settle(told);
    } catch (error) {
      this.#tries = triesOf(this.#state);
      throw error;
    }
  }

  /** What all tries came to that have moved, those given up that are to be. */
  #settle(told: readonly { readonly samples: readonly Float32Array[]; readonly scores: Float64Array }[]): RivalsReport {
    const { generation, rivals } = this.#state;
    const bests = told.map(({ scores }) => Math.max(...scores));
    const leader = argmax(bests);
    const { mean, stepSize } = this.#tries[leader].state;
    const { samples, scores } = told[leader];
    const report: RivalsReport = {
      candidates: [Float32Array.from(mean), samples[argmax(scores)]],
      line: { best: bests[leader], median: median(scores), sigma: stepSize, tries: this.count },
    };

    const done = generation + 1;
    const counts = generation % ROUND >= ROUND - JUDGED;
    const merits = rivals.map(({ merit }, index) => (counts ? merit + bests[index] : merit));
    const isOver = done % ROUND === 0;
    const kept = isOver ? betterHalf(merits) : [...merits.keys()];
    this.#tries = kept.map((index) => this.#tries[index]);
    this.#state = {
      generation: done,
      rivals: kept.map((index, at) => ({ cma: this.#tries[at].state, merit: isOver ? 0 : merits[index] })),
    };
    return report;
  }
}

/** The indices of the better half, at least one, in their order. */
function betterHalf(merits: readonly number[]): number[] {
  return [...merits.keys()]
    .sort((a, b) => merits[b] - merits[a] || a - b)
    .slice(0, Math.ceil(merits.length / 2))
    .sort((a, b) => a - b);
}

/** Searches that go on where a state stands. */
function triesOf({ rivals }: RivalsState): CmaEs[] {
  return rivals.map(({ cma }) => new CmaEs(cma));
}
