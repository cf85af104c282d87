/**
 * Makes an encoder of the racer's picture: npm run encoder [-- --out my.json --components 48 --seed 7].
 *
 * Principal components (Hotelling 1933), whitened, of frames that a disturbed driver of our own sees: 48 tracks of 600 steps,
 * the camera's first second and what lies beside the road included, every tenth frame. Weights are rounded to bytes. Without
 * --out it writes src/tasks/environments/racer/encoder-data.ts, the one that comes with the task. Prints its digest, the
 * share of variance that it keeps on 12 other tracks, and how much of offset, heading and turns a linear model reads from it
 * there (R2). The same seed gives the same bytes. Needs the build; takes a minute or two.
 */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  answerLinear,
  derive,
  drawRacetrack,
  type EncoderJson,
  encodePicture,
  fitLinear,
  groundOf,
  PICTURE_PIXELS as PIXELS,
  parseEncoder,
} from "precocial";
import { eigen } from "../src/base/eigen.ts";
import { driveEpisode, turnBetween } from "./racer-driver.ts";

const TRACKS = { train: 48, test: 12 };
const STEPS = 600;
const EVERY = 10;
/** Weights are bytes from -MOST to MOST. */
const MOST = 127;
const SHIPPED = join(import.meta.dirname, "../src/tasks/environments/racer/encoder-data.ts");
/** What of a frame is read from its code: names, and whether it is measured only near the road. */
const TARGETS = ["offset", "heading", "turn in 5 tiles", "turn in 10 tiles"];

interface Frame {
  readonly picture: Uint8Array;
  readonly targets: readonly number[];
  /** Whether the car is on the road and looks along it. */
  readonly isClean: boolean;
}

const { values: options } = parseArgs({
  options: {
    out: { type: "string" },
    components: { type: "string", default: "32" },
    seed: { type: "string", default: "1" },
  },
});
const components = Number(options.components);
const train = framesOf("train");
const mean = meanOf(train);
const json = whiten(train, ...principalComponents(train));
const text = JSON.stringify(json);
writeFileSync(options.out ?? SHIPPED, options.out === undefined ? moduleOf(json) : text);
console.log(
  `${options.out ?? SHIPPED}: ${text.length} bytes, sha256 ${createHash("sha256").update(text).digest("hex")}`,
);
report(parseEncoder(text, "it"));

function framesOf(part: "train" | "test"): Frame[] {
  const frames: Frame[] = [];
  for (let track = 0; track < TRACKS[part]; track++) {
    const rng = derive(options.seed, "encoder", part, track);
    const ground = groundOf(drawRacetrack(rng.integer(2 ** 32)));
    const { rows } = ground;
    let step = 0;
    driveEpisode(ground, STEPS, rng, ({ picture }, { row, offset, heading }) => {
      if (step++ % EVERY !== 0) return;
      const turn = (tiles: number) => turnBetween(rows[row].beta, rows[(row + tiles) % rows.length].beta);
      const isClean = Math.abs(offset) < 20 / 3 && Math.abs(heading) < 1 && step > 50;
      frames.push({ picture: picture.slice(), targets: [offset, heading, turn(5), turn(10)], isClean });
    });
  }
  return frames;
}

function meanOf(frames: readonly Frame[]): Float64Array {
  const sums = new Float64Array(PIXELS);
  for (const { picture } of frames) for (let pixel = 0; pixel < PIXELS; pixel++) sums[pixel] += picture[pixel];
  return sums.map((sum) => sum / frames.length);
}

/** Eigenvectors of the covariance of all numbers, row-major, by falling variance. */
function principalComponents(frames: readonly Frame[]): [vectors: Float64Array, order: number[]] {
  const covariance = new Float64Array(PIXELS * PIXELS);
  const centred = new Float64Array(PIXELS);
  for (const { picture } of frames) {
    for (let pixel = 0; pixel < PIXELS; pixel++) centred[pixel] = picture[pixel] - mean[pixel];
    for (let row = 0; row < PIXELS; row++) {
      const value = centred[row];
      for (let column = 0, at = row * PIXELS; column <= row; column++, at++) covariance[at] += value * centred[column];
    }
  }
  const { values, vectors } = eigen(covariance, PIXELS);
  return [vectors, Array.from(values.keys()).sort((a, b) => values[b] - values[a])];
}

