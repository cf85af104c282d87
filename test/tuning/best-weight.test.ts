/** The best shared weight: found where the scores have their peak, within the range that it is sought in. */
import { expect, test } from "vitest";
import type { Evaluator } from "../../src/evaluation/evaluator.ts";
import { createTask, findBestWeight } from "../../src/index.ts";

/** An evaluator whose score depends on the shared weight alone. */
function scoring(score: (weight: number) => number): Evaluator {
  const evaluate: Evaluator["evaluate"] = async (_, { weights, episodes }) => {
    const values = weights.kind === "shared" ? [...weights.values] : [];
    const each = values.flatMap((weight) => episodes.map(() => score(weight)));
    return {
      scores: [{ values: Float64Array.from(each), weightCount: values.length, episodeCount: episodes.length }],
      steps: 0,
    };
  };
  return { evaluate, task: createTask({ name: "swingup" }) } as Evaluator;
}

test.each([
  ["a peak between two steps of the sweep", (weight: number) => -Math.abs(weight - 1.73), 1.73],
  ["scores that rise to the end of the range", (weight: number) => weight, 3],
  ["scores that fall from its start", (weight: number) => -weight, -3],
  ["scores that are equal everywhere", () => 500, 1],
  ["scores that are equal below -2", (weight: number) => Math.min(-weight, 2), -2],
])("%s", async (_, score, expected) => {
  expect(await findBestWeight(scoring(score), new Int32Array(), 1)).toBeCloseTo(expected, 2);
  expect(Math.abs(await findBestWeight(scoring(score), new Int32Array(), 1))).toBeLessThanOrEqual(3);
});

test("the sweeps are as thorough as is asked for, up to a limit", async () => {
  const played: string[] = [];
  const evaluator = scoring((weight) => weight);
  const counting = {
    ...evaluator,
    evaluate(programs, trial) {
      played.push(`${trial.split} ${trial.episodes.length}`);
      return evaluator.evaluate(programs, trial);
    },
  } as Evaluator;
  for (const episodes of [undefined, 1000, 12, 1]) await findBestWeight(counting, new Int32Array(), 1, episodes);
  expect(played).toEqual([60, 400, 60, 400, 8, 48, 1, 4].map((count) => `validation ${count}`));
});
