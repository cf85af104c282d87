/** Adam (Kingma & Ba 2015, algorithm 1) in single precision; twin of `topologyStep` of kernel/assembly/topology.ts. */
import { f32 } from "./float32.ts";

const [KEPT_FIRST, NEW_FIRST, KEPT_SECOND, NEW_SECOND, EPSILON] = [0.9, 0.1, 0.999, 0.001, 1e-8].map(f32);

/** What one value and its moments become. */
export interface Moved {
  readonly value: number;
  readonly first: number;
  readonly second: number;
}

/** One step of one value. @param rate with the correction of `correctedRate` in it */
export function move({ value, first, second }: Moved, gradient: number, rate: number): Moved {
  const newFirst = f32(f32(KEPT_FIRST * first) + f32(NEW_FIRST * gradient));
  const newSecond = f32(f32(KEPT_SECOND * second) + f32(NEW_SECOND * f32(gradient * gradient)));
  const change = f32(f32(f32(rate) * newFirst) / f32(f32(Math.sqrt(newSecond)) + EPSILON));
  return { value: f32(value - change), first: newFirst, second: newSecond };
}

/** Many values, each with its moments: three arrays of one length. */
export interface Moving {
  readonly values: Float32Array;
  /** Running means of the gradient and of its square. */
  readonly firsts: Float32Array;
  readonly seconds: Float32Array;
}

/** One step of all values, in place. @param gradients one for each; at most 2^62 in size, so that no square overflows */
export function moveAll({ values, firsts, seconds }: Moving, gradients: Float32Array, rate: number): void {
  for (let at = 0; at < values.length; at++) {
    const moved = move({ value: values[at], first: firsts[at], second: seconds[at] }, gradients[at], rate);
    values[at] = moved.value;
    firsts[at] = moved.first;
    seconds[at] = moved.second;
  }
}

/** Corrects rates for moments that begin at 0 (section 3, in the order of its last lines), step after step. */
export class RateCorrection {
  #first = 1;
  #second = 1;

  /** @param steps those taken before */
  constructor(steps: number) {
    for (let step = 0; step < steps; step++) this.next(0);
  }

  /** The corrected rate of the next step. */
  next(rate: number): number {
    this.#first *= 0.9;
    this.#second *= 0.999;
    return (rate * Math.sqrt(1 - this.#second)) / (1 - this.#first);
  }
}
