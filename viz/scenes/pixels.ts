/** A small picture of 32 x 32 numbers in shades, as paths: it turns with light and dark, and is sharp at any size. */
import { PICTURE_SIDE as SIDE } from "../../src/index.ts";
import { append, setAttributes } from "../svg.ts";
import { colour } from "../theme.ts";

/** Shades besides the blank one. */
const SHADES = 8;

export interface Pixels {
  /** A path for each shade, the lightest first. */
  readonly shades: readonly Element[];
}

/** Draws the frame of a picture. @param side its width and height, in units */
export function drawPixels(parent: Element, x: number, y: number, side: number, name: string): Pixels {
  const group = append(parent, "g", {
    class: `pixels ${name}`,
    transform: `translate(${x},${y}) scale(${Number((side / SIDE).toFixed(3))})`,
  });
  append(group, "rect", { width: SIDE, height: SIDE, fill: colour("surface") });
  const shades = Array.from({ length: SHADES }, (_, shade) =>
    append(group, "path", {
      fill: colour("ink"),
      "fill-opacity": (shade + 1) / SHADES,
      "shape-rendering": "crispEdges",
    }),
  );
  append(group, "rect", { width: SIDE, height: SIDE, fill: "none", stroke: colour("ink-faint"), "stroke-width": 0.3 });
  return { shades };
}

/** Shows numbers from 0 to 255, rows from top to bottom: runs of equal shade as one piece. */
export function showPixels({ shades }: Pixels, numbers: ArrayLike<number>): void {
  const paths = shades.map(() => "");
  const shadeOf = (at: number) => Math.round((numbers[at] / 255) * SHADES);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; ) {
      const shade = shadeOf(row * SIDE + column);
      let end = column + 1;
      while (end < SIDE && shadeOf(row * SIDE + end) === shade) end++;
      if (shade > 0) paths[shade - 1] += `M${column},${row}h${end - column}v1h${column - end}z`;
      column = end;
    }
  }
  shades.forEach((path, shade) => {
    setAttributes(path, { d: paths[shade] });
  });
}
