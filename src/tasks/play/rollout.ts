/** Plays lanes by a rollout: environment and network both in the kernel (kernel/assembly/rollout.ts). */
import type { Kernel, Rollouts } from "../../kernel/kernel.ts";
import type { Environment, EnvironmentSettings } from "../environment.ts";
import type { Trial } from "../task.ts";
import { Episode } from "./episode.ts";
import { individualPointer } from "./lanes.ts";
import type { Player } from "./plain.ts";
import { ownStart } from "./settings.ts";

/** How a kernel plays an environment at its default settings, to the bits of the plain one. */
export interface RolloutOf<State> {
  /** The kernel's export. */
  readonly kernel: keyof Rollouts;
  /** Singles that the kernel keeps of each lane besides what is observed. */
  readonly hiddenCount: number;
  /**
   * How many of them lie together, in a record of each lane, for a kernel that has a world of each lane; the others are
   * its room to work in. Without it each number lies in a row of all lanes, for a kernel that takes four lanes at once.
   */
  readonly record?: number;
  /** The first of these numbers at the start of a state, at most `hiddenCount`; the others are 0. */
  hide(state: State): ArrayLike<number>;
  /**
   * What a lane only reads and others read too, such as its track: arrays of whole vectors of 16 bytes, the same array for the
   * same data, which lie in the kernel's memory once. Their addresses are the last numbers of the hidden state, as integers.
   */
  share?(state: State): readonly Uint8Array[];
  /** How many starts are kept, so that the programs of a generation share them. */
  readonly startsKept?: number;
}

const STARTS_KEPT = 256;

/** A start as a kernel takes it. */
interface Start {
  readonly observation: Float32Array;
  readonly hidden: ArrayLike<number>;
  readonly shared: readonly Uint8Array[];
}

/** Makes a function that gives the player of the episodes of a trial. */
export function createRolloutPlayers<State, Settings extends EnvironmentSettings>(
  environment: Environment<State, Settings>,
  { kernel: name, hiddenCount, record, hide, share, startsKept = STARTS_KEPT }: RolloutOf<State>,
): (trial: Pick<Trial, "episodes" | "starts">) => Player {
  const kept = new Map<string, Start>();
  const own = ownStart(environment);
  const startOf = (label: string, kind: string) => {
    const name = `${kind} ${label}`;
    let start = kept.get(name);
    if (start === undefined) {
      const { observation, state } = new Episode(environment, label, { kind });
      start = { observation, hidden: hide(state), shared: share?.(state) ?? [] };
      if (kept.size >= startsKept) kept.delete(kept.keys().next().value as string);
      kept.set(name, start);
    }
    return start;
  };
  return ({ episodes, starts: kinds }) => {
    const starts = episodes.map((label, episode) => startOf(label, kinds?.[episode] ?? own));
    return {
      hiddenCount,
      hold(kernel, lanes) {
        // Twice: where one needs room that others have, those are let go, and are held anew in the second round.
        for (let round = 0; round < 2; round++) {
          for (const { episode } of lanes) for (const array of starts[episode].shared) holdBytes(kernel, array);
        }
      },
      play(kernel, block, lanes) {
        const { values, hidden: numbers, width } = block;
        const addresses = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length);
        lanes.forEach(({ episode }, lane) => {
          const { observation, hidden, shared } = starts[episode];
          for (let input = 0; input < observation.length; input++) {
            values[(1 + input) * width + lane] = observation[input];
          }
          if (record !== undefined) numbers.set(hidden, lane * record);
          else for (let row = 0; row < hidden.length; row++) numbers[row * width + lane] = hidden[row];
          shared.forEach((array, index) => {
            addresses[(hiddenCount - shared.length + index) * width + lane] = holdBytes(kernel, array);
          });
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
  };
}

/** @returns the address of bytes that the kernel holds */
function holdBytes(kernel: Kernel, bytes: Uint8Array): number {
  return kernel.hold(bytes, bytes.length / 4, (floats) => {
    new Uint8Array(floats.buffer, floats.byteOffset, bytes.length).set(bytes);
  });
}
