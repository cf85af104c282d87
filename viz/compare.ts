/** Draws runs of one task on one axis, by generation, evaluations or time, with what others have published as levels. */
import { TASK_NAMES, taskDefinition } from "../src/index.ts";
import { extent } from "./axis.ts";
import { appendLine, type Chart, type ChartOptions, createChart, seriesStyle } from "./chart.ts";
import { appendLevels } from "./levels.ts";
import { courseOfRun, epochsOf, generationsOf, type RunData, tuningOf } from "./run-data.ts";
import { colour } from "./theme.ts";

/** What is drawn of a run: its champion on validation data, what its generations have, or the size of their best. */
export type Quantity = "champion" | "best" | "median" | "connections";

/** What it is drawn by. */
export type Pace = "generations" | "steps" | "seconds";

/** A line of others: published, or of a trained network. */
interface Level {
  readonly name: string;
  readonly value: number;
}

const PACES: Readonly<Record<Pace, string>> = {
  generations: "generation, or epoch",
  steps: "environment steps, or examples seen",
  seconds: "time (s)",
};

/** Conditions of published figures that a search is held against, and what they are called. */
const CONDITIONS: Readonly<Record<string, string>> = {
  standard: "six weights",
  randomShared: "random shared weight",
  bestShared: "best shared weight",
};

/** The task of a run by its name. */
export function taskName({ config, champion }: RunData): string {
  return String(config?.task ?? champion?.task ?? "an unknown task");
}

/** Draws runs of one task. */
export function drawComparison(
  document: Document,
  runs: readonly RunData[],
  options: ChartOptions & { readonly quantity?: Quantity; readonly pace?: Pace } = {},
): Chart {
  const { quantity = "champion", pace = "generations" } = options;
  const lines = runs
    .map((run, index) => ({ name: run.name, points: pointsOf(run, quantity, pace), ...seriesStyle(index) }))
    .filter(({ points }) => points.length > 0);
  const levels = lines.length > 0 && quantity === "champion" ? levelsOf(runs) : [];
  const values = lines.flatMap(({ points }) => points.map(([, y]) => y));
  const chart = createChart(
    document,
    "comparison",
    `${nameOf(quantity, runs)} of ${runs.length} runs: ${lines.map(({ name }) => name).join(", ")}.`,
    {
      x: {
        name: PACES[pace],
        domain: extent(lines.flatMap(({ points }) => points.map(([x]) => x))),
        whole: pace === "generations",
        exact: true,
      },
      y: { name: nameOf(quantity, runs), domain: extent([...values, ...levels.map(({ value }) => value)]) },
    },
    options,
    lines.map(({ name, stroke, dash }) => ({ name, stroke, dash })),
  );
  appendLevels(chart, levels, colour("ink-soft"));
  for (const { points, ...style } of lines) appendLine(chart, points, style);
  return chart;
}

/** Where a run stood after so much: [what had been spent, the quantity]. */
function pointsOf(run: RunData, quantity: Quantity, pace: Pace): [number, number][] {
  const course = courseOfRun(run);
  const epochs = epochsOf(run);
  if (epochs.length > 0) {
    if (quantity !== "champion" || pace === "steps") return [];
    return epochs.map(({ epoch, validation }, place) => [
      pace === "seconds" ? course[place].seconds : epoch,
      validation.accuracy,
    ]);
  }
  const tuning = tuningOf(run);
  if (tuning.length > 0) {
    if (quantity !== "champion") return [];
    return tuning.map(({ step, champion }, place) => [
      pace === "generations" ? step : course[place][pace],
      champion.score,
    ]);
  }
  const generations = generationsOf(run);
  const spent = generations.map(({ generation }, place) => (pace === "generations" ? generation : course[place][pace]));
  if (quantity === "champion") return championPoints(run, spent);
  return generations.map(({ scores, connections }, place) => [
    spent[place],
    quantity === "connections" ? connections.best : scores[quantity],
  ]);
}

/** Each champion from when it was found to when the next one was. */
function championPoints({ champions, generations }: RunData, spent: readonly number[]): [number, number][] {
  const numbers = generations.map((line) => ("generation" in line ? line.generation : 0));
  const points: [number, number][] = [];
  let next = 0;
  let value: number | undefined;
  numbers.forEach((number, place) => {
    for (; next < champions.length && champions[next].generation <= number; next++) {
      if (value !== undefined) points.push([spent[place], value]);
      value = champions[next].reported ?? champions[next].score;
      points.push([spent[place], value]);
    }
  });
  if (value !== undefined && spent.length > 0) points.push([spent[spent.length - 1], value]);
  return points;
}

/** What others have published of the task. */
function levelsOf(runs: readonly RunData[]): Level[] {
  const task = taskName(runs[0]);
  const figures = TASK_NAMES.includes(task) ? (taskDefinition(task).figures ?? []) : [];
  const published = figures.flatMap(({ name, scores }) =>
    Object.entries(scores).flatMap(([condition, value]) =>
      condition in CONDITIONS ? [{ name: `${name}, ${CONDITIONS[condition]}`, value }] : [],
    ),
  );
  const trained = runs.flatMap((run) => {
    const accuracies = epochsOf(run).map(({ validation }) => validation.accuracy);
    return accuracies.length > 0 ? [{ name: `${run.name}, trained`, value: Math.max(...accuracies) }] : [];
  });
  return [...published, ...trained];
}

/** What the vertical axis is called. */
function nameOf(quantity: Quantity, runs: readonly RunData[]): string {
  if (quantity === "connections") return "connections of the best";
  if (quantity === "median") return "median score";
  if (quantity === "best") return "best score";
  const measure = runs.find(({ evaluation }) => evaluation !== undefined)?.evaluation?.measure;
  return `champion's ${measure?.name ?? "score"}, validation`;
}
