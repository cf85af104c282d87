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
  minutes: number[];
  draws: number;
  variants: { name: string; settings: Record<string, unknown> }[];
}

/** A champion after some minutes of search. Accuracies are fractions. */
export interface Row {
  variant: string;
  minutes: number;
  generations: number;
  connections: number;
  randomShared: number;
  randomSharedStd: number;
  ensemble: number;
  bestShared: number;
  score: number;
}

/** Yields a row for each variant and time; measuring does not count as search time. */
export async function* run(plan: Plan, done: readonly Row[], folder?: string): AsyncGenerator<Row> {
  for (const { name, settings } of plan.variants) {
    if (done.some((row) => row.variant === name)) continue;
    const config = completeConfig({ ...settings, ...plan.settings });
    const source = await loadTaskSource(config);
    const evaluator = await createPool(source);
    const kernel = await Kernel.create();
    let state: RunState | undefined;
    let searched = 0;
    for (const minutes of plan.minutes) {
      const start = performance.now() / 60_000 - searched;
      const shouldStop = () => performance.now() / 60_000 - start >= minutes;
      state = await runSearch({ config, evaluator, from: state, shouldStop });
      searched = performance.now() / 60_000 - start;
      const { champion, search } = state;
      if (champion === undefined || source.dataset === undefined) throw new Error("No generation was done in time.");
      const network = compile(champion.genome);
      const { dataset } = source;
      const scores = classificationConditions({ kernel, network, dataset, draws: plan.draws, seed: "mnist" });
      if (folder)
        writeFileSync(
          join(folder, `champion-${name}.json`),
          `${JSON.stringify(championFile(champion, config, evaluator.task.info))}\n`,
        );
      yield {
        variant: name,
        minutes,
        generations: search.generation,
        connections: network.connectionCount,
        randomShared: scores.randomShared.mean,
        randomSharedStd: scores.randomShared.std,
        ensemble: scores.ensemble.mean,
        bestShared: scores.bestShared.mean,
        score: champion.score,
      };
    }
    await evaluator.close();
  }
}
