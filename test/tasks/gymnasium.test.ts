/** The classic environments against recordings of Gymnasium's own: each step by itself, and 50 steps on end. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Environment, EnvironmentSettings } from "../../src/tasks/environment.ts";
import { ACROBOT, type AcrobotState } from "../../src/tasks/environments/acrobot.ts";
import { CARTPOLE, type CartpoleState } from "../../src/tasks/environments/cartpole.ts";
import { MOUNTAIN_CAR, type MountainCarState } from "../../src/tasks/environments/mountain-car.ts";
import { PENDULUM, type PendulumState, pendulumState } from "../../src/tasks/environments/pendulum.ts";
import { Episode } from "../../src/tasks/play/episode.ts";
import { fixture } from "../fixtures/folder.ts";

/** An episode of Gymnasium's: row t is what followed action t; it goes on past its end. */
interface Recording {
  initial_state: number[];
  actions: (number | number[])[];
  state: number[][];
  obs: number[][];
  reward: number[];
  terminated: boolean[];
  first_terminated_step: number | null;
}

/** An environment with the order in which Gymnasium keeps the numbers of its state. */
interface Twin {
  readonly environment: Environment;
  stateOf(numbers: readonly number[]): unknown;
  numbersOf(state: unknown): number[];
  /** What Gymnasium's reward lacks of ours. */
  rewardBeside?(action: number | number[]): number;
}

function twin<State, A>(
  environment: Environment<State, EnvironmentSettings, A>,
  names: readonly (keyof State)[],
): Twin {
  return {
    environment: environment as unknown as Environment,
    stateOf: (numbers) => Object.fromEntries(names.map((name, index) => [name, Math.fround(numbers[index])])),
    numbersOf: (state) => names.map((name) => (state as State)[name] as number),
  };
}

const cartpole = twin<CartpoleState, number>(CARTPOLE, ["position", "velocity", "angle", "angularVelocity"]);
const acrobot = twin<AcrobotState, number>(ACROBOT, ["upper", "lower", "upperVelocity", "lowerVelocity"]);
const TWINS: Record<string, Twin> = {
  "CartPole-v1": cartpole,
  "CartPole-v1-sin": cartpole,
  "Pendulum-v1": {
    ...twin<PendulumState, Float32Array>(PENDULUM, ["angle", "angularVelocity"]),
    stateOf: ([angle, angularVelocity]) => pendulumState(angle, angularVelocity),
  },
  "MountainCarContinuous-v0": {
    ...twin<MountainCarState, Float32Array>(MOUNTAIN_CAR, ["position", "velocity"]),
    // The recorded engine goes beyond its range, up to 1.2, and Gymnasium charges for all of it.
    rewardBeside: (action) => 0.1 * ((action as number[])[0] ** 2 - 1),
  },
  "Acrobot-v1": acrobot,
  "Acrobot-v1-pump": acrobot,
};
const STEPS = 50;

describe.each(Object.entries(TWINS))("against Gymnasium's %s", (name, { environment, ...states }) => {
  const path = fixture(`gymnasium/classic_${name}.json`);
  const { stateOf, numbersOf, rewardBeside = () => 0 } = states;
  const recordings: Recording[] = path === undefined ? [] : JSON.parse(readFileSync(path, "utf8")).episodes;
  const distance = (numbers: ArrayLike<number>, expected: readonly number[]) =>
    Math.max(...expected.map((value, index) => Math.abs(numbers[index] - value) / Math.max(1, Math.abs(value))));

  test.skipIf(path === undefined)("every step from its recorded state", () => {
    expect(recordings).toHaveLength(2);
    for (const { initial_state, actions, state, obs, reward, terminated } of recordings) {
      expect(actions).toHaveLength(200);
      actions.forEach((action, step) => {
        const episode = new Episode(environment, stateOf(step === 0 ? initial_state : state[step - 1]));
        const result = episode.step(action);
        expect(distance(numbersOf(episode.state), state[step]), `state of step ${step}`).toBeLessThan(2e-6);
        expect(distance(episode.observation, obs[step]), `observation of step ${step}`).toBeLessThan(3e-6);
        expect(result.terminated, `end at step ${step}`).toBe(terminated[step]);
        // Gymnasium's cart-pole gains nothing any more once it has fallen.
        if (environment === cartpole.environment && terminated[step - 1]) return;
        const wanted = reward[step] + rewardBeside(action);
        expect(distance([result.reward], [wanted]), `reward of step ${step}`).toBeLessThan(2e-6);
      });
    }
  });

  test.skipIf(path === undefined)(`the first ${STEPS} steps on end, and the step of the end`, () => {
    for (const { initial_state, actions, state, first_terminated_step } of recordings) {
      const episode = new Episode(environment, stateOf(initial_state));
      let end: number | null = null;
      for (let step = 0; step < actions.length; step++) {
        if (episode.step(actions[step]).terminated) end ??= step + 1;
        if (step >= STEPS) continue;
        numbersOf(episode.state).forEach((value, index) => {
          expect(Math.abs(value - state[step][index]), `number ${index} after step ${step}`).toBeLessThan(2e-5);
        });
      }
      expect(end).toBe(first_terminated_step);
    }
  });
});
