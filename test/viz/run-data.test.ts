/** Reading run data that holds other lines than expected, or was not written to its end. */
import { expect, it } from "vitest";
import { championOf, epochsOf, generationsOf, type RunData } from "../../viz/run-data.ts";
import { makeRun } from "../fixtures/run.ts";

const empty: RunData = { name: "empty", generations: [], timings: [], champions: [] };

it("lines that are no epochs are left out", () => {
  const epoch = { epoch: 1, train: { accuracy: 0.5, loss: 2 }, validation: { accuracy: 0.4, loss: 2.1 } };
  const others = [{ epoch: 2 }, { epoch: 3, trainAccuracy: 0.7, validationAccuracy: 0.6 }, { other: 1 }];
  const run = { ...empty, generations: [epoch, ...others, ...makeRun(1).generations] } as unknown as RunData;
  expect(epochsOf(run)).toEqual([epoch]);
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
