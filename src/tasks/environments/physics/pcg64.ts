/**
 * The stream of random numbers that Gymnasium draws from an integer seed: NumPy's PCG64 (O'Neill 2014, "PCG: A Family of
 * Simple Fast Space-Efficient Statistically Good Algorithms", XSL-RR 128/64) behind its SeedSequence.
 */
const MASK_32 = 0xffff_ffffn;
const MASK_64 = (1n << 64n) - 1n;
const MASK_128 = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645n;
/** Words of entropy that a seed is spread over. */
const POOL = 4;

/** A stream named by a seed. */
export class Pcg64 {
  #state = 0n;
  readonly #increment: bigint;
  /** The high half of a number whose low half was used. */
  #spare: number | undefined;

  /** @param seed 0 to 2^32 - 1 */
  constructor(seed: number) {
    const words = spread(seed, 8).map(BigInt);
    const long = (index: number) => words[index] | (words[index + 1] << 32n);
    const start = (long(0) << 64n) | long(2);
    this.#increment = ((((long(4) << 64n) | long(6)) << 1n) | 1n) & MASK_128;
    this.#advance();
    this.#state = (this.#state + start) & MASK_128;
    this.#advance();
  }

  /** The next number, uniform in [0, 1). */
  uniform(): number {
    return Number(this.#next() >> 11n) * 2 ** -53;
  }

  /** The next number, uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** The next integer, uniform in low .. high - 1 (Lemire 2019, "Fast Random Integer Generation in an Interval"). */
  integer(low: number, high: number): number {
    const count = high - low;
    const rejected = (2 ** 32 - count) % count;
    for (;;) {
      // Below 2^53, so exact.
      const product = this.#half() * count;
      if (product % 2 ** 32 >= rejected) return low + Math.floor(product / 2 ** 32);
    }
  }

  #advance(): void {
    this.#state = (this.#state * MULTIPLIER + this.#increment) & MASK_128;
  }

  /** 64 bits. */
  #next(): bigint {
    this.#advance();
    const value = (this.#state >> 64n) ^ (this.#state & MASK_64);
    const turns = this.#state >> 122n;
    return ((value >> turns) | (value << (64n - turns))) & MASK_64;
  }

  /** 32 bits: the low half of 64, then the high one. */
  #half(): number {
    if (this.#spare !== undefined) {
      const value = this.#spare;
      this.#spare = undefined;
      return value;
    }
    const both = this.#next();
    this.#spare = Number(both >> 32n);
    return Number(both & MASK_32);
  }
}

/** Spreads a seed over words, every bit of it over all of them (SeedSequence, after O'Neill's seed_seq_fe). */
function spread(seed: number, count: number): number[] {
  let constant = 0x43b0d7e5;
  const hash = (value: number) => {
    const mixed = value ^ constant;
    constant = Math.imul(constant, 0x931e8875);
    const product = Math.imul(mixed, constant);
    return product ^ (product >>> 16);
  };
  const pool = Array.from({ length: POOL }, (_, index) => hash(index === 0 ? seed : 0));
  for (let from = 0; from < POOL; from++) {
    for (let to = 0; to < POOL; to++) {
      if (from === to) continue;
      const mixed = Math.imul(0xca01f9dd, pool[to]) - Math.imul(0x4973f715, hash(pool[from]));
      pool[to] = mixed ^ (mixed >>> 16);
    }
  }
  let second = 0x8b51f9dd;
  return Array.from({ length: count }, (_, index) => {
    const mixed = pool[index % POOL] ^ second;
    second = Math.imul(second, 0x58f38ded);
    const product = Math.imul(mixed, second);
    return (product ^ (product >>> 16)) >>> 0;
  });
}
