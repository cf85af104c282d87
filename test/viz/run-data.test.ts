/** Reading run data that was written in more than one way, or not to its end. */
import { expect, it } from "vitest";
import { championOf, epochsOf, generationsOf, type RunData } from "../../viz/run-data.ts";
import { makeRun } from "../fixtures/run.ts";

const empty: RunData = { name: "empty", generations: [], timings: [], champions: [] };

it("epochs are read as the trainer reports them, and flat", () => {
  const nested = { epoch: 1, train: { accuracy: 0.5, loss: 2 }, validation: { accuracy: 0.4, loss: 2.1 } };
  const flat = { epoch: 2, loss: 1, trainAccuracy: 0.7, validationAccuracy: 0.6 };
  expect(epochsOf({ ...empty, generations: [nested, flat] })).toEqual([
    nested,
    { epoch: 2, train: { accuracy: 0.7, loss: 1 }, validation: { accuracy: 0.6 } },
  ]);
});

it("lines that are no generations are left out", () => {
  const run = {
    ...empty,
    generations: [...makeRun(2).generations, { generation: 9 }, { other: 1 }],
  } as unknown as RunData;
  expect(generationsOf(run)).toHaveLength(2);
});

it("the champion is the run's, or the last that was found", () => {
  const run = makeRun(21);
  expect(championOf(run)).toBe(run.champion);
  expect(championOf({ ...run, champion: undefined })?.generation).toBe(20);
  expect(championOf(empty)).toBeUndefined();
});
