/** The conditions of the paper's Table 1 as tables. */
import { formatPlain } from "../base/numbers.ts";
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import { alignColumns } from "../base/table.ts";
import type { ConditionName, Conditions } from "../measure/conditions.ts";
import type { Figure, RunEvaluation } from "../measure/evaluation.ts";
import type { NoisyScore } from "../measure/noise.ts";

/** What the tables are made of. */
export interface MeasuredConditions extends Partial<Pick<Conditions, "behaviour" | "bands" | "byClass">> {
  readonly figures: Readonly<Partial<Record<ConditionName, Figure>>>;
  /** Where each weight strays from the shared one. */
  readonly noise?: readonly NoisyScore[];
}

/** The conditions as tables. @param measure what the task reports */
export function conditionsTable(
  { figures, behaviour, bands, byClass, noise }: MeasuredConditions,
  measure: RunEvaluation["measure"],
): string {
  const unit = measure.unit === "share" ? " %" : "";
  const format = (value: number) => `${formatPlain(value, measure, 1)}${unit}`;
  const rows: [string, Figure | undefined][] = [
    ["six standard shared weights", figures.standard],
    ["random individual weights", figures.randomWeights],
    ["random shared weight", figures.randomShared],
    [byClass ? "vote of the standard weights" : "mean of the standard weights' answers", figures.ensemble],
    [`best shared weight (${figures.bestShared?.weight})`, figures.bestShared],
    ["trained weights", figures.trainedWeights],
    ["linear regression (least squares)", figures.linear],
  ];
  const table = alignColumns([
    [
      "condition",
      measure.unit === "share" || measure.name === "score" ? "mean" : measure.name,
      "std",
      figures.ensemble ? "examples" : "episodes",
    ],
    ...rows.flatMap(([name, condition]) =>
      condition === undefined
        ? []
        : [
            [
              name,
              format(condition.mean),
              condition.std === undefined ? "-" : format(condition.std),
              String(condition.count),
            ],
          ],
    ),
  ]);
  return [
    table,
    behaviour && behaviourTable(behaviour),
    bands && bandsTable(bands, format),
    noise && noiseTable(noise, format),
    byClass && byClassTable(byClass),
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

/** What else there is to say of the best shared weight. */
function behaviourTable(behaviour: NonNullable<Conditions["behaviour"]>): string {
  return alignColumns(
    [
      ["at the best shared weight", "mean", ""],
      ...behaviour.map((figure) => [
        figure.name,
        `${formatPlain(figure.mean, figure, 1)}${figure.unit === "share" ? " %" : ""}`,
        figure.description,
      ]),
    ],
    [0, 2],
  );
}

/** What random shared weights come to by their size. */
function bandsTable(bands: Conditions["bands"], format: (value: number) => string): string {
  return alignColumns([
    ["random shared weight of size", ...bands.map(({ below }, band) => `${band === 0 ? "below" : "to"} ${below}`)],
    ["mean", ...bands.map(({ mean }) => format(mean))],
  ]);
}

/** What comes of noise on the weights of the connections. */
function noiseTable(noise: readonly NoisyScore[], format: (value: number) => string): string {
  return alignColumns([
    ["weights drawn around the shared one, std", ...noise.map(({ noise: level }) => String(level))],
    ["around the six standard weights", ...noise.map(({ standard }) => format(standard.mean))],
    ["around the best shared weight", ...noise.map(({ best }) => format(best.mean))],
  ]);
}

/** Accuracy by class and weight: the paper's "digit accuracy by weight". */
function byClassTable(byClass: NonNullable<Conditions["byClass"]>): string {
  const percent = (value: number) => (Number.isNaN(value) ? "-" : (100 * value).toFixed(1));
  return alignColumns([
    ["accuracy in % by class at weight", ...STANDARD_WEIGHTS.map(String), "vote"],
    ...byClass.map(({ name, byWeight, ensemble }) => [name, ...byWeight.map(percent), percent(ensemble)]),
  ]);
}
