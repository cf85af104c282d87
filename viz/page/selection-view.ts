/** What came of each operator's children, as a table on the page. */
import type { Selection } from "../../src/index.ts";
import { operatorName } from "../lineage.ts";
import { operatorShares } from "../selection.ts";
import { html, show } from "./html.ts";

/** A row for each operator: how many children it had a part in, and the share of them that went on as elites. */
export function operatorTable(operators: Selection["operators"]): HTMLElement {
  const head = ["operator", "children", "went on as elites"].map((name) => html("th", { scope: "col" }, name));
  const rows = operatorShares(operators).map(({ operator, children, elites }) =>
    html(
      "tr",
      {},
      html("th", { scope: "row" }, operatorName(operator)),
      html("td", {}, children.toLocaleString("en")),
      html("td", {}, `${show((100 * elites) / children, 1)} %`),
    ),
  );
  return html("table", { class: "figures" }, html("thead", {}, html("tr", {}, ...head)), html("tbody", {}, ...rows));
}
