/** How numbers and times are written, and the time that is left. */
import type { Measure } from "../tasks/task.ts";
import type { Part } from "./display.ts";

/** From here on only the first digits and the power are written. */
const LARGE = 1e6;

/**
 * How long it will take from now; the part of a line that goes last.
 *
 * @param seconds    since this stretch of the run began
 * @param share      of this stretch that is done, above 0
 * @param maxSeconds that it may take
 */
export function timeLeft(seconds: number, share: number, maxSeconds: number): Part {
  const left = Math.min(seconds / share - seconds, maxSeconds - seconds);
  return { text: `${time(Math.max(0, left))} left`, worth: Number.POSITIVE_INFINITY };
}

/** A score with about four digits. */
export function formatScore(score: number): string {
  return Math.abs(score) >= 100 ? score.toFixed(0) : score.toFixed(3);
}

/** A value of a measure: a share as a percentage. */
export function formatMeasure(value: number, { unit }: Pick<Measure, "unit">): string {
  return unit === "share" ? `${(100 * value).toFixed(1)} %` : formatScore(value);
}

/** A value of a measure without its unit, with the decimals of the measure or so many; very large ones by their power. */
export function formatPlain(
  value: number,
  { unit, decimals }: Pick<Measure, "unit" | "decimals">,
  otherwise: number,
): string {
  if (unit === "share") return (100 * value).toFixed(1);
  return Math.abs(value) >= LARGE ? value.toExponential(1) : value.toFixed(decimals ?? otherwise);
}

/** A share as a percentage with two decimals. */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** A loss, nats. */
export function formatLoss(loss: number): string {
  return loss.toFixed(4);
}

/** "1 thread", "2 threads" */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** 950, 12k or 3.4M */
export function count(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)}M`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(0)}k` : value.toFixed(0);
}

/** Seconds as 1h 02m, 2m 05s or 12s. */
export function time(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  if (whole >= 3600) return `${Math.floor(whole / 3600)}h ${two(Math.floor((whole % 3600) / 60))}m`;
  return whole >= 60 ? `${Math.floor(whole / 60)}m ${two(whole % 60)}s` : `${whole}s`;
}
