/** What networks do in an environment besides what they score: episodes played again in plain TypeScript and looked at. */
import { createForward, outputSlots } from "../../network/forward.ts";
import type { Program } from "../../network/program.ts";
import { createChooser } from "../actions.ts";
import type { Behaviour, Environment, EnvironmentSettings, Replay } from "../environment.ts";
import type { Outcome, Trial, WeightSets } from "../task.ts";
import { Episode } from "./episode.ts";
import { lanesOf } from "./lanes.ts";

/**
 * The values of a behaviour in every episode of a trial.
 *
 * @param settings all of the environment's
 * @throws UsageError naming task, step and episode when the environment goes wrong
 */
export function scoreBehaviour<State, Settings extends EnvironmentSettings>(
  environment: Environment<State, Settings>,
  settings: Settings,
  program: Program,
  { weights, episodes, starts, ...trial }: Trial,
  behaviour: Behaviour,
): Outcome {
  const forward = createForward(program);
  const outputs = outputSlots(program);
  const choose = createChooser(environment.actions);
  const chosen = new Float32Array(outputs.length);
  let steps = 0;
  const scores = lanesOf({ weights, episodes, ...trial }).map(({ weight, episode }) => {
    const values = weightsOf(weights, weight);
    const act = (observation: Float32Array) => {
      const slots = forward(observation, values);
      for (let output = 0; output < outputs.length; output++) chosen[output] = slots[outputs[output]];
      return choose(chosen);
    };
    const replay = replayOf(new Episode(environment, episodes[episode], { settings, kind: starts?.[episode] }), act);
    steps += replay.steps;
    return behaviour.of(replay);
  });
  return { scores: Float64Array.from(scores), steps };
}

/** Plays an episode to its end and keeps what was seen and gained after each step. */
function replayOf<State, Settings extends EnvironmentSettings>(
  episode: Episode<State, Settings>,
  act: (observation: Float32Array) => number | ArrayLike<number>,
): Replay {
  const observations: Float32Array[] = [];
  const rewards: number[] = [];
  while (!episode.ended) {
    rewards.push(episode.step(act(episode.observation)).reward);
    observations.push(episode.observation.slice());
  }
  return { steps: episode.steps, observations, rewards };
}

/** A shared weight, or a set of individual ones. */
function weightsOf(weights: WeightSets, index: number): number | Float32Array {
  if (weights.kind === "shared") return weights.values[index];
  const length = weights.sets.length / weights.count;
  return weights.sets.subarray(index * length, (index + 1) * length);
}
