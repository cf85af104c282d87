/** A champion as code, equations and graphs state it: named nodes in the order in which they are computed. */
import { f32 } from "../base/float32.ts";
import { type Activation, activationOf } from "../genome/activations.ts";
import { compile } from "../network/compile.ts";
import { createForward, outputSlots } from "../network/forward.ts";
import { HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "../network/program.ts";
import type { PortableChampion } from "./format.ts";
import { type ChosenWeights, chooseWeights, forwardWeights, type WeightSettings } from "./weights.ts";

/** A node with what leads into it. Slots are those of the program: 0 the bias, then inputs, then nodes. */
export interface WiredNode {
  /** Its slot. */
  readonly slot: number;
  /** The name of an output; "hidden" and the node's id otherwise. */
  readonly name: string;
  readonly activation: Activation;
  /** Slots of its sources, in the order in which they are added. */
  readonly sources: readonly number[];
  /** Where connections have weights of their own: one for each source. */
  readonly weights?: readonly number[];
}

/** An output by its name and the slot of its value. */
export interface WiredOutput {
  readonly name: string;
  readonly slot: number;
}

/** A network, whole: only nodes that reach an output are in it. */
export interface Wiring {
  readonly champion: PortableChampion;
  /** Names of the inputs, in order; their slots count from 1. */
  readonly inputs: readonly string[];
  readonly outputs: readonly WiredOutput[];
  /** Sources before targets. */
  readonly nodes: readonly WiredNode[];
  readonly connectionCount: number;
  readonly weights: ChosenWeights;
  readonly program: Program;
}

/** Compiles a champion and names what is in it. @throws UsageError if it has no such weights */
export function wire(champion: PortableChampion, settings: WeightSettings): Wiring {
  const { genome } = champion;
  const network = compile(genome);
  const { program, positions } = network;
  const weights = chooseWeights(champion, network, settings);
  const { inputCount, outputCount, nodeCount, connectionCount, sources: first } = programHeader(program);
  const names = namesOf(champion);
  let written = 0;
  const nodes = Array.from({ length: nodeCount }, (_, node) => {
    const [code, , count] = program.subarray(HEADER_LENGTH + node * NODE_LENGTH);
    const start = written;
    written += count;
    const slot = 1 + inputCount + node;
    const output = positions[slot] - 1 - inputCount;
    return {
      slot,
      name: output < outputCount ? names.outputs[output] : `hidden ${genome.ids[positions[slot]]}`,
      activation: activationOf(code),
      sources: [...program.subarray(first + start, first + written)],
      ...(weights.kind === "own" && { weights: [...weights.values.subarray(start, written)] }),
    };
  });
  const outputs = Array.from(outputSlots(program), (slot, output) => ({ name: names.outputs[output], slot }));
  return { champion, inputs: names.inputs, outputs, nodes, connectionCount, weights, program };
}

/** Names of inputs and outputs: the task's, pixels by row and column, or numbers from 1. */
function namesOf({ genome, inputs, outputs, image }: PortableChampion) {
  const { inputCount, outputCount } = genome;
  const numbered = (noun: string, count: number) => Array.from({ length: count }, (_, index) => `${noun} ${index + 1}`);
  const pixel = (index: number, width: number) => `pixel ${Math.floor(index / width) + 1}, ${(index % width) + 1}`;
  return {
    inputs:
      inputs ??
      (image
        ? Array.from({ length: inputCount }, (_, index) => pixel(index, image.width))
        : numbered("input", inputCount)),
    outputs: outputs ?? numbered("output", outputCount),
  };
}

/** Outputs for inputs that any language makes exactly: what a network that was written must give again. */
export interface Reference {
  /** Input i, from 0, is `(7 i mod 16) / scale - offset`. */
  readonly scale: number;
  readonly offset: number;
  /** [outputs], at the default weight. */
  readonly outputs: readonly number[];
}

/** The reference of a network: inputs from -1 to 7/8, of pixels from 0 to 15/16. */
export function referenceOf({ champion, inputs, outputs, weights, program }: Wiring): Reference {
  const [scale, offset] = champion.image ? [16, 0] : [8, 1];
  const values = Float32Array.from(inputs, (_, index) => f32(((7 * index) % 16) / scale - offset));
  const slots = createForward(program)(values, forwardWeights(weights));
  return { scale, offset, outputs: outputs.map(({ slot }) => slots[slot]) };
}
