/** Measures what the simulation starts from: seconds of one core for each network of a generation, and between generations. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  completeConfig,
  createInlineEvaluator,
  createTask,
  type Evaluator,
  type PopulationTrial,
  type Program,
  runSearch,
} from "precocial";
import type { Work } from "./simulate.ts";

/** A generation of each: of how many networks, after how many others. */
const MEASURED = [
  { task: "swingup", population: 192, generations: 20 },
  { task: "biped", population: 32, generations: 2 },
];
/** Networks of a generation that are timed. */
const TIMED = 96;

/** Seconds of this process. */
function seconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Times the networks of the last generation of a search, each alone. */
async function measure({ task, population, generations }: (typeof MEASURED)[number]): Promise<Work> {
  const config = completeConfig({ task, population, generations, seed: 11 });
  const inline = await createInlineEvaluator(createTask({ name: task }));
  let last: { programs: readonly Program[]; trial: PopulationTrial } | undefined;
  let scoring = 0;
  const evaluator: Evaluator = {
    ...inline,
    async evaluate(programs, trial, families) {
      if (families !== undefined) last = { programs, trial };
      const start = seconds();
      const evaluation = await inline.evaluate(programs, trial, families);
      scoring += seconds() - start;
      return evaluation;
    },
  };
  const start = seconds();
  await runSearch({ config, evaluator });
  const between = (seconds() - start - scoring) / (generations * population);
  const { programs, trial } = last as NonNullable<typeof last>;
  const each: number[] = [];
  for (const program of programs.slice(0, TIMED)) {
    const before = seconds();
    await inline.evaluate([program], trial);
    each.push(seconds() - before);
  }
  return { task, seconds: each, episodes: trial.episodes.length, between };
}

/** Measures all, and writes times.json. */
export async function measureAll(): Promise<void> {
  const works: Work[] = [];
  for (const one of MEASURED) works.push(await measure(one));
  writeFileSync(join(import.meta.dirname, "times.json"), `${JSON.stringify(works)}\n`);
}
