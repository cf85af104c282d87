/** Draws the inputs of an image task as the image they are: a grid of pixels, darker where more lines leave. */
import type { DrawnGraph } from "./network-graph.ts";
import { append } from "./svg.ts";
import { colour } from "./theme.ts";

/** An image of so many pixels, and where it is drawn. */
export interface PixelGrid {
  readonly pixels: { readonly width: number; readonly height: number };
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Appends the grid; each pixel is a `rect.pixel` with `data-position` (in the genome). */
export function appendPixels(svg: Element, graph: DrawnGraph, { pixels: image, ...box }: PixelGrid): void {
  const uses = new Int32Array(image.width * image.height);
  for (const { pixel } of graph.pixels) uses[pixel]++;
  const most = Math.max(1, ...uses);
  const size = box.width / image.width;
  const group = append(svg, "g", { class: "pixels" });
  append(group, "rect", { ...box, fill: colour("surface"), stroke: colour("ink-faint") });
  uses.forEach((count, pixel) => {
    append(group, "rect", {
      class: "pixel",
      x: box.x + (pixel % image.width) * size + 0.5,
      y: box.y + Math.floor(pixel / image.width) * size + 0.5,
      width: size - 1,
      height: size - 1,
      fill: count > 0 ? colour("accent") : colour("rule"),
      "fill-opacity": count > 0 ? 0.25 + (0.75 * count) / most : 0.6,
      "data-position": 1 + pixel,
    });
  });
}

/** Where the lines of a pixel leave the grid: the right edge, at the height of its row. */
export function pixelExit(pixel: number, grid: PixelGrid): readonly [x: number, y: number] {
  const size = grid.width / grid.pixels.width;
  return [grid.x + grid.width, grid.y + (Math.floor(pixel / grid.pixels.width) + 0.5) * size];
}
