/** Tables as text, Markdown and HTML. */

/** A table of text. */
export interface TextTable {
  /** What it shows; a line above it. */
  readonly title?: string;
  readonly head: readonly string[];
  /** As many cells each as the head has. */
  readonly rows: readonly (readonly string[])[];
  /** Columns from the left that hold words, the others numbers; default 1. */
  readonly words?: number;
  /** What must be said of it; paragraphs below. */
  readonly notes?: readonly string[];
}

/** The forms of a table. */
export const TABLE_FORMS = ["table", "md", "html"] as const;

/** A form of a table: aligned text, Markdown or HTML. */
export type TableForm = (typeof TABLE_FORMS)[number];

/** Tables in one form, one below the other. */
export function writeTables(tables: readonly TextTable[], form: TableForm): string {
  const write = { table: asText, md: asMarkdown, html: asHtml }[form];
  return tables.map(write).join(form === "html" ? "\n" : "\n\n");
}

/** Rows of columns, aligned: those of words to the left, numbers to the right. */
export function alignColumns(rows: readonly (readonly string[])[], words: readonly number[] = [0]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (words.includes(column) ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function asText({ title, head, rows, words = 1, notes = [] }: TextTable): string {
  const columns = alignColumns(
    [head, ...rows],
    Array.from({ length: words }, (_, column) => column),
  );
  const below = notes.length > 0 ? ["", ...notes] : [];
  return [...(title === undefined ? [] : [title, ""]), columns, ...below].join("\n");
}

function asMarkdown({ title, head, rows, words = 1, notes = [] }: TextTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = `|${head.map((_, column) => (column < words ? "---" : "---:")).join("|")}|`;
  const above = title === undefined ? [] : [`${title}:`, ""];
  return [...above, line(head), rule, ...rows.map(line), ...notes.flatMap((note) => ["", note])].join("\n");
}

function asHtml({ title, head, rows, notes = [] }: TextTable): string {
  const row = (cells: readonly string[], tag: string) =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeText(cell)}</${tag}>`).join("")}</tr>`;
  return [
    "<table>",
    ...(title === undefined ? [] : [`<caption>${escapeText(title)}</caption>`]),
    `<thead>${row(head, "th")}</thead>`,
    "<tbody>",
    ...rows.map((cells) => row(cells, "td")),
    "</tbody>",
    "</table>",
    ...notes.map((note) => `<p>${escapeText(note)}</p>`),
  ].join("\n");
}

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
