/** Where the choice of a topology stands: scores of possible connections with the moments of Adam, as plain data. */
import { f32 } from "../../base/float32.ts";
import { derive } from "../../base/rng.ts";
import type { Split } from "../../tasks/task.ts";
import type { Tally } from "../dense.ts";
import { type DenseShape, layerSizes } from "../weights.ts";

/** One layer; arrays are row-major [rows x width]. */
export interface ScoredLayer {
  /** How much is thought of each connection, by its size; the sign is that of the connection. */
  readonly scores: Float32Array;
  /** Running means of the gradient and of its square. */
  readonly firsts: Float32Array;
  readonly seconds: Float32Array;
}

/** The logarithm of the factor of all outputs, which is learned along and decides on no class. */
export interface Scale {
  readonly log: number;
  readonly first: number;
  readonly second: number;
}

/** All that a step changes. */
export interface ScoreState {
  readonly layers: readonly ScoredLayer[];
  readonly scale: Scale;
}

/** The connections chosen: -1, 0 or 1 for each possible one, row-major [rows x width], layer by layer. */
export type Masks = readonly Int8Array[];

/** What computes: the kernels, or the plain definition. */
export interface TopologyEngine {
  /** One step on the training examples with these indices; adds their loss and correct answers before the step. */
  step(batch: Int32Array, rate: number, counts: readonly number[], tally: Tally): void;
  /** Chooses so many connections in each layer: those of the scores that are largest in size, of equal ones the first. */
  choose(counts: readonly number[]): void;
  /** Loss and correct answers on a part of the data with the connections chosen. */
  tally(split: Split): Tally;
  /** The connections chosen. */
  masks(): Masks;
  /** A copy of where it stands. */
  read(): ScoreState;
}

/** Standard deviation of the first scores. */
const FIRST_SCORE = 0.05;
/** The first factor of the outputs is e^-1.5: sums of whole masks are large. */
const FIRST_LOG_SCALE = -1.5;

/** Scores before the first step, from a stream of their own for each layer. */
export function firstScores(shape: DenseShape, seed: number): ScoreState {
  const layers = layerSizes(shape).map(({ rows, width }, layer) => {
    const rng = derive(seed, "connection scores", layer);
    return {
      scores: Float32Array.from({ length: rows * width }, () => f32(FIRST_SCORE * rng.normal())),
      firsts: new Float32Array(rows * width),
      seconds: new Float32Array(rows * width),
    };
  });
  return { layers, scale: { log: FIRST_LOG_SCALE, first: 0, second: 0 } };
}

/** A copy that shares nothing. */
export function copyScores({ layers, scale }: ScoreState): ScoreState {
  return {
    layers: layers.map(({ scores, firsts, seconds }) => ({
      scores: scores.slice(),
      firsts: firsts.slice(),
      seconds: seconds.slice(),
    })),
    scale: { ...scale },
  };
}
