/** Bench of the racer: physics, picture, code and network in the kernel, plain TypeScript beside it, what a track costs, threads. */
import {
  createPool,
  drawRacetrack,
  environmentTask,
  groundOf,
  Kernel,
  type Program,
  RACER,
  racerRollout,
  type Trial,
} from "precocial";
import { type Line, measure } from "./measure.ts";
import { grownPrograms, trialOf } from "./played.ts";
import { kernelProfile } from "./profile.ts";

/** Networks of a search that is under way: at six weights on two tracks, as the paper's. */
const NETWORKS = 8;
const CONNECTIONS = 30;
/** Files of the kernel by the part of a step that they do; what they inline is theirs. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  velocity: ["racer/velocity"],
  "joints, places and forces": ["racer/joints", "racer/places", "racer/forces", "racer/racer"],
  tiles: ["racer/tiles", "physics/distance"],
  "picture and its code": ["racer/picture"],
  network: ["forward", "activations", "math"],
};

/** Runs all and yields the lines of the table. */
export async function* benchRacer(): AsyncGenerator<Line> {
  const kernel = await Kernel.create();
  const networks = grownPrograms("racer", RACER, NETWORKS, CONNECTIONS);
  const fast = await secondsPerFrame(kernel, networks, trialOf(2));
  yield {
    name: "racer, network in the kernel, one core",
    value: 1e-3 / fast,
    unit: "k frames/s",
    target: "at least 150",
    note: `${NETWORKS} random networks of ${CONNECTIONS} connections, 6 weights x 2 tracks`,
  };
  yield {
    name: "racer, 60 lanes of a network, one core",
    value: 1e-3 / (await secondsPerFrame(kernel, networks, trialOf(10))),
    unit: "k frames/s",
  };
  const plain = await secondsPerFrame(kernel, networks.slice(0, 1), trialOf(1, [1]), false);
  yield {
    name: "racer: kernel over plain TypeScript",
    value: plain / fast,
    unit: "x",
    note: `plain ${(1e-3 / plain).toFixed(1)} k frames/s, same bits`,
  };
  const rows = drawRacetrack(1);
  yield {
    name: "racer: a track's tiles, grid and texture",
    value: 1e3 * (await measure(10, () => groundOf(rows))).min,
    unit: "ms",
  };
  yield* shares(kernel, networks);
  yield await threadsLine();
}

async function secondsPerFrame(
  kernel: Kernel,
  networks: readonly Program[],
  trial: Trial,
  isKernel = true,
): Promise<number> {
  const task = environmentTask(RACER, {}, isKernel ? racerRollout() : undefined);
  const frames = task.score(kernel, networks, trial).reduce((sum, outcome) => sum + outcome.steps, 0);
  const { min } = await measure(isKernel ? 10 : 2, () => task.score(kernel, networks, trial));
  return min / frames;
}

/** Which share of the time each part of a frame takes, by a sampling profile of the kernel's functions. */
async function* shares(kernel: Kernel, networks: readonly Program[]): AsyncGenerator<Line> {
  const task = environmentTask(RACER, {}, racerRollout());
  const seconds = await kernelProfile(() => {
    for (let round = 0; round < 5; round++) task.score(kernel, networks, trialOf(2));
  });
  const total = [...seconds.values()].reduce((sum, value) => sum + value, 0);
  for (const [part, files] of Object.entries(PARTS)) {
    const share = files.reduce((sum, file) => sum + (seconds.get(file) ?? 0), 0) / total;
    yield { name: `racer: ${part}`, value: 100 * share, unit: "% of the kernel's time" };
  }
}

async function threadsLine(): Promise<Line> {
  const networks = grownPrograms("racer", RACER, 64, CONNECTIONS);
  const seconds: number[] = [];
  for (const threads of [1, 2]) {
    const evaluator = await createPool({ name: "racer" }, { threads });
    seconds.push((await measure(3, () => evaluator.evaluate(networks, trialOf(2)))).min);
    await evaluator.close();
  }
  return {
    name: "racer, 2 threads over 1, 64 networks",
    value: seconds[0] / seconds[1],
    unit: "x",
    target: "at least 1.85",
  };
}
