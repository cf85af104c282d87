/** The slider through values of the shared weight. */
import { html, show } from "./html.ts";

const LIMIT = 3;
const MARKS = [-3, -2, -1, 0, 1, 2, 3];

/** The slider on the page. */
export interface WeightSlider {
  readonly element: HTMLElement;
  weight: number;
  onInput(changed: () => void): void;
  /** Says beside it which weight is shown. */
  say(text: string): void;
}

export function createWeightSlider(): WeightSlider {
  const range = { type: "range", min: -LIMIT, max: LIMIT, step: 0.01 };
  const input = html("input", { id: "weight", ...range, "aria-label": "Shared weight" });
  const output = html("output", { for: "weight" });
  const marks = MARKS.map((weight) =>
    html("span", { style: `left:${((weight + LIMIT) / (2 * LIMIT)) * 100}%` }, show(weight, 0)),
  );
  return {
    element: html(
      "div",
      { class: "slider" },
      html("label", { for: "weight" }, "weight"),
      html("div", {}, input, html("div", { class: "marks", "aria-hidden": true }, ...marks)),
      output,
    ),
    get weight() {
      return Number(input.value);
    },
    set weight(value) {
      input.value = String(value);
    },
    onInput: (changed) => input.addEventListener("input", changed),
    say(text) {
      output.textContent = text;
    },
  };
}
