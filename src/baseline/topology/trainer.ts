/**
 * Chooses a topology by gradient, one epoch a call; can stop and go on after any epoch.
 *
 * Scores of all possible connections are trained, the network having only those whose scores are largest in size, each
 * with the weight +1 or -1 (plain.ts). First it has four times as many as it is to have; they are thinned out along a cubic
 * curve (Zhu & Gupta 2017, "To prune, or not to prune", equation 1), while the rate falls evenly to 0. The best epoch is
 * that with the highest validation accuracy of as many connections as there are to be. Nothing is evolved.
 *
 * The order of the examples is derived from (seed, epoch), and a step's sums have one order, so equal settings give
 * equal bytes on every machine, however often it was interrupted. It runs on one thread.
 */
import { RateCorrection } from "../../base/adam.ts";
import { UsageError } from "../../base/errors.ts";
import { derive } from "../../base/rng.ts";
import type { Dataset, Examples } from "../../data/dataset.ts";
import { sharedFloats } from "../../data/dataset.ts";
import { Kernel } from "../../kernel/kernel.ts";
import type { Tally } from "../dense.ts";
import { checkTrainable } from "../settings.ts";
import type { EpochRecord } from "../trainer.ts";
import { type DenseShape, layerSizes } from "../weights.ts";
import { createTopologyEngine } from "./engine.ts";
import { chosenCounts, parseTopologySettings, type TopologySettings, topologyShape } from "./settings.ts";
import { firstScores, type Masks, type ScoreState, type TopologyEngine } from "./state.ts";

/** Connections at the beginning, for each that there is to be. */
const FIRST_DENSITY = 4;

/** The connections of an epoch, and the logarithm of the factor of all outputs then. */
export interface BestTopology {
  readonly epoch: number;
  readonly masks: Masks;
  readonly logScale: number;
}

/** Where the choice of a topology stands: plain data. */
export interface TopologyState extends ScoreState {
  readonly settings: TopologySettings;
  /** The connections with the highest validation accuracy, the first of equals; none before any epoch. */
  readonly best?: BestTopology;
  /** Of the epochs that are done, in order. */
  readonly records: readonly EpochRecord[];
}

/** A topology being chosen. */
export class TopologyTrainer {
  readonly settings: TopologySettings;
  readonly shape: DenseShape;
  readonly #dataset: Dataset;
  readonly #engine: TopologyEngine;
  readonly #counts: readonly number[];
  readonly #records: EpochRecord[];
  #best: BestTopology | undefined;

