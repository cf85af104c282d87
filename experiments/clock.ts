/** Searches by the clock, and measures the champion on test images at given times. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  championFile,
  compile,
  completeConfig,
  createPool,
  loadTaskSource,
  type RunState,
  runSearch,
  scoreConditions,
} from "precocial";

/** config.json. */
export interface Plan {
  readonly draws: number;
  /** Of all variants, and stronger than their own, so that a quick plan makes every search small. */
  readonly settings: Record<string, unknown>;
  readonly variants: readonly { readonly name: string; readonly settings: Record<string, unknown> }[];
  /** Which variant is searched with which seeds, and after how many minutes it is measured, rising. */
  readonly runs: readonly {
    readonly variant: string;
    readonly seeds: readonly number[];
    readonly minutes: readonly number[];
  }[];
}

/** A champion after some minutes of search. Accuracies are fractions; of a task that tells a number they are R2. */
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
  /** Of linear regression, where a number is told. */
  linear?: number;
  score: number;
}

/** The rows that a plan makes, in order. */
export function plannedRows({ runs }: Plan): Pick<Row, "variant" | "seed" | "minutes">[] {
  return runs.flatMap(({ variant, seeds, minutes }) =>
    seeds.flatMap((seed) => minutes.map((time) => ({ variant, seed, minutes: time }))),
  );
}

/**
 * Yields the rows of the plan that are not among those done; measuring does not count as search time. A search of
 * which some times are done starts anew, which gives the same champions by generation.
 */
export async function* run(plan: Plan, done: readonly Row[], folder?: string): AsyncGenerator<Row> {
  for (const { variant, seeds, minutes } of plan.runs) {
    const settings = plan.variants.find(({ name }) => name === variant)?.settings;
    if (settings === undefined)
      throw new Error(`Expected the runs of the plan to name its variants, got "${variant}".`);
    for (const seed of seeds) {
      const times = done.filter((row) => row.variant === variant && row.seed === seed).map((row) => row.minutes);
      if (minutes.every((time) => times.includes(time))) continue;
      for await (const { row, champion } of search(plan, settings, seed, minutes)) {
        if (times.includes(row.minutes)) continue;
        if (folder) writeFileSync(join(folder, `champion-${variant}-${seed}.json`), `${JSON.stringify(champion)}\n`);
        yield { variant, seed, ...row };
      }
    }
  }
}

/** One search; gives its champion and figures after each of `times`, in minutes. */
async function* search(plan: Plan, settings: Record<string, unknown>, seed: number, times: readonly number[]) {
  const config = completeConfig({ ...settings, ...plan.settings, seed });
  const evaluator = await createPool(await loadTaskSource(config));
  let from: RunState | undefined;
  let searched = 0;
  for (const minutes of times) {
    const start = performance.now() / 60_000 - searched;
    const shouldStop = () => performance.now() / 60_000 - start >= minutes;
    from = await runSearch({ config, evaluator, from, shouldStop });
    searched = performance.now() / 60_000 - start;
    if (from.champion === undefined) throw new Error("No generation was done in time.");
    const network = compile(from.champion.genome);
    const scores = await scoreConditions({ evaluator, network, episodes: plan.draws, seed: "clock" });
    const row = {
      minutes,
      generations: from.search.generation,
      connections: network.connectionCount,
      randomShared: scores.randomShared.mean,
      randomSharedStd: scores.randomShared.std ?? Number.NaN,
      ensemble: scores.ensemble?.mean ?? Number.NaN,
      bestShared: scores.bestShared.mean,
      linear: scores.linear?.mean,
      score: from.champion.score,
    };
    yield { row, champion: championFile(from.champion, config, evaluator.task.info) };
  }
  await evaluator.close();
}
