/** Long work of the page is done in slices. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSlices, type Work } from "../../viz/page/slices.ts";

let now = 0;
beforeEach(() => {
  now = 0;
  vi.useFakeTimers();
  vi.spyOn(performance, "now").mockImplementation(() => now);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Work whose parts last some ms each, and what became of it. */
function makeWork(count: number, each: number, failsAt = -1): { work: Work<number>; log: string[] } {
  const log: string[] = [];
  function* parts() {
    for (let part = 0; part < count; part++) {
      now += each;
      if (part === failsAt) throw new Error(`part ${part} is missing`);
      yield part;
    }
  }
  return {
    work: {
      parts: parts(),
      take: (part) => log.push(`take ${part}`),
      show: (isDone) => log.push(isDone ? "done" : "show"),
      failed: (error) => log.push(String(error)),
    },
    log,
  };
}

describe("slices", () => {
  it("short work is done at once, and shown once", () => {
    const { work, log } = makeWork(3, 1);
    createSlices<number>().begin(work);
    expect(log).toEqual(["take 0", "take 1", "take 2", "done"]);
  });

  it("long work lets the page live between slices", () => {
    const { work, log } = makeWork(4, 12);
    createSlices<number>().begin(work);
    expect(log).toEqual(["take 0", "take 1", "show"]);
    vi.runAllTimers();
    expect(log).toEqual(["take 0", "take 1", "show", "take 2", "take 3", "show", "done"]);
  });

  it("what is begun anew drops the work under way", () => {
    const slices = createSlices<number>();
    const first = makeWork(4, 12);
    const second = makeWork(1, 1);
    slices.begin(first.work);
    slices.begin(second.work);
    vi.runAllTimers();
    expect(first.log).toEqual(["take 0", "take 1", "show"]);
    expect(second.log).toEqual(["take 0", "done"]);
  });

  it("work that fails says so and ends", () => {
    const { work, log } = makeWork(4, 12, 2);
    createSlices<number>().begin(work);
    vi.runAllTimers();
    expect(log).toEqual(["take 0", "take 1", "show", "Error: part 2 is missing"]);
  });
});
