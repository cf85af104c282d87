/**
 * Reads what the paper's published code (Gaier & Ha 2019, WANNRelease) writes, champions and trained weights, and writes
 * champions that it reads.
 *
 * A champion is CSV, N rows of N + 1 numbers; nodes in the order bias, inputs, hidden in topological order, outputs.
 * Row i, column j < N is the connection i -> j: 0 none, `nan` a disabled one, anything else an enabled one (the
 * number is not used). Column N is the activation code. How many nodes are inputs and outputs it does not say.
 */
import { UsageError } from "../base/errors.ts";
import { ACTIVATIONS } from "../genome/activations.ts";
import type { Genome } from "../genome/genome.ts";
import { topologicalOrder } from "../genome/topology.ts";
import { validate } from "../genome/validate.ts";
import type { Format } from "./format.ts";

/** What the published tool adds to trained weights, by our names of its tasks; it has none for the others. */
const WEIGHT_BIASES: Readonly<Record<string, number>> = { swingup: -1.5 };

/** What stands in a published file of trained weights is an offset: this is added to each to give the weight. */
export function publishedWeightBias(task: string): number {
  return WEIGHT_BIASES[task] ?? 0;
}

/** The published code's champions: their structure alone, without task, scores and names. */
export const published: Format = {
  name: "published",
  summary: "champions of the paper's published code",
  endings: [".out"],
  namesTask: false,
  read(bytes, { ends }) {
    const text = new TextDecoder().decode(bytes);
    const { inputCount, outputCount } = ends ?? inferPublishedEnds(text);
    return { genome: readPublishedGenome(text, inputCount, outputCount) };
  },
  write: ({ genome }) => publishedText(genome),
};

/**
 * Writes a champion: every gene, disabled ones as `nan`, enabled ones as 1.
 *
 * @throws UsageError if an output leads on to other nodes, since the format has outputs last
 */
function publishedText({ inputCount, outputCount, ids, activations, sources, targets, enabled }: Genome): string {
  const isOutput = (position: number) => position > inputCount && position <= inputCount + outputCount;
  const leading = sources.find(isOutput);
  if (leading !== undefined) {
    throw new UsageError(
      `Expected outputs that lead to no other node, as the published format needs it, got output ${leading - inputCount} that does.`,
    );
  }
  const isHidden = (position: number) => position > inputCount + outputCount;
  const hidden = [...topologicalOrder(ids.length, sources, targets)].filter(isHidden);
  const positions = [...ids.keys()];
  const order = [...positions.filter((position) => position <= inputCount), ...hidden, ...positions.filter(isOutput)];
  const places = new Map(order.map((position, place) => [position, place]));
  const rows = order.map((position) => [...order.map(() => "0"), String(activations[position])]);
  sources.forEach((source, gene) => {
    rows[places.get(source) as number][places.get(targets[gene]) as number] = enabled[gene] === 1 ? "1" : "nan";
  });
  return `${rows.map((row) => row.join(",")).join("\n")}\n`;
}

/**
 * Reads a champion.
 *
 * @param text        the file's text
 * @param inputCount  inputs of the task it was evolved for; the file does not say
 * @param outputCount outputs of the task
 * @throws UsageError if the text is no such table, the graph has a cycle, or there are too few nodes for the task
 */
export function readPublishedGenome(text: string, inputCount: number, outputCount: number): Genome {
  const rows = readTable(text);
  const nodeCount = rows.length;
  const fixed = 1 + inputCount + outputCount;
  if (nodeCount < fixed) {
    throw new UsageError(
      `Expected at least ${fixed} nodes (bias, ${inputCount} inputs, ${outputCount} outputs), got ${nodeCount}.`,
    );
  }
  // Ours puts outputs before hidden nodes.
  const firstOutput = nodeCount - outputCount;
  const positionOf = (node: number) => {
    if (node <= inputCount) return node;
    return node >= firstOutput ? node - firstOutput + 1 + inputCount : node + outputCount;
  };
  const connections = rows.flatMap((row, source) =>
    row
      .slice(0, nodeCount)
      .flatMap((value, target) => (value === 0 ? [] : [{ source, target, enabled: !Number.isNaN(value) }])),
  );
  const activations = new Uint8Array(nodeCount);
  rows.forEach((row, node) => {
    const code = row[nodeCount];
    if (!Number.isInteger(code) || code < 1 || code > ACTIVATIONS.length) {
      throw new UsageError(
        `Expected an activation code from 1 to ${ACTIVATIONS.length} at the end of row ${node + 1}, got ${code}.`,
      );
    }
    activations[positionOf(node)] = node <= inputCount ? 1 : code;
  });
  return validate({
    inputCount,
    outputCount,
    ids: Int32Array.from({ length: nodeCount }, (_, position) => position),
    activations,
    sources: Int32Array.from(connections, ({ source }) => positionOf(source)),
    targets: Int32Array.from(connections, ({ target }) => positionOf(target)),
    innovations: Int32Array.from(connections, (_, gene) => gene),
    enabled: Uint8Array.from(connections, ({ enabled }) => (enabled ? 1 : 0)),
  });
}

