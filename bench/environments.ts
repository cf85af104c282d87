/** Bench of environments in plain TypeScript and in Python, the networks in the kernel: what a task of one's own costs, and what a rollout gains. */
import {
  ACROBOT,
  ACROBOT_ROLLOUT,
  type Action,
  CARTPOLE,
  CARTPOLE_ROLLOUT,
  compile,
  completeConfig,
  createGenome,
  derive,
  type Environment,
  type EnvironmentSettings,
  environmentInfo,
  environmentTask,
  growGenome,
  Kernel,
  type LocalTask,
  MOUNTAIN_CAR,
  MOUNTAIN_CAR_ROLLOUT,
  PENDULUM,
  PENDULUM_ROLLOUT,
  type Program,
  type RolloutOf,
  STANDARD_WEIGHTS,
  SWINGUP,
  SWINGUP_ROLLOUT,
  searchSettings,
  searchShape,
} from "precocial";
import { publishedChampion } from "./fixtures.ts";
import { type Line, measure } from "./measure.ts";
import { benchPython } from "./python.ts";

const WEIGHTS = { kind: "shared" as const, values: Float32Array.from(STANDARD_WEIGHTS) };

/** Runs all and yields the lines of the table. */
export async function* benchEnvironments(): AsyncGenerator<Line> {
  const kernel = await Kernel.create();
  const champion = compile(publishedChampion()).program;
  const plain = await secondsPerStep(kernel, environmentTask(SWINGUP), champion, 3);
  const rollout = await secondsPerStep(kernel, environmentTask(SWINGUP, {}, SWINGUP_ROLLOUT), champion, 3);
  yield {
    name: "user's task in plain TypeScript (swing-up), one core",
    value: 1e-6 / plain,
    unit: "M steps/s",
    target: "at least 2",
    note: "29-node champion, network in the kernel, same bits",
  };
  yield { name: "kernel rollout over plain TypeScript task", value: plain / rollout, unit: "x" };

  // A network that lets the pole fall soon, so that the starts of episodes count.
  const falling = compile(createGenome(4, 2, 0.5, 1, derive("bench"))).program;
  yield {
    name: "cartpole, first networks, one core",
    value: 1e-6 / (await secondsPerStep(kernel, environmentTask(CARTPOLE), falling, 30)),
    unit: "M steps/s",
    note: "episodes of about 37 steps",
  };

  yield await rolloutLine(kernel, CARTPOLE, CARTPOLE_ROLLOUT);
  yield await rolloutLine(kernel, PENDULUM, PENDULUM_ROLLOUT);
  yield await rolloutLine(kernel, MOUNTAIN_CAR, MOUNTAIN_CAR_ROLLOUT);
  yield await rolloutLine(kernel, ACROBOT, ACROBOT_ROLLOUT);
  yield* benchPython(kernel);
}

/** How many times faster the kernel plays a network of 30 connections on three episodes, as a search does. */
async function rolloutLine<State, A extends Action>(
  kernel: Kernel,
  environment: Environment<State, EnvironmentSettings, A>,
  rollout: RolloutOf<State>,
): Promise<Line> {
  const { name } = environment;
  const settings = searchSettings(completeConfig({ task: name }));
  const { program } = compile(growGenome(searchShape(environmentInfo(environment)), settings, 30, "bench"));
  const plain = await secondsPerStep(kernel, environmentTask(environment), program, 3);
  const played = await secondsPerStep(kernel, environmentTask(environment, {}, rollout), program, 3);
  const note = `${(1e-6 / plain).toFixed(1)} to ${(1e-6 / played).toFixed(1)} M steps/s, same bits`;
  return { name: `${name}: kernel rollout over plain TypeScript`, value: plain / played, unit: "x", note };
}

async function secondsPerStep(kernel: Kernel, task: LocalTask, program: Program, episodes: number): Promise<number> {
  const labels = Array.from({ length: episodes }, (_, episode) => `bench/${episode}`);
  const trial = { weights: WEIGHTS, episodes: labels, split: "train" as const, pairing: "all" as const };
  const [{ steps }] = task.score(kernel, [program], trial);
  const { min } = await measure(100, () => task.score(kernel, [program], trial));
  return min / steps;
}
