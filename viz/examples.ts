/** Draws examples of a data set of images in a row, one of each class. */
import type { Dataset } from "../src/index.ts";
import { append, createDrawing } from "./svg.ts";
import { colour } from "./theme.ts";

const GAP = 10;
const CAPTION = 20;
/** Shades told apart: neighbours in a row that share one are drawn as one. */
const SHADES = 8;

/** The first test image of each class, dark ink on paper, with the name of its class. @param width units */
export function drawExamples(document: Document, { classes, image, test }: Dataset, width = 880): SVGSVGElement {
  const size = (width - GAP * (classes.length - 1)) / classes.length;
  const svg = createDrawing(document, width, size + CAPTION, "examples", "An example of each class.");
  classes.forEach((name, index) => {
    const x = index * (size + GAP);
    append(svg, "rect", { x, y: 0, width: size, height: size, fill: colour("surface"), stroke: colour("rule") });
    const example = test.labels.indexOf(index);
    if (image !== undefined && example >= 0) {
      const length = image.width * image.height;
      const pixels = test.features.subarray(example * length, (example + 1) * length);
      appendImage(svg, pixels, image.width, { x, size });
    }
    append(
      svg,
      "text",
      { x: x + size / 2, y: size + CAPTION - 6, "text-anchor": "middle", fill: colour("ink-soft"), "font-size": 11 },
      name,
    );
  });
  return svg;
}

/** Appends an image as runs of equal shade, so that the picture stays small. */
function appendImage(
  svg: Element,
  pixels: ArrayLike<number>,
  columns: number,
  { x, size }: { x: number; size: number },
): void {
  const unit = size / columns;
  const shade = (pixel: number) => Math.round(SHADES * Math.max(0, Math.min(1, pixels[pixel])));
  for (let start = 0; start < pixels.length; ) {
    const row = Math.floor(start / columns);
    let end = start + 1;
    while (end < (row + 1) * columns && shade(end) === shade(start)) end++;
    if (shade(start) > 0) {
      append(svg, "rect", {
        x: x + (start - row * columns) * unit,
        y: row * unit,
        width: (end - start) * unit,
        height: unit,
        fill: colour("ink"),
        "fill-opacity": shade(start) / SHADES,
      });
    }
    start = end;
  }
}
