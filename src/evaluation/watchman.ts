/** Watches from outside code that may never end: looks now and then at the cells that it writes. */
import { PARTS, WATCH } from "../tasks/task.ts";

/** Milliseconds that one call of an environment may take; any that is meant to end takes less than a thousandth. */
export const LONGEST_STEP = 10_000;

/** Looks in which nothing may move before the code is given up: they are counted, since clocks go on while a program is stopped. */
const LOOKS = 4;

/** Somebody who looks. */
export interface Watchman {
  /** Whether the code was given up. */
  readonly hangs: boolean;
  /** The call at which it stands: the function, the number of the episode in the trial, and the step. */
  readonly place: { readonly part: (typeof PARTS)[number]; readonly episode: number; readonly step: number };
  /** Looks once; `giveUp` is called at the fourth look in a row in which the code stands still. */
  look(): void;
}

/** Milliseconds between two looks, for code of which one call may take so long. */
export function timeBetweenLooks(longest: number): number {
  return longest / LOOKS;
}

/** Makes a watchman of cells (`WATCH`) that other threads write. Cells without a beat are not watched. */
export function createWatchman(cells: Int32Array, giveUp: () => void): Watchman {
  let last = 0;
  let still = 0;
  let hangs = false;
  return {
    get hangs() {
      return hangs;
    },
    get place() {
      return { part: PARTS[cells[WATCH.part]], episode: cells[WATCH.episode], step: cells[WATCH.step] };
    },
    look() {
      const beat = Atomics.load(cells, WATCH.beat);
      still = beat === last ? still + 1 : 0;
      last = beat;
      if (beat === 0 || still < LOOKS || hangs) return;
      hangs = true;
      giveUp();
    },
  };
}
