/** The time that is left. */
import { time } from "../base/numbers.ts";
import type { Part } from "./display.ts";

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
