/** Several runs on the same axes. */
import { type Comparison, drawComparison } from "../compare.ts";
import type { RunData } from "../run-data.ts";
import { html, onWidth } from "./html.ts";

const CHOICES: readonly [Comparison, string][] = [
  ["best", "Best score"],
  ["median", "Median score"],
  ["connections", "Connections"],
];

export function createCompareView(runs: readonly RunData[]): HTMLElement {
  const picture = html("div", { class: "picture" });
  let shown: Comparison = "best";
  let width = 0;
  const redraw = () => {
    if (width > 0) picture.replaceChildren(drawComparison(document, runs, { width, height: 320, show: shown }));
  };
  const buttons = CHOICES.map(([choice, name]) =>
    html(
      "button",
      {
        "aria-pressed": String(choice === shown),
        onclick: () => {
          shown = choice;
          CHOICES.forEach(([other], index) => {
            buttons[index].setAttribute("aria-pressed", String(other === choice));
          });
          redraw();
        },
      },
      name,
    ),
  );
  onWidth(picture, (now) => {
    width = now;
    redraw();
  });
  return html("div", { class: "card" }, picture, html("div", { class: "buttons", role: "group" }, ...buttons));
}
