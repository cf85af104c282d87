/** The host side of kernel/assembly/examples.ts: lays out examples and weights, and calls it. */
import type { Examples, RegressionExamples } from "../../data/dataset.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import { type Group, mergeInGroups } from "../../network/merge.ts";
import { sharePrefixes } from "../../network/prefixes.ts";
import { type Program, programHeader } from "../../network/program.ts";
import { checkWeightSets, type WeightSets, weightCount } from "../task.ts";

/** Examples that go through a network together. */
const BLOCK_EXAMPLES = 16;
/** Most weights of one call: more are scored in several. */
const WEIGHTS_PER_CALL = 8;
/**
 * Bytes of values of one group of merged networks. Twice the second-level cache of our machines was fastest: what
 * large groups share outweighs what leaves the cache.
 */
const GROUP_BYTES = 1 << 22;

/** What is made of the outputs, by the numbers of kernel/assembly/examples.ts. */
const HEADS = { likelihoods: 0, errors: 1, classes: 2, outputs: 3, scaled: 4 } as const;
/** Scores: log-likelihoods of the right class, also of scaled outputs; minus squared errors. */
export type ScoreHead = "likelihoods" | "scaled" | "errors";

/** Examples chosen from a set. The object itself is the key under which a kernel holds them. */
export interface Batch<Part extends Examples | RegressionExamples = Examples | RegressionExamples> {
  readonly examples: Part;
  /** Indices into the examples, or all of them in order. */
  readonly chosen?: Int32Array;
}

/** The number of examples in a batch. */
export function batchSize({ examples, chosen }: Batch): number {
  return chosen?.length ?? examples.count;
}

/**
 * Scores related programs on a batch: the mean over its examples, added up in their order.
 *
 * @returns for each program the score of each weight
 */
export function scoreBatch(
  kernel: Kernel,
  programs: readonly Program[],
  weights: WeightSets,
  batch: Batch,
  head: ScoreHead,
): Float64Array[] {
  const weightsInAll = weightCount(weights);
  const size = batchSize(batch);
  const scores = programs.map(() => new Float64Array(weightsInAll));
  const perCall = Math.min(weightsInAll, WEIGHTS_PER_CALL);
  // Individual weights belong to the connections of one program, so only networks with shared weights can share nodes.
  const groups: Group[] =
    weights.kind === "shared"
      ? mergeInGroups(programs, GROUP_BYTES / (perCall * BLOCK_EXAMPLES * 4))
      : programs.map((program) => ({ program, programCount: 1 }));
  let first = 0;
  for (const { program, programCount } of groups) {
    const ready = programCount > 1 ? sharePrefixes(program) : program;
    for (let weight = 0; weight < weightsInAll; weight += perCall) {
      const some = sliceWeights(weights, weight, Math.min(weight + perCall, weightsInAll));
      const { totals } = run(kernel, ready, programCount, some, batch, HEADS[head]);
      const count = weightCount(some);
      for (let network = 0; network < programCount; network++) {
        for (let index = 0; index < count; index++) {
          scores[first + network][weight + index] = totals[network * count + index] / size;
        }
      }
    }
    first += programCount;
  }
  return scores;
}

/**
 * What a program answers to each example of a batch at each weight: the class of its largest output, the lowest class
 * of equals; or its first output.
 *
 * @param answers filled, row-major [weights x examples]: bytes for classes, singles for outputs
 * @throws UsageError if individual weights are not one for each connection
 */
export function answerBatch<Answers extends Uint8Array | Float32Array>(
  kernel: Kernel,
  program: Program,
  weights: WeightSets,
  batch: Batch,
  answers: Answers,
): Answers {
  checkWeightSets(program, weights);
  const size = batchSize(batch);
  const weightsInAll = weightCount(weights);
  const head = answers instanceof Uint8Array ? HEADS.classes : HEADS.outputs;
  for (let first = 0; first < weightsInAll; first += WEIGHTS_PER_CALL) {
    const some = sliceWeights(weights, first, Math.min(first + WEIGHTS_PER_CALL, weightsInAll));
    const { words } = run(kernel, program, 1, some, batch, head);
    const given = head === HEADS.classes ? words : new Float32Array(words.buffer, words.byteOffset, words.length);
    for (let weight = 0; weight < weightCount(some); weight++) {
      const row = weight * inBlocks(size);
      answers.set(given.subarray(row, row + size), (first + weight) * size);
    }
  }
  return answers;
}

