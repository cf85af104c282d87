/** Drawn digits: prepared as their data set was, and read by networks that were made on it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { IMAGE_SETS, imageDataset } from "../../src/data/image-sets.ts";
import { createSketcher } from "../../src/data/sketch.ts";
import { digitsDataset, evaluateDense, Trainer, taskDefinition } from "../../src/index.ts";
import { createClassifier } from "../../viz/classifier.ts";
import { createPlayer } from "../../viz/player.ts";
import { drawBy, HANDS, type Point, SKETCHES, type Sketch, TUNING_SKETCHES } from "../fixtures/sketches.ts";

const SMALL = { width: 16, height: 16 };
const LARGE = { width: 28, height: 28 };
const PEN = 14;
const seven: Point[][] = [
  [
    [10, 10],
    [90, 10],
    [40, 110],
  ],
];

/** A drawing as the inputs of a task, as the page makes them. */
function sketchPixels(
  sketch: Sketch,
  { task, pen, ...image }: { task: string; width: number; height: number; pen: number },
): Float32Array {
  const { sketch: make = createSketcher(image) } = taskDefinition(task);
  return make(
    sketch.map((stroke) => stroke.flat()),
    pen,
  );
}

/** The image as text: a sign for each pixel by its ink. */
function show(pixels: Float32Array): string[] {
  const side = Math.sqrt(pixels.length);
  return Array.from({ length: side }, (_, row) =>
    Array.from(pixels.subarray(row * side, (row + 1) * side), (value) =>
      value > 0.6 ? "#" : value > 0.2 ? "+" : ".",
    ).join(""),
  );
}

describe("a sketch is read by", () => {
  const path = join(import.meta.dirname, "../../experiments/mnist/champion-paper-1.json");
  const classifier = createClassifier(createPlayer(JSON.parse(readFileSync(path, "utf8"))));

  it.each([
    ["ten digits that nothing was tuned on", SKETCHES],
    ["the ten on which the range of pens was chosen", TUNING_SKETCHES],
  ])("the vote of the MNIST champion, 90 % and more of %s, by 72 hands", (_, sketches) => {
    const wrong = HANDS.flatMap((hand) =>
      sketches.flatMap((sketch, digit) => {
        const options = { task: "mnist", ...SMALL, pen: hand.pen };
        const { vote } = classifier.classify(sketchPixels(drawBy(hand, sketch), options));
        return vote === digit ? [] : [`${digit} as ${vote}`];
      }),
    );
    expect(HANDS).toHaveLength(72);
    expect(wrong.length).toBeLessThanOrEqual(0.1 * HANDS.length * sketches.length);
  });

  it("a network trained on digits, 95 % and more", async () => {
    const digits = digitsDataset();
    const trainer = await Trainer.create({ epochs: 6, batch: 16, init: 0.1 }, digits);
    while (!trainer.done) trainer.epoch();
    const images = HANDS.flatMap((hand) =>
      SKETCHES.map((sketch) => sketchPixels(drawBy(hand, sketch), { task: "digits", ...SMALL, pen: hand.pen })),
    );
    const features = new Float32Array(images.length * 256);
    images.forEach((pixels, index) => {
      features.set(pixels, index * 256);
    });
    const labels = Uint8Array.from(images, (_, index) => index % 10);
    const test = { count: images.length, features, labels };
    const { accuracy } = await evaluateDense(trainer.state.weights, { ...digits, test }, "test");
    expect(accuracy).toBeGreaterThanOrEqual(0.95);
  });
});

describe("prepared as MNIST was", () => {
  it("the ink's longer side fills 20 pixels of 28, and its centre of mass is the middle pixel", () => {
    for (const sketch of SKETCHES) {
      const pixels = sketchPixels(sketch, { task: "mnist-full", ...LARGE, pen: PEN });
      const inked = [...pixels.keys()].filter((index) => pixels[index] > 0);
      const columns = inked.map((index) => index % 28);
      const rows = inked.map((index) => Math.floor(index / 28));
      const span = (values: number[]) => Math.max(...values) - Math.min(...values) + 1;
      expect(Math.max(span(columns), span(rows))).toBe(20);
      const mass = pixels.reduce((sum, value) => sum + value, 0);
      const centre = (values: number[]) => inked.reduce((sum, index, at) => sum + pixels[index] * values[at], 0) / mass;
      expect(Math.abs(centre(columns) - 14)).toBeLessThanOrEqual(0.51);
      expect(Math.abs(centre(rows) - 14)).toBeLessThanOrEqual(0.51);
    }
  });

  it("and then by the data set's own resizing and deskewing, bit for bit", () => {
    const images = SKETCHES.slice(0, 6).map((sketch) =>
      sketchPixels(sketch, { task: "mnist-full", ...LARGE, pen: PEN }),
    );
    const pixels = Uint8Array.from(images.flatMap((image) => Array.from(image, (value) => Math.round(value * 255))));
    const examples = { images: { count: 6, ...LARGE, pixels }, labels: new Uint8Array(6) };
    for (const name of ["mnist", "fashion-mnist"] as const) {
      const { features } = imageDataset(name, examples, examples, IMAGE_SETS[name]).test;
      SKETCHES.slice(0, 6).forEach((sketch, index) => {
        const drawn = sketchPixels(sketch, { task: name, ...SMALL, pen: PEN });
        expect(drawn).toEqual(Float32Array.from(features.subarray(index * 256, (index + 1) * 256)));
      });
    }
  });

  it("a set of another size gets the same share of ink", () => {
    const pixels = sketchPixels(seven, { task: "idx", width: 14, height: 14, pen: PEN });
    const rows = [...pixels.keys()].filter((index) => pixels[index] > 0).map((index) => Math.floor(index / 14));
    expect(Math.max(...rows) - Math.min(...rows) + 1).toBe(10);
  });
});

describe("a digit of the embedded set", () => {
  it("is drawn as large as in the data, in the middle of its box", () => {
    expect(show(sketchPixels(seven, { task: "digits", ...SMALL, pen: PEN }))).toMatchInlineSnapshot(`
      [
        "................",
        "................",
        "...##########...",
        "...++++++++#+...",
        "..........+#....",
        "..........#+....",
        ".........+#.....",
        ".........#+.....",
        "........+#......",
        "........#+......",
        ".......+#.......",
        ".......#+.......",
        "......+#........",
        "......++........",
        "................",
        "................",
      ]
    `);
  });
});

describe.each(["mnist", "digits"])("a sketch for %s", (task) => {
  const options = { task, ...SMALL, pen: PEN };

  it("is the same wherever and however large it is drawn with a pen of that size", () => {
    const moved = seven.map((stroke) => stroke.map(([x, y]): Point => [2 * x + 64, 2 * y - 32]));
    expect(sketchPixels(moved, { ...options, pen: 2 * PEN })).toEqual(sketchPixels(seven, options));
  });

  it("shows a thicker pen as thicker, up to what the data set has", () => {
    const ink = (pen: number) => sketchPixels(seven, { ...options, pen }).reduce((sum, value) => sum + value, 0);
    expect(ink(16)).toBeGreaterThan(ink(12));
    expect(ink(50)).toBe(ink(40));
    expect(ink(1)).toBe(ink(2));
  });

  it("without strokes is empty, of a dot a spot in the middle", () => {
    expect(Math.max(...sketchPixels([], options))).toBe(0);
    const dot = sketchPixels([[[5, 5]]], options);
    const middle = [7, 8].flatMap((row) => [7, 8].map((column) => dot[row * 16 + column]));
    expect(Math.max(...middle)).toBeGreaterThan(0.3);
    expect(dot[0]).toBe(0);
  });
});
