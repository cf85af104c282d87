/**
 * Networks scored on images: blocks of 16 images go through all nodes, for all weights at once.
 *
 * A node's row of values is [weights x 16 images], 64 bytes to a weight; an input's row is [16 images]. So the sum of
 * a node's input sources is computed once for all weights, and stays in registers. Twin: network/forward.ts and
 * tasks/likelihood.ts.
 */
import { activate } from "./activations";
import { connectionCount, HEADER_BYTES, inputCount, NODE_BYTES, nodeCount, outputCount } from "./forward";
import { addLikelihoods, BLOCK_BYTES, predict, SPLIT_BYTES, splitOutputs } from "./softmax";

const BLOCK_IMAGES = 16;

/**
 * Puts images through the networks of a merged program, and either adds up log-likelihoods or predicts classes.
 *
 * @param program      a copy of the program, whose slots become addresses; its outputs are indices into `distinct`
 * @param distinct     slots of the distinct outputs, which become addresses
 * @param blocks       [blocks of images x (1 + inputs) x 16], row 0 of a block all ones (the bias)
 * @param labels       class of each image, [images]; not read when predicting
 * @param values       room for [nodes x weights x 16] singles, aligned to 64 bytes
 * @param splits       room for [distinct outputs x weights x 3 x 16] singles and 16 more, aligned to 64 bytes
 * @param weights      shared weights and as many ones, or [weights x connections] individual ones
 * @param individual   1 if the weights are individual ones
 * @param networkCount networks in the program: its outputs are those of all networks, one after another
 * @param totals       [networks x weights] doubles, to which log-likelihoods are added in the order of images
 * @param predictions  0, or room for the classes predicted, [networks x weights x whole blocks of images]
 */
export function classify(
  program: usize,
  distinct: usize,
  distinctCount: i32,
  blocks: usize,
  labels: usize,
  imageCount: i32,
  values: usize,
  splits: usize,
  weights: usize,
  weightCount: i32,
  individual: i32,
  networkCount: i32,
  totals: usize,
  predictions: usize,
): void {
  const rowBytes = <usize>weightCount * BLOCK_BYTES;
  const splitRowBytes = <usize>weightCount * SPLIT_BYTES;
  const room = splits + <usize>distinctCount * splitRowBytes;
  const classes = outputCount(program) / networkCount;
  const inputs = inputCount(program);
  const sources = program + HEADER_BYTES + <usize>nodeCount(program) * NODE_BYTES;
  const outputs = sources + (<usize>connectionCount(program) << 2);
  bind(sources, connectionCount(program), inputs, values, rowBytes);
  bind(distinct, distinctCount, inputs, values, rowBytes);
  for (let at = outputs, end = outputs + (<usize>outputCount(program) << 2); at < end; at += 4) {
    const index = load<usize>(at);
    store<usize>(at, predictions != 0 ? load<usize>(distinct + (index << 2)) : splits + index * splitRowBytes);
  }

  const blockLength = <usize>(1 + inputs) * BLOCK_BYTES;
  const predictionBytes = (<usize>(imageCount + BLOCK_IMAGES - 1) / BLOCK_IMAGES) * BLOCK_BYTES;
  for (let first = 0; first < imageCount; first += BLOCK_IMAGES) {
    if (individual != 0) forwardIndividual(program, blocks, values, rowBytes, weights);
    else forwardShared(program, blocks, values, rowBytes, weights);
    if (predictions == 0) splitOutputs(distinct, distinctCount, rowBytes, splits);
    const count = min(imageCount - first, BLOCK_IMAGES);
    let network = outputs;
    let total = totals;
    let prediction = predictions + (<usize>first << 2);
    for (let index = 0; index < networkCount; index++) {
      for (let weight = 0; weight < weightCount; weight++) {
        if (predictions != 0) predict(network, classes, <usize>weight * BLOCK_BYTES, prediction);
        else addLikelihoods(network, classes, <usize>weight * SPLIT_BYTES, labels, count, total, room);
        total += 8;
        prediction += predictionBytes;
      }
      network += <usize>classes << 2;
    }
    blocks += blockLength;
    labels += BLOCK_BYTES;
  }
}

/** Turns slots into addresses: of a node's row of values, or of an input's row within a block of images. */
function bind(slots: usize, count: i32, inputs: i32, values: usize, rowBytes: usize): void {
  for (const end = slots + (<usize>count << 2); slots < end; slots += 4) {
    const slot = load<i32>(slots);
    store<usize>(slots, slot <= inputs ? <usize>slot * BLOCK_BYTES : values + <usize>(slot - inputs - 1) * rowBytes);
  }
}

