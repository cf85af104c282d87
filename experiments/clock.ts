/** Searches by the clock, and measures the champion on test images at given times. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  championFile,
  classificationConditions,
  compile,
  completeConfig,
  createPool,
  Kernel,
  loadTaskSource,
  type RunState,
  runSearch,
} from "precocial";

interface Plan {
  settings: Record<string, unknown>;
  seeds: number[];
  minutes: number[];
  draws: number;
  variants: { name: string; settings: Record<string, unknown> }[];
}

/** A champion after some minutes of search. Accuracies are fractions. */
export interface Row {
  variant: string;
  seed: number;
  minutes: number;
  generations: number;
  connections: number;
  randomShared: number;
  randomSharedStd: number;
  ensemble: number;
  bestShared: number;
  score: number;
}

/** Yields a row for each variant, seed and time; measuring does not count as search time. */
export async function* run(plan: Plan, done: readonly Row[], folder?: string): AsyncGenerator<Row> {
  for (const { name, settings } of plan.variants) {
    for (const seed of plan.seeds) {
      if (done.some((row) => row.variant === name && row.seed === seed)) continue;
      for await (const { row, champion } of search(plan, settings, seed)) {
        if (folder) writeFileSync(join(folder, `champion-${name}-${seed}.json`), `${JSON.stringify(champion)}\n`);
        yield { variant: name, seed, ...row };
      }
    }
  }
}

/** One search; gives its champion and figures at each time of the plan. */
async function* search(plan: Plan, settings: Record<string, unknown>, seed: number) {
  const config = completeConfig({ ...settings, ...plan.settings, seed });
  const source = await loadTaskSource(config);
  const { dataset } = source;
  if (dataset === undefined) throw new Error(`${config.task} classifies no data set.`);
  const evaluator = await createPool(source);
  const kernel = await Kernel.create();
  let from: RunState | undefined;
  let searched = 0;
  for (const minutes of plan.minutes) {
    const start = performance.now() / 60_000 - searched;
    const shouldStop = () => performance.now() / 60_000 - start >= minutes;
    from = await runSearch({ config, evaluator, from, shouldStop });
    searched = performance.now() / 60_000 - start;
    if (from.champion === undefined) throw new Error("No generation was done in time.");
    const network = compile(from.champion.genome);
    const scores = classificationConditions({ kernel, network, dataset, draws: plan.draws, seed: "clock" });
    const row = {
      minutes,
      generations: from.search.generation,
      connections: network.connectionCount,
      randomShared: scores.randomShared.mean,
      randomSharedStd: scores.randomShared.std,
      ensemble: scores.ensemble.mean,
      bestShared: scores.bestShared.mean,
      score: from.champion.score,
    };
    yield { row, champion: championFile(from.champion, config, evaluator.task.info) };
  }
  await evaluator.close();
}
