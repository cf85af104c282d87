/** A row of a table on the page: a form to fill in, and what the network says to it at every weight. */
import { encodeRow, type TableEncoding } from "../../src/index.ts";
import type { OpeningWeight } from "../opening-weight.ts";
import type { Player } from "../player.ts";
import { createClassesView } from "./classes-view.ts";
import { html, showWeight } from "./html.ts";
import { createNumberView } from "./number-view.ts";
import { createRowForm } from "./row-form.ts";
import type { ToldView } from "./told-view.ts";
import { createWeightSlider } from "./weight-slider.ts";

/** A row on the page, in parts that the page arranges. */
export interface RowView {
  readonly form: HTMLElement;
  /** What the network says. */
  readonly answer: HTMLElement;
  /** Shows another champion, at its opening weight unless the user has chosen one. */
  show(player: Player, opening: OpeningWeight): void;
}

/**
 * @param paint called with the values of the network's nodes for the row
 * @param say   called with words for the row and the weight
 */
export function createRowView(
  table: TableEncoding,
  paint: (value: (position: number) => number) => void,
  say: (text: string) => void,
): RowView {
  const { target } = table;
  const told: ToldView = target.kind === "classes" ? createClassesView(target.classes) : createNumberView(target);
  const slider = createWeightSlider();
  const best = html("button", { type: "button", id: "best" }, "Best weight");
  const unseen = html("p", { class: "told", id: "unseen", hidden: true });
  let opening: OpeningWeight | undefined;
  let chosen = false;

  const ask = () => {
    if (opening === undefined) return;
    const weight = chosen ? slider.weight : opening.weight;
    const isBest = weight === opening.weight;
    const row = encodeRow(table, form.cells);
    slider.say(showWeight(weight));
    best.setAttribute("aria-pressed", String(isBest));
    unseen.hidden = row.unseen.length === 0;
    unseen.textContent = `Training had no such value of ${row.unseen.join(", ")}: as if it were of no kind.`;
    paint(told.show(row.inputs, weight));
    say(`Shown: this row at shared weight ${showWeight(weight)}${isBest ? `, ${opening.reason}` : ""}.`);
  };
  const open = () => {
    if (opening === undefined) return;
    chosen = false;
    slider.weight = opening.weight;
    ask();
  };
  const form = createRowForm(table, ask);
  slider.onInput(() => {
    chosen = true;
    ask();
  });
  best.addEventListener("click", open);
  return {
    form: form.element,
    answer: html(
      "div",
      { class: "card answer" },
      html("h2", {}, target.name),
      told.readings,
      slider.element,
      html("div", { class: "buttons" }, best),
      told.detail,
      unseen,
    ),
    show(player, nextOpening) {
      opening = nextOpening;
      told.take(player);
      if (chosen) ask();
      else open();
    },
  };
}

/** Style of this part of the page. */
export const ROW_CSS = `
.rows{display:grid;grid-template-columns:minmax(0,1fr);gap:18px;margin-top:22px;align-items:start}
@media(min-width:700px){.rows{grid-template-columns:minmax(220px,2fr) minmax(0,3fr)}.rows #network{grid-column:1/-1}}
@media(min-width:1100px){.rows{grid-template-columns:minmax(0,250px) minmax(0,400px) minmax(0,1fr)}.rows #network{grid-column:auto}}
.rows .slider{margin-top:12px}.rows .answer .buttons{margin:4px 0 14px}`;
