/** Resizing and deskewing: against OpenCV's results on MNIST, and on images small enough to see through. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parseIdxImages } from "../../src/data/idx.ts";
import { deskewImages, resizeImages } from "../../src/data/images.ts";
import { hasShared, SHARED } from "../tasks/shared.ts";

const SIDE = { width: 16, height: 16 };
const MNIST = "data/mnist/train-images-idx3-ubyte.gz";

function resize(pixels: number[], width: number, height: number, newWidth: number, newHeight: number): number[] {
  const target = new Float32Array((pixels.length / (width * height)) * newWidth * newHeight);
  resizeImages(Uint8Array.from(pixels), { width, height }, target, { width: newWidth, height: newHeight });
  return Array.from(target, (value) => value * 255);
}

describe.skipIf(!hasShared(MNIST) || !hasShared("fixtures/mnist16.json"))("MNIST", () => {
  test("agrees with OpenCV on twelve images and on the mean of the training set", () => {
    const fixture = JSON.parse(readFileSync(join(SHARED, "fixtures/mnist16.json"), "utf8"));
    const images = parseIdxImages(gunzipSync(readFileSync(join(SHARED, MNIST))), MNIST);
    const features = new Float32Array(images.count * 256);
    resizeImages(images.pixels, images, features, SIDE);
    deskewImages(features, SIDE);
    const reference: number[] = fixture.images.flat(2);
    expect(reference).toHaveLength(12 * 256);
    const errors = reference.map((value, index) => Math.abs(value - features[index]));
    expect(Math.max(...errors)).toBeLessThan(0.02);
    expect(errors.reduce((sum, error) => sum + error) / errors.length).toBeLessThan(0.001);
    let sum = 0;
    let outside = 0;
    for (let index = 0; index < features.length; index++) {
      sum += features[index];
      if (!(features[index] >= 0 && features[index] <= 1)) outside++;
    }
    expect(sum / features.length).toBeCloseTo(fixture.meanOverTrainingSet, 5);
    expect(outside).toBe(0);
  });
});

describe("resizing", () => {
  test("the same size only scales to [0, 1]", () => {
    const target = new Float32Array(4);
    resizeImages(Uint8Array.of(0, 51, 102, 255), { width: 2, height: 2 }, target, { width: 2, height: 2 });
    expect([...target]).toEqual([0, 51 / 255, 102 / 255, 1].map(Math.fround));
  });

  test("halving takes the mean of four pixels", () => {
    const halved = resize([0, 10, 20, 30, 20, 30, 40, 50], 4, 2, 2, 1);
    expect(halved[0]).toBeCloseTo(15, 4);
    expect(halved[1]).toBeCloseTo(35, 4);
  });

  test("between pixel centres values are linear, beyond the outer ones they repeat the border", () => {
    const wider = resize([0, 100], 2, 1, 4, 1);
    for (const [index, value] of [0, 25, 75, 100].entries()) expect(wider[index]).toBeCloseTo(value, 4);
  });

  test("every image of several is resized", () => {
    const values = resize([10, 10, 10, 10, 90, 90, 90, 90], 2, 2, 1, 1);
    expect(values[0]).toBeCloseTo(10, 4);
    expect(values[1]).toBeCloseTo(90, 4);
  });
});

describe("deskewing", () => {
  test("a line slanted by one pixel per row becomes upright", () => {
    const image = new Float32Array(256);
    for (let y = 3; y < 13; y++) image[y * 16 + y] = 1;
    deskewImages(image, SIDE);
    const columns = Array.from({ length: 16 }, (_, x) =>
      Array.from({ length: 16 }, (_, y) => image[y * 16 + x]).reduce((sum, value) => sum + value),
    );
    expect(columns[8]).toBe(10);
    expect(columns.filter((sum) => sum !== 0)).toHaveLength(1);
  });

  test("an upright line, a level line and an empty image stay as they are", () => {
    const images = new Float32Array(3 * 256);
    for (let at = 2; at < 14; at++) {
      images[at * 16 + 5] = 1;
      images[256 + 7 * 16 + at] = 1;
    }
    const before = images.slice();
    deskewImages(images, SIDE);
    expect(images).toEqual(before);
  });

  test("positions between pixels are interpolated, and zero is read outside", () => {
    const image = Float32Array.of(0, 0, 1, 0, 1, 0, 1, 0, 0);
    deskewImages(image, { width: 3, height: 3 });
    expect([...image]).toEqual([0.5, 0.5, 0, 0.5, 0.5, 0, 0.5, 0.5, 0]);
  });
});
