/** How the runs of a study went: median and quartiles of each variant, with their values under the pointer. */
import { bandOf, type StudyCurve } from "../../../src/index.ts";
import { type BandSeries, chartBands } from "../../bands.ts";
import { type Chart, moveCursor, seriesStyle } from "../../chart.ts";
import { choice, html, onWidth, show } from "../html.ts";
import { indexOf, type Part, type Shown } from "./shown.ts";

/** What the horizontal axis may be. */
const PLACES = {
  generations: { title: "generations", axis: "generations", whole: true },
  evaluations: { title: "evaluations", axis: "evaluations (a network on an episode or batch)", whole: true },
  steps: { title: "steps", axis: "environment steps, or examples seen", whole: true },
  seconds: { title: "time", axis: "time in the search (s)", whole: false },
} as const;
type Place = keyof typeof PLACES;

const VALUES = { score: "score", connections: "connections" } as const;
type Value = keyof typeof VALUES;

/** Variants that are shown at first. */
const AT_FIRST = 6;
/** A place that no chart shows. */
const OUTSIDE = -1e9;

export function createCurvesPart(): Part {
  const picture = html("div", { class: "picture" });
  const chips = html("div", { class: "chips" });
  const told = html("p", { class: "told" });
  const places = choice("Horizontal axis", (name) => {
    place = name as Place;
    redraw();
  });
  const values = choice("Vertical axis", (name) => {
    value = name as Value;
    redraw();
  });
  let place: Place = "generations";
  let value: Value = "score";
  let shown: Shown | undefined;
  let hidden: ReadonlySet<string> | undefined;
  let width = 0;
  let chart: Chart | undefined;
  let series: readonly BandSeries[] = [];

  const redraw = () => {
    if (shown === undefined || width === 0) return;
    const { study, variants, summary } = shown;
    const curves = study.record?.curves ?? [];
    hidden ??= new Set(variants.slice(AT_FIRST).map(({ name }) => name));
    const there = (Object.keys(PLACES) as Place[]).filter((name) =>
      curves.some((curve) => xOf(shown as Shown, curve, name) !== undefined),
    );
    if (!there.includes(place)) place = "generations";
    places.show(
      there.map((name) => [name, PLACES[name].title]),
      place,
    );
    values.show(Object.entries(VALUES), value);
    series = variants
      .filter(({ name }) => !hidden?.has(name))
      .map(({ name }) => {
        const courses = curves
          .filter(({ variant }) => variant === name)
          .flatMap((curve) => {
            const x = xOf(shown as Shown, curve, place);
            return x ? [{ x, y: curve[value] }] : [];
          });
        return { name, index: indexOf(shown as Shown, name), points: bandOf(courses, 160, PLACES[place].whole) };
      });
    const y =
      value === "score" ? `${summary.measure.name} of the champion (validation)` : "connections of the champion";
    const height = Math.max(240, Math.min(380, width * 0.42));
    chart = chartBands(document, series, {
      width,
      height,
      x: PLACES[place].axis,
      whole: PLACES[place].whole,
      y,
      legend: false,
    });
    picture.replaceChildren(chart.svg);
    drawChips();
  };

  /** The variants with what they have at a place; undefined: each where its band ends. */
  const drawChips = (at?: number) => {
    if (chart) moveCursor(chart, at ?? OUTSIDE);
    chips.replaceChildren(
      ...(shown?.variants ?? []).map(({ name }, index) => {
        const { stroke, dash } = seriesStyle(index);
        const points = series.find((one) => one.name === name)?.points ?? [];
        const end = points.at(-1);
        const point = at === undefined ? end : at > (end?.x ?? at) ? undefined : points.findLast(({ x }) => x <= at);
        return html(
          "button",
          { class: "chip", "aria-pressed": String(!hidden?.has(name)), onclick: () => toggle(name) },
          html("i", { style: `border-top:3px ${dash ? "dashed" : "solid"} ${stroke}` }),
          html("span", {}, name),
          html("b", {}, point ? `${text(point.median)} (${text(point.low)} to ${text(point.high)})` : ""),
        );
      }),
    );
    const amount = place === "seconds" ? `${show(at ?? 0, 1)} s` : `${show(at ?? 0, 0)} ${PLACES[place].title}`;
    told.textContent =
      `${at === undefined ? "Where the bands end" : `After ${amount}`}: median and quartiles over the seeds. A band ` +
      "ends where the first run of its variant does. Point at the chart for other places; a name shows or hides its variant.";
  };
  const text = (number: number) =>
    value === "connections" ? show(number, 0) : show(number, Math.abs(number) < 10 ? 3 : 1);
  const toggle = (name: string) => {
    const next = new Set(hidden);
    if (!next.delete(name)) next.add(name);
    hidden = next;
    redraw();
  };
  picture.addEventListener("pointermove", (event) => {
    if (chart === undefined) return;
    const { left, width: drawn } = chart.svg.getBoundingClientRect();
    const [low, high] = chart.x.domain();
    const x = chart.x.invert(((event.clientX - left) * chart.width) / drawn);
    drawChips(Math.max(low, Math.min(high, x)));
  });
  picture.addEventListener("pointerleave", () => drawChips());
  onWidth(picture, (now) => {
    width = now;
    redraw();
  });
  return {
    element: html(
      "section",
      { id: "curves" },
      html("h2", {}, "How the runs went"),
      html(
        "div",
        { class: "card" },
        html("div", { class: "axes-choice" }, values.element, places.element),
        picture,
        chips,
        told,
      ),
    ),
    show(next) {
      const isOther = next.variants.map(({ name }) => name).join() !== shown?.variants.map(({ name }) => name).join();
      if (isOther) hidden = undefined;
      shown = next;
      redraw();
    },
  };
}

/** Where the points of a curve lie; undefined where that is not known. */
function xOf({ study }: Shown, curve: StudyCurve, place: Place): readonly number[] | undefined {
  if (place !== "seconds") return curve[place];
  return study.timings?.curves.find(({ variant, seed }) => variant === curve.variant && seed === curve.seed)?.seconds;
}
