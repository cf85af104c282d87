/** What a run has come to, as it was measured at its end, as a table on the page. */
import type { RunEvaluation } from "../../src/index.ts";
import { html, show, showScore, showWeight } from "./html.ts";

/** Figures by name, in the order of the table; `running` of a training is in its chart. */
const NAMES: Readonly<Record<string, string>> = {
  train: "training examples",
  validation: "validation",
  test: "test examples",
  standard: "the six standard weights",
  randomWeights: "random individual weights",
  randomShared: "a random shared weight",
  ensemble: "the standard weights together",
  bestShared: "the best shared weight",
  trainedWeights: "trained weights",
  linear: "linear regression, for comparison",
};

/** The figures of a run; undefined where it was not measured. */
export function createEvaluationView({ evaluation }: { readonly evaluation?: RunEvaluation }): HTMLElement | undefined {
  if (evaluation === undefined) return undefined;
  const { figures, measure, episodes } = evaluation;
  const value = (number: number) => (measure.unit === "share" ? `${show(100 * number)} %` : showScore(number));
  const rows = Object.entries(NAMES).flatMap(([name, words]) => {
    const figure = figures[name];
    if (figure === undefined) return [];
    const { mean, std, weight } = figure;
    const label = weight === undefined ? words : `${words}, ${showWeight(weight)}`;
    const cells = [value(mean), std === undefined ? "" : `± ${value(std)}`];
    return html("tr", {}, html("th", { scope: "row" }, label), ...cells.map((cell) => html("td", {}, cell)));
  });
  const champion = episodes !== undefined;
  const tested = figures.ensemble === undefined ? "episodes" : "examples";
  const about = champion
    ? `Mean ${measure.name} of the champion; all but the first row on test ${tested}, ` +
      "which neither selection nor the choice of the champion saw. ± is the standard deviation over weights" +
      `${tested === "episodes" ? " and episodes" : ""}.`
    : `The ${measure.name} of the weights of the best epoch.`;
  return html(
    "section",
    { id: "evaluation" },
    html("h2", {}, "What it comes to"),
    html("p", { class: "soft" }, about),
    html(
      "div",
      { class: "card" },
      html("table", { class: "figures" }, ...rows),
      ...bandsOf(evaluation, value),
      ...behaviourOf(evaluation),
    ),
  );
}

/** A further table of the card, under a heading; nothing without rows. */
function further(id: string, title: string, rows: readonly (readonly [string, string, string])[]): HTMLElement[] {
  if (rows.length === 0) return [];
  const body = rows.map(([name, value, words]) =>
    html("tr", {}, html("th", { scope: "row" }, name), html("td", {}, value), html("td", { class: "words" }, words)),
  );
  return [html("h3", {}, title), html("table", { class: "figures", id }, html("tbody", {}, ...body))];
}

/** How a champion does at shared weights of each size. */
function bandsOf({ bands = [] }: RunEvaluation, value: (number: number) => string): HTMLElement[] {
  const rows = bands.map(
    ({ below, mean }, band) => [`${band === 0 ? "below" : "to"} ${below}`, value(mean), ""] as const,
  );
  return further("bands", "At a random shared weight, by its size", rows);
}

/** What else the champion does at its best shared weight, of tasks that tell it. */
function behaviourOf({ behaviour = [] }: RunEvaluation): HTMLElement[] {
  const rows = behaviour.map(
    ({ name, description, unit, decimals, mean }) =>
      [name, unit === "share" ? `${show(100 * mean)} %` : show(mean, decimals), description] as const,
  );
  return further("behaviour", "At the best shared weight", rows);
}

/** Style of tables of figures. */
export const FIGURES_CSS = `
table.figures{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
.figures th{font-weight:400;text-align:left;padding:.25em 1.6em .25em 0}
.figures td{text-align:right;padding:.25em .9em}
.card .figures+h3{margin-top:16px}
.figures td.words{text-align:left;white-space:normal;color:var(--ink-soft)}
@media (max-width:520px){
table.figures{font-size:.8rem}
.figures th{padding-right:.5em}
.figures td{padding:.25em .35em}
.figures thead th{font-size:.72rem}
}
.figures thead th{color:var(--ink-soft);font-size:.82rem;text-align:right}
.figures thead th:first-child{text-align:left}
.figures tr+tr>*,.figures tbody tr>*{border-top:1px solid var(--rule)}
.figures tr:first-child>*{border-top:0}
.scroll{overflow:auto;max-height:26em;margin-top:8px}
.wide{overflow-x:auto}
.card details{margin-top:12px;font-size:.92rem}
.card summary{cursor:pointer;color:var(--ink-soft)}`;
