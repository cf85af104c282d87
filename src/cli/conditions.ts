/** The conditions of the paper's Table 1 as tables. */
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import type { Condition, Conditions } from "../measure/conditions.ts";
import type { Measure } from "../tasks/task.ts";
import { alignColumns } from "./output.ts";
import { formatPlain } from "./progress.ts";

/** The conditions as tables. @param measure what the task reports */
export function conditionsTable(conditions: Conditions, measure: Measure): string {
  const unit = measure.unit === "share" ? " %" : "";
  const format = (value: number) => `${formatPlain(value, measure, 1)}${unit}`;
  const rows: [string, Condition | undefined][] = [
    ["six standard shared weights", conditions.standard],
    ["random individual weights", conditions.randomWeights],
    ["random shared weight", conditions.randomShared],
    [
      conditions.byClass ? "vote of the standard weights" : "mean of the standard weights' answers",
      conditions.ensemble,
    ],
    [`best shared weight (${conditions.bestShared.weight})`, conditions.bestShared],
    ["trained weights", conditions.trainedWeights],
    ["linear regression (least squares)", conditions.linear],
  ];
  const table = alignColumns([
    [
      "condition",
      measure.unit === "share" || measure.name === "score" ? "mean" : measure.name,
      "std",
      conditions.ensemble ? "examples" : "episodes",
    ],
    ...rows.flatMap(([name, condition]) =>
      condition === undefined ? [] : [[name, format(condition.mean), format(condition.std), String(condition.count)]],
    ),
  ]);
  return conditions.byClass ? `${table}\n\n${byClassTable(conditions.byClass)}` : table;
}

/** Accuracy by class and weight: the paper's "digit accuracy by weight". */
function byClassTable(byClass: NonNullable<Conditions["byClass"]>): string {
  const percent = (value: number) => (Number.isNaN(value) ? "-" : (100 * value).toFixed(1));
  return alignColumns([
    ["accuracy in % by class at weight", ...STANDARD_WEIGHTS.map(String), "vote"],
    ...byClass.map(({ name, byWeight, ensemble }) => [name, ...byWeight.map(percent), percent(ensemble)]),
  ]);
}
