/** Scores of a champion under the paper's conditions, whatever its task, and their tables. */

import { STANDARD_WEIGHTS } from "../base/scores.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { Kernel } from "../kernel/kernel.ts";
import { type ClassificationConditions, classificationConditions } from "../measure/classification-conditions.ts";
import { type Conditions, scoreConditions } from "../measure/conditions.ts";
import type { Network } from "../network/compile.ts";
import type { TaskSource } from "../tasks/registry.ts";
import { alignColumns } from "./output.ts";

/** Conditions of either kind of task. */
export type AnyConditions = Conditions | ClassificationConditions;

/** Scores a network under the conditions that fit its task. */
export async function measureConditions(
  source: TaskSource,
  evaluator: Evaluator,
  network: Network,
  episodes: number,
  seed: number,
  trainedWeights?: readonly number[],
): Promise<AnyConditions> {
  const { dataset } = source;
  if (dataset === undefined) return scoreConditions({ evaluator, network, episodes, seed, trainedWeights });
  return classificationConditions({
    kernel: await Kernel.create(),
    network,
    dataset,
    draws: episodes,
    seed,
    trainedWeights,
  });
}

/** The conditions as tables. */
export function conditionsTable(conditions: AnyConditions): string {
  const isClassification = "ensemble" in conditions;
  const format = (value: number) => (isClassification ? `${(100 * value).toFixed(1)} %` : value.toFixed(1));
  const rows: [string, Conditions["standard"] | ClassificationConditions["standard"] | undefined][] = [
    ["six standard shared weights", conditions.standard],
    ["random individual weights", conditions.randomWeights],
    ["random shared weight", conditions.randomShared],
    ["vote of the standard weights", isClassification ? conditions.ensemble : undefined],
    [`best shared weight (${conditions.bestShared.weight})`, conditions.bestShared],
    ["trained weights", conditions.trainedWeights],
  ];
  const table = alignColumns([
    ["condition", "mean", "std", isClassification ? "examples" : "episodes"],
    ...rows.flatMap(([name, condition]) => {
      if (condition === undefined) return [];
      const count = "images" in condition ? condition.images : condition.episodes;
      return [[name, format(condition.mean), format(condition.std), String(count)]];
    }),
  ]);
  return isClassification ? `${table}\n\n${byClassTable(conditions)}` : table;
}

/** Accuracy by class and weight: the paper's "digit accuracy by weight". */
function byClassTable({ byClass }: ClassificationConditions): string {
  const percent = (value: number) => (Number.isNaN(value) ? "-" : (100 * value).toFixed(1));
  return alignColumns([
    ["accuracy in % by class at weight", ...STANDARD_WEIGHTS.map(String), "vote"],
    ...byClass.map(({ name, byWeight, ensemble }) => [name, ...byWeight.map(percent), percent(ensemble)]),
  ]);
}
