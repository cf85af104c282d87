/**
 * Plays lanes of an environment in plain TypeScript, the networks in the kernel, all lanes in lock-step; scores are
 * sums in single precision, so they have the bits of a rollout. Twin of kernel/assembly/rollout.ts.
 */
import { derive } from "../../base/rng.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import { createChooser } from "../actions.ts";
import type { Environment, EnvironmentSettings } from "../environment.ts";
import { PARTS, type Trial, WATCH } from "../task.ts";
import { observationFault, stepFault, thrownFault } from "./faults.ts";
import { compact, finish, type Lane, type LaneBlock, runNetworks } from "./lanes.ts";
import { ownStart } from "./settings.ts";

const [START, OBSERVE, STEP] = PARTS.keys();

/** Plays the lanes of a block. */
export interface Player {
  /** Rows of hidden state that its blocks have. */
  readonly hiddenCount: number;
  /** Holds what these lanes read in the kernel's memory; to be called before they are placed there. */
  hold?(kernel: Kernel, lanes: readonly Lane[]): void;
  /** Plays each lane to its end, writes `block.results` and returns the steps taken by all together. */
  play(kernel: Kernel, block: LaneBlock, lanes: readonly Lane[]): number;
}

/**
 * Makes the player of the episodes of a trial.
 *
 * @param settings all of the environment's
 * @param watch    cells that say where it is (WATCH)
 * @throws UsageError naming task, step and episode when the environment goes wrong, from `play`
 */
export function createPlainPlayer<State, Settings extends EnvironmentSettings>(
  environment: Environment<State, Settings>,
  settings: Settings,
  { episodes, starts }: Pick<Trial, "episodes" | "starts">,
  watch: Int32Array,
): Player {
  const { inputs, maxSteps } = environment;
  const inputCount = inputs.length;
  const choose = createChooser(environment.actions);
  const own = ownStart(environment);
  const buffer = new Float32Array(inputCount);

  function play(kernel: Kernel, block: LaneBlock, lanes: readonly Lane[]): number {
    const { values, width, scores, numbers, ended } = block;
    const outputs = block.outputs.map((slot) => slot * width);
    const chosen = new Float32Array(outputs.length);
    const states: State[] = [];
    let running = block.count;
    let taken = 0;
    // Where we are, for the words of an error.
    let step = 0;
    let lane = 0;
    const place = () => ({ episode: episodes[lanes[numbers[lane]].episode], step });
    const begin = (part: number) => {
      watch[WATCH.part] = part;
      watch[WATCH.step] = step;
    };
    const enter = () => {
      watch[WATCH.beat]++;
      watch[WATCH.episode] = lanes[numbers[lane]].episode;
    };
    const observeAll = () => {
      begin(OBSERVE);
      for (lane = 0; lane < running; lane++) {
        enter();
        const state = states[lane];
        const seen =
          environment.observe === undefined ? state : (environment.observe(state, buffer, settings) ?? buffer);
        if (typeof seen !== "object" || seen === null || (seen as ArrayLike<number>).length !== inputCount) {
          throw observationFault(environment, place(), seen);
        }
        let sum = 0;
        for (let input = 0, at = width + lane; input < inputCount; input++, at += width) {
          const value = Math.fround((seen as ArrayLike<number>)[input]);
          values[at] = value;
          sum += value * 0;
        }
        // Zeros add up to 0, unless one of the numbers was not finite.
        if (sum !== 0) throw observationFault(environment, place(), seen);
      }
    };
    const stepAll = () => {
      begin(STEP);
      let any = false;
      for (lane = 0; lane < running; lane++) {
        enter();
        for (let output = 0; output < outputs.length; output++) chosen[output] = values[outputs[output] + lane];
        const result = environment.step(states[lane], choose(chosen), settings);
        const score = Math.fround(scores[lane] + result?.reward);
        scores[lane] = score;
        if (typeof result?.reward !== "number" || typeof result.terminated !== "boolean" || score - score !== 0) {
          throw stepFault(environment, place(), result, score);
        }
        if (!result.terminated) continue;
        ended[lane] = 1;
        any = true;
      }
      return any;
    };

    try {
      begin(START);
      for (lane = 0; lane < running; lane++) {
        enter();
        const { episode } = lanes[lane];
        states.push(environment.start(derive(episodes[episode]), starts?.[episode] ?? own, settings));
      }
      observeAll();
      while (step < maxSteps && running > 0) {
        step++;
        runNetworks(kernel, block, running);
        const any = stepAll();
        taken += running;
        if (any) {
          running = compact(block, running, (from, to) => {
            states[to] = states[from];
          });
        }
        if (step < maxSteps) observeAll();
      }
    } catch (error) {
      throw thrownFault(environment, PARTS[watch[WATCH.part]], place(), error);
    }
    finish(block, running);
    return taken;
  }
  return { hiddenCount: 0, play };
}
