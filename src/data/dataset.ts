/** Labelled examples in memory, split into three parts; what classification tasks and trained baselines read. */
/** Examples of one part. Arrays sit in shared memory where there is any, so threads read them without a copy. */
export interface Examples {
  readonly count: number;
  /** Row-major [count x inputs], finite. */
  readonly features: Float32Array;
  /** Class of each example, [count], 0 .. classes - 1. */
  readonly labels: Uint8Array;
}

/**
 * A data set. Search reads `train`, and so does the choice of the best shared weight; choices of champion and epoch
 * read `validation`, reports read `test`.
 */
export interface Dataset {
  readonly name: string;
  /** Names of the inputs, in order. */
  readonly inputs: readonly string[];
  /** Names of the classes, in order. */
  readonly classes: readonly string[];
  /** Where the inputs are pixels: inputs = width x height, row by row. */
  readonly image?: { readonly width: number; readonly height: number };
  readonly train: Examples;
  readonly validation: Examples;
  readonly test: Examples;
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
