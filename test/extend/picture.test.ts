/** A toy picture: a drawing is a function of a document and data, and works where there is no browser. */
import { expect, test } from "vitest";
import { createPlainDocument } from "../../viz/plain-document.ts";
import { append, createDrawing } from "../../viz/svg.ts";

/** Draws a dot for each score. */
function drawDots(document: Document, scores: readonly number[]): SVGSVGElement {
  const svg = createDrawing(document, 100, 20, "dots", "Scores as dots.");
  for (const score of scores) append(svg, "circle", { cx: score, cy: 10, r: 2 });
  return svg;
}

test("a drawing is the same text each time, also of nothing", () => {
  const draw = (scores: readonly number[]) => drawDots(createPlainDocument(), scores).outerHTML;
  expect(draw([10, 50])).toContain('<circle cx="50" cy="10" r="2"');
  expect(draw([10, 50])).toBe(draw([10, 50]));
  expect(draw([])).not.toContain("circle");
});
