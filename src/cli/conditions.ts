/** Scores of a champion under the paper's conditions, whatever its task, and their tables. */

import { STANDARD_WEIGHTS } from "../base/scores.ts";
import { mean } from "../base/stats.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import { Kernel } from "../kernel/kernel.ts";
import { compile, type Network } from "../network/compile.ts";
import type { Champion } from "../run/champion.ts";
import { classify } from "../tasks/classification.ts";
import { accuracyByWeight } from "../tasks/classification-report.ts";
import type { Dataset } from "../tasks/dataset.ts";
import type { TaskSource } from "../tasks/registry.ts";
import { type ClassificationConditions, classificationConditions } from "../tuning/classification-conditions.ts";
import { type Conditions, scoreConditions } from "../tuning/conditions.ts";
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

/**
 * Gives a function that measures a champion's accuracy: mean over the shared weights, on all validation examples, as a
 * fraction.
 */
export async function accuracyMeter(
  dataset: Dataset,
  weights: readonly number[],
): Promise<(champion: Champion) => number> {
  const kernel = await Kernel.create();
  const { validation } = dataset;
  const values = Float32Array.from(weights);
  return ({ genome }) => {
    const predicted = classify(kernel, compile(genome).program, { kind: "shared", values }, validation);
    return mean(accuracyByWeight(predicted, validation.labels, weights.length));
  };
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
