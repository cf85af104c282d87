/** What a champion says about images: classes, votes, accuracy, confusions. */
import { describe, expect, it } from "vitest";
import { Kernel, STANDARD_WEIGHTS } from "../../src/index.ts";
import { accuracyProfile, createClassifier, rankConfusions } from "../../viz/classifier.ts";
import { createPlayer } from "../../viz/player.ts";

describe("createClassifier", () => {
  // Two outputs: the first sums pixel 1, the second pixel 2, so the sign of the weight decides.
  const genome = {
    format: 1 as const,
    inputs: 2,
    outputs: 2,
    nodes: [
      { id: 3, activation: "linear" },
      { id: 4, activation: "linear" },
    ],
    connections: [
      { innovation: 0, source: 1, target: 3, enabled: true },
      { innovation: 1, source: 2, target: 4, enabled: true },
    ],
  };
  const classifier = createClassifier(createPlayer({ genome }));

  it("tells the class at each weight, the lowest of equal votes, and chances that add up to 1", () => {
    const { classes, vote, votes, chances } = classifier.classify([1, 0]);
    expect([...classes]).toEqual(STANDARD_WEIGHTS.map((weight) => (weight > 0 ? 0 : 1)));
    expect(vote).toBe(0);
    expect(votes[0]).toBeCloseTo(0.5, 12);
    expect(chances[0] + chances[1]).toBeCloseTo(1, 12);
    // Weight -2 on an image of 1 and 0: outputs -2 and 0.
    expect(chances[1]).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
  });

  it("tells the class at a weight of its own, the lowest of equals", () => {
    expect([0.7, -0.7, 0].map((weight) => classifier.classAt([0.2, 1], weight))).toEqual([1, 0, 0]);
  });

  it("tells the values of nodes by their positions in the genome", () => {
    const value = classifier.activate([0.25, 1], 2);
    expect([0, 1, 2, 3, 4].map(value)).toEqual([1, 0.25, 1, 0.5, 2]);
  });

  it("measures accuracy at each weight, over all and by class", async () => {
    const kernel = await Kernel.create();
    const features = Float32Array.from([1, 0, 1, 0, 0, 1, 0, 1]);
    const examples = { count: 4, features, labels: Uint8Array.from([0, 0, 1, 0]) };
    const { points, byClass } = accuracyProfile(kernel, createPlayer({ genome }), examples, 2, [-1, 1]);
    expect(points).toEqual([
      { weight: -1, mean: 25, low: 0, high: expect.closeTo(100 / 3, 9) },
      { weight: 1, mean: 75, low: expect.closeTo(200 / 3, 9), high: 100 },
    ]);
    expect([...byClass]).toEqual([1 / 3, 2 / 3, 0, 1]);
  });
});

it("rankConfusions puts the most frequent first, of equals by class, and leaves out what is right", () => {
  const labels = Uint8Array.from([4, 9, 4, 2, 4, 1]);
  const predictions = Uint8Array.from([9, 4, 9, 2, 1, 1]);
  expect(rankConfusions(predictions, labels)).toEqual([
    { label: 4, taken: 9, examples: [0, 2] },
    { label: 4, taken: 1, examples: [4] },
    { label: 9, taken: 4, examples: [1] },
  ]);
});
