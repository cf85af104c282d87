/** Which setting matters: shares of the variance, and means at each value. */
import { drawEffects, drawShares } from "../../effects.ts";
import { html, onWidth } from "../html.ts";
import { figureStyle, type Part, type Shown } from "./shown.ts";

export function createEffectsPart(): Part {
  const shares = html("div", { class: "picture" });
  const means = html("div", { class: "picture" });
  const element = html(
    "section",
    { id: "settings" },
    html("h2", {}, "Which setting matters"),
    html(
      "div",
      { class: "two" },
      html(
        "div",
        { class: "card" },
        html("h3", {}, "Shares of the variance"),
        shares,
        html(
          "p",
          { class: "told" },
          "How much of what sets runs apart each setting explains by itself, settings together beyond that, and the seed.",
        ),
      ),
      html(
        "div",
        { class: "card" },
        html("h3", {}, "Mean at each value"),
        means,
        html(
          "p",
          { class: "told" },
          "Over all values of the other settings and all seeds, with bootstrap intervals of 95 % over the seeds.",
        ),
      ),
    ),
  );
  let shown: Shown | undefined;
  let width = 0;
  const redraw = () => {
    if (shown?.summary.effects === undefined || width === 0) return;
    const { axis, factor, text } = figureStyle(shown);
    const { effects } = shown.summary;
    const scaled = {
      ...effects,
      factors: effects.factors.map((effect) => ({
        ...effect,
        levels: effect.levels.map(({ level, mean: { estimate, low, high } }) => ({
          level,
          mean: { estimate: factor * estimate, low: factor * low, high: factor * high },
        })),
      })),
    };
    shares.replaceChildren(drawShares(document, effects, { width }));
    means.replaceChildren(drawEffects(document, scaled, { width, axis, text }));
  };
  onWidth(shares, (now) => {
    width = now;
    redraw();
  });
  return {
    element,
    show(next) {
      shown = next;
      element.hidden = next.summary.effects === undefined;
      redraw();
    },
  };
}
