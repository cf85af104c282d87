/** Runs every variant with every seed and scores the champions under the four conditions. */
import { compile, completeConfig, createPool, runSearch, scoreConditions } from "precocial";

interface Plan {
  settings: Record<string, unknown>;
  seeds: number[];
  variants: Record<string, unknown>[];
}

/** One run's figures. */
export interface Row {
  variant: string;
  seed: number;
  standard: number;
  randomShared: number;
  bestShared: number;
  randomWeights: number;
  connections: number;
  seconds: number;
}

/** Yields a row for each run. */
export async function* run(plan: Plan): AsyncGenerator<Row> {
  const evaluator = await createPool({ name: String(plan.settings.task) });
  for (const variant of plan.variants) {
    for (const seed of plan.seeds) {
      const start = performance.now();
      const { champion } = await runSearch({
        config: completeConfig({ ...plan.settings, ...variant, seed }),
        evaluator,
      });
      if (champion === undefined) throw new Error("A run of no generations has no champion.");
      const seconds = (performance.now() - start) / 1000;
      const network = compile(champion.genome);
      const scores = await scoreConditions({ evaluator, network, episodes: 100, seed: "search-defaults" });
      yield {
        variant: Object.entries(variant)
          .map(([name, value]) => `${name} ${value}`)
          .join(", "),
        seed,
        standard: scores.standard.mean,
        randomShared: scores.randomShared.mean,
        bestShared: scores.bestShared.mean,
        randomWeights: scores.randomWeights.mean,
        connections: network.connectionCount,
        seconds,
      };
    }
  }
  await evaluator.close();
}
