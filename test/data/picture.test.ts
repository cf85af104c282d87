/** Pictures of any size as the images of a data set: taken as they are, or trimmed, placed and written over. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MNIST_FIELD, MNIST_INK, prepareImages } from "../../src/data/image-sets.ts";
import { scaleInk } from "../../src/data/ink.ts";
import { createPictureReader, greyPicture, type Picture } from "../../src/data/picture.ts";
import { Raster } from "../../src/data/raster.ts";
import { derive, digitsDataset, taskDefinition } from "../../src/index.ts";
import { createClassifier } from "../../viz/classifier.ts";
import { createPlayer } from "../../viz/player.ts";
import { drawBy, HANDS, SKETCHES } from "../fixtures/sketches.ts";

const SMALL = { width: 16, height: 16 };
const MNIST = { field: MNIST_FIELD, ink: MNIST_INK, deskew: true };

/** A picture from signs: a digit is a tenth of white. */
function picture(...rows: string[]): Picture {
  const grey = Uint8Array.from(rows.join(""), (sign) => Math.round((Number(sign) / 9) * 255));
  return { name: "made-up.png", width: rows[0].length, height: rows.length, grey };
}

/** A sheet with a digit written on it in dark ink by a pen of this width, 200 pixels high. */
function writtenSheet(digit: number, pen: number, [paper, ink]: readonly [number, number]): Picture {
  const [width, height] = [260, 240];
  const raster = new Raster(width, height);
  raster.clear(pen / 2);
  for (const stroke of drawBy({ ...HANDS[0], size: 160, middle: [120, 125], pen }, SKETCHES[digit])) {
    raster.drawPath(stroke.flat());
  }
  const grey = Uint8Array.from({ length: width * height }, (_, at) => paper + (ink - paper) * raster.cover(at));
  return { name: "sheet.png", width, height, grey };
}

describe("a picture of the data set's own size", () => {
  const rng = derive("picture");
  const grey = Uint8Array.from({ length: 784 }, (_, at) => (at % 28 < 3 ? 0 : rng.integer(200)));
  const own = { name: "own.png", ...MNIST_FIELD, grey };

  it("is prepared as the data set prepares its own, bit for bit", () => {
    const dark = { ...own, grey: grey.map((value, at) => (isBorder(at) ? 0 : value)) };
    const expected = new Float32Array(256);
    prepareImages(dark.grey, MNIST_FIELD, expected, SMALL, true);
    expect(createPictureReader(SMALL, MNIST)(dark, "auto")).toEqual({ inputs: expected, inverted: false });
  });

  it("is turned round where its border is light, or where that is asked for", () => {
    const light = { ...own, grey: grey.map((v, at) => (isBorder(at) ? 255 : v)) };
    const expected = new Float32Array(256);
    prepareImages(
      light.grey.map((value) => 255 - value),
      MNIST_FIELD,
      expected,
      SMALL,
      true,
    );
    const read = createPictureReader(SMALL, MNIST);
    expect(read(light, "auto")).toEqual({ inputs: expected, inverted: true });
    expect(read(light, "always")).toEqual({ inputs: expected, inverted: true });
    expect(read(light, "never").inverted).toBe(false);
    expect(createPictureReader(MNIST_FIELD)(light, "auto").inverted).toBe(false);
  });

  it("gives the very inputs of digits", () => {
    const { test } = digitsDataset({ train: 0, validation: 0, test: 30 });
    const { making } = taskDefinition("digits");
    const read = createPictureReader(SMALL, making);
    for (let digit = 0; digit < test.count; digit++) {
      const inputs = test.features.subarray(digit * 256, (digit + 1) * 256);
      const grey = Uint8Array.from(inputs, (value) => Math.round(value * 255));
      expect(read({ name: "digit.png", ...SMALL, grey }, "auto").inputs).toEqual(inputs);
    }
  });
});

