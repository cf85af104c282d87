/**
 * The flat program of a network: one Int32Array that crosses threads and is read by the kernels as it is.
 *
 *     0 magic | 1 version | 2 inputs | 3 outputs | 4 nodes | 5 connections | 6, 7 zero
 *     nodes x 3        activation code, sources that are inputs or the bias, all sources
 *     connections      slots of the sources, node by node; a node's input sources come first
 *     outputs          slots of the outputs
 *
 * A slot is a row of values: 0 the bias (always 1), 1 .. inputs the inputs, then the nodes in topological order.
 * A node is `activation(weight * sum of its sources)`, summed in the order given. Because input sources come first,
 * a kernel may compute their sum once for all weights. Several networks that share nodes are one program with more
 * outputs.
 */
import { UsageError } from "../base/errors.ts";

/** A program; see the layout above. */
export type Program = Int32Array<ArrayBuffer>;

/** The first word of every program: "WANN" in ASCII. */
export const PROGRAM_MAGIC = 0x4e4e4157;
export const PROGRAM_VERSION = 1;
export const HEADER_LENGTH = 8;
/** Words per node in the node table. */
export const NODE_LENGTH = 3;

/** The numbers and offsets of a program's header, so that no reader counts words itself. */
export interface ProgramHeader {
  inputCount: number;
  outputCount: number;
  nodeCount: number;
  connectionCount: number;
  /** Rows of values: bias, inputs and nodes. */
  slotCount: number;
  /** Index of the first word of the sources. */
  sources: number;
  /** Index of the first word of the outputs. */
  outputs: number;
  /** Words of the whole program. */
  length: number;
}

/** Makes an empty program with its header filled in. */
export function createProgram(
  inputCount: number,
  outputCount: number,
  nodeCount: number,
  connectionCount: number,
): Program {
  const program = new Int32Array(HEADER_LENGTH + nodeCount * NODE_LENGTH + connectionCount + outputCount);
  program.set([PROGRAM_MAGIC, PROGRAM_VERSION, inputCount, outputCount, nodeCount, connectionCount]);
  return program;
}

/**
 * Reads the header of the program that starts at `offset`.
 *
 * @throws UsageError if there is no program of this version there, or it is cut off
 */
export function programHeader(words: Int32Array, offset = 0): ProgramHeader {
  if (words[offset] !== PROGRAM_MAGIC) {
    throw new UsageError(`Expected a program, got data that starts with ${words[offset]}: make one with compile().`);
  }
  if (words[offset + 1] !== PROGRAM_VERSION) {
    throw new UsageError(
      `Expected a program of version ${PROGRAM_VERSION}, got version ${words[offset + 1]}: compile the genome again.`,
    );
  }
  const [inputCount, outputCount, nodeCount, connectionCount] = words.subarray(offset + 2, offset + 6);
  // Of whole numbers in two's complement: whether any is below 0.
  if ((inputCount | outputCount | nodeCount | connectionCount) < 0) {
    const counts = [inputCount, outputCount, nodeCount, connectionCount].join(", ");
    throw new UsageError(`Expected a program with counts of at least 0, got ${counts}: compile the genome again.`);
  }
  const sources = HEADER_LENGTH + nodeCount * NODE_LENGTH;
  const outputs = sources + connectionCount;
  const length = outputs + outputCount;
  if (offset + length > words.length) {
    throw new UsageError(`Expected a program of ${length} words, got ${words.length - offset}: it is cut off.`);
  }
  const slotCount = 1 + inputCount + nodeCount;
  return { inputCount, outputCount, nodeCount, connectionCount, slotCount, sources, outputs, length };
}

/**
 * Checks the number of individual weights: so many sets, each of one weight for each connection of the program.
 *
 * @throws UsageError with both numbers
 */
export function checkIndividualWeights(
  { connectionCount }: ProgramHeader,
  weights: ArrayLike<number>,
  setCount = 1,
): void {
  const expected = setCount * connectionCount;
  if (weights.length === expected) return;
  const sets = setCount === 1 ? "" : ` in each of ${setCount} sets`;
  throw new UsageError(
    `Expected ${expected} individual weights, one for each of the program's ${connectionCount} connections${sets}, ` +
      `got ${weights.length}: take those of the genes that compile() names, in its order.`,
  );
}
