/**
 * What is left of the picture for the network: a few weighted sums of its numbers, each scaled to mean 0 and deviation 1 over
 * the frames that the encoder was made from (principal component analysis, whitened; Hotelling 1933).
 *
 * Weights are bytes and sums integers, so that every machine and any order of adding gives the same bits:
 *
 *     code[k] = scale[k] * sum_i weight[k][i] * picture[i] + offset[k]   (product and sum rounded to singles)
 */
import { z } from "zod";
import { UsageError } from "../../../base/errors.ts";
import { f32 } from "../../../base/float32.ts";
import { parseSettings } from "../../../base/settings.ts";
import { SHIPPED_ENCODER } from "./encoder-data.ts";
import { PIXELS } from "./picture.ts";

/** An encoder of so many components, the most telling first. */
export interface Encoder {
  /** [components x PIXELS], row-major. */
  readonly weights: Int8Array;
  /** [components] each. */
  readonly scales: Float32Array;
  readonly offsets: Float32Array;
  /** The mean of all pictures, [PIXELS]: no code needs it, but drawings of what codes keep. */
  readonly mean: Uint8Array;
}

/** An encoder as a file. */
export interface EncoderJson {
  /** Bytes in base64, [components x PIXELS]. */
  readonly weights: string;
  readonly scales: readonly number[];
  readonly offsets: readonly number[];
  /** Bytes in base64, [PIXELS]. */
  readonly mean: string;
}

const NUMBERS = z.array(z.number()).min(1).max(PIXELS);
const SCHEMA = z.strictObject({ weights: z.string(), scales: NUMBERS, offsets: NUMBERS, mean: z.string() });

/** The encoder that comes with the task, of 32 components (scripts/racer-encoder.ts). */
export const ENCODER: Encoder = decodeEncoder(SHIPPED_ENCODER);

/** Reads an encoder from the text of a file. @param path names it in errors @throws UsageError if it is none */
export function parseEncoder(text: string, path: string): Encoder {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(`Expected an encoder in JSON in ${path}, got something else: make one with npm run encoder.`);
  }
  const given = parseSettings(`the encoder ${path}`, SCHEMA, json as Record<string, unknown>) as EncoderJson;
  const encoder = decodeEncoder(given);
  const count = given.scales.length;
  const found = [given.offsets.length, encoder.weights.length, encoder.mean.length];
  if (found[0] !== count || found[1] !== count * PIXELS || found[2] !== PIXELS) {
    throw new UsageError(
      `Expected ${count} offsets, ${count * PIXELS} bytes of weights and ${PIXELS} of the mean for ${count} scales in ` +
        `${path}, got ${found.join(", ")}.`,
    );
  }
  return encoder;
}

function decodeEncoder({ weights, scales, offsets, mean }: EncoderJson): Encoder {
  return {
    weights: new Int8Array(bytesOf(weights).buffer),
    scales: Float32Array.from(scales),
    offsets: Float32Array.from(offsets),
    mean: bytesOf(mean),
  };
}

/** The bytes of base64; none if it is something else. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

/** The first components of an encoder. @throws UsageError if it has fewer */
export function firstComponents({ weights, scales, offsets, mean }: Encoder, count: number): Encoder {
  if (count > scales.length) {
    throw new UsageError(
      `Expected at most ${scales.length} inputs, as the encoder has no more components, got ${count}: make one of more ` +
        "with npm run encoder, and give it with --encoder.",
    );
  }
  return {
    weights: weights.subarray(0, count * PIXELS),
    scales: scales.subarray(0, count),
    offsets: offsets.subarray(0, count),
    mean,
  };
}

/** Writes the code of a picture, [components]. */
export function encode({ weights, scales, offsets }: Encoder, picture: Uint8Array, code: Float32Array): void {
  for (let component = 0, at = 0; component < scales.length; component++) {
    let sum = 0;
    for (let pixel = 0; pixel < PIXELS; pixel++) sum += weights[at++] * picture[pixel];
    code[component] = f32(f32(sum) * scales[component]) + offsets[component];
  }
}

/**
 * What a code keeps of a picture, [PIXELS]: the mean, and of each component as much as there was, which is the nearest picture
 * where components are orthogonal, as those of the encoder that comes with the task. For drawings.
 */
export function decode({ weights, scales, offsets, mean }: Encoder, code: ArrayLike<number>): Uint8ClampedArray {
  const picture = Float64Array.from(mean);
  for (let component = 0; component < scales.length; component++) {
    const own = weights.subarray(component * PIXELS, (component + 1) * PIXELS);
    let squares = 0;
    let ofMean = 0;
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      squares += own[pixel] * own[pixel];
      ofMean += own[pixel] * mean[pixel];
    }
    const more = ((code[component] - offsets[component]) / scales[component] - ofMean) / squares;
    for (let pixel = 0; pixel < PIXELS; pixel++) picture[pixel] += more * own[pixel];
  }
  return Uint8ClampedArray.from(picture);
}
