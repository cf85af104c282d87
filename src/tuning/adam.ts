/**
 * Adam (Kingma & Ba 2015, algorithm 1, with its correction for moments that begin at 0) on the individual weights of a
 * network, by gradients through it (network/gradient.ts): a step of the tuner is an epoch.
 *
 * The loss is the task's (`Task.lesson`): of classes the mean cross-entropy of softmax, of a number the mean squared
 * error. There is one weight for each connection and nothing else: no biases besides those that the network has, no
 * scale of the outputs. Flat activations have the derivative of their surrogate (genome/activations.ts).
 *
 * The rate falls evenly to 0 over all epochs (Li, Yumer & Ramanan 2020, "Budgeted training", section 3). Differs from
 * both papers: each batch is drawn anew, without regard to those of the epoch before it in which an example was already.
 *
 * Batches follow from the seed and the number of the step, and a step's sums have one order, so equal settings give equal
 * bytes on every machine, however often it was interrupted.
 */
import { z } from "zod";
import { type Moving, moveAll, RateCorrection } from "../base/adam.ts";
import { UsageError } from "../base/errors.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Gradient } from "../network/gradient.ts";
import { createKernelGradient } from "../network/gradient-kernel.ts";
import type { Program } from "../network/program.ts";
import { type Task, WHOLE } from "../tasks/task.ts";
import { firstWeights, INITS } from "./first-weights.ts";
import type { TunedNetwork, Tuner, TunerKind, TunerStep } from "./tuner.ts";
import { individual } from "./weights.ts";

/** The settings of a tuning by gradients. */
export const adamSettingsSchema = z.strictObject({
  epochs: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(40)
    .describe("So many times as many examples as there are to train on; the rate falls evenly to 0 over them."),
  batch: z
    .int()
    .min(1)
    .max(1_000_000)
    .nullable()
    .default(null)
    .describe("Examples of one step; null: 256, or a twentieth of all where that is less."),
  learningRate: z.number().min(1e-9).max(1e3).default(0.02).describe("Of Adam, in the first step."),
  init: z
    .enum(INITS)
    .default("auto")
    .describe(
      "The first weights: about the best shared one or a fraction of it, where the loss is least; random; or what suits: random where nodes are alike, as those of a dense layer, which one weight would keep alike.",
    ),
});

/** The settings, complete. */
export type AdamSettings = z.infer<typeof adamSettingsSchema>;

/** Where a tuning stands: weights and their moments, in the order of the program's connections; plain data. */
export interface AdamState extends Moving {
  readonly settings: AdamSettings;
  /** Epochs done. */
  readonly epoch: number;
}

/** The row of the table of tuners. */
export const ADAM: TunerKind<AdamSettings, AdamState> = {
  name: "adam",
  title: "a tuning by Adam",
  length: "epochs",
  settings: adamSettingsSchema,
  suits: ({ dataset }) => dataset !== undefined,
  isState(json): json is AdamState {
    const { settings, epoch, values, firsts, seconds } = (json ?? {}) as Partial<AdamState>;
    const arrays = [values, firsts, seconds];
    return Number.isInteger(epoch) && settings !== undefined && arrays.every((array) => array instanceof Float32Array);
  },
  async open(tuned, settings, state) {
    return AdamTuner.open(tuned, settings, state);
  },
};

/** A tuning by gradients in progress. */
export class AdamTuner implements Tuner<AdamState> {
  /** Gradients are taken in this thread. */
  readonly threads = 1;
  readonly #tuned: TunedNetwork;
  readonly #gradient: Gradient;
  /** Examples of a step, and steps of an epoch. */
  readonly #batch: number;
  readonly #steps: number;
  #state: AdamState;

  private constructor(tuned: TunedNetwork, state: AdamState, examples: number, gradient: Gradient) {
    this.#tuned = tuned;
    this.#gradient = gradient;
    const { batch } = state.settings;
    this.#batch = Math.min(batch ?? Math.min(256, Math.ceil(examples / 20)), examples);
    this.#steps = Math.ceil(examples / this.#batch);
    this.#state = state;
  }

