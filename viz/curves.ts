/** Draws learning curves of trained networks: accuracy by epoch, one colour for each variant, over several seeds. */
import { extent } from "./axis.ts";
import { appendBand, appendLine, type ChartOptions, createChart, seriesStyle } from "./chart.ts";
import { colour } from "./theme.ts";

/** Trainings that differ by their seed only. */
export interface Curve {
  readonly name: string;
  /** [training, validation] accuracy of each epoch of each training, as shares. */
  readonly runs: readonly (readonly (readonly [number, number])[])[];
}

/** How to draw. */
export interface CurveOptions extends ChartOptions {
  /** Epochs whose mean is below this accuracy are left out, so that what follows has room. Default: all are drawn. */
  readonly from?: number;
}

/** Validation accuracy by epoch, mean over seeds in a band from the lowest to the highest; training accuracy dashed. */
export function drawCurves(document: Document, curves: readonly Curve[], options: CurveOptions = {}): SVGSVGElement {
  const { from = Number.NEGATIVE_INFINITY } = options;
  const drawn = curves.map(({ name, runs }, index) => ({
    name,
    stroke: seriesStyle(index).stroke,
    training: spread(runs, 0).filter(({ mean }) => mean >= from),
    validation: spread(runs, 1).filter(({ mean }) => mean >= from),
  }));
  const all = drawn.flatMap(({ training, validation }) => [...training, ...validation]);
  const chart = createChart(
    document,
    "curves",
    `Accuracy by epoch of ${curves.map(({ name }) => name).join("; ")}.`,
    {
      x: { name: "epoch", domain: extent(all.map(({ epoch }) => epoch)), whole: true, exact: true },
      y: { name: "accuracy (share of examples)", domain: extent(all.flatMap(({ low, high }) => [low, high])) },
    },
    { height: 320, ...options },
    [
      ...drawn.map(({ name, stroke }) => ({ name, stroke })),
      { name: "validation", stroke: colour("ink-soft") },
      { name: "training", stroke: colour("ink-soft"), dash: "4 3" },
    ],
  );
  for (const { stroke, training, validation } of drawn) {
    appendBand(
      chart,
      validation.map(({ epoch, low, high }) => [epoch, low, high]),
      stroke,
    );
    for (const [points, dash] of [[training, "4 3"] as const, [validation, undefined] as const]) {
      appendLine(
        chart,
        points.map(({ epoch, mean }) => [epoch, mean]),
        { stroke, dash, width: dash ? 1.2 : 2 },
      );
    }
  }
  return chart.svg;
}

/** Lowest, mean and highest over the trainings, by epoch. */
function spread(runs: Curve["runs"], part: 0 | 1): { epoch: number; low: number; mean: number; high: number }[] {
  const epochs = Math.max(0, ...runs.map((run) => run.length));
  return Array.from({ length: epochs }, (_, index) => {
    const values = runs.flatMap((run) => (run[index] === undefined ? [] : [run[index][part]]));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { epoch: index + 1, low: Math.min(...values), mean, high: Math.max(...values) };
  });
}
