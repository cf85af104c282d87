/** Drawn digits: how strokes become pixels, and what a champion says about them. */
import { describe, expect, it } from "vitest";
import { Kernel, STANDARD_WEIGHTS } from "../../src/index.ts";
import { accuracyProfile, createClassifier, rankConfusions } from "../../viz/classifier.ts";
import { createPlayer } from "../../viz/player.ts";
import { type Point, sketchPixels } from "../../viz/sketch.ts";

const SIZE = { width: 16, height: 16 };
const seven: Point[][] = [
  [
    [10, 10],
    [90, 10],
    [40, 110],
  ],
];

/** The image as text: a sign for each pixel by its ink. */
function show(pixels: Float32Array): string[] {
  return Array.from({ length: 16 }, (_, row) =>
    Array.from(pixels.subarray(row * 16, (row + 1) * 16), (value) =>
      value > 0.6 ? "#" : value > 0.2 ? "+" : ".",
    ).join(""),
  );
}

describe("sketchPixels", () => {
  it("draws a seven in the middle, as large as in the data", () => {
    expect(show(sketchPixels(seven, SIZE))).toMatchInlineSnapshot(`
      [
        "................",
        "................",
        "...##########...",
        "...++++++++##...",
        "..........+#....",
        "..........##....",
        ".........+#.....",
        ".........##.....",
        "........+#......",
        "........##......",
        ".......+#.......",
        ".......##.......",
        "......+#........",
        "......##........",
        "................",
        "................",
      ]
    `);
  });

  it("gives the same image wherever and however large the strokes are", () => {
    const moved = seven.map((stroke) => stroke.map(([x, y]): Point => [2 * x + 64, 2 * y - 32]));
    expect(show(sketchPixels(moved, SIZE))).toEqual(show(sketchPixels(seven, SIZE)));
  });

  it("no strokes give an empty image, a dot a spot in the middle", () => {
    expect(Math.max(...sketchPixels([], SIZE))).toBe(0);
    const dot = sketchPixels([[[5, 5]]], SIZE);
    expect(dot[7 * 16 + 7]).toBeGreaterThan(0.3);
    expect(dot[0]).toBe(0);
  });
});

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
