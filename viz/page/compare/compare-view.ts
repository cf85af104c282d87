/** Runs beside each other, by task: their courses on one axis with what others have published, their figures, their settings. */
import { group } from "d3";
import { figuresTable, summarizeTask } from "../../../src/index.ts";
import { drawComparison, type Pace, type Quantity, taskName } from "../../compare.ts";
import { type RunData, totalsOf } from "../../run-data.ts";
import { createChartView } from "../chart-view.ts";
import { choice, html } from "../html.ts";
import { tableElement } from "../table.ts";
import { settingsTable } from "./settings-table.ts";

const QUANTITIES: readonly (readonly [Quantity, string])[] = [
  ["champion", "Champion"],
  ["best", "Best of the generation"],
  ["median", "Median"],
  ["connections", "Connections"],
];
const PACES: readonly (readonly [Pace, string])[] = [
  ["generations", "by generation"],
  ["steps", "by evaluations"],
  ["seconds", "by time"],
];

/** Runs beside each other. */
export interface CompareView {
  readonly element: HTMLElement;
  /** Shows the runs as they are now. */
  show(runs: readonly RunData[]): void;
}

export function createCompareView(): CompareView {
  const element = html("div", { class: "comparison-view" });
  const sections = new Map<string, CompareView>();
  return {
    element,
    show(runs) {
      for (const task of new Set(runs.map(taskName))) {
        const section = sections.get(task) ?? createTaskSection(task);
        if (!sections.has(task)) element.append(section.element);
        sections.set(task, section);
        section.show(runs.filter((run) => taskName(run) === task));
      }
    },
  };
}

/** The runs of one task. */
function createTaskSection(task: string): CompareView {
  let runs: readonly RunData[] = [];
  let quantity: Quantity = "champion";
  let pace: Pace = "generations";
  const chart = createChartView(
    (options) => drawComparison(document, runs, { ...options, height: 340, quantity, pace }),
    {
      name: `${task}-comparison`,
    },
  );
  const figures = html("div", { class: "card below" });
  const settings = html("div", { class: "card below" });
  const quantities = choice(`What of ${task}`, (name) => {
    quantity = name as Quantity;
    redraw();
  });
  const paces = choice(`By what, of ${task}`, (name) => {
    pace = name as Pace;
    redraw();
  });
  const redraw = () => {
    quantities.show(QUANTITIES, quantity);
    paces.show(PACES, pace);
    chart.redraw();
  };
  return {
    element: html(
      "section",
      { class: "task-comparison", "data-task": task },
      html("h2", {}, task),
      html("div", { class: "axes-choice" }, quantities.element, paces.element),
      html("div", { class: "card" }, chart.element),
      figures,
      settings,
    ),
    show(next) {
      runs = next;
      redraw();
      const table = figuresOfRuns(task, runs);
      figures.hidden = table === undefined;
      figures.replaceChildren(html("h3", {}, "What they come to, on what they never saw"), table ?? "");
      settings.replaceChildren(html("h3", {}, "Settings"), settingsTable(runs));
    },
  };
}

/** The table of `precocial compare`: runs that differ only in their seed are one row. */
function figuresOfRuns(task: string, runs: readonly RunData[]): HTMLElement | undefined {
  const measured = runs.filter(({ evaluation }) => evaluation !== undefined);
  const groups = group(measured, ({ config }) => JSON.stringify({ ...config, seed: undefined }));
  const samples = [...groups.values()].map((alike) => ({
    name: alike.length === 1 ? alike[0].name : `${alike[0].name} and ${alike.length - 1} more`,
    runs: alike.map(sampleRun),
  }));
  const measure = measured[0]?.evaluation?.measure;
  return measure && tableElement(figuresTable(summarizeTask(task, { description: "", ...measure }, samples)));
}

function sampleRun(run: RunData) {
  const { figures = {}, size } = run.evaluation ?? {};
  const { train: _, validation: __, test, ...conditions } = figures;
  const means = Object.entries({ ...conditions, ...(test && { trainedWeights: test }) });
  const { steps, seconds } = totalsOf(run);
  const costs = { ...(size !== undefined && { connections: size }), ...(steps > 0 && { steps }), seconds };
  return {
    seed: Number(run.config?.seed ?? 0),
    figures: { ...Object.fromEntries(means.map(([name, { mean }]) => [name, mean])), ...costs },
    deviations: Object.fromEntries(means.flatMap(([name, { std }]) => (std === undefined ? [] : [[name, std]]))),
  };
}
