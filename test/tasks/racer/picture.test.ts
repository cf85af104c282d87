/** What the racer's network sees against what the game draws, and the encoder: its bytes, its files, its sums. */
import { createHash } from "node:crypto";
import {
  encodePicture,
  firstComponents,
  PICTURE_PIXELS,
  parseEncoder,
  RACER_ENCODER,
  racerEnvironment,
  racerStart,
  stepRacer,
} from "precocial";
import sharp from "sharp";
import { expect, test } from "vitest";
import { cameraAt, drawPicture } from "../../../src/tasks/environments/racer/picture.ts";
import { fixture } from "../../fixtures/folder.ts";
import { recorded } from "../biped/recordings.ts";
import { groundNamed, runs, startOn } from "./recordings.ts";

interface Frame {
  name: string;
  track: string;
  time: number;
  origin: number[];
  sin: number;
  cos: number;
  texture: number[][];
  canvas: number[][];
}

const frames = recorded<{ frames: Frame[] }>("racer/racer_frames.json")?.frames ?? [];
const { fround } = Math;

function meanDifference(picture: ArrayLike<number>, grass: readonly number[]): number {
  return grass.reduce((sum, value, index) => sum + Math.abs(255 - picture[index] - value), 0) / grass.length;
}

test.skipIf(frames.length === 0).each(frames.map((frame) => [frame.name, frame] as const))(
  "draws frame %s as the reference sampler does, off the game's canvas by 1.3 to 3.5 of 255, by 6.1 from far above",
  (_, { track, time, origin, sin, cos, texture, canvas }) => {
    const picture = new Uint8Array(PICTURE_PIXELS);
    const [x, y] = origin.map(fround);
    const transform = { x, y, sine: fround(sin), cosine: fround(cos) };
    drawPicture(groundNamed(track).texture, cameraAt(time), { transform }, picture);
    expect(Array.from(picture, (value) => 255 - value)).toEqual(texture.flat());
    expect(meanDifference(picture, canvas.flat())).toBeLessThan(time < 0.1 ? 6.1 : 3.5);
  },
);

/** Grass of a recorded frame of 96 x 96 x 3, the bar cut off, averaged over 32 x 32 cells. */
async function grassOf(name: string): Promise<number[]> {
  const { data, info } = await sharp(fixture(name) as string)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([96, 96, 3]);
  const green = (row: number, column: number) => {
    const at = 3 * (96 * row + column);
    return 2.5 * Math.min(Math.max(data[at + 1] - data[at], 0), 102);
  };
  return Array.from({ length: PICTURE_PIXELS }, (_, cell) => {
    const [top, left] = [((cell >> 5) * 84) / 32, (cell & 31) * 3];
    let sum = 0;
    for (let row = Math.floor(top); row < top + 84 / 32; row++) {
      const share = Math.min(row + 1, top + 84 / 32) - Math.max(row, top);
      for (let column = left; column < left + 3; column++) sum += share * green(row, column);
    }
    return sum / ((84 / 32) * 3);
  });
}

test.skipIf(runs === undefined)("sees what Gymnasium's own frames show, but for the car", async () => {
  const { actions } = recorded("gymnasium/carracing_pursuit_seed0.json") as { actions: number[][] };
  const state = startOn("seed0");
  const differences: number[] = [];
  for (let step = 0; step <= 200; step++) {
    if ([0, 60, 200].includes(step)) {
      const name = `gymnasium/carracing_pursuit_seed0_t${String(step).padStart(3, "0")}.png`;
      differences.push(meanDifference(state.picture, await grassOf(name)));
    }
    const [steer, gas, brake] = actions[step];
    stepRacer(state, { steer, gas, brake });
  }
  const [far, ...near] = differences;
  expect(far).toBeLessThan(7);
  for (const difference of near) expect(difference).toBeLessThan(5);
});

const PATH = "my.json";
const WEIGHTS = Buffer.alloc(2 * PICTURE_PIXELS, 1).toString("base64");
const MEAN = Buffer.alloc(PICTURE_PIXELS, 9).toString("base64");
const JSON_OF = (changes: object) =>
  JSON.stringify({ weights: WEIGHTS, scales: [1, 2], offsets: [0, 0.5], mean: MEAN, ...changes });

test("comes with an encoder of 32 components, of known bytes", () => {
  const { weights, scales, offsets, mean } = RACER_ENCODER;
  expect([weights.length, scales.length, offsets.length]).toEqual([32 * PICTURE_PIXELS, 32, 32]);
  const hash = createHash("sha256");
  for (const part of [weights, scales, offsets, mean]) hash.update(new Uint8Array(part.buffer));
  expect(hash.digest("hex")).toBe("303f5017cc260041035c8f2fa38e6db50399be4376dabfd152524494cab87fdf");
});

test.skipIf(frames.length === 0)("its codes have about mean 0 and deviation 1 where a driver follows the road", () => {
  const state = racerStart(groundNamed("seed0"));
  const environment = racerEnvironment();
  const code = new Float32Array(16);
  environment.observe?.(state, code, {});
  const sums = RACER_ENCODER.weights.subarray(0, PICTURE_PIXELS).reduce((sum, w, at) => sum + w * state.picture[at], 0);
  expect(code[0]).toBe(fround(fround(fround(sums) * RACER_ENCODER.scales[0]) + RACER_ENCODER.offsets[0]));
  expect(code.every((value) => Math.abs(value) < 8)).toBe(true);
});

test("reads an encoder from a file, and takes its first components", () => {
  const encoder = parseEncoder(JSON_OF({}), PATH);
  const picture = new Uint8Array(PICTURE_PIXELS).fill(3);
  const code = new Float32Array(2);
  encodePicture(encoder, picture, code);
  expect([...code]).toEqual([3072, 6144.5]);
  expect(racerEnvironment(encoder, 1).inputs).toEqual(["picture 0"]);
  expect([...firstComponents(encoder, 1).scales]).toEqual([1]);
});

test.each([
  ["{", "Expected an encoder in JSON in my.json, got something else: make one with npm run encoder."],
  [JSON_OF({ scales: [] }), "Expected scales to be a list of at least one number, got []."],
  [JSON_OF({ offsets: "x" }), 'Expected offsets to be a list of at least one number, got "x".'],
  [
    JSON_OF({ offsets: [0] }),
    "Expected 2 offsets, 2048 bytes of weights and 1024 of the mean for 2 scales in my.json, got 1, 2048, 1024.",
  ],
  [
    JSON_OF({ weights: "?" }),
    "Expected 2 offsets, 2048 bytes of weights and 1024 of the mean for 2 scales in my.json, got 2, 0, 1024.",
  ],
  [
    JSON_OF({ mean: WEIGHTS }),
    "Expected 2 offsets, 2048 bytes of weights and 1024 of the mean for 2 scales in my.json, got 2, 2048, 2048.",
  ],
])("refuses what is no encoder: %s", (text, message) => {
  expect(() => parseEncoder(text, PATH)).toThrow(message);
});

test("refuses more inputs than the encoder has components", () => {
  expect(() => racerEnvironment(RACER_ENCODER, 33)).toThrow(
    "Expected at most 32 inputs, as the encoder has no more components, got 33: make one of more with npm run encoder, and " +
      "give it with --encoder.",
  );
});
