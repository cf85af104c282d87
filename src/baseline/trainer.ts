/**
 * Trains a dense network by stochastic gradient descent, one epoch a call; can stop and go on after any epoch.
 *
 * The order of the examples is derived from (seed, epoch), and a step's sums have one order, so equal settings give
 * equal bytes on every machine, however often the training was interrupted. One training runs on one thread.
 */
import { UsageError } from "../base/errors.ts";
import { derive } from "../base/rng.ts";
import type { Dataset, Examples } from "../data/dataset.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Split } from "../tasks/task.ts";
import type { DenseEngine, Tally } from "./dense.ts";
import { createKernelEngine } from "./engine.ts";
import { checkTrainable, parseTrainSettings, ratesOf, shapeOf, type TrainSettings } from "./settings.ts";
import {
  checkWeights,
  type DenseLayer,
  type DenseWeights,
  initialWeights,
  isFiniteNetwork,
  zeroWeights,
} from "./weights.ts";

/** A training has diverged when its loss is more than this many times that of equal probabilities. */
const DIVERGED = 10;

/** How well a network does on a part of the data. */
export interface Quality {
  /** Share of examples whose largest output is their class, 0 to 1. */
  accuracy: number;
  /** Mean cross-entropy, nats; the regularisation is not in it. */
  loss: number;
}

/** One epoch. */
export interface EpochRecord {
  /** 1 is the first. */
  epoch: number;
  /** Running mean over the epoch, each batch before its step. */
  train: Quality;
  /** After the epoch. */
  validation: Quality;
}

/** What a training comes to. */
export interface TrainReport {
  /** The running mean of the last epoch, as in the reference. */
  train: Quality;
  /** Of the weights of the best epoch, as is `test`. */
  validation: Quality;
  test: Quality;
}

/** Where a training stands: plain data. */
export interface TrainState {
  readonly settings: TrainSettings;
  readonly weights: DenseWeights;
  readonly velocities: readonly DenseLayer[];
  /** The weights with the highest validation accuracy, the first of equals; the first weights before any epoch. */
  readonly best: { readonly epoch: number; readonly weights: DenseWeights };
  /** Of the epochs that are done, in order. */
  readonly records: readonly EpochRecord[];
}

/** A training in progress. */
export class Trainer {
  readonly settings: TrainSettings;
  readonly #dataset: Dataset;
  readonly #engine: DenseEngine;
  readonly #records: EpochRecord[];
  #best: TrainState["best"];

  private constructor(state: TrainState, dataset: Dataset, engine: DenseEngine) {
    this.settings = state.settings;
    this.#dataset = dataset;
    this.#engine = engine;
    this.#records = [...state.records];
    this.#best = state.best;
  }

  /**
   * Starts a training.
   *
   * @param settings those that differ from the defaults
   * @throws UsageError if a setting or the data cannot be used
   */
  static async create(settings: Partial<TrainSettings>, dataset: Dataset): Promise<Trainer> {
    return Trainer.from(startState(settings, dataset), dataset);
  }

  /**
   * Goes on with a training, bit for bit as if it had never stopped.
   *
   * @param createEngine what computes: the kernels unless a test asks for the plain definition
   * @throws UsageError if the state does not fit the data
   */
  static async from(
    state: TrainState,
    dataset: Dataset,
    createEngine?: (dataset: Dataset, weights: DenseWeights, velocities: readonly DenseLayer[]) => DenseEngine,
  ): Promise<Trainer> {
    const { settings, weights, velocities, best } = state;
    checkTrainable(settings, dataset);
    const shape = shapeOf(settings, dataset);
    checkWeights(weights, shape);
    checkWeights(best.weights, shape);
    checkWeights({ ...weights, layers: velocities }, shape);
    const engine =
      createEngine?.(dataset, weights, velocities) ??
      createKernelEngine(await Kernel.create(), dataset, weights, velocities, settings.batch);
    return new Trainer(state, dataset, engine);
  }

  /** The epochs done. */
  get records(): readonly EpochRecord[] {
    return this.#records;
  }

  /** The epoch with the highest validation accuracy, the first of equals; 0 before any. */
  get bestEpoch(): number {
    return this.#best.epoch;
  }

  /** Whether all epochs of the settings are done. */
  get done(): boolean {
    return this.#records.length >= this.settings.epochs;
  }

