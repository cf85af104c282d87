/** Draws a run by generation: scores, sizes of genomes, and time. */
import { extent } from "./axis.ts";
import { appendBand, appendCursor, appendLine, type Chart, type ChartOptions, createChart } from "./chart.ts";
import type { ChampionHead, EpochRecord, GenerationRecord, TimingRecord, TuningRecord } from "./run-data.ts";
import { colour, seriesColour } from "./theme.ts";

/** Best, median and spread of the population's scores by generation. */
export function chartScores(
  document: Document,
  generations: readonly GenerationRecord[],
  options: ChartOptions & { readonly scoreName?: string } = {},
): Chart {
  const at = generations.map((line) => line.generation);
  const scores = generations.flatMap(({ scores: { best, median, low, high } }) => [
    best,
    median,
    low ?? median,
    high ?? median,
  ]);
  const chart = createChart(
    document,
    "scores",
    `Scores by generation: ${summary(generations)}`,
    {
      x: { name: "generation", domain: extent(at), whole: true, exact: true },
      y: { name: options.scoreName ?? "score", domain: extent(scores) },
    },
    options,
    [
      { name: "best", stroke: colour("accent") },
      { name: "median", stroke: colour("accent"), dash: "4 3" },
      { name: "5 % to 95 %", stroke: colour("accent"), band: true },
    ],
  );
  appendBand(
    chart,
    generations.map((line) => [
      line.generation,
      line.scores.low ?? line.scores.median,
      line.scores.high ?? line.scores.median,
    ]),
    colour("accent"),
  );
  appendLine(
    chart,
    generations.map((line) => [line.generation, line.scores.median]),
    { stroke: colour("accent"), width: 1.5, dash: "4 3" },
  );
  appendLine(
    chart,
    generations.map((line) => [line.generation, line.scores.best]),
    { stroke: colour("accent") },
  );
  appendCursor(chart);
  return chart;
}

/** Connections (with spread) and nodes by generation. */
export function chartSizes(
  document: Document,
  generations: readonly GenerationRecord[],
  options: ChartOptions = {},
): Chart {
  const nodes = generations.filter((line) => line.nodes !== undefined);
  const counts = generations.flatMap(({ connections: { best, median, low, high } }) => [
    best,
    low ?? median,
    high ?? median,
  ]);
  const first = seriesColour(0);
  const second = seriesColour(1);
  const chart = createChart(
    document,
    "sizes",
    "Connections and nodes by generation.",
    {
      x: { name: "generation", domain: extent(generations.map((line) => line.generation)), whole: true, exact: true },
      y: { name: "count", domain: extent([...counts, ...nodes.map((line) => line.nodes?.median ?? 0)]), whole: true },
    },
    options,
    [
      { name: "connections of the best", stroke: first },
      { name: "connections, median", stroke: first, dash: "4 3" },
      ...(nodes.length > 0 ? [{ name: "nodes of the best", stroke: second }] : []),
    ],
  );
  appendBand(
    chart,
    generations.map(({ generation, connections: { median, low, high } }) => [
      generation,
      low ?? median,
      high ?? median,
    ]),
    first,
  );
  appendLine(
    chart,
    generations.map((line) => [line.generation, line.connections.median]),
    { stroke: first, width: 1.5, dash: "4 3" },
  );
  appendLine(
    chart,
    generations.map((line) => [line.generation, line.connections.best]),
    { stroke: first },
  );
  appendLine(
    chart,
    nodes.map((line) => [line.generation, line.nodes?.best ?? 0]),
    { stroke: second },
  );
  appendCursor(chart);
  return chart;
}

/** Seconds by generation. */
export function chartTimes(document: Document, timings: readonly TimingRecord[], options: ChartOptions = {}): Chart {
  const total = timings.filter((line) => line.totalSeconds !== undefined);
  const evaluation = timings.filter((line) => line.evaluationSeconds !== undefined);
  const milliseconds = (seconds = Number.NaN) => seconds * 1000;
  const chart = createChart(
    document,
    "times",
    "Time by generation.",
    {
      x: { name: "generation", domain: extent(timings.map((line) => line.generation)), whole: true, exact: true },
      y: {
        name: "time (ms)",
        domain: extent([
          ...(timings.length > 0 ? [0] : []),
          ...total.map((line) => milliseconds(line.totalSeconds)),
          ...evaluation.map((line) => milliseconds(line.evaluationSeconds)),
        ]),
      },
    },
    options,
    [
      { name: "whole generation", stroke: seriesColour(3) },
      { name: "evaluation", stroke: seriesColour(5) },
    ],
  );
  appendLine(
    chart,
    total.map((line) => [line.generation, milliseconds(line.totalSeconds)]),
    { stroke: seriesColour(3), width: 1.2 },
  );
  appendLine(
    chart,
    evaluation.map((line) => [line.generation, milliseconds(line.evaluationSeconds)]),
    { stroke: seriesColour(5), width: 1.2 },
  );
  return chart;
}

