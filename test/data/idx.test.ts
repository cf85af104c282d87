/** IDX files: what is read, and the message for each way a file can be wrong. */
import { describe, expect, test } from "vitest";
import { parseIdxExamples, parseIdxImages, parseIdxLabels } from "../../src/data/idx.ts";
import { idxBytes } from "./idx-bytes.ts";

const images = idxBytes([2, 2, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]);

describe("reading", () => {
  test("images come with their count, width and height", () => {
    const parsed = parseIdxImages(images, "images");
    expect([parsed.count, parsed.width, parsed.height]).toEqual([2, 3, 2]);
    expect([...parsed.pixels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]);
  });

  test("labels come in order", () => {
    expect([...parseIdxLabels(idxBytes([3], [7, 0, 255]), "labels")]).toEqual([7, 0, 255]);
  });

  test("a view into a larger buffer is read from where it starts", () => {
    const larger = new Uint8Array(images.length + 5);
    larger.set(images, 5);
    expect(parseIdxImages(larger.subarray(5), "images").pixels[11]).toBe(255);
  });
});

describe("errors", () => {
  test.each([
    [
      "cut off",
      images.subarray(0, -1),
      /^Expected 28 bytes in f, as its header says \(2 x 2 x 3\), got 27: .*get it again/,
    ],
    ["too long", Uint8Array.of(...images, 0), /^Expected 28 bytes in f, .* got 29/],
    ["no header", images.subarray(0, 15), /^Expected f to start with an IDX header of 16 bytes, got 15 bytes in all/],
    ["empty", new Uint8Array(0), /got 0 bytes in all: the file is cut off or is no IDX file/],
    ["other magic", Uint8Array.of(80, 75, ...images.subarray(2)), /two zero bytes as IDX files do, got 80 and 75/],
    ["gzip", Uint8Array.of(0x1f, 0x8b, ...images.subarray(2)), /got f, which is still compressed with gzip: unpack it/],
    ["other type", Uint8Array.of(0, 0, 13, ...images.subarray(3)), /IDX type 8 \(unsigned bytes.*in f, got type 13/],
    ["labels", idxBytes([20], new Array(20).fill(0)), /^Expected 3 dimensions \(images x rows x columns\) in f, got 1/],
    ["no images", idxBytes([0, 28, 28], []), /^Expected images in f, got 0: the file holds no data/],
    ["no columns", idxBytes([1, 28, 0], []), /^Expected columns in f, got 0/],
    ["absurd sizes", idxBytes([2 ** 31, 2 ** 31, 2 ** 31], []), /^Expected 9\.9\d+e\+27 bytes in f/],
  ])("%s", (_, bytes, message) => {
    expect(() => parseIdxImages(bytes, "f")).toThrow(message);
    expect(() => parseIdxImages(bytes, "f")).toThrow(expect.objectContaining({ name: "UsageError" }));
  });

  test("images where labels belong", () => {
    expect(() => parseIdxLabels(images, "f")).toThrow(
      /^Expected 1 dimension \(labels\) in f, got 3: give the file of labels/,
    );
  });

  test("labels that do not match the images", () => {
    const labels = { bytes: idxBytes([3], [1, 2, 3]), file: "b" };
    expect(() => parseIdxExamples({ bytes: images, file: "a" }, labels)).toThrow(
      "Expected one label for each of the 2 images of a, got 3 labels in b: take both files from the same set.",
    );
  });
});
