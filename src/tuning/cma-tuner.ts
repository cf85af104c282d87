/** CMA-ES as a tuner: a step is a generation of sets of weights, scored on training episodes that are common to it. */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { scoresByWeight } from "../base/scores.ts";
import { argmax, median } from "../base/stats.ts";
import type { Trial } from "../tasks/task.ts";
import { CmaEs, type CmaState, startCma } from "./cma-es.ts";
import type { TunedNetwork, Tuner, TunerKind, TunerStep } from "./tuner.ts";
import { individual } from "./weights.ts";

/** The settings of a tuning by CMA-ES. */
export const cmaSettingsSchema = z.strictObject({
  generations: z
    .int()
    .min(0)
    .max(100_000_000)
    .nullable()
    .default(1000)
    .describe("Generations to run; null, as with --max-time alone: no limit."),
  population: z
    .int()
    .min(4)
    .max(100_000)
    .nullable()
    .default(null)
    .describe("Sets of weights in a generation; null: 4 + 3 ln n for n connections, as Hansen's tutorial says."),
  sigma: z
    .number()
    .min(1e-6)
    .max(1e6)
    .default(0.5)
    .describe("Standard deviation of the first weights around the shared weight that is started from."),
  episodes: z
    .int()
    .min(1)
    .max(10_000)
    .default(32)
    .describe("Episodes (or batches of examples) that each set of weights is scored on."),
});

/** The settings, complete. */
export type CmaSettings = z.infer<typeof cmaSettingsSchema>;

/** The row of the table of tuners. */
export const CMAES: TunerKind<CmaSettings, CmaState> = {
  name: "cmaes",
  title: "a tuning by CMA-ES",
  length: "generations",
  settings: cmaSettingsSchema,
  suits: () => true,
  isState(json): json is CmaState {
    const { generation, mean, covariance } = (json ?? {}) as Partial<CmaState>;
    return typeof generation === "number" && mean instanceof Float64Array && typeof covariance === "object";
  },
  async open(tuned, settings, state) {
    const { population, sigma } = settings;
    const { start, seed } = tuned;
    if (state !== undefined && state.mean.length !== start.length) {
      throw new UsageError(
        `Expected the state of ${start.length} weights, got one of ${state.mean.length}: it is another network's.`,
      );
    }
    const cma = new CmaEs(state ?? startCma(start, { seed, sigma, population: population ?? undefined }));
    return new CmaTuner(tuned, settings, cma);
  },
};

class CmaTuner implements Tuner<CmaState> {
  readonly #tuned: TunedNetwork;
  readonly #settings: CmaSettings;
  readonly #cma: CmaEs;

  constructor(tuned: TunedNetwork, settings: CmaSettings, cma: CmaEs) {
    this.#tuned = tuned;
    this.#settings = settings;
    this.#cma = cma;
  }

  get count(): number {
    return this.#cma.state.generation;
  }

  get threads(): number {
    return this.#tuned.evaluator.threads;
  }

  get state(): CmaState {
    return this.#cma.state;
  }

  async step(): Promise<TunerStep> {
    const { evaluator, network, seed } = this.#tuned;
    const generation = this.count;
    const samples = this.#cma.ask().map((sample) => Float32Array.from(sample));
    const trial: Trial = {
      weights: individual(samples),
      episodes: Array.from({ length: this.#settings.episodes }, (_, index) => `${seed}/train/${generation}/${index}`),
      split: "train",
      pairing: "all",
    };
    const { scores, steps } = await evaluator.evaluate([network.program], trial);
    const means = scoresByWeight(scores[0]);
    this.#cma.tell(means);
    const { mean, stepSize } = this.#cma.state;
    const best = argmax(means);
    return {
      candidates: [Float32Array.from(mean), samples[best]],
      line: { best: means[best], median: median(means), sigma: stepSize },
      steps,
    };
  }
}
