/** Reading run data that holds other lines than expected, or was not written to its end. */
import { expect, it } from "vitest";
import {
  type Champion,
  type ChampionRecord,
  championOf,
  choiceOf,
  epochsOf,
  generationsOf,
  type RunData,
  totalsOf,
  withLine,
} from "../../viz/run-data.ts";
import { makeEnded, makeRun } from "../fixtures/run.ts";

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

it("the champion has the weights that it was tuned to, those of another one are left out", () => {
  const run = makeRun(21);
  const champion = run.champion as Champion;
  expect(championOf(run)).toBe(champion);
  expect(championOf(empty)).toBeUndefined();
  const tuned = { ...champion, trainedWeights: [1, 2] };
  expect(championOf({ ...run, tuned })?.trainedWeights).toEqual([1, 2]);
  const { genome } = run.champions[0] as ChampionRecord;
  expect(championOf({ ...run, tuned: { ...tuned, genome } })?.trainedWeights).toBeUndefined();
});

it("a run that is followed for long keeps some lines, and what all come to", () => {
  let run = empty;
  const [line] = makeRun(1).generations;
  for (let generation = 0; generation < 2600; generation++) {
    run = withLine(run, "generations", { ...line, generation, steps: 10 });
  }
  expect(run.generations.length).toBeLessThan(2500);
  expect(run.generations.at(-1)).toMatchObject({ generation: 2599 });
  expect(totalsOf(run)).toMatchObject({ lines: 2600, steps: 26_000, operators: { insertNode: [2600 * 40, 2600 * 4] } });
});

it("the network picked is the largest with at most so many connections, none where that is the champion", () => {
  const run = makeEnded(makeRun(40));
  expect(choiceOf(run, 17)).toEqual({ connections: 16 });
  expect(choiceOf(run, 5)).toBeUndefined();
  expect(choiceOf(run, 999)).toBeUndefined();
  expect(choiceOf(empty, 17)).toBeUndefined();
});
