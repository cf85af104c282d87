/** Runs every variant with every seed and scores the champions under the four conditions. */
import { compile, completeConfig, createPool, runSearch, scoreConditions } from "precocial";

/** config.json. */
export interface Plan {
  readonly settings: Record<string, unknown>;
  readonly seeds: readonly number[];
  readonly variants: readonly Record<string, unknown>[];
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
}

/** A variant by what sets it apart: "crowding range, keepSplit always". */
function variantName(variant: Record<string, unknown>): string {
  return Object.entries(variant)
    .map(([setting, value]) => `${setting} ${value}`)
    .join(", ");
}

/** The rows that a plan makes, in order. */
export function plannedRows({ variants, seeds }: Plan): Pick<Row, "variant" | "seed">[] {
  return variants.flatMap((variant) => seeds.map((seed) => ({ variant: variantName(variant), seed })));
}

/** Yields a row for each run that is not among those done. */
export async function* run(plan: Plan, done: readonly Row[]): AsyncGenerator<Row> {
  const evaluator = await createPool({ name: String(plan.settings.task) });
  for (const variant of plan.variants) {
    const name = variantName(variant);
    for (const seed of plan.seeds) {
      if (done.some((row) => row.variant === name && row.seed === seed)) continue;
      const config = completeConfig({ ...plan.settings, ...variant, seed });
      const { champion } = await runSearch({ config, evaluator });
      if (champion === undefined) throw new Error("A run of no generations has no champion.");
      const network = compile(champion.genome);
      const scores = await scoreConditions({ evaluator, network, episodes: 100, seed: "search-defaults" });
      yield {
        variant: name,
        seed,
        standard: scores.standard.mean,
        randomShared: scores.randomShared.mean,
        bestShared: scores.bestShared.mean,
        randomWeights: scores.randomWeights.mean,
        connections: network.connectionCount,
      };
    }
  }
  await evaluator.close();
}
