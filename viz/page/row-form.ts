/** The form of one row of a table on the page: a field for each column, typical values to begin with. */
import type { ColumnEncoding, TableEncoding } from "../../src/index.ts";
import { html } from "./html.ts";

/** The form. */
export interface RowForm {
  readonly element: HTMLElement;
  /** The cells as they are now, by column; an empty one is missing. */
  readonly cells: Readonly<Record<string, string>>;
}

/** A field: what the form shows, and its cell. */
interface Field {
  readonly element: HTMLElement;
  cell: string;
}

/** Standard deviations to either side of the mean that a slider goes to. */
const FAR = 2.5;
/** Steps of a slider to a standard deviation, at least. */
const FINE = 20;

/** @param changed called whenever a cell changes */
export function createRowForm({ columns }: TableEncoding, changed: () => void): RowForm {
  const fields = columns.map((column) =>
    column.kind === "numeric" ? numberField(column, changed) : categoryField(column, changed),
  );
  const first = fields.map(({ cell }) => cell);
  const reset = () => {
    for (const [index, field] of fields.entries()) field.cell = first[index];
    changed();
  };
  return {
    element: html(
      "form",
      { class: "card row-form", onsubmit: (event) => event.preventDefault() },
      html("h2", {}, "Try a row"),
      html("div", { class: "fields" }, ...fields.map(({ element }) => element)),
      html(
        "div",
        { class: "buttons" },
        html(
          "button",
          { type: "button", id: "typical", title: "Medians, and the first of each choice", onclick: reset },
          "Typical row",
        ),
      ),
    ),
    get cells() {
      return Object.fromEntries(columns.map(({ name }, index) => [name, fields[index].cell]));
    },
  };
}

/** A number, typed or dragged; the median is there at first, and stands for a field left empty. */
function numberField(column: Extract<ColumnEncoding, { kind: "numeric" }>, changed: () => void): Field {
  const { name, fill, mean, deviation } = column;
  const step = 10 ** Math.floor(Math.log10(deviation / FINE));
  const digits = Math.max(0, -Math.round(Math.log10(step)));
  const near = (value: number) => Number((Math.round(value / step) * step).toFixed(digits));
  const words = (value: number) =>
    near(value).toLocaleString("en-US", { maximumFractionDigits: digits }).replace("-", "−");
  const median = String(Number(fill.toPrecision(6)));
  const number = html("input", { type: "number", step: "any", placeholder: `missing: ${median}`, "data-column": name });
  const ends = { min: near(mean - FAR * deviation), max: near(mean + FAR * deviation) };
  const slider = html("input", { type: "range", ...ends, step, tabindex: -1, "aria-hidden": true });
  const set = (cell: string) => {
    number.value = cell;
    slider.value = cell === "" ? median : cell;
  };
  number.addEventListener("input", () => {
    slider.value = number.value === "" ? median : number.value;
    changed();
  });
  slider.addEventListener("input", () => {
    number.value = slider.value;
    changed();
  });
  set(median);
  const title = `Mean of the training rows, less and plus ${FAR} standard deviations`;
  const range = html("span", { class: "ends", title }, words(ends.min), slider, words(ends.max));
  return {
    element: html("label", { class: "field" }, html("span", {}, name), number, range),
    get cell() {
      return number.value;
    },
    set cell(cell) {
      set(cell);
    },
  };
}

/** A choice of the values that training had, of none, and of any other where those have an input. */
function categoryField(column: Extract<ColumnEncoding, { kind: "categorical" }>, changed: () => void): Field {
  const { name, values, other } = column;
  const options = [
    ...values.map((value) => html("option", { value }, value)),
    // A value that no column has listed is another one.
    ...(other ? [html("option", { value: `other than ${values.join()}` }, "another value")] : []),
    html("option", { value: "" }, "missing"),
  ];
  const select = html("select", { "data-column": name, onchange: changed }, ...options);
  return {
    element: html("label", { class: "field" }, html("span", {}, name), select),
    get cell() {
      return select.value;
    },
    set cell(cell) {
      select.value = cell;
    },
  };
}

/** Style of this part of the page. */
export const ROW_FORM_CSS = `
.row-form .fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,145px),1fr));gap:12px 16px;align-items:start;margin:0 -3px;padding:3px}
@media(min-width:700px){.row-form .fields{max-height:560px;overflow-y:auto}}
.field{display:grid;gap:2px;min-width:0;font-size:.92rem}
.field span{overflow-wrap:anywhere;line-height:1.35}
.field input[type=number],.field select{width:100%;min-width:0;background:var(--paper);border:1px solid var(--ink-faint);border-radius:7px;padding:.3em .5em;font-variant-numeric:tabular-nums}
.field input[type=range]{height:20px}
.field .ends{display:grid;grid-template-columns:auto 1fr auto;gap:7px;align-items:center;color:var(--ink-soft);font-size:.78rem;font-variant-numeric:tabular-nums}`;
