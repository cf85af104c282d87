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
  const unit = html("span", { class: "soft" });
  const table = html("div", {});
  return {
    element: html(
      "section",
      { id: "times" },
      html("h2", {}, "Time to a score"),
      html(
        "div",
        { class: "card" },
        html("p", {}, html("label", { for: "target" }, "Until the champion has "), input, unit),
        table,
      ),
    ),
    show({ summary }) {
      const { target } = summary.timeTo;
      // What is being typed stays as it is.
      if (document.activeElement !== input || input.valueAsNumber !== target) input.value = String(target);
      unit.textContent = ` of ${summary.selected.name} on validation data, over its shared weights`;
      table.replaceChildren(...timeToTable(summary).map(tableElement));
    },
  };
}
