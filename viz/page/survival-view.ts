/** What became of the genes that a search started from, on the page: a picture, and all of them in a table. */
import type { ChartOptions } from "../chart.ts";
import type { RunData } from "../run-data.ts";
import { chartSurvival, type EndNames, type SurvivingGene, survivalOfGenes } from "../survival.ts";
import { html, onWidth, show } from "./html.ts";

/** The genes of a run's founder on the page; hidden where it started from none. */
export interface SurvivalView {
  readonly element: HTMLElement;
  show(run: RunData): void;
}

/** @param names of the network's inputs and outputs */
export function createSurvivalView(names: EndNames): SurvivalView {
  const picture = html("div", { class: "picture" });
  const told = html("p", { class: "soft" });
  const every = html("details", {}, html("summary", {}, "Every gene"));
  const table = html("div", { class: "scroll" });
  every.append(table);
  const element = html(
    "div",
    { id: "survival", class: "card", hidden: true },
    html("h3", {}, "Genes of the champion that the search started from"),
    told,
    picture,
    every,
  );
  let run: RunData | undefined;
  let width = 0;
  const redraw = () => {
    const records = run?.survival ?? [];
    const genome = run?.founder?.genome;
    element.hidden = genome === undefined || records.length === 0;
    if (genome === undefined || records.length === 0 || width === 0) return;
    const survival = survivalOfGenes(genome, records, names);
    const options: ChartOptions = { width };
    picture.replaceChildren(chartSurvival(document, survival, options).svg);
    told.textContent = wordsOf(survival.genes);
    table.replaceChildren(tableOf(survival.genes));
  };
  onWidth(picture, (now) => {
    width = now;
    redraw();
  });
  return {
    element,
    show(next) {
      run = next;
      element.hidden = next.founder === undefined || (next.survival ?? []).length === 0;
      redraw();
    },
  };
}

/** How many genes survive, in a sentence. */
function wordsOf(genes: readonly SurvivingGene[]): string {
  const most = (kind: SurvivingGene["kind"]) => {
    const all = genes.filter((gene) => gene.kind === kind);
    const living = all.filter(({ shares }) => (shares.at(-1) ?? 0) >= 0.5).length;
    return `${living} of ${all.length} ${kind}s`;
  };
  return (
    `In use by at least half of the last generation: ${most("connection")} and ${most("node")} with their activation. ` +
    "Each row is a gene, its colour the fuller the more genomes have it in use: connections blue, nodes above them green."
  );
}

function tableOf(genes: readonly SurvivingGene[]): HTMLElement {
  const head = ["gene", "kind", "first generation", "last generation"].map((name) =>
    html("th", { scope: "col" }, name),
  );
  const percent = (share = 0) => `${show(100 * share, 0)} %`;
  const rows = genes.map(({ name, kind, shares }) =>
    html(
      "tr",
      {},
      html("th", { scope: "row" }, name),
      ...[kind, percent(shares[0]), percent(shares.at(-1))].map((cell) => html("td", {}, cell)),
    ),
  );
  return html("table", { class: "figures" }, html("thead", {}, html("tr", {}, ...head)), html("tbody", {}, ...rows));
}
