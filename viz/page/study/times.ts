/** The time to a score, which can be chosen. */
import { timeToTable } from "../../../src/index.ts";
import { html } from "../html.ts";
import { tableElement } from "../table.ts";
import type { Part } from "./shown.ts";

/** @param choose called with the score to be reached */
export function createTimesPart(choose: (target: number) => void): Part {
  const input = html("input", {
    type: "number",
    id: "target",
    step: "any",
    onchange: () => {
      if (Number.isFinite(input.valueAsNumber)) choose(input.valueAsNumber);
    },
  });
  const label = html("label", { for: "target" });
  const table = html("div", {});
  return {
    element: html(
      "section",
      { id: "times" },
      html("h2", {}, "Time to a score"),
      html("div", { class: "card" }, html("p", {}, label, " ", input), table),
    ),
    show({ summary }) {
      const { target } = summary.timeTo;
      // What is being typed stays as it is.
      if (document.activeElement !== input || input.valueAsNumber !== target) input.value = String(target);
      label.textContent = `Until the champion's ${summary.measure.name} on validation data is at least`;
      table.replaceChildren(...timeToTable(summary).map(tableElement));
    },
  };
}
