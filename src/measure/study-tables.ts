/** Comparisons of runs as tables: figures by variant with those published, differences, settings, time to a score. */
import { counted, formatMeasure } from "../base/numbers.ts";
import type { TextTable } from "../base/table.ts";
import { behavioursOf, CHOSEN_NETWORK, EVOLVED_FORM, EVOLVED_WEIGHTS, figuresOf } from "./figures.ts";
import { type FigureSummary, LEVEL, leastP } from "./samples.ts";
import type { TimeTo } from "./statistics/time-to.ts";
import type { BudgetUnit } from "./study-record.ts";
import type { StudyTaskSummary, TaskSummary } from "./study-summary.ts";
import { type FigureKind, type Writer, writeP, writerOf } from "./writing.ts";

/** How budgets are called. */
const UNITS: Readonly<Record<BudgetUnit, { readonly title: string; readonly kind: FigureKind }>> = {
  generations: { title: "generations", kind: "count" },
  evaluations: { title: "evaluations", kind: "count" },
  seconds: { title: "time", kind: "time" },
};

/** All tables of a study. */
export function studyTables(tasks: readonly StudyTaskSummary[]): TextTable[] {
  return tasks.flatMap((task) => [
    figuresTable(task),
    ...differencesTable(task),
    ...effectsTable(task),
    ...timeToTable(task),
  ]);
}

/**
 * Figures of each sample, and what others have published. There are the columns that samples fill, and those of
 * published rows that would be empty without.
 */
export function figuresTable({ task, measure, samples, references, unit }: TaskSummary): TextTable {
  const known = figuresOf(task);
  const isFilled = (name: string) => samples.some(({ figures }) => name in figures);
  const brought = references.map(({ scores }) => Object.keys(scores)).filter((names) => !names.some(isFilled));
  const columns = Object.keys(known).filter(
    (name) => name !== unit && (isFilled(name) || brought.some((names) => names.includes(name))),
  );
  const scores = columns.filter((name) => known[name].kind === "measure" && known[name].measure === undefined);
  const values = samples.flatMap(({ figures }) => scores.flatMap((name) => figures[name]?.median ?? []));
  const writers = columns.map((name) => writerOf(known[name].kind, known[name].measure ?? measure, values));
  const budgets = [...new Set(samples.map(({ budget }) => budget))];
  const budgetOf = (budget?: number) =>
    unit === undefined || budget === undefined ? "-" : writerOf(UNITS[unit].kind, measure).value(budget);
  const hasNetworks = samples.some(({ network }) => network !== undefined);
  /** The first columns, some of which only some tables have. */
  const first = (name: string, network: string, budget: string, runs: string) => [
    name,
    ...(hasNetworks ? [network] : []),
    ...(budgets.length > 1 ? [budget] : []),
    runs,
  ];
  return {
    title:
      unit && budgets.length === 1
        ? `${task}, after ${budgetOf(budgets[0])} ${unit === "seconds" ? "" : unit}`.trim()
        : task,
    head: [...first("", "network", unit ? UNITS[unit].title : "", "runs"), ...columns.map((name) => known[name].title)],
    rows: [
      ...samples.map(({ name, network = "-", budget, seeds, figures }) => [
        ...first(name, network, budgetOf(budget), String(seeds.length)),
        ...columns.map((column, index) => writeFigure(figures[column], writers[index], known[column].isCost)),
      ]),
      ...references.map(({ name, scores, size }) => [
        ...first(name, "-", "-", "-"),
        ...columns.map((column, index) => {
          const value = column === "connections" ? size : scores[column];
          return value === undefined ? "-" : writers[index].value(value);
        }),
      ]),
    ],
    words: hasNetworks ? 2 : 1,
    notes: figuresNotes({ task, measure, samples }, columns),
  };
}

/** What must be said of a table of figures. */
function figuresNotes(
  { task, measure, samples }: Pick<TaskSummary, "task" | "measure" | "samples">,
  columns: readonly string[],
): string[] {
  const figures = samples.flatMap((sample) => Object.values(sample.figures));
  const notes: Record<string, boolean> = {
    "Medians over runs that differ only in their seed, in brackets the first and third quartile.": figures.some(
      ({ count }) => count > 1,
    ),
    "± is the standard deviation within a run: over weights, and over episodes where the task has them.": figures.some(
      ({ deviation }) => deviation !== undefined,
    ),
    [`${measure.unit === "share" ? "Percentages" : "Figures"} are ${measure.name}; all but those of training and validation are on test examples.`]:
      measure.name !== "score",
    [`A ${CHOSEN_NETWORK} is not evolved: which connections it has was trained; their weights were not.`]: samples.some(
      ({ network }) => network === CHOSEN_NETWORK,
    ),
    [`An ${EVOLVED_FORM} hardly depends on the shared weight by its making: it is not selected for that.`]:
      samples.some(({ network }) => network === EVOLVED_FORM),
    [`${EVOLVED_WEIGHTS}: every connection has a weight of its own, which it was selected for; "trained" is with these.`]:
      samples.some(({ network }) => network === EVOLVED_WEIGHTS),
    ...Object.fromEntries(
      behavioursOf(task).map(({ name, description }) => [
        `At the best shared weight, ${name}: ${description}.`,
        columns.includes(name),
      ]),
    ),
    "Noise: each weight drawn by itself around the best shared one, with this standard deviation.": columns.some(
      (name) => name.startsWith("noise"),
    ),
    "Size: connections, of a trained network weights and biases.": columns.includes("connections"),
    "Seen: examples or environment steps, counted once for each network and weight scored on them; in training, once an epoch.":
      columns.includes("steps"),
  };
  return Object.keys(notes).filter((note) => notes[note]);
}

