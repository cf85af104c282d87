/** `precocial predict` on images: pictures and IDX files as the task's own data set makes them, and what is refused. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { predictCommand } from "../../src/cli/predict.ts";
import {
  classify,
  compile,
  digitsDataset,
  encodeWeights,
  ensembleVote,
  evaluateDense,
  Kernel,
  STANDARD_WEIGHTS,
  Trainer,
} from "../../src/index.ts";
import { completeTrainConfig } from "../../src/run/stages/train-config.ts";
import { idxBytes } from "../data/idx-bytes.ts";
import { printed, writeImageChampion } from "../fixtures/asked.ts";
import { growGenome } from "../fixtures/champion.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const COUNT = 24;
const DIGITS = digitsDataset({ train: 0, validation: 0, test: COUNT });
const GENOME = growGenome({ inputs: 256, outputs: 10, connections: 300, first: 0.05 });
const RAW = { raw: { width: 16, height: 16, channels: 1 } } as const;

/** The bytes of each test image, from 0 to 255. */
const BYTES = Array.from({ length: COUNT }, (_, index) =>
  Uint8Array.from(DIGITS.test.features.subarray(index * 256, (index + 1) * 256), (value) => Math.round(value * 255)),
);

let folder = "";
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  vi.doUnmock("sharp");
});

const predict = (champion: string, values: object) => printed(() => predictCommand.run({ champion, ...values }));
const champion = (changes: object = {}) => writeImageChampion(folder, GENOME, changes);

/** The classes that the data set's own path gives by vote. */
async function expectedClasses(): Promise<string[]> {
  const weights = { kind: "shared", values: Float32Array.from(STANDARD_WEIGHTS) } as const;
  const predicted = classify(await Kernel.create(), compile(GENOME).program, weights, DIGITS.test);
  return Array.from(ensembleVote(predicted, STANDARD_WEIGHTS.length, 10), String);
}

/** Writes the test images as pictures, each into a folder called as its class. */
async function writePictures(invert: (index: number) => boolean): Promise<string> {
  const pictures = join(folder, "pictures");
  for (const [index, bytes] of BYTES.entries()) {
    const parent = join(pictures, String(DIGITS.test.labels[index]));
    mkdirSync(parent, { recursive: true });
    const shown = invert(index) ? bytes.map((value) => 255 - value) : bytes;
    await sharp(shown, RAW)
      .png()
      .toFile(join(parent, `${index}.png`));
  }
  return pictures;
}

describe("images of a data set get the classes that the data set's own path gives,", () => {
  test("as PNG in folders called as their classes, dark on light or light on dark", async () => {
    const pictures = await writePictures((index) => index % 3 === 0);
    writeFileSync(join(pictures, "notes.txt"), "no picture");
    const { stdout } = await predict(champion(), { data: pictures, json: true });
    const said = JSON.parse(stdout);
    const expected = await expectedClasses();
    expect(said.answers).toHaveLength(COUNT);
    for (const answer of said.answers) {
      const index = Number(/(\d+)\.png$/.exec(answer.picture)?.[1]);
      expect(answer.class, answer.picture).toBe(expected[index]);
      expect(answer.picture).toBe(`${DIGITS.test.labels[index]}/${index}.png`);
    }
    const right = expected.filter((name, index) => name === String(DIGITS.test.labels[index])).length;
    expect(said).toMatchObject({ accuracy: right / COUNT, known: COUNT });
    expect(said.notes).toEqual([
      `Dark on light, and so turned round, since the network knows light on dark: 8 of ${COUNT} pictures (--invert never prevents it).`,
    ]);
    const kept = JSON.parse((await predict(champion(), { data: pictures, json: true, invert: "never" })).stdout);
    expect(kept.notes).toEqual([]);
    expect(kept.answers).not.toEqual(said.answers);
  });

  test("as an IDX file, compressed too, with the labels beside it", async () => {
    const images = join(folder, "t10k-images-idx3-ubyte");
    writeFileSync(
      images,
      idxBytes(
        [COUNT, 16, 16],
        BYTES.flatMap((bytes) => [...bytes]),
      ),
    );
    const plain = await predict(champion(), { data: images });
    const expected = await expectedClasses();
    const lines = plain.stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("image,class,vote,score");
    expect(lines.slice(1).map((line) => line.split(",")[1])).toEqual(expected);
    expect(plain.stderr).toMatch(
      /^Told class of 24 images by the vote of the six standard weights of .*champion\.json\.\n$/,
    );

    writeFileSync(join(folder, "t10k-labels-idx1-ubyte"), idxBytes([COUNT], [...DIGITS.test.labels]));
    const labelled = await predict(champion(), { data: images });
    expect(labelled.stdout).toBe(plain.stdout);
    expect(labelled.stderr).toMatch(/\naccuracy \d+\.\d %: \d+ of 24 images right\.\n$/);
    writeFileSync(
      join(folder, "some.gz"),
      gzipSync(
        idxBytes(
          [COUNT, 16, 16],
          BYTES.flatMap((bytes) => [...bytes]),
        ),
      ),
    );
    expect((await predict(champion(), { data: join(folder, "some.gz") })).stdout).toBe(plain.stdout);

    writeFileSync(join(folder, "t10k-labels-idx1-ubyte"), idxBytes([1], [3]));
    await expect(predict(champion(), { data: images })).rejects.toThrow(
      /^Expected one label for each of the 24 images of .*t10k-images-idx3-ubyte, got 1 labels in .*t10k-labels-idx1-ubyte: take both from the same set, or move the labels away\.$/,
    );
  });

  test("and a trained baseline that of its own", async () => {
    const digits = digitsDataset({ train: 300, validation: 50, test: COUNT });
    const trainer = await Trainer.create({ epochs: 2, batch: 16, init: 0.1 }, digits);
    while (!trainer.done) trainer.epoch();
    const run = join(folder, "two-layer-1");
    mkdirSync(run);
    writeFileSync(join(run, "config.json"), JSON.stringify(completeTrainConfig({ task: "digits" })));
    writeFileSync(join(run, "weights.json"), JSON.stringify(encodeWeights(trainer.state.weights)));
    const pictures = await writePictures(() => false);
    const { stdout } = await predict(run, { data: pictures, json: true });
    const { accuracy } = await evaluateDense(trainer.state.weights, digits, "test");
    expect(JSON.parse(stdout).accuracy).toBe(accuracy);
  });
});