/**
 * How many inputs and outputs a champion has, told from its graph: nothing leads into inputs, nothing out of outputs,
 * and a hidden node, made by splitting a connection, has both.
 *
 * @throws UsageError if the text is no such table, or ends of the graph that are not connected leave it open
 */
export function inferPublishedEnds(text: string): { inputCount: number; outputCount: number } {
  const rows = readTable(text);
  const nodeCount = rows.length;
  const nodes = Array.from({ length: nodeCount }, (_, node) => node);
  const isTarget = nodes.map((node) => rows.some((row) => row[node] !== 0));
  const isSource = rows.map((row) => row.slice(0, nodeCount).some((value) => value !== 0));
  const inputCount = nodes.findIndex((node) => node > 0 && isTarget[node]) - 1;
  const outputCount = nodes.findIndex((node) => isSource[nodeCount - 1 - node]);
  if (inputCount < 1 || outputCount < 1 || 1 + inputCount + outputCount > nodeCount) {
    throw new UsageError(
      "Expected --task, since the graph does not show which nodes are inputs and which are outputs. See: precocial tasks",
    );
  }
  return { inputCount, outputCount };
}

/**
 * Reads trained weights: JSON `[[offsets], score]`, one offset for each enabled connection in row-major order.
 *
 * @param genome a champion read by `readPublishedGenome`, whose genes are in that order
 * @param bias   added to every offset (`publishedWeightBias`)
 * @returns      one weight for each connection gene; 0 for disabled ones
 * @throws UsageError if the text is not of that form, or has another number of offsets
 */
export function readPublishedWeights(text: string, genome: Genome, bias: number): Float64Array {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`Expected trained weights as JSON, got text that is not: ${(error as Error).message}.`);
  }
  const offsets = Array.isArray(json) && Array.isArray(json[0]) ? json[0] : json;
  if (!Array.isArray(offsets) || !offsets.every((offset) => typeof offset === "number" && Number.isFinite(offset))) {
    throw new UsageError("Expected trained weights as [[offsets], score], got JSON of another form.");
  }
  const enabled = Array.from(genome.enabled.keys()).filter((gene) => genome.enabled[gene] === 1);
  if (offsets.length !== enabled.length) {
    throw new UsageError(
      `Expected ${enabled.length} trained weights, one for each enabled connection, got ${offsets.length}.`,
    );
  }
  const weights = new Float64Array(genome.enabled.length);
  enabled.forEach((gene, index) => {
    weights[gene] = offsets[index] + bias;
  });
  return weights;
}

/** The rows of numbers, NaN for `nan`. */
function readTable(text: string): number[][] {
  const rows = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(",").map((cell) => (cell.trim().toLowerCase() === "nan" ? Number.NaN : parse(cell))));
  const nodeCount = rows.length;
  rows.forEach((row, index) => {
    if (row.length === nodeCount + 1) return;
    throw new UsageError(
      `Expected ${nodeCount + 1} numbers in each of the ${nodeCount} rows, got ${row.length} in row ${index + 1}: the file is cut off or not a champion of the published code.`,
    );
  });
  return rows;
}

function parse(cell: string): number {
  const value = cell.trim() === "" ? Number.NaN : Number(cell);
  if (Number.isNaN(value))
    throw new UsageError(`Expected numbers separated by commas, got ${JSON.stringify(cell.slice(0, 30))}.`);
  return value;
}
