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
import { createKernelDots, type Dots, dotRows, type Rows } from "./dots.ts";
import { createGradient, type Gradient } from "./gradient.ts";
import { createKernelGradient } from "./gradient-kernel.ts";
import { HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "./program.ts";
import { type Lesson, look, type Seen, squared, summed, valuesOf } from "./seen.ts";

/** Sources of a new node that is tried, at most. */
const MOST_SOURCES = 3;

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
export const proposeChanges: Effects = effectsBy((program) => createGradient(program), dotRows);

/** Effects on the kernels, in the same bits. */
export function createKernelEffects(kernel: Kernel): Effects {
  return effectsBy((program) => createKernelGradient(kernel, program), createKernelDots(kernel));
}

function effectsBy(gradientOf: (program: Program) => Gradient, dots: Dots): Effects {
  return (network, options) => {
    const { program, positions } = network;
    const { weights, lesson, most } = options;
    const seen = look(program, gradientOf(program), lesson, weights);
    const outputs = Array.from(seen.outputSlots.keys());
    /** Gains of each row of values at each output, [rows x outputs], where they are added and where they are taken off. */
    const gainsOf = (rows: Rows, { slopes, curves }: Pick<Seen, "slopes" | "curves">, width: number) => {
      const first = dots(rows, slopes, width);
      const second = dots(squared(rows), curves, width);
      return {
        added: first.map((value, at) => value - second[at]),
        removed: first.map((value, at) => -value - second[at]),
      };
    };
    const inputs = gainsOf(seen.inputs, summed(seen, weights, 0), seen.inputWidth);
    const relays = gainsOf(seen.inputs, summed(seen, weights, 1), seen.inputWidth);
    const nodes = gainsOf(seen.nodes, seen, seen.width);
    const fresh = candidateNodes(seen, options);
    const candidates = gainsOf(fresh.rows, seen, seen.width);
    const proposals: Proposal[] = [];

    const connected = connectionsToOutputs(network);
    const direct = (slot: number) => (slot <= seen.inputCount ? inputs : nodes);
    const rowOf = (slot: number) => (slot <= seen.inputCount ? slot : slot - 1 - seen.inputCount);
    const slots = Array.from({ length: positions.length }, (_, slot) => slot).filter(
      (slot) => !seen.outputSlots.includes(slot),
    );
    for (const output of outputs) {
      const target = positions[seen.outputSlots[output]];
      const at = (row: number) => row * outputs.length + output;
      const genes = connected[output];
      const add = (list: readonly { readonly gain: number; readonly change: () => Change }[]) => {
        const best = list.filter(({ gain }) => gain > 0).sort((a, b) => b.gain - a.gain);
        proposals.push(...best.slice(0, most).map(({ gain, change }) => ({ ...change(), gain })));
      };
      add(
        slots
          .filter((slot) => !genes.has(slot))
          .map((slot) => ({
            gain: direct(slot).added[at(rowOf(slot))],
            change: () => ({ kind: "connect", source: positions[slot], target }),
          })),
      );
      add(
        Array.from(genes, ([slot, gene]) => ({
          gain: direct(slot).removed[at(rowOf(slot))],
          change: () => ({ kind: "disconnect", gene, target }),
        })),
      );
      const insert = (sources: readonly number[], activation: number) => () =>
        ({ kind: "insert", sources: sources.map((slot) => positions[slot]), activation, target }) as const;
      const passed = (name: string, gains: Float32Array) => {
        const activation = activationCode(name) as number;
        if (!options.activations.includes(activation)) return [];
        return Array.from(
          gains.subarray(0, seen.inputs.count * outputs.length).filter((_, place) => place % outputs.length === output),
          (gain, slot) => ({
            gain,
            change: insert([slot], activation),
          }),
        );
      };
      add([
        ...passed("linear", relays.added),
        ...passed("inverse", relays.removed),
        ...fresh.nodes.map(({ sources, activation }, row) => ({
          gain: sources.length > 0 ? candidates.added[at(row)] : 0,
          change: insert(sources, activation),
        })),
      ]);
    }
    return proposals.sort((a, b) => b.gain - a.gain);
  };
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

/** Nodes that a genome might gain, at random, with the values that they would have. */
function candidateNodes(seen: Seen, { weights, activations, candidates, rng }: EffectOptions) {
  const { inputCount, outputSlots, width } = seen;
  const rows = { values: new Float32Array(candidates * width), count: candidates };
  const slotCount = 1 + inputCount + seen.nodes.count;
  const nodes = Array.from({ length: candidates }, (_, row) => {
    const slots = new Set<number>();
    for (let count = 1 + rng.integer(MOST_SOURCES); count > 0; count--) {
      const slot = rng.integer(rng.uniform() < 0.5 ? slotCount : 1 + inputCount);
      if (!outputSlots.includes(slot)) slots.add(slot);
    }
    const sources = [...slots].sort((a, b) => a - b);
    const activation = activations[rng.integer(activations.length)];
    rows.values.set(valuesOf(seen, weights, sources, activation), row * width);
    return { sources, activation };
  });
  return { nodes, rows };
}
