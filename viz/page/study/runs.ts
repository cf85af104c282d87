/** All runs of a study with their figure, each a way to its own page. */
import { html } from "../html.ts";
import { figureStyle, type Part, type Shown } from "./shown.ts";

export function createRunsPart(): Part {
  const title = html("p", { class: "soft" });
  const table = html("div", { class: "scroll" });
  return {
    element: html("section", { id: "runs" }, html("h2", {}, "Runs"), title, html("div", { class: "card" }, table)),
    show(shown) {
      const { title: figure } = figureStyle(shown);
      const seeds = [...new Set(shown.variants.flatMap((variant) => variant.seeds))];
      title.textContent = `${figure} by seed${shown.open ? "; a figure opens its run" : ""}.`;
      const head = [html("td"), ...seeds.map((seed) => html("th", { class: "number" }, String(seed)))];
      const rows = shown.variants.map(({ name }) =>
        html(
          "tr",
          {},
          html("td", {}, name),
          ...seeds.map((seed) => html("td", { class: "number" }, cell(shown, name, seed))),
        ),
      );
      table.replaceChildren(html("table", {}, html("thead", {}, html("tr", {}, ...head)), html("tbody", {}, ...rows)));
    },
  };
}

/** The figure of a run at the last budget that it was measured at. */
function cell(shown: Shown, variant: string, seed: number): Node | string {
  const { study, summary, open } = shown;
  const { figure = "" } = summary;
  const { factor, text } = figureStyle(shown);
  const result = study.record?.results.findLast((line) => line.variant === variant && line.seed === seed);
  const value = result?.figures[figure];
  if (value === undefined) return "-";
  const written = text(factor * value);
  const isThere = study.runs?.some((run) => run.variant === variant && run.seed === seed);
  if (open === undefined || !isThere) return written;
  return html(
    "button",
    { class: "link", "aria-label": `${variant}, seed ${seed}`, onclick: () => open(variant, seed) },
    written,
  );
}
