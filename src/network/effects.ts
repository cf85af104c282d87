/**
 * What changes of a network's connections to its outputs promise: their effect on a score, from the values of all nodes at
 * some examples and shared weights.
 *
 * With g and h the first and second derivative of the loss (minus the score) by an output, w the shared weight, and x what
 * a connection would bring, the value of its source, the gain is to second order
 *
 *     - sum of w x g  -  sum of (w x)^2 h / 2        over examples and weights; of one that is removed with -x for x.
 *
 * That is nearly exact where outputs are linear. Connections to hidden nodes are not proposed: a connection is a large
 * step, and behind an activation first orders were found to say nothing (docs/searching.md).
 */
import type { Rng } from "../base/rng.ts";
import { activationCode } from "../genome/activations.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Network } from "./compile.ts";
import { createKernelDots, type Dots, dotRows, type Products, type Rows, zeroRows } from "./dots.ts";
import { fillInputs, inBlocks } from "./gradient-kernel.ts";
import { createKernelNodeProducts, type NodeProducts, plainNodeProducts } from "./node-products.ts";
import { createProgram, HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "./program.ts";
import { type Lesson, type Slopes, slopesAt, summed } from "./seen.ts";

/** Sources of a new node that is tried, at most. */
const MOST_SOURCES = 3;
/** What passes an input on as it is, times the shared weight, and with which sign. */
const RELAYS = [
  [activationCode("linear") as number, 1],
  [activationCode("inverse") as number, -1],
] as const;

/** A change of a genome; nodes are its positions, activations codes. */
export type Change =
  | { readonly kind: "connect"; readonly source: number; readonly target: number }
  | { readonly kind: "disconnect"; readonly gene: number; readonly target: number }
  | {
      readonly kind: "insert";
      readonly sources: readonly number[];
      readonly activation: number;
      readonly target: number;
    };

/** A change and the gain in score that it promises, above 0. */
export type Proposal = Change & { readonly gain: number };

/** What is proposed from. */
export interface EffectOptions {
  readonly lesson: Lesson;
  /** The shared weights over which effects are averaged. */
  readonly weights: readonly number[];
  /** Codes of activations that nodes may have. */
  readonly activations: readonly number[];
  /** New nodes that are tried, beside a linear and an inverse one from each input. */
  readonly candidates: number;
  /** The most proposals for an output, of each kind. */
  readonly most: number;
  readonly rng: Rng;
}

/** Proposes changes of a network, those of most gain first. That genes allow them is not checked. */
export type Effects = (network: Network, options: EffectOptions) => Proposal[];

/** Effects in plain TypeScript: the definition of correct. */
export const proposeChanges: Effects = effectsBy(plainNodeProducts, dotRows);

/** Effects on the kernels, in the same bits. */
export function createKernelEffects(kernel: Kernel): Effects {
  return effectsBy(createKernelNodeProducts(kernel), createKernelDots(kernel));
}

function effectsBy(nodeProducts: NodeProducts, dots: Dots): Effects {
  return (network, options) => {
    const { positions } = network;
    const { inputCount, outputCount, slotCount, outputs } = programHeader(network.program);
    const { weights, lesson, most, activations } = options;
    const outputSlots = new Set(network.program.subarray(outputs, outputs + outputCount));
    const candidates = drawCandidates(network.program, outputSlots, options);
    const program = withCandidates(network.program, candidates);
    const examples = lesson.inputs.length / inputCount;
    const inputs = inputRows(lesson.inputs, inputCount, examples);
    const slopes: Slopes[] = [];
    const ofNodes = nodeProducts(program, inputs, examples, weights, (at, outputs) => {
      slopes[at] = slopesAt(lesson, outputs, weights[at], weights.length, inputs.width);
      return slopes[at];
    });
    const inputProducts = ({ linear, square }: Slopes) => dots(inputs, linear, square);
    const ofInputs = inputProducts(
      summed(
        slopes,
        weights.map(() => 1),
      ),
    );
    const passedOn = inputProducts(summed(slopes, weights));

    const proposals: Proposal[] = [];
    const connected = connectionsToOutputs(network);
    connected.forEach((genes, output) => {
      const outputSlot = network.program[outputs + output];
      const target = positions[outputSlot];
      const gainOf = ({ first, second }: Products, row: number, sign: number) =>
        sign * first[row * outputCount + output] - second[row * outputCount + output];
      const gain = (slot: number, sign: number) =>
        slot <= inputCount ? gainOf(ofInputs, slot, sign) : gainOf(ofNodes, slot - 1 - inputCount, sign);
      const insert = (slots: readonly number[], activation: number): Change => {
        return { kind: "insert", sources: slots.map((slot) => positions[slot]), activation, target };
      };
      const isSource = (slot: number) => !outputSlots.has(slot) && !genes.has(slot);

      for (const [slot, value] of best(slotCount, (slot) => (isSource(slot) ? gain(slot, 1) : 0), most)) {
        proposals.push({ kind: "connect", source: positions[slot], target, gain: value });
      }
      for (const [slot, gene] of genes) {
        if (gain(slot, -1) > 0) proposals.push({ kind: "disconnect", gene, target, gain: gain(slot, -1) });
      }
      for (const [activation, sign] of RELAYS) {
        if (!activations.includes(activation)) continue;
        for (const [slot, value] of best(1 + inputCount, (slot) => gainOf(passedOn, slot, sign), most)) {
          proposals.push({ ...insert([slot], activation), gain: value });
        }
      }
      for (const [at, value] of best(candidates.length, (at) => gain(slotCount + at, 1), most)) {
        proposals.push({ ...insert(candidates[at].slots, candidates[at].activation), gain: value });
      }
    });
    return proposals.sort((a, b) => b.gain - a.gain);
  };
}

/** The bias and the inputs as rows, a column for each example. */
function inputRows(inputs: Float32Array, inputCount: number, examples: number): Rows {
  const rows = zeroRows(1 + inputCount, inBlocks(examples));
  fillInputs(rows.values, inputs, examples, rows.width);
  return rows;
}

/** The places of the largest values above 0 with them, largest first, of equals the first. */
function best(count: number, valueAt: (place: number) => number, most: number): [place: number, value: number][] {
  const kept: [number, number][] = [];
  for (let place = 0; place < count; place++) {
    const value = valueAt(place);
    if (!(value > 0) || (kept.length === most && value <= kept[most - 1][1])) continue;
    let at = kept.length === most ? most - 1 : kept.length;
    for (; at > 0 && kept[at - 1][1] < value; at--) kept[at] = kept[at - 1];
    kept[at] = [place, value];
  }
  return kept;
}

/** Of each output the genes of its connections, by the slot that they come from. */
function connectionsToOutputs({ program, genes }: Network): Map<number, number>[] {
  const { inputCount, nodeCount, outputCount, sources, outputs } = programHeader(program);
  const found = Array.from({ length: outputCount }, () => new Map<number, number>());
  let connection = 0;
  for (let node = 0; node < nodeCount; node++) {
    const end = connection + program[HEADER_LENGTH + node * NODE_LENGTH + 2];
    const output = program.subarray(outputs, outputs + outputCount).indexOf(1 + inputCount + node);
    for (; connection < end; connection++) found[output]?.set(program[sources + connection], genes[connection]);
  }
  return found;
}

/** A node that a network might gain. */
interface Candidate {
  /** Its sources, those among the inputs first. */
  readonly slots: readonly number[];
  readonly activation: number;
}

/** Draws nodes, half of their sources among the inputs and none among the outputs. */
function drawCandidates(
  program: Program,
  outputSlots: ReadonlySet<number>,
  { activations, candidates, rng }: EffectOptions,
): Candidate[] {
  const { inputCount, slotCount } = programHeader(program);
  return Array.from({ length: candidates }, () => {
    const slots = new Set<number>();
    for (let count = 1 + rng.integer(MOST_SOURCES); count > 0; count--) {
      const slot = rng.integer(rng.uniform() < 0.5 ? slotCount : 1 + inputCount);
      if (!outputSlots.has(slot)) slots.add(slot);
    }
    if (slots.size === 0) slots.add(0);
    return {
      slots: [...slots].sort((a, b) => a - b),
      activation: activations[rng.integer(activations.length)],
    };
  });
}

/** The program with further nodes behind its own, which lead nowhere. */
function withCandidates(program: Program, candidates: readonly Candidate[]): Program {
  const { inputCount, outputCount, nodeCount, connectionCount, sources, outputs } = programHeader(program);
  const added = candidates.flatMap(({ slots }) => slots);
  const longer = createProgram(inputCount, outputCount, nodeCount + candidates.length, connectionCount + added.length);
  const next = programHeader(longer);
  longer.set(program.subarray(HEADER_LENGTH, sources), HEADER_LENGTH);
  candidates.forEach(({ slots, activation }, at) => {
    const given = slots.filter((slot) => slot <= inputCount).length;
    longer.set([activation, given, slots.length], sources + at * NODE_LENGTH);
  });
  longer.set(program.subarray(sources, outputs), next.sources);
  longer.set(added, next.sources + connectionCount);
  longer.set(program.subarray(outputs, outputs + outputCount), next.outputs);
  return longer;
}
