/** Examples in memory, split into three parts; what tasks on data and trained baselines read. */
import type { TableEncoding } from "./table/encoding.ts";

/** Inputs of one part. Arrays sit in shared memory where there is any, so threads read them without a copy. */
export interface Features {
  readonly count: number;
  /** Row-major [count x inputs], finite. */
  readonly features: Float32Array;
}

/** Examples of classes. */
export interface Examples extends Features {
  /** Class of each example, [count], 0 .. classes - 1. */
  readonly labels: Uint8Array;
}

/** Examples of a number. */
export interface RegressionExamples extends Features {
  /** The number of each example less the mean of the training part, over its standard deviation, [count], finite. */
  readonly targets: Float32Array;
}

/**
 * What every data set has. Search reads `train`, and so does the choice of the best shared weight; choices of champion
 * and epoch read `validation`, reports read `test`.
 */
interface Parts<Part> {
  readonly name: string;
  /** Names of the inputs, in order. */
  readonly inputs: readonly string[];
  /** Where the inputs are pixels: inputs = width x height, row by row. */
  readonly image?: { readonly width: number; readonly height: number };
  /** Where the inputs come from a table: how. */
  readonly table?: TableEncoding;
  readonly train: Part;
  readonly validation: Part;
  readonly test: Part;
}

/** A data set of classes. */
export interface Dataset extends Parts<Examples> {
  /** Names of the classes, in order. */
  readonly classes: readonly string[];
}

/** A data set of a number to be told. */
export interface RegressionDataset extends Parts<RegressionExamples> {
  /** What the number is; value = mean + deviation x target. */
  readonly target: { readonly name: string; readonly mean: number; readonly deviation: number };
}

/** Singles in shared memory where there is any (a browser page may have none). */
export function sharedFloats(length: number): Float32Array {
  return new Float32Array(sharedBuffer(length * 4));
}

/** Bytes in shared memory where there is any. */
export function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(sharedBuffer(length));
}

function sharedBuffer(bytes: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
}

/** The examples with these indices, in this order, copied. */
export function selectExamples(examples: Examples, indices: ArrayLike<number>): Examples {
  const width = examples.features.length / examples.count;
  const features = sharedFloats(indices.length * width);
  const labels = sharedBytes(indices.length);
  for (let row = 0; row < indices.length; row++) {
    const from = indices[row] * width;
    features.set(examples.features.subarray(from, from + width), row * width);
    labels[row] = examples.labels[indices[row]];
  }
  return { count: indices.length, features, labels };
}

/** How many examples each class has, [classes]. */
export function countClasses(labels: Uint8Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}
