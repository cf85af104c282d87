/** Bench of an environment in Python, in a process of its own: what one costs that people have already. */
import { join } from "node:path";
import { compile, createGenome, createTask, derive, type Kernel, loadTaskSource } from "precocial";
import { type Line, measure } from "./measure.ts";

/** The stand-in for an environment that people have, by the number of lanes in a message. */
export async function* benchPython(kernel: Kernel): AsyncGenerator<Line> {
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
