/** Draws the rewards of one episode over time: how well the pole is held up, and when the episode ends. */
import { appendBand, appendCursor, appendLine, type Chart, type ChartOptions, createChart } from "./chart.ts";
import { colour } from "./theme.ts";

/** Points drawn at most: more are not seen. */
const POINTS = 250;

/**
 * @param rewards one per step, 0 to 1
 * @param stepSeconds duration of a step, s
 */
export function chartStrip(
  document: Document,
  rewards: readonly number[],
  maxSteps: number,
  stepSeconds: number,
  options: ChartOptions = {},
): Chart {
  const chart = createChart(
    document,
    "strip",
    "Reward by time.",
    {
      x: { name: "time (s)", domain: [0, maxSteps * stepSeconds], exact: true },
      y: { name: "reward", domain: [0, 1], exact: true },
    },
    options,
  );
  const stride = Math.max(1, Math.ceil(rewards.length / POINTS));
  const points = rewards
    .map((reward, step) => [(step + 1) * stepSeconds, reward] as const)
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