function isBorder(at: number): boolean {
  const [x, y] = [at % 28, Math.floor(at / 28)];
  return x === 0 || y === 0 || x === 27 || y === 27;
}

describe("a picture of another size", () => {
  const path = join(import.meta.dirname, "../../experiments/mnist/champion-paper-1.json");
  const classifier = createClassifier(createPlayer(JSON.parse(readFileSync(path, "utf8"))));

  it.each([
    [2, "dark", [235, 40]],
    [8, "light", [30, 220]],
    [22, "dark", [235, 40]],
  ] as const)(
    "is read by the MNIST champion when written with a pen of %i pixels on 160 in %s ink",
    (pen, _, tones) => {
      const read = createPictureReader(SMALL, MNIST);
      const digits = SKETCHES.map((_, digit) => digit);
      const answers = digits.map(
        (digit) => classifier.classify(read(writtenSheet(digit, pen, tones), "auto").inputs).vote,
      );
      expect(answers).toEqual(digits);
    },
  );

  it("is trimmed and its longer side fills the box, in the middle by its centre of mass or by its box", () => {
    const field = { width: 6, height: 6 };
    const sheet = picture(
      "00000000000",
      "00000000000",
      "00999999000",
      "00999999000",
      "00990000000",
      "00990000000",
      "00000000000",
    );
    const place = (middle: "mass" | "box") => {
      const { inputs } = createPictureReader(field, { field, ink: { box: 3, middle }, deskew: false })(sheet, "auto");
      return Array.from({ length: 6 }, (_, y) => [...inputs.subarray(y * 6, y * 6 + 6)].map(Number).join(""));
    };
    expect(place("box")).toEqual(["000000", "000000", "001110", "001000", "000000", "000000"]);
    expect(place("mass")).toEqual(["000000", "000000", "000000", "001110", "001000", "000000"]);
  });

  it("of a data set of unknown making is scaled whole, its margins of its own paper", () => {
    const wide = picture("9999", "9009");
    const { inputs } = createPictureReader({ width: 2, height: 2 })(wide, "auto");
    expect([...inputs]).toEqual([255, 255, 191, 191].map((value) => Math.fround(value / 255)));
  });

  it("with nothing on it is refused", () => {
    const read = createPictureReader(SMALL, MNIST);
    expect(() => read(picture("777", "777"), "auto")).toThrow(
      "Expected something to be seen in made-up.png, got 3 x 2 pixels that are nearly alike: leave it out.",
    );
  });
});

describe("colours", () => {
  const rgba = (...pixels: number[][]) => Uint8Array.from(pixels.flat());

  it("become grey by luma, exactly so where they are grey", () => {
    const size = { width: 5, height: 1 };
    const pixels = rgba([255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255], [77, 77, 77, 255], [255, 255, 255, 255]);
    expect([...greyPicture("a.png", size, pixels).grey]).toEqual([76, 150, 29, 77, 255]);
  });

  it("that are transparent become white under dark ink and black under light", () => {
    const size = { width: 3, height: 1 };
    const clear = [9, 9, 9, 0];
    expect([...greyPicture("a.png", size, rgba(clear, [0, 0, 0, 255], [0, 0, 0, 128])).grey]).toEqual([255, 0, 127]);
    expect([...greyPicture("a.png", size, rgba(clear, [255, 255, 255, 255], clear)).grey]).toEqual([0, 255, 0]);
  });
});

it("scaling averages areas and keeps the sum of the ink", () => {
  const rng = derive("areas");
  const ink = { width: 7, height: 5, values: Float64Array.from({ length: 35 }, () => rng.uniform()) };
  for (const to of [
    { width: 3, height: 2 },
    { width: 7, height: 5 },
    { width: 20, height: 11 },
  ]) {
    const scaled = scaleInk(ink, to);
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(scaled.values)).toBeCloseTo(mean(ink.values), 12);
  }
  expect(scaleInk(ink, { width: 7, height: 5 }).values).toEqual(ink.values);
});