/** Computes the rows of all nodes with shared weights. */
function forwardShared(program: usize, inputs: usize, row: usize, rowBytes: usize, weights: usize): void {
  let node = program + HEADER_BYTES;
  let source = node + <usize>nodeCount(program) * NODE_BYTES;
  const vectors = <i32>(rowBytes >> 4);
  const firstWeight = weights;
  const ones = weights + (rowBytes >> 4);
  for (let last = source; node < last; node += NODE_BYTES) {
    const hidden = source + (<usize>load<i32>(node, 4) << 2);
    const end = source + (<usize>load<i32>(node, 8) << 2);
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (; source < hidden; source += 4) {
      const from = inputs + load<usize>(source);
      a = f32x4.add(a, v128.load(from));
      b = f32x4.add(b, v128.load(from, 16));
      c = f32x4.add(c, v128.load(from, 32));
      d = f32x4.add(d, v128.load(from, 48));
    }
    // A partial sum (kernel/prefixes.ts) is not multiplied.
    weights = load<i32>(node) == 0 ? ones : firstWeight;
    let offset: usize = 0;
    for (; offset + BLOCK_BYTES < rowBytes; offset += 2 * BLOCK_BYTES) {
      let e = a;
      let f = b;
      let g = c;
      let h = d;
      let i = a;
      let j = b;
      let k = c;
      let l = d;
      for (let at = hidden; at < end; at += 4) {
        const from = load<usize>(at) + offset;
        e = f32x4.add(e, v128.load(from));
        f = f32x4.add(f, v128.load(from, 16));
        g = f32x4.add(g, v128.load(from, 32));
        h = f32x4.add(h, v128.load(from, 48));
        i = f32x4.add(i, v128.load(from, 64));
        j = f32x4.add(j, v128.load(from, 80));
        k = f32x4.add(k, v128.load(from, 96));
        l = f32x4.add(l, v128.load(from, 112));
      }
      const first = v128.load32_splat(weights);
      const second = v128.load32_splat(weights, 4);
      const to = row + offset;
      v128.store(to, f32x4.mul(first, e));
      v128.store(to, f32x4.mul(first, f), 16);
      v128.store(to, f32x4.mul(first, g), 32);
      v128.store(to, f32x4.mul(first, h), 48);
      v128.store(to, f32x4.mul(second, i), 64);
      v128.store(to, f32x4.mul(second, j), 80);
      v128.store(to, f32x4.mul(second, k), 96);
      v128.store(to, f32x4.mul(second, l), 112);
      weights += 8;
    }
    if (offset < rowBytes) {
      for (let at = hidden; at < end; at += 4) {
        const from = load<usize>(at) + offset;
        a = f32x4.add(a, v128.load(from));
        b = f32x4.add(b, v128.load(from, 16));
        c = f32x4.add(c, v128.load(from, 32));
        d = f32x4.add(d, v128.load(from, 48));
      }
      storeBlock(row + offset, v128.load32_splat(weights), a, b, c, d);
    }
    activate(load<i32>(node), row, vectors);
    source = end;
    row += rowBytes;
  }
}

/** Computes the rows of all nodes with individual weights, [weight sets x connections]. */
function forwardIndividual(program: usize, inputs: usize, row: usize, rowBytes: usize, weights: usize): void {
  let node = program + HEADER_BYTES;
  let source = node + <usize>nodeCount(program) * NODE_BYTES;
  const setBytes = <usize>connectionCount(program) << 2;
  const vectors = <i32>(rowBytes >> 4);
  for (let last = source; node < last; node += NODE_BYTES) {
    const hidden = source + (<usize>load<i32>(node, 4) << 2);
    const end = source + (<usize>load<i32>(node, 8) << 2);
    let set = weights;
    for (let offset: usize = 0; offset < rowBytes; offset += BLOCK_BYTES) {
      let a = f32x4.splat(0);
      let b = a;
      let c = a;
      let d = a;
      let weight = set;
      for (let at = source; at < end; at += 4) {
        const from = load<usize>(at) + (at < hidden ? inputs : offset);
        const factor = v128.load32_splat(weight);
        a = f32x4.add(a, f32x4.mul(factor, v128.load(from)));
        b = f32x4.add(b, f32x4.mul(factor, v128.load(from, 16)));
        c = f32x4.add(c, f32x4.mul(factor, v128.load(from, 32)));
        d = f32x4.add(d, f32x4.mul(factor, v128.load(from, 48)));
        weight += 4;
      }
      storeBlock(row + offset, f32x4.splat(1), a, b, c, d);
      set += setBytes;
    }
    activate(load<i32>(node), row, vectors);
    weights += end - source;
    source = end;
    row += rowBytes;
  }
}

// @ts-ignore: decorator
@inline
function storeBlock(to: usize, weight: v128, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(to, f32x4.mul(weight, a));
  v128.store(to, f32x4.mul(weight, b), 16);
  v128.store(to, f32x4.mul(weight, c), 32);
  v128.store(to, f32x4.mul(weight, d), 48);
}
