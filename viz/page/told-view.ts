/** The contract of what shows a network's answer to a row: classes, or a number. */
import type { Player } from "../player.ts";

/** Shows what is said to a row. */
export interface ToldView {
  /** The answer in large letters. */
  readonly readings: HTMLElement;
  /** What is behind it. */
  readonly detail: HTMLElement;
  /** Takes another champion. */
  take(player: Player): void;
  /** Shows its answer, and gives the values of the network's nodes. */
  show(inputs: Float32Array, weight: number): (position: number) => number;
}