  private constructor(state: TopologyState, dataset: Dataset, engine: TopologyEngine) {
    this.settings = state.settings;
    this.shape = topologyShape(state.settings, dataset);
    this.#dataset = dataset;
    this.#engine = engine;
    this.#counts = chosenCounts(this.settings, this.shape);
    this.#records = [...state.records];
    this.#best = state.best;
    engine.choose(this.#countsAt(this.#records.length * this.#steps));
  }

  /**
   * Goes on with a topology, bit for bit as if it had never stopped; `startTopology` gives the state to begin with.
   *
   * @param createEngine what computes: the kernels unless a test asks for the plain definition
   * @throws UsageError if the settings or the state do not fit the data
   */
  static async from(
    state: TopologyState,
    dataset: Dataset,
    createEngine?: (dataset: Dataset, shape: DenseShape, start: ScoreState) => TopologyEngine,
  ): Promise<TopologyTrainer> {
    const batch = batchOf(state.settings, dataset);
    checkTrainable({ batch }, dataset);
    const shape = topologyShape(state.settings, dataset);
    checkScores(state, shape);
    const whole = withBias(dataset);
    const engine =
      createEngine?.(whole, shape, state) ?? createTopologyEngine(await Kernel.create(), whole, shape, state, batch);
    return new TopologyTrainer(state, dataset, engine);
  }

  /** The epochs done. */
  get records(): readonly EpochRecord[] {
    return this.#records;
  }

  /** The connections of the best epoch; undefined before any. */
  get best(): BestTopology | undefined {
    return this.#best;
  }

  /** Whether all epochs of the settings are done. */
  get done(): boolean {
    return this.#records.length >= this.settings.epochs;
  }

  /** A copy of where it stands. */
  get state(): TopologyState {
    return { settings: this.settings, ...this.#engine.read(), best: this.#best, records: [...this.#records] };
  }

  /**
   * One epoch more: every training example once, in an order of its own.
   *
   * @param onBatch called after each step with the examples seen in this epoch and those in all
   */
  epoch(onBatch?: (seen: number, count: number) => void): EpochRecord {
    const epoch = this.#records.length + 1;
    const { seed, epochs, learningRate } = this.settings;
    const { count } = this.#dataset.train;
    const batch = batchOf(this.settings, this.#dataset);
    const order = derive(seed, "shuffle", epoch).shuffle(Int32Array.from({ length: count }, (_, index) => index));
    const all = epochs * this.#steps;
    let step = (epoch - 1) * this.#steps;
    const correction = new RateCorrection(step);
    const tally: Tally = { loss: 0, correct: 0 };
    for (let first = 0; first < count; first += batch) {
      const end = Math.min(first + batch, count);
      const rate = correction.next(learningRate * (1 - step / all));
      step++;
      this.#engine.step(order.subarray(first, end), rate, this.#countsAt(step), tally);
      onBatch?.(end, count);
    }
    this.#engine.choose(this.#counts);
    const validation = quality(this.#engine.tally("validation"), this.#dataset.validation);
    const record = { epoch, train: quality(tally, this.#dataset.train), validation };
    if (this.#best === undefined || validation.accuracy > this.#records[this.#best.epoch - 1].validation.accuracy) {
      this.#best = { epoch, masks: this.#engine.masks(), logScale: this.#engine.read().scale.log };
    }
    this.#engine.choose(this.#countsAt(step));
    this.#records.push(record);
    return record;
  }

  /** Steps of an epoch. */
  get #steps(): number {
    return Math.ceil(this.#dataset.train.count / batchOf(this.settings, this.#dataset));
  }

  /** How many connections each layer has after so many steps. */
  #countsAt(step: number): number[] {
    const { epochs, thinning } = this.settings;
    const thin = thinning * epochs * this.#steps;
    const left = step < thin ? 1 - step / thin : 0;
    return layerSizes(this.shape).map(({ rows, width }, layer) => {
      const count = this.#counts[layer];
      const first = Math.min(FIRST_DENSITY * count, rows * width);
      return count + Math.round((first - count) * left * left * left);
    });
  }
}

/**
 * The choice of a topology before its first epoch.
 *
 * @param settings those that differ from the defaults
 * @throws UsageError if a setting or the data cannot be used
 */
export function startTopology(settings: Partial<TopologySettings>, dataset: Dataset): TopologyState {
  const complete = parseTopologySettings(settings);
  checkTrainable({ batch: batchOf(complete, dataset) }, dataset);
  const shape = topologyShape(complete, dataset);
  chosenCounts(complete, shape);
  return { settings: complete, ...firstScores(shape, complete.seed), records: [] };
}

/** The data with the bias, which is always 1, as one more input; without the test examples, which nothing here may see. */
function withBias(dataset: Dataset): Dataset {
  const widen = ({ count, features, labels }: Examples): Examples => {
    const width = dataset.inputs.length;
    const wider = sharedFloats(count * (width + 1)).fill(1);
    for (let example = 0; example < count; example++) {
      wider.set(features.subarray(example * width, (example + 1) * width), example * (width + 1));
    }
    return { count, features: wider, labels };
  };
  const { train, validation } = dataset;
  return {
    ...dataset,
    inputs: [...dataset.inputs, "bias"],
    train: widen(train),
    validation: widen(validation),
    test: { count: 0, features: new Float32Array(0), labels: new Uint8Array(0) },
  };
}

/** Examples of a step. */
function batchOf({ batch }: TopologySettings, { train }: Dataset): number {
  return Math.min(batch, train.count);
}

/** @throws UsageError unless the scores are those of a network of this shape */
function checkScores({ layers }: ScoreState, shape: DenseShape): void {
  layerSizes(shape).forEach(({ rows, width }, layer) => {
    const lengths = layers[layer] === undefined ? [0] : Object.values(layers[layer]).map(({ length }) => length);
    if (lengths.every((length) => length === rows * width)) return;
    throw new UsageError(
      `Expected the scores of ${rows * width} possible connections in layer ${layer}, got ${lengths[0]}: use the data ` +
        "and the hidden units they were trained with.",
    );
  });
}

function quality({ loss, correct }: Tally, { count }: Examples): EpochRecord["train"] {
  return { accuracy: correct / count, loss: loss / count };
}