  /** A copy of where the training stands. */
  get state(): TrainState {
    return { settings: this.settings, ...this.#engine.read(), best: this.#best, records: [...this.#records] };
  }

  /**
   * Trains one epoch more: every training example once, in an order of its own.
   *
   * @param onBatch called after each step with the examples seen in this epoch and those in all
   * @throws UsageError if the loss diverges; the state is then that before this epoch
   */
  epoch(onBatch?: (seen: number, count: number) => void): EpochRecord {
    const epoch = this.#records.length + 1;
    const { batch, seed } = this.settings;
    const { count } = this.#dataset.train;
    const before = this.#engine.read();
    const order = derive(seed, "shuffle", epoch).shuffle(Int32Array.from({ length: count }, (_, index) => index));
    const rates = ratesOf(this.settings);
    const tally: Tally = { loss: 0, correct: 0 };
    for (let first = 0; first < count; first += batch) {
      const end = Math.min(first + batch, count);
      this.#engine.step(order.subarray(first, end), rates, tally);
      onBatch?.(end, count);
    }
    const { weights } = this.#engine.read();
    const train = quality(tally, count);
    const validation = this.quality("validation");
    if (!isFiniteNetwork(weights) || !(train.loss <= this.#limit) || !(validation.loss <= this.#limit)) {
      this.#engine.write(before.weights, before.velocities);
      throw this.#diverged(epoch, train.loss <= this.#limit ? validation.loss : train.loss);
    }
    const record = { epoch, train, validation };
    if (epoch === 1 || validation.accuracy > this.#records[this.#best.epoch - 1].validation.accuracy) {
      this.#best = { epoch, weights };
    }
    this.#records.push(record);
    return record;
  }

  /** How well the present weights do on a part of the data. */
  quality(part: Split): Quality {
    return quality(this.#engine.tally(part), this.#dataset[part].count);
  }

  /**
   * The result, the test examples included.
   *
   * @throws UsageError before the first epoch
   */
  report(): TrainReport {
    const last = this.#records.at(-1);
    if (last === undefined) throw new UsageError("report() before epoch(): call epoch() to train first.");
    const present = this.#engine.read();
    this.#engine.write(this.#best.weights, present.velocities);
    const test = this.quality("test");
    this.#engine.write(present.weights, present.velocities);
    return { train: last.train, validation: this.#records[this.#best.epoch - 1].validation, test };
  }

  /** The mean loss above which a training has diverged, nats. */
  get #limit(): number {
    return DIVERGED * Math.log(Math.max(this.#dataset.classes.length, 2));
  }

  #diverged(epoch: number, loss: number): UsageError {
    const { learningRate, momentum } = this.settings;
    const remedy =
      momentum > 0 ? `learningRate (${learningRate}) or momentum (${momentum})` : `learningRate (${learningRate})`;
    const kept = epoch === 1 ? "The first weights are kept." : `The weights of epoch ${epoch - 1} are kept.`;
    return new UsageError(
      `Training diverged in epoch ${epoch}: expected a loss of at most ${this.#limit.toFixed(2)}, got ${loss}: lower ${remedy}. ${kept}`,
    );
  }
}

/**
 * A training before its first epoch.
 *
 * @throws UsageError if a setting or the data cannot be used
 */
export function startState(settings: Partial<TrainSettings>, dataset: Dataset): TrainState {
  const complete = parseTrainSettings(settings);
  checkTrainable(complete, dataset);
  const shape = shapeOf(complete, dataset);
  const weights = initialWeights(shape, complete.activation, complete.init, complete.seed);
  const velocities = zeroWeights(shape, complete.activation).layers;
  return { settings: complete, weights, velocities, best: { epoch: 0, weights }, records: [] };
}

/**
 * How well a trained network does on examples, for instance of another data set.
 *
 * @throws UsageError if its shape does not fit the data
 */
export async function evaluateDense(weights: DenseWeights, dataset: Dataset, part: Split): Promise<Quality> {
  checkWeights(weights, {
    inputs: dataset.inputs.length,
    hidden: weights.shape.hidden,
    classes: dataset.classes.length,
  });
  const none: Examples = { count: 0, features: new Float32Array(0), labels: new Uint8Array(0) };
  const only = { ...dataset, train: none, validation: none, test: none, [part]: dataset[part] };
  const still = zeroWeights(weights.shape, weights.activation).layers;
  const engine = createKernelEngine(await Kernel.create(), only, weights, still, 1);
  return quality(engine.tally(part), dataset[part].count);
}

function quality({ loss, correct }: Tally, count: number): Quality {
  return { accuracy: correct / count, loss: loss / count };
}
