/** Plays at real speed, whatever the rate of the screen: says which step is due. */

/** Seconds behind which it goes on from where it was: the page was in the background, or the steps are too slow. */
const TOO_LATE = 0.5;

/** A clock of steps. */
export class Clock {
  readonly #stepSeconds: number;
  /** When the clock was set, in milliseconds, and the steps taken by then. */
  #set?: { readonly at: number; readonly steps: number };

  constructor(stepSeconds: number) {
    this.#stepSeconds = stepSeconds;
  }

  /** To be called after a pause or a jump: time goes on from the next look. */
  reset(): void {
    this.#set = undefined;
  }

  /** The number of the step that is due now, given those taken. @param now in milliseconds */
  due(now: number, taken: number): number {
    this.#set ??= { at: now, steps: taken };
    const due = this.#set.steps + Math.floor((now - this.#set.at) / 1000 / this.#stepSeconds);
    if ((due - taken) * this.#stepSeconds <= Math.max(TOO_LATE, this.#stepSeconds)) return due;
    this.reset();
    return taken;
  }
}