test("one picture is answered for, and the file of answers has a row for it", async () => {
  const picture = join(folder, "a drawing.JPG");
  await sharp(Buffer.from(BYTES[3]), RAW)
    .resize(160, 160)
    .extend({ left: 40, background: "black" })
    .jpeg()
    .toFile(picture);
  const out = join(folder, "answers.csv");
  const { stdout } = await predict(champion(), { data: picture, out, weight: "1" });
  expect(stdout).toMatch(/answers\.csv: class of 1 picture by the shared weight 1 of .*champion\.json\.\n$/);
  const { stdout: again } = await predict(champion(), { data: picture, weight: "1" });
  expect(again).toMatch(/^file,class,score\na drawing\.JPG,\d,(0\.\d+|1)\n$/);
});

test("a network of images of unknown making says that it takes values as they are", async () => {
  const pictures = await writePictures((index) => index === 0);
  const of = champion({ task: "idx" });
  const { stderr } = await predict(of, { data: pictures });
  expect(stderr).toContain("Values are taken as they are, 0 black to 1 white: --invert always turns them round.");
});

describe("refused, with nothing written:", () => {
  const refuse = async (data: string, words: RegExp, values: object = {}) => {
    const path = champion();
    const before = readdirSync(folder);
    await expect(predict(path, { data, out: join(folder, "answers.csv"), ...values })).rejects.toThrow(words);
    expect(readdirSync(folder)).toEqual(before);
  };

  test("a folder without pictures, a path with nothing there, a table, and another file", async () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    await refuse(
      empty,
      /^Expected pictures \(\.png, \.jpg, .*\) in the folder .*empty, got none: give a folder of pictures, one picture, or an IDX file\.$/,
    );
    await refuse(join(folder, "none"), /^Expected images at .*none for --data, but there is nothing there\.$/);
    writeFileSync(join(folder, "new.csv"), "a,b\n1,2\n");
    await refuse(
      join(folder, "new.csv"),
      /^Expected images for --data, since the network sees pixels, got .*new\.csv: give a folder of pictures, one picture, or an IDX file\.$/,
    );
    writeFileSync(join(folder, "some.bin"), "0123456789abcdefgh");
    await refuse(
      join(folder, "some.bin"),
      /^Expected .*some\.bin to start with two zero bytes as IDX files do, got 48 and 49: it is no IDX file\.$/,
    );
  });

  test("pictures that are damaged or empty, named by their path", async () => {
    const pictures = await writePictures(() => false);
    const bad = join(pictures, "bad.png");
    writeFileSync(bad, "no picture");
    await refuse(
      pictures,
      /^Expected a whole picture in .*bad\.png, got 10 bytes that cannot be read \(.*\): save it anew, or leave it out\.$/,
    );
    await sharp({ create: { width: 50, height: 40, channels: 3, background: "#eee" } })
      .png()
      .toFile(bad);
    await refuse(
      pictures,
      /^Expected something to be seen in .*bad\.png, got 50 x 40 pixels that are nearly alike: leave it out\.$/,
    );
  });

  test("options of tables, and an inversion that there is not", async () => {
    await refuse(folder, /^Expected no --delimiter for a network of images: leave it out\.$/, { delimiter: ";" });
    await refuse(folder, /^Unknown inversion "alway"\. Did you mean "always"\? Known: auto, always, never\.$/, {
      invert: "alway",
    });
  });

  test("pictures where the library that reads them is not installed", async () => {
    const pictures = await writePictures(() => false);
    vi.doMock("sharp", () => {
      throw new Error("Could not load the module");
    });
    await refuse(
      pictures,
      /^Expected the library sharp to read pictures, but it cannot be loaded \(.*\): install it with npm install sharp, or give the images as an IDX file\.$/,
    );
    expect(existsSync(join(folder, "answers.csv"))).toBe(false);
  });
});