/** What the task reports of the champions a search has had, each from its generation to the next one's, on validation data. */
export function chartReported(
  document: Document,
  champions: readonly ChampionHead[],
  last: number,
  options: ChartOptions & { readonly scoreName?: string } = {},
): Chart {
  const told = champions.filter((champion) => champion.reported !== undefined);
  const stairs = told.flatMap(({ generation, reported = 0 }, index) => [
    [generation, reported] as const,
    [told[index + 1]?.generation ?? Math.max(last, generation), reported] as const,
  ]);
  const name = options.scoreName ?? "value";
  const chart = createChart(
    document,
    "reported",
    `The champion's ${name} by generation.`,
    {
      x: { name: "generation", domain: extent(stairs.map(([generation]) => generation)), whole: true, exact: true },
      y: { name, domain: extent(stairs.map(([, reported]) => reported)) },
    },
    options,
    [{ name: "champion, on validation examples", stroke: colour("accent") }],
  );
  appendLine(chart, stairs, { stroke: colour("accent") });
  appendCursor(chart);
  return chart;
}

/** Accuracy by epoch of a trained baseline. */
export function chartEpochs(document: Document, epochs: readonly EpochRecord[], options: ChartOptions = {}): Chart {
  const lines = [
    { name: "training", of: (line: EpochRecord) => line.train.accuracy },
    { name: "validation", of: (line: EpochRecord) => line.validation.accuracy },
  ].map(({ name, of }) => ({ name, points: epochs.map((line) => [line.epoch, of(line)] as const) }));
  const chart = createChart(
    document,
    "epochs",
    "Accuracy by epoch.",
    {
      x: { name: "epoch", domain: extent(epochs.map((line) => line.epoch)), whole: true, exact: true },
      y: {
        name: "accuracy (share of examples)",
        domain: extent(lines.flatMap(({ points }) => points.map(([, y]) => y))),
      },
    },
    options,
    lines.map(({ name }, index) => ({ name, stroke: seriesColour(index) })),
  );
  lines.forEach(({ points }, index) => {
    appendLine(chart, points, { stroke: seriesColour(index) });
  });
  return chart;
}

/** What a tuning keeps, by step: its score on validation data. @param first score of what it began with */
export function chartTuning(
  document: Document,
  steps: readonly TuningRecord[],
  options: ChartOptions & { readonly first?: number; readonly scoreName?: string } = {},
): Chart {
  const { first, scoreName = "score" } = options;
  const kept = steps.map(({ step, champion }) => [step, champion.score] as const);
  const points = first === undefined || kept.length === 0 ? kept : [[0, first] as const, ...kept];
  const chart = createChart(
    document,
    "tuning",
    "Score of the weights that are kept, by step.",
    {
      x: { name: "step", domain: extent(points.map(([x]) => x)), whole: true, exact: true },
      y: { name: scoreName, domain: extent(points.map(([, y]) => y)) },
    },
    options,
    [{ name: "kept, on validation data", stroke: colour("accent") }],
  );
  appendLine(chart, points, { stroke: colour("accent") });
  return chart;
}

/** The charts above as pictures alone. */
export const drawScores = (...given: Parameters<typeof chartScores>): SVGSVGElement => chartScores(...given).svg;
export const drawSizes = (...given: Parameters<typeof chartSizes>): SVGSVGElement => chartSizes(...given).svg;
export const drawTimes = (...given: Parameters<typeof chartTimes>): SVGSVGElement => chartTimes(...given).svg;
export const drawReported = (...given: Parameters<typeof chartReported>): SVGSVGElement => chartReported(...given).svg;
export const drawTuning = (...given: Parameters<typeof chartTuning>): SVGSVGElement => chartTuning(...given).svg;
export const drawEpochs = (...given: Parameters<typeof chartEpochs>): SVGSVGElement => chartEpochs(...given).svg;

function summary(generations: readonly GenerationRecord[]): string {
  const last = generations.at(-1);
  return last === undefined ? "none yet." : `${generations.length} generations, the last best ${last.scores.best}.`;
}
