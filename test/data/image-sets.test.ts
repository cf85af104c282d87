/** Image data sets from IDX files: the split, the sizes, the names, and what is wrong with files that do not fit. */
import { describe, expect, test } from "vitest";
import { countClasses, selectExamples } from "../../src/data/dataset.ts";
import type { IdxExamples } from "../../src/data/idx.ts";
import { IMAGE_SETS, imageDataset, pixelNames } from "../../src/data/image-sets.ts";

/** Images whose pixels all hold their index, labelled 0, 1, 2, 0, ... */
function examples(count: number, width: number, height = width, classes = 3): IdxExamples {
  const pixels = Uint8Array.from(
    { length: count * width * height },
    (_, at) => Math.floor(at / (width * height)) % 256,
  );
  const labels = Uint8Array.from({ length: count }, (_, index) => index % classes);
  return { images: { count, width, height, pixels }, labels };
}

describe("parts", () => {
  test("the last fifth of the training file validates, the test file tests", () => {
    const set = imageDataset("mine", examples(12, 2), examples(4, 2), { deskew: false });
    expect([set.train.count, set.validation.count, set.test.count]).toEqual([10, 2, 4]);
    expect(set.train.features[0]).toBe(0);
    expect(set.validation.features[0]).toBe(Math.fround(10 / 255));
    expect(set.test.features[4]).toBe(Math.fround(1 / 255));
    expect([...set.validation.labels]).toEqual([1, 2]);
  });

  test("60,000 images are split into 48,000 and 12,000", () => {
    const set = imageDataset("mine", examples(60_000, 1), examples(1, 1), { deskew: false });
    expect([set.train.count, set.validation.count]).toEqual([48_000, 12_000]);
  });

  test("an unknown set keeps its size, also where images are not square, and numbers its classes", () => {
    const set = imageDataset("mine", examples(5, 3, 2), examples(2, 3, 2), { deskew: false });
    expect(set.image).toEqual({ width: 3, height: 2 });
    expect(set.inputs).toEqual(["x0 y0", "x1 y0", "x2 y0", "x0 y1", "x1 y1", "x2 y1"]);
    expect(set.classes).toEqual(["0", "1", "2"]);
    expect(set.train.features).toHaveLength(4 * 6);
  });

  test("mnist and fashion-mnist have 256 inputs, mnist-full 784", () => {
    const inputs = (name: keyof typeof IMAGE_SETS) =>
      imageDataset(name, examples(10, 28), examples(5, 28), IMAGE_SETS[name]).inputs.length;
    expect([inputs("mnist"), inputs("mnist-full"), inputs("fashion-mnist")]).toEqual([256, 784, 256]);
    for (const { classes } of Object.values(IMAGE_SETS)) expect(new Set(classes).size).toBe(10);
  });

  test("features and labels sit in shared memory", () => {
    const { train } = imageDataset("mine", examples(5, 2), examples(2, 2), { deskew: false });
    expect(train.features.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(train.labels.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
});

describe("errors", () => {
  test("test images of another size", () => {
    expect(() => imageDataset("mine", examples(5, 2), examples(5, 3), { deskew: false })).toThrow(
      'Expected test images of 2 x 2 pixels like the training images of "mine", got 3 x 3: take both files from the same set.',
    );
  });

  test("too few images", () => {
    expect(() => imageDataset("mine", examples(4, 2), examples(5, 2), { deskew: false })).toThrow(
      'Expected at least 5 training images in "mine" to split, got 4: give a larger set.',
    );
  });

  test("a label beyond the known classes", () => {
    expect(() => imageDataset("mnist", examples(12, 2), examples(12, 2, 2, 11), IMAGE_SETS.mnist)).toThrow(
      'Expected test labels of "mnist" from 0 to 9, got 10 at index 10: check that the file belongs to this set.',
    );
  });

  test("one class only", () => {
    expect(() => imageDataset("mine", examples(5, 2, 2, 1), examples(5, 2, 2, 1), { deskew: false })).toThrow(
      'Expected at least 2 classes in "mine", got only label 0',
    );
  });
});

describe("helpers", () => {
  test("selected examples keep their features and labels, in the order asked for", () => {
    const { train } = imageDataset("mine", examples(10, 1), examples(2, 1), { deskew: false });
    const chosen = selectExamples(train, [5, 0]);
    expect([...chosen.labels]).toEqual([2, 0]);
    expect([...chosen.features]).toEqual([Math.fround(5 / 255), 0]);
    expect(selectExamples(train, []).count).toBe(0);
  });

  test("classes are counted, also those without examples", () => {
    expect(countClasses(Uint8Array.of(0, 2, 2), 4)).toEqual([1, 0, 2, 0]);
  });

  test("pixels are named by column and row", () => {
    expect(pixelNames({ width: 2, height: 2 })).toEqual(["x0 y0", "x1 y0", "x0 y1", "x1 y1"]);
  });
});
