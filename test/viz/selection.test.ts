/** Where parents stood and what came of children, counted from the records of generations. */
import { expect, test } from "vitest";
import type { GenerationRecord } from "../../viz/run-data.ts";
import { operatorShares, selectionPoints } from "../../viz/selection.ts";

const spread = { best: 1, median: 1 };
const line = (generation: number, selection?: GenerationRecord["selection"]): GenerationRecord => ({
  generation,
  scores: spread,
  connections: spread,
  selection,
});

test("shares of children by the front of their parent are of all children, newcomers apart", () => {
  const generations = [line(0), line(1, { parents: 5, fronts: [6, 2, 0, 2], operators: {} })];
  expect(selectionPoints(generations)).toEqual([{ generation: 1, first: 0.6, firstThree: 0.8, parents: 0.5 }]);
});

test("long runs are told in at most sixty stretches, which take all generations together", () => {
  const generations = Array.from({ length: 605 }, (_, generation) =>
    line(generation, { parents: 1, fronts: generation < 11 ? [10] : [0, 10], operators: {} }),
  );
  const points = selectionPoints(generations);
  expect(points.length).toBe(55);
  expect(points[0]).toEqual({ generation: 10, first: 1, firstThree: 1, parents: 0.1 });
  expect(points[1].first).toBe(0);
  expect(points.at(-1)?.generation).toBe(604);
});

test("a generation without children, and records of before these were kept, give no point", () => {
  expect(selectionPoints([line(0), line(1, { parents: 0, fronts: [], operators: {} })])).toEqual([]);
});

test("operators are told with those first whose children went on most often", () => {
  expect(operatorShares({ rewire: [20, 4], insertNode: [4, 2] })).toEqual([
    { operator: "insertNode", children: 4, elites: 2 },
    { operator: "rewire", children: 20, elites: 4 },
  ]);
});
