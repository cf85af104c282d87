/** The weights of a dense network: plain data, first values, shape checks and a JSON form. */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { f32 } from "../base/float32.ts";
import { derive } from "../base/rng.ts";
import { firstIssue } from "../genome/codec.ts";

/** Version of the JSON form. */
export const DENSE_FORMAT = 1;

/** Activations of the hidden layer. */
export const DENSE_ACTIVATIONS = ["sigmoid", "relu"] as const;
export type DenseActivation = (typeof DENSE_ACTIVATIONS)[number];

/** Sizes of a network. `hidden` is 0 in a network without a hidden layer: softmax regression. */
export interface DenseShape {
  readonly inputs: number;
  readonly hidden: number;
  readonly classes: number;
}

/** One layer: sums = biases + inputs x weights. */
export interface DenseLayer {
  /** Row-major [rows x width]: row i is what input i adds to each unit. */
  readonly weights: Float32Array;
  /** [width] */
  readonly biases: Float32Array;
}

/** A network: a hidden layer (if any) with its activation, then the output layer, whose sums go into a softmax. */
export interface DenseWeights {
  readonly shape: DenseShape;
  readonly activation: DenseActivation;
  readonly layers: readonly DenseLayer[];
}

/** Rows and width of each layer. */
export function layerSizes({ inputs, hidden, classes }: DenseShape): { rows: number; width: number }[] {
  if (hidden === 0) return [{ rows: inputs, width: classes }];
  return [
    { rows: inputs, width: hidden },
    { rows: hidden, width: classes },
  ];
}

/** The number of weights and biases: 101,770 for 784-128-10. */
export function weightTotal(shape: DenseShape): number {
  return layerSizes(shape).reduce((sum, { rows, width }) => sum + (rows + 1) * width, 0);
}

/** A network with every weight and bias 0. */
export function zeroWeights(shape: DenseShape, activation: DenseActivation): DenseWeights {
  const layers = layerSizes(shape).map(({ rows, width }) => ({
    weights: new Float32Array(rows * width),
    biases: new Float32Array(width),
  }));
  return { shape, activation, layers };
}

/** A network to start from: weights normal with deviation `init`, biases 0. */
export function initialWeights(
  shape: DenseShape,
  activation: DenseActivation,
  init: number,
  seed: number,
): DenseWeights {
  const network = zeroWeights(shape, activation);
  network.layers.forEach(({ weights }, layer) => {
    const rng = derive(seed, "dense weights", layer);
    for (let index = 0; index < weights.length; index++) weights[index] = f32(init * rng.normal());
  });
  return network;
}

/** A copy that shares nothing. */
export function copyWeights({ shape, activation, layers }: DenseWeights): DenseWeights {
  return {
    shape: { ...shape },
    activation,
    layers: layers.map(({ weights, biases }) => ({ weights: weights.slice(), biases: biases.slice() })),
  };
}

/** "784-128-10", as networks are named in messages. */
export function shapeName({ inputs, hidden, classes }: DenseShape): string {
  return hidden === 0 ? `${inputs}-${classes}` : `${inputs}-${hidden}-${classes}`;
}

/** @throws UsageError unless `network` has this shape, with arrays of the lengths it says, all finite. */
export function checkWeights(network: DenseWeights, shape: DenseShape): void {
  if (shapeName(network.shape) !== shapeName(shape)) {
    throw new UsageError(
      `Expected weights of a ${shapeName(shape)} network, got ${shapeName(network.shape)}: use the data and the hidden units they were trained with.`,
    );
  }
  const sizes = layerSizes(shape);
  if (network.layers.length !== sizes.length) {
    throw new UsageError(`Expected ${sizes.length} layers of weights, got ${network.layers.length}.`);
  }
  sizes.forEach(({ rows, width }, layer) => {
    const { weights, biases } = network.layers[layer];
    if (weights.length === rows * width && biases.length === width) return;
    throw new UsageError(
      `Expected layer ${layer} to have ${rows * width} weights and ${width} biases, got ${weights.length} and ${biases.length}.`,
    );
  });
  if (!isFiniteNetwork(network))
    throw new UsageError("Expected finite weights, got NaN or infinity: the training diverged.");
}

/** Whether every weight and bias is finite. */
export function isFiniteNetwork({ layers }: DenseWeights): boolean {
  return layers.every(({ weights, biases }) => weights.every(Number.isFinite) && biases.every(Number.isFinite));
}

/** The JSON form as a schema. */
export const denseSchema = z.strictObject({
  format: z.literal(DENSE_FORMAT),
  inputs: z.int().positive(),
  hidden: z.int().nonnegative(),
  classes: z.int().positive(),
  activation: z.enum(DENSE_ACTIVATIONS),
  /** Layer by layer: weights and biases, base64 of little-endian singles. */
  layers: z.array(z.strictObject({ weights: z.base64(), biases: z.base64() })),
});

/** The JSON form of a network. */
export type DenseJson = z.infer<typeof denseSchema>;

/** The JSON form of a network; exact. */
export function encodeWeights({ shape, activation, layers }: DenseWeights): DenseJson {
  return {
    format: DENSE_FORMAT,
    inputs: shape.inputs,
    hidden: shape.hidden,
    classes: shape.classes,
    activation,
    layers: layers.map(({ weights, biases }) => ({ weights: encodeFloats(weights), biases: encodeFloats(biases) })),
  };
}

/**
 * Reads the JSON form.
 *
 * @throws UsageError if the form is wrong, the arrays do not fit the sizes, or a weight is not finite
 */
export function decodeWeights(json: unknown): DenseWeights {
  const parsed = denseSchema.safeParse(json);
  if (!parsed.success) {
    throw new UsageError(
      `Expected the weights of a dense network, format ${DENSE_FORMAT}: ${firstIssue(parsed.error)}`,
    );
  }
  const { inputs, hidden, classes, activation, layers } = parsed.data;
  const network: DenseWeights = {
    shape: { inputs, hidden, classes },
    activation,
    layers: layers.map(({ weights, biases }) => ({ weights: decodeFloats(weights), biases: decodeFloats(biases) })),
  };
  checkWeights(network, network.shape);
  return network;
}

/** Base64 of little-endian singles. */
function encodeFloats(values: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => {
    bytes.setFloat32(index * 4, value, true);
  });
  let text = "";
  for (let at = 0; at < bytes.byteLength; at++) text += String.fromCharCode(bytes.getUint8(at));
  return btoa(text);
}

/** Bytes beyond the last whole single are dropped; the lengths are checked by the caller. */
function decodeFloats(text: string): Float32Array {
  const bytes = new DataView(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer);
  return Float32Array.from({ length: bytes.byteLength >> 2 }, (_, index) => bytes.getFloat32(index * 4, true));
}
