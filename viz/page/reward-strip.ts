/** The rewards of an episode under its picture, with a cursor at the step that is shown; as wide as there is room. */
import { extent } from "../axis.ts";
import { type Chart, moveCursor } from "../chart.ts";
import { chartStrip } from "../strip.ts";
import { html, onWidth } from "./html.ts";

const HEIGHT = 120;

/** A strip of rewards. */
export interface RewardStrip {
  readonly element: HTMLElement;
  /** Shows the rewards of each step; on one axis with all that were shown before, so that strips compare. */
  show(rewards: readonly number[]): void;
  /** Puts the cursor at a step. */
  moveTo(step: number): void;
}

/** @param timeStep seconds of a step, if the environment says; else the axis counts steps */
export function createRewardStrip(maxSteps: number, timeStep: number | undefined): RewardStrip {
  const element = html("div", { class: "picture" });
  let rewards: readonly number[] = [];
  let range: readonly number[] = [0];
  let chart: Chart | undefined;
  let width = 0;
  let step = 0;

  const moveTo = (next: number) => {
    step = next;
    if (chart) moveCursor(chart, step * (timeStep ?? 1));
  };
  const draw = () => {
    if (width === 0) return;
    chart = chartStrip(document, rewards, maxSteps, timeStep, { width, height: HEIGHT, range });
    element.replaceChildren(chart.svg);
    moveTo(step);
  };
  onWidth(element, (now) => {
    width = now;
    draw();
  });
  return {
    element,
    show(next) {
      rewards = next;
      range = extent([...range, ...rewards]);
      draw();
    },
    moveTo,
  };
}
