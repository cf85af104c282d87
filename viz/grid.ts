/** Draws a table of shares as shaded cells: classes by weight, for one image or for a whole data set. */
import { append, createDrawing } from "./svg.ts";
import { colour } from "./theme.ts";

/** The table to draw. */
export interface GridData {
  readonly rowName: string;
  readonly columnName: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** 0 to 1, row-major [rows x columns]; what is not finite is left blank. */
  readonly values: ArrayLike<number>;
  /** Whether a cell is marked; none without it. */
  readonly isMarked?: (row: number, column: number) => boolean;
}

/** Size of the table in units. */
export interface GridOptions {
  /** Default 560. */
  readonly width?: number;
  /** Height of a row; default 24. */
  readonly rowHeight?: number;
}

const TOP = 40;
const LETTER = 6.8;
/** Height of a letter of the rows' name, which stands upright. */
const UPRIGHT = 7;

export function drawGrid(document: Document, data: GridData, options: GridOptions = {}): SVGSVGElement {
  const width = options.width ?? 560;
  const rowHeight = options.rowHeight ?? 24;
  const left = 28 + LETTER * Math.max(0, ...data.rows.map((row) => row.length));
  const body = Math.max(UPRIGHT * data.rowName.length, rowHeight * data.rows.length);
  const height = TOP + body + 6;
  const svg = createDrawing(document, width, height, "grid", `${data.rowName} by ${data.columnName}.`);
  const cell = (width - left - 4) / Math.max(1, data.columns.length);
  const text = { "font-size": 11, fill: colour("ink-soft"), "text-anchor": "middle" };
  const middle = left + (width - left - 4) / 2;
  append(svg, "text", { ...text, x: middle, y: 12, class: "axis-name" }, data.columnName);
  const across = TOP + body / 2;
  append(svg, "text", { ...text, transform: `translate(12,${across}) rotate(-90)`, class: "axis-name" }, data.rowName);
  data.columns.forEach((name, column) => {
    append(svg, "text", { ...text, x: left + (column + 0.5) * cell, y: 32 }, name);
  });
  data.rows.forEach((name, row) => {
    const y = TOP + row * rowHeight;
    append(svg, "text", { ...text, "text-anchor": "end", x: left - 8, y: y + rowHeight / 2, dy: "0.35em" }, name);
    data.columns.forEach((_, column) => {
      const value = data.values[row * data.columns.length + column];
      if (!Number.isFinite(value)) return;
      const marked = data.isMarked?.(row, column) === true;
      append(svg, "rect", {
        class: marked ? "cell marked" : "cell",
        x: left + column * cell + 1,
        y: y + 1,
        width: cell - 2,
        height: rowHeight - 2,
        rx: 3,
        fill: colour("accent"),
        "fill-opacity": 0.05 + 0.6 * value,
        stroke: marked ? colour("lit") : undefined,
        "stroke-width": marked ? 2 : undefined,
      });
      if (cell < 24) return;
      append(
        svg,
        "text",
        { ...text, fill: colour("ink"), x: left + (column + 0.5) * cell, y: y + rowHeight / 2, dy: "0.35em" },
        String(Math.round(value * 100)),
      );
    });
  });
  if (data.rows.length === 0) append(svg, "text", { ...text, x: middle, y: across, class: "note" }, "No data yet");
  return svg;
}
