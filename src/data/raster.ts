/** Draws strokes as pixels: how near the pen came to each pixel's centre. */

/** The smallest box around points. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The box around the points of strokes (x0, y0, x1, y1, ... each); inside out and infinite without points. */
export function boxOf(strokes: readonly (readonly number[])[]): Box {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const stroke of strokes) {
    for (let index = 0; index < stroke.length; index += 2) {
      left = Math.min(left, stroke[index]);
      right = Math.max(right, stroke[index]);
      top = Math.min(top, stroke[index + 1]);
      bottom = Math.max(bottom, stroke[index + 1]);
    }
  }
  return { left, right, top, bottom };
}

/** A drawing of strokes with one pen. Unit of all lengths: a pixel; pixel (0, 0) reaches from 0 to 1 both ways. */
export class Raster {
  readonly width: number;
  readonly height: number;
  /** Squares of the distances from pixel centres to the nearest stroke, row by row. */
  readonly #squares: Float64Array;
  #thickness = 0;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#squares = new Float64Array(width * height).fill(Infinity);
  }

  /** Takes an empty sheet and a pen. @param thickness half the width of the pen */
  clear(thickness: number): void {
    this.#squares.fill(Infinity);
    this.#thickness = thickness;
  }

  /** Draws straight lines from point to point of a stroke (x0, y0, x1, y1, ...); of one point, a dot. */
  drawPath(path: readonly number[]): void {
    if (path.length === 2) this.drawSegment(path[0], path[1], path[0], path[1]);
    for (let index = 0; index + 3 < path.length; index += 2) {
      this.drawSegment(path[index], path[index + 1], path[index + 2], path[index + 3]);
    }
  }

  /** Draws a straight line; of no length, a dot. */
  drawSegment(x0: number, y0: number, x1: number, y1: number): void {
    const reach = this.#thickness + 0.5;
    const left = Math.max(Math.floor(Math.min(x0, x1) - reach), 0);
    const right = Math.min(Math.floor(Math.max(x0, x1) + reach), this.width - 1);
    const top = Math.max(Math.floor(Math.min(y0, y1) - reach), 0);
    const bottom = Math.min(Math.floor(Math.max(y0, y1) + reach), this.height - 1);
    const dx = x1 - x0;
    const dy = y1 - y0;
    const inverse = 1 / Math.max(dx * dx + dy * dy, 1e-12);
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const x = column + 0.5 - x0;
        const y = row + 0.5 - y0;
        const along = Math.min(Math.max((x * dx + y * dy) * inverse, 0), 1);
        const offX = x - along * dx;
        const offY = y - along * dy;
        const square = offX * offX + offY * offY;
        const index = row * this.width + column;
        if (square < this.#squares[index]) this.#squares[index] = square;
      }
    }
  }

  /** Ink on the pixel with this index, row by row: 0 to 1, edges smooth over one pixel. */
  cover(index: number): number {
    return Math.min(Math.max(this.#thickness + 0.5 - Math.sqrt(this.#squares[index]), 0), 1);
  }
}
