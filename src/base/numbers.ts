/** How numbers and times are written, in tables and on the terminal. */

/** From here on only the first digits and the power are written. */
const LARGE = 1e6;

/** A score with about four digits. */
export function formatScore(score: number): string {
  return Math.abs(score) >= 100 ? score.toFixed(0) : score.toFixed(3);
}

/** A value of a measure: a share as a percentage. */
export function formatMeasure(value: number, { unit }: { readonly unit: "score" | "share" }): string {
  return unit === "share" ? `${(100 * value).toFixed(1)} %` : formatScore(value);
}

/** A value of a measure without its unit, with the decimals of the measure or so many; very large ones by their power. */
export function formatPlain(
  value: number,
  { unit, decimals }: { readonly unit: "score" | "share"; readonly decimals?: number },
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

/** 101,770 */
export function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

/** Seconds as 1h 02m, 2m 05s or 12s. */
export function time(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const rounded = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  if (rounded >= 3600) return `${Math.floor(rounded / 3600)}h ${two(Math.floor((rounded % 3600) / 60))}m`;
  return rounded >= 60 ? `${Math.floor(rounded / 60)}m ${two(rounded % 60)}s` : `${rounded}s`;
}