/** Differences from the reference; none where there is nothing to pair. */
export function differencesTable({ task, measure, figure, reference, comparisons }: TaskSummary): TextTable[] {
  if (figure === undefined || comparisons.length === 0) return [];
  const { title, kind, measure: own } = figuresOf(task)[figure];
  const values = comparisons.flatMap(({ difference: { low, high } }) => [low, high]);
  const { difference, differences } = writerOf(kind, own ?? measure, values);
  const adjusted = comparisons.length > 1 ? `, adjusted for ${comparisons.length} comparisons by Holm's method` : "";
  const notes = [
    "Medians of the differences between runs of the same seed, with their bootstrap intervals; p of Wilcoxon's " +
      `signed-rank test${adjusted}.`,
    ...fewPairs(Math.min(...comparisons.map(({ pairs }) => pairs)), comparisons.length),
  ];
  return [
    {
      title: `${task}: ${title}, against ${reference}`,
      head: ["", "pairs", "difference", "95 % interval", "p", "higher in"],
      rows: comparisons.map(({ name, pairs, difference: { estimate, low, high }, adjustedP, greater }) => [
        name,
        String(pairs),
        difference(estimate),
        differences(low, high),
        writeP(adjustedP),
        `${greater} of ${pairs}`,
      ]),
      notes,
    },
  ];
}

/** What must be said where there are so few pairs that p cannot come below its level, whatever the differences. */
function fewPairs(pairs: number, comparisons: number): string[] {
  const least = leastP(pairs, comparisons);
  if (least <= LEVEL) return [];
  let enough = pairs;
  while (leastP(enough, comparisons) > LEVEL) enough++;
  const among = comparisons > 1 ? ` and ${comparisons} comparisons` : "";
  return [
    `With ${counted(pairs, "pair")}${among} p cannot be under ${writeP(least)}: ` +
      `${enough} seeds are the fewest that can show a difference.`,
  ];
}

/** Which setting matters; none where the variants are no grid. */
export function effectsTable({ task, measure, figure, effects }: StudyTaskSummary): TextTable[] {
  if (figure === undefined || effects === undefined) return [];
  const { title, kind, measure: own } = figuresOf(task)[figure];
  const means = effects.factors.flatMap(({ levels }) => levels.map(({ mean }) => mean.estimate));
  const { range } = writerOf(kind, own ?? measure, means);
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  return [
    {
      title: `${task}: which setting matters for ${title}`,
      head: ["", "mean at each of its values", "share of the variance"],
      rows: [
        ...effects.factors.map(({ factor, share, levels }) => [
          factor,
          levels
            .map(({ level, mean: { estimate, low, high } }) => `${level}: ${range(estimate, low, high)}`)
            .join(", "),
          percent(share),
        ]),
        ...(effects.factors.length > 1 ? [["settings together", "", percent(effects.interactions)]] : []),
        ["seed", "", percent(effects.seeds)],
        ["chance", "", percent(effects.rest)],
      ],
      words: 2,
      notes: [
        "Means over all other settings and seeds, in brackets their bootstrap interval (BCa, 95 %) over the seeds.",
      ],
    },
  ];
}

/** How long it takes to a score. */
export function timeToTable({ task, measure, timeTo: { target, variants } }: StudyTaskSummary): TextTable[] {
  if (variants.length === 0) return [];
  const columns = (["generations", "evaluations", "seconds"] as const).filter((column) =>
    variants.some((variant) => variant[column] !== undefined),
  );
  return [
    {
      title: `${task}: until the champion has ${formatMeasure(target, measure)} on validation data`,
      head: ["", "reached", ...columns.map((column) => UNITS[column].title)],
      rows: variants.map((variant) => [
        variant.name,
        `${variant.generations.reached} of ${variant.generations.runs}`,
        ...columns.map((column) => writeTimeTo(variant[column], writerOf(UNITS[column].kind, measure))),
      ]),
      notes: [
        "Medians of all runs, in brackets the first and third quartile; - where too few get there for it to be known.",
      ],
    },
  ];
}

/** 611 ± 210 of one run, 611 (580 to 640) of several. */
function writeFigure(summary: FigureSummary | undefined, writer: Writer, isCost = false): string {
  if (summary === undefined) return "-";
  const { count, low, median, high, deviation } = summary;
  if (count > 1 && !isCost) return writer.range(median, low, high);
  return deviation === undefined ? writer.value(median) : writer.spread(median, deviation);
}

function writeTimeTo(times: TimeTo | undefined, { value }: Writer): string {
  if (times?.median === undefined) return "-";
  const { low, median, high } = times;
  return `${value(median)} (${low === undefined ? "-" : value(low)} to ${high === undefined ? "-" : value(high)})`;
}
