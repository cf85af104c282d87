/** How figures are written: each by what it counts, those of one table with as many decimals. */
import { count, formatPlain, time, whole } from "../base/numbers.ts";
import type { Measure } from "../tasks/task.ts";

/** What a figure counts. */
export type FigureKind = "measure" | "count" | "time";

/** Writes values of one kind. */
export interface Writer {
  /** 611, 91.9 %, 0.8s, 1m 05s */
  value(value: number): string;
  /** 611 (580 to 640), 91.9 (91.2 to 92.3) %; 12s where all three are written alike. */
  range(middle: number, low: number, high: number): string;
  /** 611 ± 210, 82.0 ± 14.4 % */
  spread(value: number, deviation: number): string;
  /** +21, -1.2 points */
  difference(value: number): string;
  /** +3 to +40, -2.1 to +0.3 points */
  differences(low: number, high: number): string;
}

/**
 * A writer of values of a kind.
 *
 * @param values what is to be written beside each other: the largest says how many decimals scores have
 */
export function writerOf(
  kind: FigureKind,
  measure: Pick<Measure, "unit" | "decimals">,
  values: readonly number[] = [],
): Writer {
  const isShare = kind === "measure" && measure.unit === "share";
  const decimals = decimalsOf(values);
  const write: Record<FigureKind, (value: number) => string> = {
    measure: (value) => formatPlain(value, measure, decimals),
    count: (value) => (Math.abs(value) >= 1e6 ? count(value) : whole(value)),
    time: (seconds) => (seconds < 10 ? `${seconds.toFixed(1)}s` : time(seconds)),
  };
  const text = write[kind];
  const sign = (value: number) => (value > 0 ? "+" : value < 0 ? "-" : "") + text(Math.abs(value));
  const [end, points] = isShare ? [" %", " points"] : ["", ""];
  return {
    value: (value) => text(value) + end,
    range(middle, low, high) {
      const [center, from, to] = [middle, low, high].map(text);
      return from === center && to === center ? center + end : `${center} (${from} to ${to})${end}`;
    },
    spread: (value, deviation) => `${text(value)} ± ${text(deviation)}${end}`,
    difference: (value) => sign(value) + points,
    differences: (low, high) => `${sign(low)} to ${sign(high)}${points}`,
  };
}

/** Decimals with which values of about this size have three or four digits. */
function decimalsOf(values: readonly number[]): number {
  const largest = Math.max(0, ...values.map(Math.abs));
  if (largest === 0 || largest >= 100) return 0;
  return largest >= 10 ? 1 : 3;
}

/** A probability: 0.031, or < 0.001. */
export function writeP(p: number): string {
  return p < 0.001 ? "< 0.001" : p.toFixed(p < 0.1 ? 3 : 2);
}
