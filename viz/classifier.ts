/** What one champion says about images: the chances of each class at each weight, and the vote of the ensemble. */
import { createForward, ensembleVote, outputSlots, STANDARD_WEIGHTS } from "../src/index.ts";
import type { Player } from "./player.ts";

/** The answer for one image. */
export interface Answer {
  /** Softmax of the outputs, row-major [standard weights x classes]. */
  readonly chances: Float64Array;
  /** The class at each weight: the largest output, the lowest class of equals. */
  readonly classes: Uint8Array;
  /** The class with the most votes. */
  readonly vote: number;
  /** Share of the votes of each class. */
  readonly votes: Float64Array;
}

/** Prepares a champion to classify images. */
export function createClassifier(player: Player) {
  const { program } = player.network;
  const forward = createForward(program);
  const slots = outputSlots(program);
  return {
    /** The answer for one image, [pixels]. */
    classify(pixels: ArrayLike<number>): Answer {
      const chances = new Float64Array(STANDARD_WEIGHTS.length * slots.length);
      const classes = new Uint8Array(STANDARD_WEIGHTS.length);
      const votes = new Float64Array(slots.length);
      STANDARD_WEIGHTS.forEach((weight, row) => {
        const values = forward(pixels, weight);
        const outputs = Array.from(slots, (slot) => values[slot]);
        const largest = Math.max(...outputs);
        const powers = outputs.map((output) => Math.exp(output - largest));
        const sum = powers.reduce((total, power) => total + power, 0);
        chances.set(
          powers.map((power) => power / sum),
          row * slots.length,
        );
        classes[row] = outputs.indexOf(largest);
        votes[classes[row]] += 1 / STANDARD_WEIGHTS.length;
      });
      return { chances, classes, vote: ensembleVote(classes, STANDARD_WEIGHTS.length, slots.length)[0], votes };
    },
    /** The values of all nodes for one image at one weight, by position in the genome. */
    activate(pixels: ArrayLike<number>, weight: number): (position: number) => number {
      const values = Float32Array.from(forward(pixels, weight));
      const slotOf = new Map(Array.from(player.network.positions, (position, slot) => [position, slot]));
      return (position) => values[slotOf.get(position) ?? -1] ?? 0;
    },
  };
}
