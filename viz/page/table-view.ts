/** On the page: what was made of a table's columns, and of what was missing in it. */
import { inputNames, type TableEncoding } from "../../src/index.ts";
import { html } from "./html.ts";

/** Categories that are listed, at most. */
const LISTED = 12;

/** The table that a champion was made on. */
export function tableView(table: TableEncoding): HTMLElement {
  const { columns, target, notes } = table;
  const inputs = inputNames(table).length;
  const summary =
    `${target.name} is told from ${columns.length} ${columns.length === 1 ? "column" : "columns"}, which ` +
    `${columns.length === 1 ? "makes" : "make"} ${inputs} ${inputs === 1 ? "input" : "inputs"}.`;
  return html(
    "section",
    { id: "table", class: "told-table" },
    html("h2", {}, "The table"),
    html("p", { class: "soft" }, summary),
    notes.length > 0 ? html("ul", {}, ...notes.map((note) => html("li", {}, note))) : undefined,
    html(
      "details",
      { class: "card" },
      html("summary", {}, "How columns become inputs"),
      html(
        "div",
        { class: "picture" },
        html(
          "table",
          {},
          html("tr", {}, ...["column", "input", "a missing cell"].map((name) => html("th", {}, name))),
          ...columns.map((column) => html("tr", {}, ...cellsOf(column).map((cell) => html("td", {}, cell)))),
        ),
      ),
    ),
  );
}

function cellsOf(column: TableEncoding["columns"][number]): string[] {
  if (column.kind === "numeric") {
    const { name, fill, mean, deviation } = column;
    return [name, `(value − ${digits(mean)}) / ${digits(deviation)}`.replace("− −", "+ "), digits(fill)];
  }
  const { name, values, missing, other } = column;
  const more = values.length > LISTED ? `, and ${values.length - LISTED} more` : "";
  const each = `1 for one of: ${values.slice(0, LISTED).join(", ")}${more}${other ? ", other" : ""}; 0 for the rest`;
  return [name, each, missing ? "a category of its own" : other ? "other" : "0 for all"];
}

/** A number with at most four digits. */
function digits(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) return value.toExponential(2).replace("-", "−");
  return Number(value.toPrecision(4)).toLocaleString("en-US", { maximumFractionDigits: 6 }).replace("-", "−");
}

/** Style of this part of the page. */
export const TABLE_CSS = `
.told-table ul{margin:.3em 0 1em;padding-left:1.2em;max-width:60em}
.told-table summary{cursor:pointer;font-size:.95rem;font-weight:620}
.told-table table{border-collapse:collapse;margin-top:10px;font-size:.9rem;width:100%}
.told-table th,.told-table td{text-align:left;vertical-align:top;padding:.35em 1.2em .35em 0;border-top:1px solid var(--rule)}
.told-table th{border-top:0;font-weight:500;font-size:.8rem;color:var(--ink-soft)}
.told-table td{font-variant-numeric:tabular-nums}
.told-table td:first-child{white-space:nowrap}`;
