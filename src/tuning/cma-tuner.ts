/** CMA-ES as a tuner: a step is a generation of sets of weights of each try, scored on training episodes that are common to it. */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { scoresByWeight } from "../base/scores.ts";
import type { Trial } from "../tasks/task.ts";
import type { CmaState } from "./cma-es.ts";
import { Rivals, type RivalsState, ROUND, startRivals } from "./rivals.ts";
import type { TunedNetwork, Tuner, TunerKind, TunerStep } from "./tuner.ts";
import { individual } from "./weights.ts";

/** Tries where steps are quick. */
const TRIES = 8;

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
    .default(0.2)
    .describe("Standard deviation of the first weights around the shared weight that is started from."),
  tries: z
    .int()
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .describe(
      `Tries to begin with, of which the worse half is given up every ${ROUND} generations until one is left; null: ` +
        `${TRIES}, of tasks whose steps take long one.`,
    ),
  episodes: z
    .int()
    .min(1)
    .max(10_000)
    .default(32)
    .describe(
      "Episodes (or batches of examples) that each set of weights is scored on; a quarter of them while there are several tries.",
    ),
});

/** The settings, complete. */
export type CmaSettings = z.infer<typeof cmaSettingsSchema>;

/** What a checkpoint holds: where the tries stand; before there were several, where the one stood. */
type CmaTunerState = RivalsState | CmaState;

/** The row of the table of tuners. */
export const CMAES: TunerKind<CmaSettings, CmaTunerState> = {
  name: "cmaes",
  title: "a tuning by CMA-ES",
  length: "generations",
  settings: cmaSettingsSchema,
  suits: () => true,
  isState: (json): json is CmaTunerState => isRivals(json) || isOneTry(json),
  async open(tuned, settings, state) {
    const { population, sigma } = settings;
    const { start, seed, evaluator } = tuned;
    const tries = settings.tries ?? (evaluator.task.info.isSlow ? 1 : TRIES);
    const begun = isOneTry(state) ? oneRival(state) : state;
    const length = begun?.rivals[0].cma.mean.length ?? start.length;
    if (length !== start.length) {
      throw new UsageError(
        `Expected the state of ${start.length} weights, got one of ${length}: it is another network's.`,
      );
    }
    const first = () => startRivals(start, { seed, sigma, population: population ?? undefined, tries });
    return new CmaTuner(tuned, settings, new Rivals(begun ?? first()));
  },
};

function isRivals(json: unknown): json is RivalsState {
  const { generation, rivals } = (json ?? {}) as Partial<RivalsState>;
  return typeof generation === "number" && Array.isArray(rivals) && rivals.length > 0 && rivals.every(hasTry);
}

function hasTry(rival: unknown): boolean {
  const { cma, merit } = (rival ?? {}) as Partial<RivalsState["rivals"][number]>;
  return typeof merit === "number" && isOneTry(cma);
}

/** A single try as the only one of several. */
function oneRival(cma: CmaState): RivalsState {
  return { generation: cma.generation, rivals: [{ cma, merit: 0 }] };
}

function isOneTry(json: unknown): json is CmaState {
  const { generation, mean, covariance } = (json ?? {}) as Partial<CmaState>;
  return typeof generation === "number" && mean instanceof Float64Array && typeof covariance === "object";
}

class CmaTuner implements Tuner<RivalsState> {
  readonly #tuned: TunedNetwork;
  readonly #settings: CmaSettings;
  readonly #rivals: Rivals;

  constructor(tuned: TunedNetwork, settings: CmaSettings, rivals: Rivals) {
    this.#tuned = tuned;
    this.#settings = settings;
    this.#rivals = rivals;
  }

  get count(): number {
    return this.#rivals.state.generation;
  }

  get threads(): number {
    return this.#tuned.evaluator.threads;
  }

  get state(): RivalsState {
    return this.#rivals.state;
  }

  async step(): Promise<TunerStep> {
    const { evaluator, network, seed } = this.#tuned;
    const generation = this.count;
    const { episodes } = this.#settings;
    const length = this.#rivals.count > 1 ? Math.ceil(episodes / 4) : episodes;
    const labels = Array.from({ length }, (_, index) => `${seed}/train/${generation}/${index}`);
    let steps = 0;
    const report = await this.#rivals.step(async (samples) => {
      const trial: Trial = { weights: individual(samples), episodes: labels, split: "train", pairing: "all" };
      const evaluation = await evaluator.evaluate([network.program], trial);
      steps += evaluation.steps;
      return scoresByWeight(evaluation.scores[0]);
    });
    return { ...report, steps };
  }
}