/** Rounds components to bytes, the largest weight positive, and scales what they give to mean 0 and deviation 1. */
function whiten(frames: readonly Frame[], vectors: Float64Array, order: readonly number[]): EncoderJson {
  const weights = new Int8Array(components * PIXELS);
  const scales: number[] = [];
  const offsets: number[] = [];
  for (let component = 0; component < components; component++) {
    const vector = vectors.subarray(order[component] * PIXELS, (order[component] + 1) * PIXELS);
    let largest = 0;
    for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
    const own = weights.subarray(component * PIXELS, (component + 1) * PIXELS);
    for (let pixel = 0; pixel < PIXELS; pixel++) own[pixel] = Math.round((vector[pixel] / largest) * MOST);
    let sum = 0;
    let squares = 0;
    for (const { picture } of frames) {
      let total = 0;
      for (let pixel = 0; pixel < PIXELS; pixel++) total += own[pixel] * picture[pixel];
      sum += total;
      squares += total * total;
    }
    const middle = sum / frames.length;
    const deviation = Math.sqrt(squares / frames.length - middle * middle);
    scales.push(Math.fround(1 / deviation));
    offsets.push(Math.fround(-middle / deviation));
  }
  const base64 = (bytes: Int8Array | Uint8Array) => Buffer.from(bytes.buffer).toString("base64");
  return { weights: base64(weights), scales, offsets, mean: base64(Uint8Array.from(mean, Math.round)) };
}

function moduleOf({ weights, scales, offsets, mean }: EncoderJson): string {
  return `/** The encoder that comes with the racer, written by \`npm run encoder\` (scripts/racer-encoder.ts), which says from what. */
export const SHIPPED_ENCODER = {
  weights:
    "${weights}",
  scales: ${JSON.stringify(scales)},
  offsets: ${JSON.stringify(offsets)},
  mean:
    "${mean}",
};
`;
}

/** Prints what 8, 16 and all components keep and tell on other tracks. */
function report(encoder: ReturnType<typeof parseEncoder>): void {
  const test = framesOf("test");
  for (const count of [8, 16, components].filter((count) => count <= components)) {
    const codes = (frames: readonly Frame[]) => {
      const features = new Float32Array(frames.length * count);
      const code = new Float32Array(components);
      frames.forEach(({ picture }, frame) => {
        encodePicture(encoder, picture, code);
        features.set(code.subarray(0, count), frame * count);
      });
      return features;
    };
    const clean = { train: train.filter(({ isClean }) => isClean), test: test.filter(({ isClean }) => isClean) };
    const features = { train: codes(clean.train), test: codes(clean.test) };
    const shares = TARGETS.map((name, index) => {
      const of = (part: "train" | "test") => ({
        features: features[part],
        targets: Float32Array.from(clean[part], ({ targets }) => targets[index]),
        count: clean[part].length,
      });
      const model = fitLinear(of("train"));
      return `${name} ${determination(answerLinear(model, of("test")), of("test").targets).toFixed(2)}`;
    });
    console.log(`${count} components: variance kept ${keptShare(test, codes).toFixed(3)}; R2: ${shares.join(", ")}`);
  }
  console.log(`${train.length} frames; on the road and along it ${train.filter(({ isClean }) => isClean).length}`);
}

/** The share of the variance of all numbers of a picture that a linear model reads from codes. */
function keptShare(frames: readonly Frame[], codes: (frames: readonly Frame[]) => Float32Array): number {
  const features = { train: codes(train), test: codes(frames) };
  let error = 0;
  let spread = 0;
  // Every 16th number stands for all.
  for (let pixel = 5; pixel < PIXELS; pixel += 16) {
    const targets = (all: readonly Frame[]) => Float32Array.from(all, ({ picture }) => picture[pixel]);
    const model = fitLinear({ features: features.train, targets: targets(train), count: train.length });
    const own = targets(frames);
    const answers = answerLinear(model, { features: features.test, targets: own, count: frames.length });
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    own.forEach((value, frame) => {
      error += (value - answers[frame]) ** 2;
      spread += (value - mean) ** 2;
    });
  }
  return 1 - error / spread;
}

function determination(answers: Float64Array, targets: Float32Array): number {
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  let error = 0;
  let spread = 0;
  targets.forEach((value, index) => {
    error += (value - answers[index]) ** 2;
    spread += (value - mean) ** 2;
  });
  return 1 - error / spread;
}
