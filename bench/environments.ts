/** Bench of environments in plain TypeScript, the networks in the kernel: what a task of one's own costs. */
import {
  CARTPOLE,
  compile,
  createGenome,
  derive,
  environmentTask,
  Kernel,
  type LocalTask,
  type Program,
  STANDARD_WEIGHTS,
  SWINGUP,
  SWINGUP_ROLLOUT,
} from "precocial";
import { publishedChampion } from "./fixtures.ts";
import { type Line, measure } from "./measure.ts";

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
}

async function secondsPerStep(kernel: Kernel, task: LocalTask, program: Program, episodes: number): Promise<number> {
  const labels = Array.from({ length: episodes }, (_, episode) => `bench/${episode}`);
  const trial = { weights: WEIGHTS, episodes: labels, split: "train" as const, pairing: "all" as const };
  const [{ steps }] = task.score(kernel, [program], trial);
  const { min } = await measure(100, () => task.score(kernel, [program], trial));
  return min / steps;
}
