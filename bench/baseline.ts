/** Bench of the two-layer network: one MNIST-sized epoch against TensorFlow.js on its wasm and plain backends. */
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { type Dataset, derive, type Examples, Trainer } from "precocial";
import type { Line } from "./measure.ts";

const SIDE = 28; // pixels
const SHAPE = { inputs: SIDE * SIDE, hidden: 128, classes: 10 };
const EXAMPLES = 48_000;
const BATCH = 64;
const RATES = { learningRate: 0.1, alpha: 0.001, momentum: 0 };
/** Operations of a step on one example if zeros cost as much as anything: outputs and gradients of both layers, errors back. */
const OPERATIONS = 4 * (SHAPE.inputs * SHAPE.hidden + SHAPE.hidden * SHAPE.classes) + 2 * SHAPE.hidden * SHAPE.classes;
/** Batches of a round; TensorFlow.js is timed on fewer, since its plain backend takes a minute for an epoch. */
const ROUNDS = 5;
const BATCHES = { kernels: EXAMPLES / BATCH, wasm: 150, cpu: 15 };

/** Runs all, round by round in turn so that a busy machine slows all alike, and yields the lines of the table. */
export async function* benchBaseline(): AsyncGenerator<Line> {
  const dataset = likeDigits();
  const features = dataset.train.features;
  const filled = features.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0) / features.length;
  const epochs = {
    kernels: await kernelRound(dataset),
    wasm: await tensorflowRound("wasm", dataset.train),
    cpu: await tensorflowRound("cpu", dataset.train),
  };
  const names = ["kernels", "wasm", "cpu"] as const;
  const seconds = { kernels: Infinity, wasm: Infinity, cpu: Infinity };
  for (let round = 0; round <= ROUNDS; round++) {
    for (const name of names) {
      const start = performance.now();
      await epochs[name]();
      const taken = ((performance.now() - start) / 1000) * (BATCHES.kernels / BATCHES[name]);
      if (round > 0) seconds[name] = Math.min(seconds[name], taken);
    }
  }
  const work = OPERATIONS * EXAMPLES;
  const saved = (1 - filled) * 4 * SHAPE.inputs * SHAPE.hidden * EXAMPLES;
  const gigaflops = (operations: number, time: number) => operations / time / 1e9;
  const other = (backend: "wasm" | "cpu") => ({
    name: `epoch in TensorFlow.js ${tf.version_core}, ${backend} backend`,
    value: seconds[backend],
    unit: "s",
    note: `${gigaflops(work, seconds[backend]).toFixed(1)} GFLOP/s; ${BATCHES[backend]} of ${BATCHES.kernels} batches timed`,
  });
  yield {
    name: "epoch of 784-128-10, 48,000 images, batch 64, one thread",
    value: seconds.kernels,
    unit: "s",
    note: `${(100 * filled).toFixed(0)} % of the pixels are not 0`,
    target: "NumPy with OpenBLAS: about 1 s",
  };
  yield other("wasm");
  yield other("cpu");
  yield {
    name: "epoch: times faster than the better TensorFlow.js backend",
    value: Math.min(seconds.wasm, seconds.cpu) / seconds.kernels,
    unit: "x",
    target: "at least 3",
  };
  yield {
    name: "epoch: operations done, zeros left out",
    value: gigaflops(work - saved, seconds.kernels),
    unit: "GFLOP/s",
    note: `${gigaflops(work, seconds.kernels).toFixed(0)} GFLOP/s if zeros counted as in the others`,
  };
}

