/** What an environment of another process must keep to, beyond what every task must. */
import { derive } from "../../base/rng.ts";
import { createGenome } from "../../genome/genome.ts";
import { compile } from "../../network/compile.ts";
import type { Program } from "../../network/program.ts";
import type { ProcessTask } from "../process/task.ts";
import type { Trial, WeightSets } from "../task.ts";
import { type Check, type CheckContext, labels, sampleNetworks, sampleTrial } from "./check.ts";

/** An output so far from 0 that it is limited to the end of any range. */
const FAR = 2 ** 30;

/** A context of a task that a process plays. */
type ProcessContext = CheckContext & { readonly task: ProcessTask };

function ofProcess(name: string, run: (context: ProcessContext) => Promise<void>, isAdvice = false): Check {
  return { name, isAdvice, isOfProcess: true, run: (context) => run(context as ProcessContext) };
}

/** The checks, cheap ones first. */
export const PROCESS_CHECKS: readonly Check[] = [
  ofProcess("every action can be played to the end", async ({ task, kernel }) => {
    const { program, weights } = constantActions(task);
    await task.score(kernel, [program], sampleTrial({ weights }));
  }),
  ofProcess("a process that is started anew scores the same", async ({ task, kernel }) => {
    const programs = sampleNetworks(task);
    const trial: Trial = sampleTrial();
    const first = await task.score(kernel, programs, trial);
    task.close();
    const second = await task.score(kernel, programs, trial);
    first.forEach(({ scores }, network) => {
      const bad = scores.findIndex((score, index) => score !== second[network].scores[index]);
      if (bad < 0) return;
      throw new Error(
        `Expected network ${network} to score ${scores[bad]} in a new process too, got ${second[network].scores[bad]}: ` +
          "let all chance come from the seed of reset().",
      );
    });
  }),
  ofProcess(
    "episodes start differently",
    async ({ task }) => {
      const starts = (await task.starts(labels("start", 5))).map((seen) => seen.join(" "));
      if (new Set(starts).size > 1) return;
      throw new Error(
        `Expected episodes to start differently, got 5 that start alike (${task.info.inputs
          .map((name, input) => `${name} ${starts[0].split(" ")[input]}`)
          .join(", ")}): a search sees one start only, unless chance comes later.`,
      );
    },
    true,
  ),
];

/**
 * A network that sees nothing, and weights of its bias with which it does always the same: the largest output is each
 * of them in turn, then all are as large, and as small, as can be.
 */
function constantActions({ info }: ProcessTask): { program: Program; weights: WeightSets } {
  const genome = createGenome(info.inputs.length, info.outputs.length, 1, 1, derive("check", "actions"));
  const { program, genes } = compile(genome);
  const firstOutput = 1 + info.inputs.length;
  const choices = info.outputs.map((_, output) => (other: number) => (other === output ? FAR : 0));
  const sets = [...choices, () => FAR, () => -FAR];
  return {
    program,
    weights: {
      kind: "individual",
      sets: Float32Array.from(
        sets.flatMap((weightOf) =>
          Array.from(genes, (gene) => (genome.sources[gene] === 0 ? weightOf(genome.targets[gene] - firstOutput) : 0)),
        ),
      ),
      count: sets.length,
    },
  };
}
