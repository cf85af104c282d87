/** What a network says to a row of which a number is to be told: the mean of the six weights, its spread, and every weight's. */
import { moveCursor } from "../chart.ts";
import { chartProfile } from "../profile.ts";
import { createRegressor } from "../regressor.ts";
import { html, onWidth, showWeight } from "./html.ts";
import type { ToldView } from "./told-view.ts";

/** Weights of the curve: -3 to 3. */
const WEIGHTS = Array.from({ length: 121 }, (_, index) => (index - 60) / 20);
/** Standard deviations of the training rows to either side of their mean that the chart shows. */
const FAR = 3;

/** @param target its name, and mean and standard deviation of the training rows */
export function createNumberView(target: {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}): ToldView {
  const { name, mean, deviation } = target;
  const together = html("b", { id: "vote" });
  const single = html("b", { id: "single" });
  const singleName = html("span", {});
  const picture = html("div", { class: "picture" });
  const range = [mean - FAR * deviation, mean + FAR * deviation] as const;
  const limited = (value: number) => Math.min(Math.max(value, range[0]), range[1]);
  let regressor: ReturnType<typeof createRegressor> | undefined;
  let shown: { inputs: Float32Array; weight: number; mean: number } | undefined;
  let width = 0;

  const redraw = () => {
    if (width === 0 || regressor === undefined || shown === undefined) return;
    const points = WEIGHTS.map((weight) => {
      const value = limited(
        (regressor as NonNullable<typeof regressor>).valueAt((shown as NonNullable<typeof shown>).inputs, weight),
      );
      return { weight, mean: value, low: value, high: value };
    });
    const options = {
      width,
      height: 240,
      scoreName: name,
      range,
      names: ["this row"],
      level: { name: "mean of the six weights", value: limited(shown.mean) },
    } as const;
    const chart = chartProfile(document, points, options);
    moveCursor(chart, shown.weight);
    picture.replaceChildren(chart.svg);
  };
  onWidth(picture, (now) => {
    width = now;
    redraw();
  });
  const reading = (value: HTMLElement, words: HTMLElement) => html("div", { class: "reading" }, value, words);
  return {
    readings: html(
      "div",
      { class: "readings" },
      reading(together, html("span", {}, "mean and spread of the six weights")),
      reading(single, singleName),
    ),
    detail: picture,
    take(player) {
      regressor = createRegressor(player, target);
    },
    show(inputs, weight) {
      const asked = regressor as ReturnType<typeof createRegressor>;
      const told = asked.tell(inputs);
      const digits = Math.max(0, 2 - Math.floor(Math.log10(deviation)));
      const words = (value: number) =>
        value
          .toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })
          .replace("-", "−");
      together.textContent = `${words(told.mean)} ± ${words(told.std)}`;
      single.textContent = words(asked.valueAt(inputs, weight));
      singleName.textContent = `at weight ${showWeight(weight)}`;
      shown = { inputs, weight, mean: told.mean };
      redraw();
      return asked.activate(inputs, weight);
    },
  };
}
