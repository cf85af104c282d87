/** Which variant is better: medians with intervals and runs, differences from the reference, and all figures. */
import { differencesTable, figuresTable } from "../../../src/index.ts";
import { drawIntervals } from "../../intervals.ts";
import { html, onWidth } from "../html.ts";
import { tableElement } from "../table.ts";
import { figureStyle, indexOf, type Part, type Shown } from "./shown.ts";

export function createFiguresPart(): Part {
  const medians = html("div", { class: "picture" });
  const differences = html("div", { class: "picture" });
  const explained = html("p", { class: "told" });
  const differencesCard = html("div", { class: "card" }, html("h3", {}, "Differences"), differences, explained);
  const all = html("div", {});
  const tests = html("div", {});
  let shown: Shown | undefined;
  let width = 0;
  const redraw = () => {
    if (shown === undefined || width === 0) return;
    medians.replaceChildren(drawMedians(shown, width));
    differences.replaceChildren(drawDifferences(shown, width));
  };
  medians.addEventListener("click", (event) => {
    const key = (event.target as Element).closest("[data-run]")?.getAttribute("data-run");
    if (key) shown?.open?.(...(JSON.parse(key) as [variant: string, seed: number]));
  });
  onWidth(medians, (now) => {
    width = now;
    redraw();
  });
  const dots =
    "Large dots: medians over the seeds, with bootstrap intervals of 95 %. Small dots: runs. Diamonds: published figures.";
  return {
    element: html(
      "div",
      {},
      html(
        "div",
        { class: "two" },
        html("div", { class: "card" }, html("h3", {}, "Medians"), medians, html("p", { class: "told" }, dots)),
        differencesCard,
      ),
      html("div", { class: "card below" }, html("h3", {}, "All figures"), all, tests),
    ),
    show(next) {
      shown = next;
      const tables = differencesTable(next.summary);
      differencesCard.hidden = tables.length === 0;
      explained.textContent =
        `Medians of the differences between runs of the same seed, this variant less ${next.summary.reference}, with ` +
        "bootstrap intervals of 95 %. Tests are in the table below.";
      tests.replaceChildren(...tables.flatMap((table) => [html("h3", {}, `${table.title}`), tableElement(table)]));
      medians.classList.toggle("links", next.open !== undefined);
      all.replaceChildren(tableElement(figuresTable(next.summary)));
      redraw();
    },
  };
}

function drawMedians(shown: Shown, width: number): SVGSVGElement {
  const { samples, references, figure = "" } = shown.summary;
  const { axis, factor, text } = figureStyle(shown);
  const last = Math.max(...samples.map(({ budget = 0 }) => budget));
  const rows = samples
    .filter(({ budget, figures }) => budget === last && figure in figures)
    .map(({ name, figures: { [figure]: summary } }) => ({
      name,
      index: indexOf(shown, name),
      estimate: factor * summary.median,
      interval: [factor * summary.interval.low, factor * summary.interval.high] as const,
      runs: runsOf(shown, name, last).map(({ seed, value }) => ({
        value: factor * value,
        label: `seed ${seed}`,
        key: JSON.stringify([name, seed]),
      })),
    }));
  const published = references.flatMap(({ name, scores, size }) => {
    const value = figure === "connections" ? size : scores[figure];
    return value === undefined ? [] : [{ name, estimate: factor * value }];
  });
  return drawIntervals(document, [...rows, ...published], { width, axis, text });
}

/** The figure that is shown of each run of a variant. */
function runsOf({ study, summary: { figure = "" } }: Shown, name: string, budget: number) {
  const lines = figure === "seconds" ? study.timings?.results : study.record?.results;
  return (lines ?? [])
    .filter((line) => line.variant === name && line.budget === budget)
    .flatMap((line) => {
      const value = "figures" in line ? line.figures[figure] : line.seconds;
      return value === undefined ? [] : [{ seed: line.seed, value }];
    });
}

function drawDifferences(shown: Shown, width: number): SVGSVGElement {
  const { axis, factor } = figureStyle(shown);
  const rows = shown.summary.comparisons.map(({ name, difference: { estimate, low, high } }) => ({
    name,
    index: indexOf(shown, name),
    estimate: factor * estimate,
    interval: [factor * low, factor * high] as const,
  }));
  return drawIntervals(document, rows, { width, axis: `difference in ${axis}`, mark: 0 });
}
