/** Bench of the walker: physics and network in the kernel on flat and on hardcore ground, plain TypeScript beside it, threads. */
import {
  BIPED,
  BIPED_HARDCORE,
  BIPED_ROLLOUT,
  compile,
  completeConfig,
  createPool,
  type Environment,
  environmentInfo,
  environmentTask,
  growGenome,
  Kernel,
  type Program,
  STANDARD_WEIGHTS,
  searchSettings,
  searchShape,
} from "precocial";
import { type Line, measure } from "./measure.ts";

const WEIGHTS = { kind: "shared" as const, values: Float32Array.from(STANDARD_WEIGHTS) };
/** Networks of a search that is under way: at six weights some stand and others thrash about. */
const NETWORKS = 8;
const CONNECTIONS = 40;

/** Runs all and yields the lines of the table. */
export async function* benchBiped(): AsyncGenerator<Line> {
  const kernel = await Kernel.create();
  const flat = await secondsPerStep(kernel, BIPED as unknown as Environment, 10, true);
  yield {
    name: "biped, network in the kernel, one core",
    value: 1e-3 / flat,
    unit: "k steps/s",
    target: "at least 100",
    note: `${NETWORKS} random networks of ${CONNECTIONS} connections, 6 weights x 10 episodes`,
  };
  yield {
    name: "biped, 4 episodes as a search plays, one core",
    value: 1e-3 / (await secondsPerStep(kernel, BIPED as unknown as Environment, 4, true)),
    unit: "k steps/s",
  };
  yield {
    name: "biped-hardcore, network in the kernel, one core",
    value: 1e-3 / (await secondsPerStep(kernel, BIPED_HARDCORE as unknown as Environment, 10, true)),
    unit: "k steps/s",
  };
  const plain = await secondsPerStep(kernel, BIPED as unknown as Environment, 1, false);
  yield {
    name: "biped: kernel over plain TypeScript",
    value: plain / flat,
    unit: "x",
    note: `plain ${(1e-3 / plain).toFixed(1)} k steps/s, same bits`,
  };
  yield await threadsLine();
}

function programs(count: number): Program[] {
  const settings = searchSettings(completeConfig({ task: "biped" }));
  const shape = searchShape(environmentInfo(BIPED));
  return Array.from(
    { length: count },
    (_, index) => compile(growGenome(shape, settings, CONNECTIONS, `bench/${index}`)).program,
  );
}

const trialOf = (episodes: number) => ({
  weights: WEIGHTS,
  episodes: Array.from({ length: episodes }, (_, episode) => `bench/${episode}`),
  split: "train" as const,
  pairing: "all" as const,
});

async function secondsPerStep(kernel: Kernel, environment: Environment, episodes: number, isKernel: boolean) {
  const task = environmentTask(environment, {}, isKernel ? (BIPED_ROLLOUT as never) : undefined);
  const networks = programs(NETWORKS);
  const trial = trialOf(episodes);
  const steps = task.score(kernel, networks, trial).reduce((sum, outcome) => sum + outcome.steps, 0);
  const { min } = await measure(isKernel ? 10 : 2, () => task.score(kernel, networks, trial));
  return min / steps;
}

async function threadsLine(): Promise<Line> {
  const networks = programs(96);
  const seconds: number[] = [];
  for (const threads of [1, 2]) {
    const evaluator = await createPool({ name: "biped" }, { threads });
    seconds.push((await measure(5, () => evaluator.evaluate(networks, trialOf(4)))).min);
    await evaluator.close();
  }
  return {
    name: "biped, 2 threads over 1, 96 networks",
    value: seconds[0] / seconds[1],
    unit: "x",
    target: "at least 1.85",
  };
}