/** Digit-like images: strokes around the middle, so that about a fifth of the pixels is not 0, as in MNIST. */
function likeDigits(): Dataset {
  const rng = derive("bench baseline");
  const part = (count: number): Examples => {
    const features = new Float32Array(count * SHAPE.inputs);
    const labels = Uint8Array.from({ length: count }, () => rng.integer(SHAPE.classes));
    labels.forEach((label, example) => {
      // A thick curve whose bend and slope go with the class, at a place and size of its own.
      const [x, y, size] = [rng.between(12, 15), rng.between(12, 15), rng.between(7, 9.5)];
      for (let point = 0; point < 60; point++) {
        const along = (point / 59) * 2 - 1;
        const column = x + size * Math.sin((label - 4.5) * 0.4 + along * (1.5 + label / 5)) * 0.8;
        const row = y + size * along;
        for (let down = -1; down <= 1; down++) {
          for (let right = -1; right <= 2; right++) {
            const at = (Math.round(row) + down) * SIDE + Math.round(column) + right;
            if (at >= 0 && at < SHAPE.inputs) features[example * SHAPE.inputs + at] = rng.between(0.2, 1);
          }
        }
      }
    });
    return { count, features, labels };
  };
  const names = (count: number) => Array.from({ length: count }, (_, index) => String(index));
  const parts = { train: part(EXAMPLES), validation: part(BATCH), test: part(BATCH) };
  return { name: "like digits", inputs: names(SHAPE.inputs), classes: names(SHAPE.classes), ...parts };
}

/** A whole epoch as users get it: shuffled, with regularisation, and the few validation examples measured. */
async function kernelRound(dataset: Dataset): Promise<() => void> {
  const trainer = await Trainer.create({ hidden: SHAPE.hidden, batch: BATCH, ...RATES }, dataset);
  return () => void trainer.epoch();
}

/**
 * The same steps by few large operations, gradients written out. Without automatic differentiation, the regularisation and the gathering of shuffled images: all in its favour.
 */
async function tensorflowRound(backend: "wasm" | "cpu", { features, labels }: Examples): Promise<() => Promise<void>> {
  if (backend === "wasm")
    setWasmPaths(fileURLToPath(new URL("./", import.meta.resolve("@tensorflow/tfjs-backend-wasm"))));
  await tf.setBackend(backend);
  const normal = (rows: number, width: number) =>
    tf.variable(tf.randomNormal<tf.Rank.R2>([rows, width], 0, 0.001, "float32", 1));
  const weights = [normal(SHAPE.inputs, SHAPE.hidden), normal(SHAPE.hidden, SHAPE.classes)];
  const biases = [tf.variable(tf.zeros([SHAPE.hidden])), tf.variable(tf.zeros([SHAPE.classes]))];
  const descend = (variable: tf.Variable, gradient: tf.Tensor) =>
    variable.assign(tf.sub(variable, tf.mul(gradient, RATES.learningRate)));
  return async () => {
    await tf.setBackend(backend);
    for (let first = 0; first < BATCHES[backend] * BATCH; first += BATCH) {
      tf.tidy(() => {
        const slice = features.subarray(first * SHAPE.inputs, (first + BATCH) * SHAPE.inputs);
        const images = tf.tensor2d(slice, [BATCH, SHAPE.inputs]);
        const targets = tf.oneHot(tf.tensor1d(labels.subarray(first, first + BATCH), "int32"), SHAPE.classes);
        const hidden = tf.sigmoid(tf.add(tf.matMul(images, weights[0]), biases[0])) as tf.Tensor2D;
        const logits = tf.add(tf.matMul(hidden, weights[1]), biases[1]);
        const errors = tf.mul(tf.sub(tf.softmax(logits), targets), 1 / BATCH) as tf.Tensor2D;
        const back = tf.matMul(errors, weights[1], false, true);
        const hiddenErrors = tf.mul(back, tf.mul(hidden, tf.sub(1, hidden))) as tf.Tensor2D;
        descend(weights[1], tf.matMul(hidden, errors, true, false));
        descend(biases[1], tf.sum(errors, 0));
        descend(weights[0], tf.matMul(images, hiddenErrors, true, false));
        descend(biases[0], tf.sum(hiddenErrors, 0));
      });
    }
    if (!(await biases[1].data()).every(Number.isFinite)) throw new Error("TensorFlow.js diverged.");
  };
}
