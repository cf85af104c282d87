/** Draws the rewards of one episode over time: how well it goes, and when it ends. */
import { appendBand, appendCursor, appendLine, type Chart, type ChartOptions, createChart } from "./chart.ts";
import { colour } from "./theme.ts";

/** Points drawn at most: more are not seen. */
const POINTS = 250;

/** Options of the strip's picture. */
export interface StripOptions extends ChartOptions {
  /** Range of rewards, so that strips of one task compare. Default 0 to 1. */
  readonly range?: readonly number[];
}

/**
 * @param rewards one per step
 * @param timeStep duration of a step, s; without it the axis counts steps
 */
export function chartStrip(
  document: Document,
  rewards: readonly number[],
  maxSteps: number,
  timeStep?: number,
  options: StripOptions = {},
): Chart {
  const unit = timeStep ?? 1;
  const { range = [0, 1] } = options;
  const chart = createChart(
    document,
    "strip",
    "Reward by time.",
    {
      x: { name: timeStep === undefined ? "step" : "time (s)", domain: [0, maxSteps * unit], exact: true },
      y: { name: "reward", domain: range },
    },
    options,
  );
  const stride = Math.max(1, Math.ceil(rewards.length / POINTS));
  const points = rewards
    .map((reward, step) => [(step + 1) * unit, reward] as const)
    .filter((_, step) => step % stride === 0 || step === rewards.length - 1);
  appendBand(
    chart,
    points.map(([time, reward]) => [time, 0, reward]),
    colour("accent"),
    0.25,
  );
  appendLine(chart, points, { stroke: colour("accent"), width: 1.5 });
  appendCursor(chart);
  return chart;
}

/** The strip as a picture alone. */
export const drawStrip = (...given: Parameters<typeof chartStrip>): SVGSVGElement => chartStrip(...given).svg;
