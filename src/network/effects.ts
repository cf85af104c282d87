/**
 * What each possible change of a network promises: its first-order effect on a score, from values and errors of all nodes
 * at some examples and shared weights.
 *
 * With e(v) the derivative of the loss (minus the score) by the sum of node v, and w the shared weight, each a mean over
 * weights and examples:
 *
 *     connection u -> v          -w value(u) e(v)                     its removal the same with a minus
 *     new node s.. -> h -> v     -w activation(w sum of s..) e(v)     exact in what the node gives
 *     other activation of u      -(new value - value(u)) d(u)         with d(u) the derivative by the value of u
 *
 * For a connection to an output with linear activation the second order is taken off, by the curvature of the loss in that
 * output: a connection is a large step, and at weights of both signs first orders cancel. Elsewhere it is unknown.
 */
import type { Rng } from "../base/rng.ts";
import { activationCode } from "../genome/activations.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Network } from "./compile.ts";
import { createKernelDots, type Dots, dotRows, type Rows } from "./dots.ts";
import { createGradient, type Gradient } from "./gradient.ts";
import { createKernelGradient } from "./gradient-kernel.ts";
import { HEADER_LENGTH, NODE_LENGTH, type Program } from "./program.ts";
import { eachConnection, flatten, type Lesson, look, type Seen, valuesOf } from "./seen.ts";

/** Sources of a new node that is tried, at most. */
const MOST_SOURCES = 3;

/** A change of a genome; nodes are its positions. */
export type Change =
  | { readonly kind: "connect"; readonly source: number; readonly target: number }
  | { readonly kind: "disconnect"; readonly gene: number }
  | {
      readonly kind: "insert";
      readonly sources: readonly number[];
      readonly activation: number;
      readonly target: number;
    }
  | { readonly kind: "activate"; readonly node: number; readonly activation: number };

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
  /** The most proposals given. */
  readonly most: number;
  readonly rng: Rng;
}

/** Proposes changes of a network, those of most gain first. That they close no cycle of unused genes is not checked. */
export type Effects = (network: Network, options: EffectOptions) => Proposal[];

/** Effects in plain TypeScript: the definition of correct. */
export const proposeChanges: Effects = effectsBy((program) => createGradient(program), dotRows);

/** Effects on the kernels, in the same bits. */
export function createKernelEffects(kernel: Kernel): Effects {
  return effectsBy((program) => createKernelGradient(kernel, program), createKernelDots(kernel));
}

function effectsBy(gradientOf: (program: Program) => Gradient, dots: Dots): Effects {
  return (network, options) => {
    const seen = look(network.program, gradientOf(network.program), options.lesson, options.weights);
    const { nodes, outputSlots, inputCount } = seen;
    const { positions } = network;
    const fixed = 1 + inputCount;
    /** Gain of each row of values at each node: first order, and at outputs the second. */
    const gainsOf = (rows: Rows, errors: Rows, curvatures: Rows, width: number): Gains => ({
      first: dots(rows, errors, width),
      second: dots({ values: rows.values.map((value) => value * value), count: rows.count }, curvatures, width),
    });
    const flat = flatten(seen, options.weights, 0);
    const inputs = gainsOf(seen.inputs, flat.errors, flat.curvatures, seen.inputWidth);
    const twice = flatten(seen, options.weights, 1);
    const relays = gainsOf(seen.inputs, twice.errors, twice.curvatures, seen.inputWidth);
    const hidden = gainsOf(nodes, seen.errors, seen.curvatures, seen.width);
    const fresh = candidateNodes(seen, options);
    const added = gainsOf(fresh.rows, seen.errors, seen.curvatures, seen.width);

    const count = nodes.count;
    const outputOf = new Int32Array(count).fill(-1);
    outputSlots.forEach((slot, output) => {
      outputOf[slot - fixed] = output;
    });
    const second = ({ second }: Gains, row: number, node: number) =>
      outputOf[node] < 0 ? 0 : second[row * outputSlots.length + outputOf[node]];
    const gain = (gains: Gains, row: number, node: number, sign = 1) =>
      sign * gains.first[row * count + node] - second(gains, row, node);

    const connects = new Float32Array((fixed + count) * count);
    for (let node = 0; node < count; node++) {
      for (let slot = 0; slot < fixed; slot++) connects[slot * count + node] = gain(inputs, slot, node);
      const last = outputOf[node] < 0 ? node : count;
      for (let other = 0; other < last; other++) {
        if (outputOf[other] < 0) connects[(fixed + other) * count + node] = gain(hidden, other, node);
      }
    }
    const proposals: Proposal[] = [];
    eachConnection(network.program, (connection, slot, node) => {
      const gains = slot < fixed ? inputs : hidden;
      const lost = gain(gains, slot < fixed ? slot : slot - fixed, node, -1);
      connects[slot * count + node] = 0;
      if (lost > 0) proposals.push({ kind: "disconnect", gene: network.genes[connection], gain: lost });
    });
    for (const place of largest(connects, options.most)) {
      const [slot, node] = [Math.floor(place / count), place % count];
      proposals.push({
        kind: "connect",
        source: positions[slot],
        target: positions[fixed + node],
        gain: connects[place],
      });
    }
    const insert = (slots: readonly number[], activation: number, node: number, gained: number) =>
      proposals.push({
        kind: "insert",
        sources: slots.map((slot) => positions[slot]),
        activation,
        target: positions[fixed + node],
        gain: gained,
      });
    for (const [name, sign] of [
      ["linear", 1],
      ["inverse", -1],
    ] as const) {
      const activation = activationCode(name) as number;
      if (!options.activations.includes(activation)) continue;
      const all = relays.first.map((_, place) => gain(relays, Math.floor(place / count), place % count, sign));
      for (const place of largest(all, options.most)) {
        insert([Math.floor(place / count)], activation, place % count, all[place]);
      }
    }
    fresh.nodes.forEach(({ slots, activation }, row) => {
      let best = 0;
      for (let node = 1; node < count; node++) if (gain(added, row, node) > gain(added, row, best)) best = node;
      if (gain(added, row, best) > 0) insert(slots, activation, best, gain(added, row, best));
    });
    proposals.push(...otherActivations(seen, network, options));
    return proposals.sort((a, b) => b.gain - a.gain).slice(0, options.most);
  };
}

