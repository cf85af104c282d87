/** Does long work in slices, between which the page lives. */

/** Milliseconds of a slice. */
const SLICE = 20;

/** Work in parts. */
export interface Work<Part> {
  readonly parts: Iterator<Part>;
  take(part: Part): void;
  /** Shows what has been taken, after each slice. */
  show(isDone: boolean): void;
  failed(error: unknown): void;
}

/** Makes a place for one work at a time: to begin another drops the one under way. Its first slice is done at once. */
export function createSlices<Part>(): { begin(work: Work<Part>): void } {
  let current: Work<Part> | undefined;
  const goOn = (work: Work<Part>) => {
    if (work !== current) return;
    const until = performance.now() + SLICE;
    try {
      let isDone = false;
      do {
        const part = work.parts.next();
        isDone = part.done === true;
        if (!part.done) work.take(part.value);
      } while (!isDone && performance.now() < until);
      work.show(isDone);
      if (!isDone) setTimeout(() => goOn(work));
    } catch (error) {
      work.failed(error);
    }
  };
  return {
    begin(work) {
      current = work;
      goOn(work);
    },
  };
}
