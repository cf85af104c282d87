/** The weight that the page opens at: the one found, else the best of those known, else 1. */
import { expect, it } from "vitest";
import { openingWeight } from "../../viz/opening-weight.ts";
import { makeRun } from "../fixtures/run.ts";

const { champions } = makeRun(1);
const record = { ...champions[0], scoresByWeight: [3, 9, 9] };

it("is the best that the search found, whatever was best of the weights it was evolved at", () => {
  const champion = { ...record, weights: [-1, 1, 2], bestSharedWeight: -0.35 };
  expect(openingWeight(champion)).toEqual({ weight: -0.35, reason: "the best found when the search ended" });
});

it("else the best of the champion's own weights, the first of equals, or of the run's", () => {
  const reason = "the best of the 3 weights it was evolved at";
  expect(openingWeight({ ...record, weights: [-1, 1, 2] }, { weights: [7, 8, 9] })).toEqual({ weight: 1, reason });
  expect(openingWeight(record, { weights: [7, 8, 9] })).toEqual({ weight: 8, reason });
});

it("else 1, and says that nothing is known", () => {
  const unknown = { weight: 1, reason: "of which no score is known" };
  expect(openingWeight(record)).toEqual(unknown);
  expect(openingWeight(record, { weights: [1, 2] })).toEqual(unknown);
  expect(openingWeight({ ...record, scoresByWeight: undefined, weights: [1] })).toEqual(unknown);
});
