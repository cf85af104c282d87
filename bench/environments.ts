/** Bench of environments in plain TypeScript and in Python, the networks in the kernel: what a task of one's own costs. */
import { join } from "node:path";
import {
  CARTPOLE,
  compile,
  createGenome,
  createTask,
  derive,
  environmentTask,
  Kernel,
  type LocalTask,
  loadTaskSource,
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
  yield* benchPython(kernel);
}

/** The stand-in for an environment that people have, by the number of lanes in a message. */
async function* benchPython(kernel: Kernel): AsyncGenerator<Line> {
  const python = process.platform === "win32" ? "python" : "python3";
  const file = join(import.meta.dirname, "../test/fixtures/python/cartpole.py");
  const source = await loadTaskSource({ task: `${python} "${file}"` }).catch((error: Error) => {
    console.warn(`The lines of Python are left out: ${error.message}`);
  });
  if (!source) return;
  const task = createTask(source);
  const { program, weights } = balancing();
  try {
    for (const lanes of [1, 8, 64]) {
      const episodes = Array.from({ length: lanes }, (_, episode) => `bench/${episode}`);
      const trial = { weights, episodes, split: "train" as const, pairing: "all" as const };
      const [{ steps }] = await task.score(kernel, [program], trial);
      const { min } = await measure(10, () => task.score(kernel, [program], trial));
      yield {
        name: `cart-pole in Python, a process of its own, ${lanes} ${lanes === 1 ? "lane" : "lanes"}`,
        value: (1e-3 * steps) / min,
        unit: "k steps/s",
        note: "Python's core and the network's in turn",
      };
    }
  } finally {
    task.close?.();
  }
}

/** A network that keeps the pole up to the end, so that no lane ends before the others: the pilot's weights. */
function balancing() {
  const genome = createGenome(4, 2, 1, 1, derive("bench"));
  const { program, genes } = compile(genome);
  const pilot = [0, 0.1, 0.3, 5, 1];
  const right = 6;
  const sets = Float32Array.from(genes, (gene) => (genome.targets[gene] === right ? pilot[genome.sources[gene]] : 0));
  return { program, weights: { kind: "individual" as const, sets, count: 1 } };
}

async function secondsPerStep(kernel: Kernel, task: LocalTask, program: Program, episodes: number): Promise<number> {
  const labels = Array.from({ length: episodes }, (_, episode) => `bench/${episode}`);
  const trial = { weights: WEIGHTS, episodes: labels, split: "train" as const, pairing: "all" as const };
  const [{ steps }] = task.score(kernel, [program], trial);
  const { min } = await measure(100, () => task.score(kernel, [program], trial));
  return min / steps;
}
