/** How fast a worker is: what was done in the last half minute. */

/** Milliseconds that are looked back. */
const WINDOW = 30_000;

/** Counts what is done. */
export interface Meter {
  /** Jobs in all. */
  readonly done: number;
  /** Takes down a job: the seconds that a thread was at it, and the steps it took. */
  add(seconds: number, steps: number): void;
  /** In a second: jobs, steps, seconds of threads at work. */
  rate(): { readonly jobs: number; readonly steps: number; readonly busy: number };
}

/** Makes a meter that begins now. @param now the time in milliseconds */
export function createMeter(now: () => number = () => performance.now()): Meter {
  const start = now();
  let done = 0;
  let lately: { readonly at: number; readonly seconds: number; readonly steps: number }[] = [];
  return {
    get done() {
      return done;
    },
    add(seconds, steps) {
      done++;
      lately.push({ at: now(), seconds, steps });
    },
    rate() {
      const end = now();
      lately = lately.filter(({ at }) => at > end - WINDOW);
      const span = Math.max(1, Math.min(WINDOW, end - start) / 1000);
      const sum = (value: (one: (typeof lately)[number]) => number) =>
        lately.reduce((total, one) => total + value(one), 0) / span;
      return { jobs: sum(() => 1), steps: sum(({ steps }) => steps), busy: sum(({ seconds }) => seconds) };
    },
  };
}
