/** Times as people write them. */

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** Seconds of a time such as 90s, 5m, 1.5h or 500ms; undefined if it is none. */
export function parseTime(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  return match === null ? undefined : Number(match[1]) * UNITS[match[2]];
}

/** Seconds as the shortest such time, which reads back as the same number: 90s, 5m, 1h. */
export function formatTime(seconds: number): string {
  const unit = (["h", "m", "s"] as const).find((name) => Number.isInteger(seconds / UNITS[name])) ?? "s";
  return `${seconds / UNITS[unit]}${unit}`;
}
