/** Score against size: which networks become points, and what each is worth. */
import { describe, expect, it } from "vitest";
import { type Sample, sizeSeries } from "../../src/index.ts";
import type { Figures } from "../../src/tasks/definition.ts";

const samples: Sample[] = [
  {
    name: "evolved",
    runs: [
      { seed: 1, figures: { connections: 30, bestShared: 0.9, trainedWeights: 0.95, standard: 0.8 } },
      { seed: 2, figures: { connections: 40, standard: 0.7 } },
      { seed: 3, figures: { connections: 0, bestShared: 0.1 } },
      { seed: 4, figures: { bestShared: 0.2 } },
    ],
  },
  { name: "trained", runs: [{ seed: 7, figures: { connections: 3214, trainedWeights: 0.97 } }] },
  { name: "nothing yet", runs: [] },
];
const references: Figures[] = [
  { name: "published", scores: { randomShared: 0.82, bestShared: 0.919 }, size: 1849 },
  { name: "of no size", scores: { bestShared: 0.5 } },
];

describe("score against size", () => {
  it("has a point for each network whose size and worth are known: its best shared weight, or trained weights", () => {
    expect(sizeSeries(samples, { references })).toEqual([
      { name: "evolved", published: false, points: [{ size: 30, value: 0.9, label: "seed 1" }] },
      { name: "trained", published: false, points: [{ size: 3214, value: 0.97, label: "seed 7" }] },
      { name: "published", published: true, points: [{ size: 1849, value: 0.919, label: "published" }] },
    ]);
  });

  it("takes the figure that is named, of those that have it", () => {
    const series = sizeSeries(samples, { references }, "standard");
    expect(series.map(({ name, points }) => [name, points.map(({ value }) => value)])).toEqual([
      ["evolved", [0.8, 0.7]],
    ]);
  });
});
