/** The line of progress: it fits its terminal, loses what is worth least first, and ends above what is said next. */
import { Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test, vi } from "vitest";
import { counted } from "../../src/base/numbers.ts";
import { createDisplay, fitLine, type Part } from "../../src/cli/display.ts";
import { exitOnInterrupt } from "../../src/cli/interrupt.ts";
import { SEARCH_PRESENTER } from "../../src/cli/present-search.ts";
import { digitsDataset } from "../../src/data/digits.ts";
import type { Champion } from "../../src/genome/champion.ts";
import type { GenerationRecord } from "../../src/measure/generation.ts";
import { completeConfig } from "../../src/run/config.ts";
import type { SearchStage } from "../../src/run/stages/search-steps.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { randomGenome } from "../fixtures/genomes.ts";

const SPREAD = { best: 512.3, median: 401, low: 1, high: 510 };
const LINE: GenerationRecord = {
  generation: 1203,
  objective: "connections",
  scores: SPREAD,
  connections: { ...SPREAD, best: 104 },
  nodes: { best: 9, median: 8 },
  front: [],
  steps: 1,
  champion: { generation: 9, score: 498 },
};

/** A stream that keeps what is written; a terminal where it has columns. */
function stream(columns?: number): { stream: NodeJS.WriteStream; written: () => string } {
  let text = "";
  const writable = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  return {
    stream: Object.assign(writable, { columns, isTTY: columns !== undefined }) as unknown as NodeJS.WriteStream,
    written: () => text,
  };
}

/** The last line that was drawn on a terminal of so many columns, of a search with these settings. */
async function drawn(columns: number | undefined, settings: object = {}, maxSeconds = Infinity): Promise<string> {
  const { stream: target, written } = stream(columns);
  const display = createDisplay(target);
  const config = completeConfig({ task: "swingup", generations: 4096, ...settings });
  const data = config.task === "digits" ? digitsDataset({ train: 30, validation: 20, test: 10 }) : undefined;
  const workshop = {
    task: createTask({ name: config.task, data }),
    evaluator: () => Promise.reject(new Error("Progress scores no networks.")),
  };
  const presented = await SEARCH_PRESENTER.present({
    folder: "run",
    config,
    workshop,
    display,
    elapsed: () => 0.01,
    maxSeconds,
  });
  const genome = randomGenome(1, 9, { inputs: data ? 256 : 5, outputs: data ? 10 : 1 });
  const champion: Champion = { genome, generation: 9, score: 498, scoresByWeight: [], ...(data && { reported: 0.81 }) };
  const stage = { champion, count: 1204 } as SearchStage;
  const report = { line: LINE, timing: {}, changed: [], newChampion: undefined, evaluationSeconds: 1 };
  presented.onStep?.(report, 1, stage);
  display.stop();
  const lines = stripVTControlCharacters(written()).split("\n");
  return lines.findLast((line) => line !== "") ?? "";
}

describe("a line of progress", () => {
  test.each([
    [
      140,
      /^█{6}░{14} 29% generation 1204\/4096 \| best 512 \| median 401 \| champion 498 \| 104 connections \| .* left$/,
    ],
    [
      120,
      /^█{6}░{14} 29% generation 1204\/4096 \| best 512 \| median 401 \| champion 498 \| 104 connections \| \S+ left$/,
    ],
    [80, /^█{2}░{6} 29% generation 1204\/4096 \| best 512 \| champion 498 \| \S+ left$/],
    [40, /^29% generation 1204\/4096 \| \S+ left$/],
    [20, /^29% \S+ left$/],
  ])("of %i columns keeps the time left", async (columns, expected) => {
    const line = await drawn(columns);
    expect(line).toMatch(expected);
    expect(line.length).toBeLessThanOrEqual(columns - 3);
  });

  test("that is no terminal's has all there is to say", async () => {
    expect(await drawn(undefined)).toMatch(
      /^generation 1204\/4096 \| best 512 \| median 401 \| champion 498 \| 104 connections \| \S+ episodes\/s \| \S+ left$/,
    );
  });

  test("of a search without a limit by generations names none, and counts its time down", async () => {
    expect(await drawn(undefined, { generations: null }, 7200)).toMatch(
      /^generation 1204 \| best .* \| (2h 00m|1h 59m) left$/,
    );
  });

  test("of a classification says accuracy of the champion, and log-likelihood of what is one", async () => {
    const settings = { task: "digits" };
    expect(await drawn(undefined, settings)).toMatch(
      /best log-likelihood 512 \| median log-likelihood 401 \| champion accuracy 81\.0 % \| /,
    );
    expect(await drawn(80, settings)).toMatch(
      /^█{2}░{6} 29% generation 1204\/4096 \| champion accuracy 81\.0 % \| \S+ left$/,
    );
  });

  test("is cut where even its last part does not fit", () => {
    expect(fitLine(0.5, [{ text: "abcdefgh", worth: 1 }], 8)).toBe("50% abcd");
  });
});

test("a display that is ended leaves its line, says another below it, and shows nothing more", () => {
  const parts = (): Part[] => [{ text: "at work", worth: 1 }];
  for (const columns of [80, undefined]) {
    const { stream: target, written } = stream(columns);
    const display = createDisplay(target);
    display.show(0.5, parts);
    display.end("Finishing");
    display.show(0.6, parts, true);
    display.stop();
    expect(written()).toMatch(/at work[^\n]*\nFinishing\n$/);
  }
});

test("a display that is ended before it showed anything leaves the line of the ^C on a terminal", () => {
  const ended = (columns?: number) => {
    const { stream: target, written } = stream(columns);
    createDisplay(target).end("Finishing");
    return written();
  };
  expect(ended(80)).toBe("\nFinishing\n");
  expect(ended()).toBe("Finishing\n");
});

test("work that need not be finished ends at once on Ctrl-C, after the terminal was put in order", () => {
  const done: unknown[] = [];
  const exit = vi.spyOn(process, "exit").mockImplementation((code) => done.push(code) as never);
  try {
    const interrupt = exitOnInterrupt(() => done.push("in order"));
    process.emit("SIGINT");
    interrupt.close();
    expect(done).toEqual(["in order", 130]);
    expect(process.listenerCount("SIGINT")).toBe(0);
  } finally {
    exit.mockRestore();
  }
});

test("one is counted in the singular", () => {
  expect([0, 1, 2].map((number) => counted(number, "thread"))).toEqual(["0 threads", "1 thread", "2 threads"]);
});
