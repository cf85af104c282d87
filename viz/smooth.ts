/** Smooths a line: each point is the mean of its neighbours, fewer of them near the ends. */

/** @param reach neighbours on either side */
export function smoothed(points: readonly (readonly [number, number])[], reach: number): [number, number][] {
  return points.map(([x], place) => {
    const near = Math.min(reach, place, points.length - 1 - place);
    let sum = 0;
    for (let at = place - near; at <= place + near; at++) sum += points[at][1];
    return [x, sum / (2 * near + 1)];
  });
}

/** The point of a line whose x is nearest; the points are in order of x. Undefined where there is none. */
export function nearestPoint<Point extends readonly [number, number]>(
  points: readonly Point[],
  x: number,
): Point | undefined {
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle][0] <= x) low = middle;
    else high = middle;
  }
  const [before, after] = [points[low], points[high]];
  if (before === undefined) return undefined;
  return Math.abs(x - before[0]) < Math.abs(after[0] - x) ? before : after;
}