  /**
   * Begins about `tuned.start`, unless the settings say otherwise, or goes on where `state` stands, bit for bit as if it had never stopped.
   *
   * @param makeGradient what gradients are taken with: the kernels unless a test asks for the plain definition
   * @throws UsageError if the task has no examples, or the state is of other settings or another network
   */
  static async open(
    tuned: TunedNetwork,
    settings: AdamSettings,
    state?: AdamState,
    makeGradient?: (program: Program) => Gradient,
  ): Promise<AdamTuner> {
    const { evaluator, network } = tuned;
    const examples = examplesOf(evaluator.task);
    if (state !== undefined) checkState(state, settings, network.genes.length);
    const gradient = makeGradient?.(network.program) ?? createKernelGradient(await Kernel.create(), network.program);
    return new AdamTuner(tuned, state ?? (await startOf(tuned, settings)), examples, gradient);
  }

  get count(): number {
    return this.#state.epoch;
  }

  get state(): AdamState {
    return this.#state;
  }

  async step(tell?: (share: number) => void): Promise<TunerStep> {
    const next = copyOf(this.#state);
    const { epochs, learningRate } = next.settings;
    const first = next.epoch * this.#steps;
    const correction = new RateCorrection(first);
    for (let step = 0; step < this.#steps; step++) {
      const rate = learningRate * (1 - (first + step) / (epochs * this.#steps));
      moveAll(next, this.#gradients(next.values, first + step), correction.next(rate));
      tell?.((step + 1) / this.#steps);
    }
    const training = await this.#trainingScore(next.values);
    this.#state = { ...next, epoch: next.epoch + 1 };
    return { candidates: [next.values], line: { training }, steps: this.#steps * this.#batch };
  }

  /** The derivatives of the loss by the weights at the batch of a step, [connections]; `step` counts from 0 in all. */
  #gradients(weights: Float32Array, step: number): Float32Array {
    const { evaluator, seed } = this.#tuned;
    const lesson = (evaluator.task.lesson as NonNullable<Task["lesson"]>)(`${seed}/adam/${step}`, this.#batch);
    return this.#gradient(lesson.inputs, weights, (outputs, derivatives) => {
      lesson.slopes(outputs, derivatives, new Float32Array(derivatives.length));
    }).connections;
  }

  /** What selection would go by, on all training examples. */
  async #trainingScore(weights: Float32Array): Promise<number> {
    const { evaluator, network } = this.#tuned;
    const trial = { weights: individual([weights]), episodes: [WHOLE], split: "train", pairing: "all" } as const;
    return (await evaluator.evaluate([network.program], trial)).scores[0].values[0];
  }
}

/** A tuning before its first step. */
async function startOf(tuned: TunedNetwork, settings: AdamSettings): Promise<AdamState> {
  const values = await firstWeights(settings.init, tuned);
  return {
    settings,
    epoch: 0,
    values,
    firsts: new Float32Array(values.length),
    seconds: new Float32Array(values.length),
  };
}

/** A copy that shares nothing. */
function copyOf({ settings, epoch, values, firsts, seconds }: AdamState): AdamState {
  return { settings: { ...settings }, epoch, values: values.slice(), firsts: firsts.slice(), seconds: seconds.slice() };
}

/** How many examples there are to train on. @throws UsageError if the task has none */
function examplesOf({ info, dataset, lesson }: Task): number {
  if (dataset !== undefined && lesson !== undefined) return dataset.train.count;
  throw new UsageError(
    `Expected a task with examples for --method adam, got "${info.name}", which is played and has no gradient: tune by ` +
      "--method cmaes.",
  );
}

/** @throws UsageError unless the state is of these settings, and of a network of so many connections */
function checkState({ settings, values }: AdamState, { epochs }: AdamSettings, connections: number): void {
  if (settings.epochs !== epochs) {
    throw new UsageError(
      `Expected the ${settings.epochs} epochs that this tuning was started with, over which its rate falls to 0, got ` +
        `${epochs}: leave epochs out, or start another tuning.`,
    );
  }
  if (values.length !== connections) {
    throw new UsageError(
      `Expected the state of a tuning of ${connections} connections, got one of ${values.length}: take the network that ` +
        "it was started with.",
    );
  }
}
