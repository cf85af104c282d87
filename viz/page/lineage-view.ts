/** How the champion came about, on the page: its ancestors as a chart, what each operator gained, and every step. */
import type { LineageStep } from "../../src/index.ts";
import { drawLineage, operatorGains, operatorName } from "../lineage.ts";
import type { RunData } from "../run-data.ts";
import { html, onWidth, show, showScore } from "./html.ts";

/** The lineage of a run's champion; undefined where it is not known. */
export function createLineageView({ lineage }: RunData): HTMLElement | undefined {
  const steps = lineage?.steps ?? [];
  if (steps.length < 2) return undefined;
  const picture = html("div", { class: "picture" });
  onWidth(picture, (width) => picture.replaceChildren(drawLineage(document, steps, { width })));
  const total = steps[steps.length - 1].score - steps[0].score;
  const every = html("details", {}, html("summary", {}, `All ${steps.length} networks`));
  every.addEventListener("toggle", () => every.append(stepTable(steps)), { once: true });
  return html(
    "section",
    { id: "lineage" },
    html("h2", {}, "How the champion came about"),
    html(
      "p",
      { class: "soft" },
      `Its ${steps.length - 1} ancestors, the first with ${steps[0].connections} ` +
        `${steps[0].connections === 1 ? "connection" : "connections"}: each was made from the one before by an operator, or by several. ` +
        `All were played afterwards on the same validation episodes, so what a step gained is no luck: ${signed(total)} in all.`,
    ),
    html("div", { class: "card" }, picture, operatorTable(steps), every),
  );
}

function operatorTable(steps: readonly LineageStep[]): HTMLElement {
  const rows = operatorGains(steps).map(({ operator, steps: count, better, gain, most }) =>
    row(operatorName(operator), String(count), String(better), signed(gain), signed(most)),
  );
  const head = ["operator", "steps", "that gained", "gain in all", "largest gain"];
  return html("div", { class: "wide" }, table(head, rows));
}

function stepTable(steps: readonly LineageStep[]): HTMLElement {
  const rows = steps.map(({ generation, operator, connections, score, gain }) =>
    row(
      operator === null ? "-" : operatorName(operator),
      String(generation),
      String(connections),
      showScore(score),
      gain === null ? "" : signed(gain),
    ),
  );
  const head = ["operator", "born in generation", "connections", "score", "gain"];
  return html("div", { class: "scroll" }, table(head, rows));
}

function table(head: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  const names = head.map((name) => html("th", { scope: "col" }, name));
  return html("table", { class: "figures" }, html("thead", {}, html("tr", {}, ...names)), html("tbody", {}, ...rows));
}

function row(name: string, ...cells: readonly string[]): HTMLElement {
  return html("tr", {}, html("th", { scope: "row" }, name), ...cells.map((cell) => html("td", {}, cell)));
}

/** A gain with its sign, as many digits as a score has. */
function signed(gain: number): string {
  return `${gain > 0 ? "+" : ""}${Math.abs(gain) < 10 ? show(gain, 2) : show(gain)}`;
}
