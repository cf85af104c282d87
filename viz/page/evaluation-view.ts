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
    html("div", { class: "card" }, html("table", { class: "figures" }, ...rows)),
  );
}

/** Style of tables of figures. */
export const FIGURES_CSS = `
table.figures{border-collapse:collapse;font-size:.92rem;font-variant-numeric:tabular-nums}
.figures th{font-weight:400;text-align:left;padding:.25em 1.6em .25em 0}
.figures td{text-align:right;padding:.25em .9em}
.figures thead th{color:var(--ink-soft);font-size:.82rem;text-align:right}
.figures thead th:first-child{text-align:left}
.figures tr+tr>*,.figures tbody tr>*{border-top:1px solid var(--rule)}
.figures tr:first-child>*{border-top:0}
.scroll{overflow:auto;max-height:26em;margin-top:8px}
.card details{margin-top:12px;font-size:.92rem}
.card summary{cursor:pointer;color:var(--ink-soft)}`;
