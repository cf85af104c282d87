/**
 * From the connections chosen to a graded genome (genome/grades.ts), which answers the same as relu(inputs Q1) Q2.
 *
 *     grade 0         1                    2           3                    4
 *     bias, inputs -> linear, inverse ->   relu     -> linear, inverse ->   outputs
 *
 * Connections have no sign, so those of sign -1 lead through an inverse relay, those of sign +1 through a linear one.
 * Relays stand at the targets, one for each sign of a target, which then sums its sources itself; or at the sources, where
 * these need fewer.
 */
import { activationCode } from "../../genome/activations.ts";
import { bareGenome, extend, fixedNodeCount, type Genome } from "../../genome/genome.ts";
import { Growth } from "../../genome/growth.ts";
import type { DenseShape } from "../weights.ts";
import type { Masks } from "./state.ts";

const GRADES = 4;
const [LINEAR, INVERSE, RELU] = ["linear", "inverse", "relu"].map((name) => activationCode(name) as number);

/**
 * The shared weight at which the network's outputs are as large as they were in training, so that likelihoods tell
 * networks apart: outputs grow with its fourth power.
 *
 * @param logScale logarithm of the factor of all outputs
 */
export function trainedWeight(logScale: number): number {
  return Math.exp(logScale / GRADES);
}

/** One connection chosen: from a row to a column, of sign -1 or 1. */
interface Chosen {
  readonly row: number;
  readonly column: number;
  readonly sign: number;
}

/**
 * The genome of the connections chosen. Units without any on one side are left out, with those on the other.
 *
 * @param shape of the masks; the last of the inputs is the bias
 */
export function networkOf([first, second]: Masks, { inputs, hidden, classes }: DenseShape): Genome {
  const into = chosenIn(first, hidden);
  const out = chosenIn(second, classes);
  const fed = new Set(into.map(({ column }) => column));
  const units = [...new Set(out.map(({ row }) => row))].filter((unit) => fed.has(unit)).sort((a, b) => a - b);
  const shape = { inputCount: inputs - 1, outputCount: classes, grades: GRADES };
  const growth = new Growth(fixedNodeCount(shape));
  const positions = new Map(units.map((unit) => [unit, growth.node(RELU)]));
  const unitOf = (unit: number) => positions.get(unit) as number;
  connect(
    growth,
    into.filter(({ column }) => positions.has(column)),
    (row) => (row === inputs - 1 ? 0 : row + 1),
    unitOf,
  );
  connect(
    growth,
    out.filter(({ row }) => positions.has(row)),
    unitOf,
    (column) => inputs + column,
  );
  return extend(bareGenome(shape, LINEAR), growth);
}

function chosenIn(mask: Int8Array, width: number): Chosen[] {
  return Array.from(mask, (sign, at) => ({ row: Math.floor(at / width), column: at % width, sign })).filter(
    ({ sign }) => sign !== 0,
  );
}

/** Connects rows with columns over relays, given the positions of either. */
function connect(
  growth: Growth,
  chosen: readonly Chosen[],
  rowAt: (row: number) => number,
  columnAt: (column: number) => number,
): void {
  const keysOf = (end: "row" | "column") => new Set(chosen.map((one) => `${one[end]}/${one.sign}`));
  const atSources = keysOf("row").size < keysOf("column").size;
  const relays = new Map<string, number>();
  for (const { row, column, sign } of chosen) {
    const key = `${atSources ? row : column}/${sign}`;
    let relay = relays.get(key);
    if (relay === undefined) {
      relay = growth.node(sign > 0 ? LINEAR : INVERSE);
      relays.set(key, relay);
      if (atSources) growth.connect(rowAt(row), relay);
      else growth.connect(relay, columnAt(column));
    }
    if (atSources) growth.connect(relay, columnAt(column));
    else growth.connect(rowAt(row), relay);
  }
}
