/** A dense layer in the kernels' memory. */
import { address, floats, PAIR, strideOf, type Words } from "./memory.ts";
import type { DenseLayer } from "./weights.ts";

/** Words of the structure `Layer` of kernel/assembly/dense-layer.ts. */
export const LAYER_WORDS = 13;
/** Where that structure has the addresses of the velocities of weights and of biases; 0: no momentum. */
export const VELOCITIES_WORD = 5;

/** A layer in memory. */
export interface PlacedLayer {
  readonly rows: number;
  readonly width: number;
  /** Words from one row to the next. */
  readonly stride: number;
  readonly weights: Words;
  readonly biases: Words;
  readonly velocities: Words;
  readonly biasVelocities: Words;
  readonly gradients: Words;
  readonly outputs: Words;
  readonly errors: Words;
  readonly byExample: Words;
  readonly byRow: Words;
  readonly rowEntries: Words;
}

/**
 * Makes room for a layer.
 *
 * @param capacity examples of a batch, at most
 * @param entries  inputs of an example that are not 0, at most
 */
export function placeLayer(
  place: (words: number) => Words,
  { rows, width }: { rows: number; width: number },
  capacity: number,
  entries: number,
): PlacedLayer {
  const stride = strideOf(width);
  return {
    rows,
    width,
    stride,
    weights: place(rows * stride),
    biases: place(stride),
    velocities: place(rows * stride),
    biasVelocities: place(stride),
    gradients: place(rows * stride),
    outputs: place(capacity * stride),
    errors: place(capacity * stride),
    byExample: place(capacity * PAIR),
    byRow: place(rows * PAIR),
    rowEntries: place(capacity * entries * PAIR),
  };
}

/** The structure the kernels read, without momentum. */
export function describeLayer(layer: PlacedLayer): number[] {
  const { gradients, outputs, errors, byExample, byRow, rowEntries } = layer;
  const arrays = [gradients, outputs, errors, byExample, byRow, rowEntries].map(address);
  return [layer.rows, layer.width, layer.stride * 4, address(layer.weights), address(layer.biases), 0, 0, ...arrays];
}

/** The weights and biases at two arrays of a layer's shape, without the padding. */
export function readLayer({ rows, width, stride }: PlacedLayer, weights: Words, biases: Words): DenseLayer {
  const from = floats(weights);
  const to = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) to.set(from.subarray(row * stride, row * stride + width), row * width);
  return { weights: to, biases: floats(biases).slice(0, width) };
}

/** The reverse of `readLayer`. */
export function writeLayer(
  { rows, width, stride }: PlacedLayer,
  layer: DenseLayer,
  weights: Words,
  biases: Words,
): void {
  const to = floats(weights);
  for (let row = 0; row < rows; row++) to.set(layer.weights.subarray(row * width, (row + 1) * width), row * stride);
  floats(biases).set(layer.biases);
}
