/** Plays lanes by a rollout: environment and network both in the kernel (kernel/assembly/rollout.ts). */
import type { Rollouts } from "../../kernel/kernel.ts";
import type { Environment, EnvironmentSettings } from "../environment.ts";
import { Episode } from "./episode.ts";
import { individualPointer } from "./lanes.ts";
import type { Player } from "./plain.ts";

/** How a kernel plays an environment at its default settings, to the bits of the plain one. */
export interface RolloutOf<State> {
  /** The kernel's export. */
  readonly kernel: keyof Rollouts;
  /** Numbers of a state that are no observation. */
  readonly hiddenCount: number;
  /** Writes these numbers of a state into `hidden` [hiddenCount]. */
  hide(state: State, hidden: Float32Array): void;
}

/** Makes the player of the episodes with these labels. */
export function createRolloutPlayer<State, Settings extends EnvironmentSettings>(
  environment: Environment<State, Settings>,
  { kernel: name, hiddenCount, hide }: RolloutOf<State>,
  episodes: readonly string[],
): Player {
  const starts = episodes.map((label) => {
    const { observation, state } = new Episode(environment, label);
    const hidden = new Float32Array(hiddenCount);
    hide(state, hidden);
    return { observation, hidden };
  });
  return {
    hiddenCount,
    play(kernel, block, lanes) {
      const { values, hidden: rows, width } = block;
      lanes.forEach(({ episode }, lane) => {
        const { observation, hidden } = starts[episode];
        for (let input = 0; input < observation.length; input++)
          values[(1 + input) * width + lane] = observation[input];
        for (let row = 0; row < hiddenCount; row++) rows[row * width + lane] = hidden[row];
      });
      return kernel.exports[name](
        block.program,
        values.byteOffset,
        block.rows,
        individualPointer(block),
        width * 4,
        block.count,
        environment.maxSteps,
        block.results.byteOffset,
      );
    },
  };
}
