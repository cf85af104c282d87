/** The axes of charts: what they measure, their scales, and where and how they are marked. */
import { format as numberFormat, type ScaleContinuousNumeric, scaleLinear, scaleLog } from "d3";

/** What an axis measures; `domain` undefined or empty means there is no data. */
export interface Axis {
  readonly name: string;
  readonly domain: readonly number[];
  /** Only whole numbers are marked. */
  readonly whole?: boolean;
  /** Leave the ends where the data ends, rather than at round numbers. */
  readonly exact?: boolean;
  /** Equal distances are equal ratios; all values are above 0. */
  readonly log?: boolean;
}

/** From values to places. */
export type Scale = ScaleContinuousNumeric<number, number>;

/** How much of a ratio is left beside the least and the greatest on an axis of ratios. */
const ROOM = 1.2;

/** Least and greatest of the finite values; empty when there is none. */
export function extent(values: Iterable<number>): number[] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [];
}

/** Whether equal ratios can be equal distances on an axis. */
export function canBeLog({ domain }: Axis): boolean {
  return domain.length > 0 && domain[0] > 0;
}

/** The scale of an axis over a range of units. */
export function axisScale(axis: Axis, range: [number, number]): Scale {
  const [low, high] = axis.domain.length > 0 ? axis.domain : axis.log ? [1, 10] : [0, 1];
  if (axis.log)
    return scaleLog()
      .domain([low / ROOM, high * ROOM])
      .range(range);
  const made = scaleLinear()
    .domain(low === high ? [low - 0.5, high + 0.5] : [low, high])
    .range(range);
  return axis.exact || low === high ? made : made.nice();
}

/** Where an axis is marked, about `count` times; an axis of ratios at 1, 2, 5, 10 and so on. */
export function ticksOf(made: Scale, axis: Axis, count: number): number[] {
  if (axis.domain.length === 0) return [];
  const ticks = made.ticks(count);
  if (axis.log) return ticks.filter((tick) => /^[125]/.test(tick.toExponential()) && isRound(tick));
  return axis.whole ? ticks.filter(Number.isInteger) : ticks;
}

/** Whether a number has one digit other than 0. */
function isRound(value: number): boolean {
  return Number(value.toExponential(0)) === value;
}

/** A tick as text: plain up to 9,999, then with SI prefixes. */
export function tickText(value: number): string {
  if (Math.abs(value) >= 10000) return numberFormat(".3~s")(value);
  return numberFormat(",.4~r")(value);
}
