/** Tables of the library on the page. */
import type { TextTable } from "../../src/index.ts";
import { html } from "./html.ts";

/** A table with its notes below, without its title; columns of numbers are set to the right. */
export function tableElement({ head, rows, words = 1, notes = [] }: TextTable): HTMLElement {
  const cells = (texts: readonly string[], name: "th" | "td") =>
    texts.map((text, column) =>
      // A heading says something.
      html(text === "" ? "td" : name, { class: column < words ? false : "number" }, text),
    );
  return html(
    "div",
    {},
    html(
      "div",
      { class: "scroll" },
      html(
        "table",
        {},
        html("thead", {}, html("tr", {}, ...cells(head, "th"))),
        html("tbody", {}, ...rows.map((row) => html("tr", {}, ...cells(row, "td")))),
      ),
    ),
    ...notes.map((note) => html("p", { class: "told" }, note)),
  );
}