/** One call of the kernel; the results are views of its memory, good until the next call. */
function run(
  kernel: Kernel,
  program: Program,
  networkCount: number,
  weights: WeightSets,
  batch: Batch,
  head: (typeof HEADS)[keyof typeof HEADS],
): { totals: Float64Array; words: Int32Array } {
  const header = programHeader(program);
  const size = batchSize(batch);
  const wantedLength = inBlocks(size);
  const held = kernel.hold(batch, wantedLength * (2 + header.inputCount), (floats) => gather(batch, floats));

  const count = weightCount(weights);
  const weightValues = weights.kind === "shared" ? withOnes(weights.values) : weights.sets;
  const { slots, indices } = distinctOutputs(program);
  const valueLength = header.nodeCount * count * BLOCK_EXAMPLES + 16;
  const splitLength = splitsOf(head, slots.length * count, (header.length - header.outputs) / networkCount);
  const totalLength = networkCount * count;
  const totalWordCount = totalLength * (head === HEADS.scaled ? 6 : 2);
  const isAnswer = head === HEADS.classes || head === HEADS.outputs;
  const answerLength = isAnswer ? totalLength * wantedLength : 0;
  const words = program.length + slots.length + weightValues.length + valueLength + splitLength + totalWordCount;
  kernel.reserve(4 * (words + answerLength), 7);
  const code = kernel.integers(program.length);
  const distinct = kernel.integers(slots.length);
  const weightBlock = kernel.floats(weightValues.length);
  const values = kernel.floats(valueLength);
  const splits = kernel.floats(splitLength);
  const totalWords = kernel.integers(totalWordCount);
  const answers = kernel.integers(answerLength);
  const totals = new Float64Array(totalWords.buffer, totalWords.byteOffset, totalLength);
  code.set(program);
  code.set(indices, header.outputs);
  distinct.set(slots);
  weightBlock.set(weightValues);
  totalWords.fill(0);
  kernel.exports.examples(
    code.byteOffset,
    distinct.byteOffset,
    slots.length,
    held + wantedLength * 4,
    held,
    size,
    align(values),
    align(splits),
    weightBlock.byteOffset,
    count,
    weights.kind === "individual" ? 1 : 0,
    networkCount,
    head,
    totals.byteOffset,
    isAnswer ? answers.byteOffset : 0,
  );
  return { totals, words: answers };
}

/** Singles that the kernel needs beside values, a block for alignment among them. @param rows distinct outputs x weights */
function splitsOf(head: (typeof HEADS)[keyof typeof HEADS], rows: number, classes: number): number {
  const room = 2 * BLOCK_EXAMPLES;
  if (head === HEADS.likelihoods) return room + 3 * rows * BLOCK_EXAMPLES;
  return head === HEADS.scaled ? room + BLOCK_EXAMPLES + classes * (4 * BLOCK_EXAMPLES + 2) : room;
}

/** So many examples, filled up to whole blocks. */
function inBlocks(size: number): number {
  return Math.ceil(size / BLOCK_EXAMPLES) * BLOCK_EXAMPLES;
}

/** The distinct slots among a program's outputs, and for each output its index among them. */
function distinctOutputs(program: Program): { slots: number[]; indices: Int32Array } {
  const header = programHeader(program);
  const indexOf = new Int32Array(header.slotCount).fill(-1);
  const slots: number[] = [];
  const indices = program.slice(header.outputs, header.length);
  for (let output = 0; output < indices.length; output++) {
    const slot = indices[output];
    if (indexOf[slot] < 0) indexOf[slot] = slots.push(slot) - 1;
    indices[output] = indexOf[slot];
  }
  return { slots, indices };
}

/** Weights, then as many ones: those of partial sums. */
function withOnes(weights: Float32Array): Float32Array {
  const both = new Float32Array(weights.length * 2).fill(1);
  both.set(weights);
  return both;
}

/** The first pointer in a block that is a multiple of 64, the length of a cache line. */
function align(block: Float32Array): number {
  return Math.ceil(block.byteOffset / 64) * 64;
}

/**
 * Writes what is wanted of each example (labels as integers, targets as singles), then blocks
 * [blocks x (1 + inputs) x 16] with a bias row of ones; padding is zero.
 */
function gather(batch: Batch, floats: Float32Array): void {
  const { examples, chosen } = batch;
  const { features } = examples;
  const size = batchSize(batch);
  const wantedLength = inBlocks(size);
  const inputCount = features.length / examples.count;
  const [wanted, given] =
    "labels" in examples
      ? [new Int32Array(floats.buffer, floats.byteOffset, wantedLength), examples.labels]
      : [floats, examples.targets];
  floats.fill(0);
  for (let index = 0; index < size; index++) {
    const example = chosen ? chosen[index] : index;
    wanted[index] = given[example];
    const lane = index % BLOCK_EXAMPLES;
    let to = wantedLength + (index - lane) * (1 + inputCount) + lane;
    floats[to] = 1;
    const from = example * inputCount;
    for (let input = 0; input < inputCount; input++) {
      to += BLOCK_EXAMPLES;
      floats[to] = features[from + input];
    }
  }
}

function sliceWeights(weights: WeightSets, start: number, end: number): WeightSets {
  if (weights.kind === "shared") return { kind: "shared", values: weights.values.subarray(start, end) };
  const length = weights.sets.length / weights.count;
  return {
    kind: "individual",
    sets: weights.sets.subarray(start * length, end * length),
    count: end - start,
  };
}
