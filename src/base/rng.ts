/**
 * Seeded random streams, each derived from labels, so that no stream depends on threads or order of completion.
 *
 * The generator is Alea (Baagøe 2010) from `seedrandom`.
 */
import seedrandom from "seedrandom";
import { cosPi32, f32, log32 } from "./float32.ts";

/** A label of a stream: a run's seed, a purpose, a generation, an index. */
export type Label = string | number;

/** One random stream. */
export class Rng {
  readonly #next: () => number;

  constructor(seed: string) {
    this.#next = seedrandom.alea(seed);
  }

  /** The next number, uniform in [0, 1). */
  uniform(): number {
    return this.#next();
  }

  /** The next number, uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.#next();
  }

  /** The next integer, uniform in 0 .. count - 1. */
  integer(count: number): number {
    return Math.floor(this.#next() * count);
  }

  /** The next number of the standard normal distribution (Box & Muller 1958, the cosine branch). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.#next()));
    return radius * Math.cos(2 * Math.PI * this.#next());
  }

  /** The same from functions of our own, so that the bits do not depend on those of an engine; a single in -6.7 to 6.7. */
  normal32(): number {
    const radius = Math.sqrt(-2 * log32(f32(1 - this.#next())));
    return f32(radius * cosPi32(f32(2 * this.#next())));
  }

  /** Shuffles `items` in place (Fisher & Yates) and returns it. */
  shuffle<Items extends { length: number; [index: number]: unknown }>(items: Items): Items {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const kept = items[last];
      items[last] = items[other];
      items[other] = kept;
    }
    return items;
  }
}

/**
 * The random stream named by a seed and labels; the same labels give the same stream on every machine.
 *
 * @example derive(7, "mutate", generation, index).uniform()
 */
export function derive(...labels: readonly Label[]): Rng {
  return new Rng(labels.join("/"));
}
