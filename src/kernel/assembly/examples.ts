/**
 * Networks put through examples: blocks of 16 examples go through all nodes, for all weights at once.
 *
 * A node's row of values is [weights x 16 examples], 64 bytes to a weight; an input's row is [16 examples]. So the sum
 * of a node's input sources is computed once for all weights, and stays in registers. Twin: network/forward.ts, and of
 * what is made of the outputs tasks/classification/likelihood.ts and tasks/regression/error.ts.
 */
import { activate } from "./activations";
import { connectionCount, HEADER_BYTES, inputCount, NODE_BYTES, nodeCount, outputCount } from "./forward";
import { addLikelihoods, BLOCK_BYTES, predict, SPLIT_BYTES, splitOutputs } from "./softmax";
import { addMoments, addScaled, FITTED_EXAMPLES, factorsOf } from "./scaled";
import { addErrors, storeOutputs } from "./squares";

const BLOCK_EXAMPLES = 16;

/** What is made of the outputs; `HEADS` of tasks/examples/kernel.ts. */
const LIKELIHOODS = 0;
const ERRORS = 1;
const CLASSES = 2;
const OUTPUTS = 3;

/**
 * Puts examples through the networks of a merged program, and either adds up scores or keeps answers.
 *
 * @param program      a copy of the program, whose slots become addresses; its outputs are indices into `distinct`
 * @param distinct     slots of the distinct outputs, which become addresses
 * @param blocks       [blocks of examples x (1 + inputs) x 16], row 0 of a block all ones (the bias)
 * @param wanted       class (integer) or target (single) of each example, [whole blocks of examples]; not read for answers
 * @param values       room for [nodes x weights x 16] singles, aligned to 64 bytes
 * @param splits       room for 16 singles, aligned to 64 bytes, and before them for likelihoods
 *                     [distinct outputs x weights x 3 x 16], or behind them what `addScaled` needs
 * @param weights      shared weights and as many ones, or [weights x connections] individual ones
 * @param individual   1 if the weights are individual ones
 * @param networkCount networks in the program: its outputs are those of all networks, one after another
 * @param head         scores: 0 log-likelihoods of the right class, 1 minus the squared errors of output 0; answers: 2
 *                     the class of the largest output, 3 output 0; scores again: 4 log-likelihoods of scaled outputs
 * @param totals       [networks x weights] doubles, to which scores are added in the order of examples; for scaled outputs
 *                     twice as many again, all 0: factors, and what they are made of
 * @param answers      0, or room for the answers, [networks x weights x whole blocks of examples]
 */
export function examples(
  program: usize,
  distinct: usize,
  distinctCount: i32,
  blocks: usize,
  wanted: usize,
  exampleCount: i32,
  values: usize,
  splits: usize,
  weights: usize,
  weightCount: i32,
  individual: i32,
  networkCount: i32,
  head: i32,
  totals: usize,
  answers: usize,
): void {
  const rowBytes = <usize>weightCount * BLOCK_BYTES;
  const splitRowBytes = <usize>weightCount * SPLIT_BYTES;
  const room = head == LIKELIHOODS ? splits + <usize>distinctCount * splitRowBytes : splits;
  const outputsOfOne = outputCount(program) / networkCount;
  const inputs = inputCount(program);
  const sources = program + HEADER_BYTES + <usize>nodeCount(program) * NODE_BYTES;
  const outputs = sources + (<usize>connectionCount(program) << 2);
  bind(sources, connectionCount(program), inputs, values, rowBytes);
  bind(distinct, distinctCount, inputs, values, rowBytes);
  for (let at = outputs, end = outputs + (<usize>outputCount(program) << 2); at < end; at += 4) {
    const index = load<usize>(at);
    store<usize>(at, head == LIKELIHOODS ? splits + index * splitRowBytes : load<usize>(distinct + (index << 2)));
  }
  const blockLength = <usize>(1 + inputs) * BLOCK_BYTES;
  const scales = totals + (<usize>(networkCount * weightCount) << 3);
  if (head > OUTPUTS) {
    const fitted = min(exampleCount, FITTED_EXAMPLES);
    const scaleBytes = <usize>(networkCount * weightCount) << 3;
    let block = blocks;
    let labels = wanted;
    for (let first = 0; first < fitted; first += BLOCK_EXAMPLES) {
      if (individual != 0) forwardIndividual(program, block, values, rowBytes, weights);
      else forwardShared(program, block, values, rowBytes, weights);
      const count = min(fitted - first, BLOCK_EXAMPLES);
      let network = outputs;
      let scale = scales;
      for (let index = 0; index < networkCount; index++) {
        for (let weight = 0; weight < weightCount; weight++) {
          const offset = <usize>weight * BLOCK_BYTES;
          addMoments(network, outputsOfOne, offset, labels, count, scale, scale + scaleBytes, room);
          scale += 8;
        }
        network += <usize>outputsOfOne << 2;
      }
      block += blockLength;
      labels += BLOCK_BYTES;
    }
    factorsOf(scales, networkCount * weightCount, fitted, outputsOfOne);
  }
  const answerBytes = (<usize>(exampleCount + BLOCK_EXAMPLES - 1) / BLOCK_EXAMPLES) * BLOCK_BYTES;
  for (let first = 0; first < exampleCount; first += BLOCK_EXAMPLES) {
    if (individual != 0) forwardIndividual(program, blocks, values, rowBytes, weights);
    else forwardShared(program, blocks, values, rowBytes, weights);
    if (head == LIKELIHOODS) splitOutputs(distinct, distinctCount, rowBytes, splits);
    const count = min(exampleCount - first, BLOCK_EXAMPLES);
    let network = outputs;
    let total = totals;
    let scale = scales;
    let answer = answers + (<usize>first << 2);
    for (let index = 0; index < networkCount; index++) {
      for (let weight = 0; weight < weightCount; weight++) {
        const offset = <usize>weight * BLOCK_BYTES;
        if (head == LIKELIHOODS) {
          addLikelihoods(network, outputsOfOne, <usize>weight * SPLIT_BYTES, wanted, count, total, room);
        } else if (head == ERRORS) addErrors(network, offset, wanted, count, total, room);
        else if (head == CLASSES) predict(network, outputsOfOne, offset, answer);
        else if (head == OUTPUTS) storeOutputs(network, offset, answer);
        else addScaled(network, outputsOfOne, offset, <f32>load<f64>(scale), wanted, count, total, room);
        total += 8;
        scale += 8;
        answer += answerBytes;
      }
      network += <usize>outputsOfOne << 2;
    }
    blocks += blockLength;
    wanted += BLOCK_BYTES;
  }
}

/** Turns slots into addresses: of a node's row of values, or of an input's row within a block of examples. */
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