/** Gains of rows of values: [rows x nodes] of first order, [rows x outputs] of second. */
interface Gains {
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** Nodes that a genome might gain, at random, with the values that they would have. */
function candidateNodes(seen: Seen, { weights, activations, candidates, rng }: EffectOptions) {
  const { inputCount, outputSlots, width } = seen;
  const rows = { values: new Float32Array(candidates * width), count: candidates };
  const slotCount = 1 + inputCount + seen.nodes.count;
  const nodes = Array.from({ length: candidates }, (_, row) => {
    const slots = new Set<number>();
    for (let sources = 1 + rng.integer(MOST_SOURCES); sources > 0; sources--) {
      const slot = rng.integer(rng.uniform() < 0.5 ? slotCount : 1 + inputCount);
      if (!outputSlots.includes(slot)) slots.add(slot);
    }
    const activation = activations[rng.integer(activations.length)];
    rows.values.set(valuesOf(seen, weights, [...slots], activation), row * width);
    return { slots: [...slots].sort((a, b) => a - b), activation };
  });
  return { nodes, rows };
}

/** Of each hidden node another activation, at random. */
function otherActivations(
  seen: Seen,
  { positions }: Network,
  { weights, activations, rng }: EffectOptions,
): Proposal[] {
  const { program, nodes, errors, width, inputCount, outputSlots } = seen;
  const fixed = 1 + inputCount;
  const sources = Array.from({ length: nodes.count }, () => [] as number[]);
  const slopes = new Float32Array(nodes.count * width);
  eachConnection(program, (_, slot, node) => {
    sources[node].push(slot);
    if (slot < fixed) return;
    const to = (slot - fixed) * width;
    for (let at = 0; at < width; at++) slopes[to + at] += errors.values[node * width + at];
  });
  return sources.flatMap((slots, node): Proposal[] => {
    const present = program[HEADER_LENGTH + node * NODE_LENGTH];
    const others = activations.filter((code) => code !== present);
    if (outputSlots.includes(fixed + node) || others.length === 0) return [];
    const activation = others[rng.integer(others.length)];
    const values = valuesOf(seen, weights, slots, activation);
    let gain = 0;
    for (let at = 0, from = node * width; at < width; at++, from++) {
      gain += (values[at] - nodes.values[from]) * slopes[from];
    }
    return gain > 0 ? [{ kind: "activate", node: positions[fixed + node], activation, gain }] : [];
  });
}

/** The places of the largest values above 0, of equals that stand last the first may be left out. */
function largest(values: Float32Array, most: number): number[] {
  const positive = values.filter((value) => value > 0).sort();
  const least = positive.length > most ? positive[positive.length - most] : 0;
  const places: number[] = [];
  values.forEach((value, place) => {
    if (value > 0 && value >= least && places.length < most) places.push(place);
  });
  return places;
}
