/** The page of a study: what is better and how sure that is, which setting matters, how the runs went. */
import {
  behavioursOf,
  figuresOf,
  LEVEL,
  leastP,
  MAIN_FIGURES,
  type StudyTaskSummary,
  summarizeStudy,
} from "../../../src/index.ts";
import type { StudyData } from "../../study-data.ts";
import { choice, html } from "../html.ts";
import { notice } from "../texts.ts";
import { createCurvesPart } from "./curves.ts";
import { createEffectsPart } from "./effects.ts";
import { createFiguresPart } from "./figures.ts";
import { createRunsPart } from "./runs.ts";
import { createTimesPart } from "./times.ts";

/** The page of a study. */
export interface StudyView {
  readonly element: HTMLElement;
  show(study: StudyData): void;
}

/** Figures that the page can be by. */
const SHOWN_FIGURES = [
  ...MAIN_FIGURES,
  "randomWeights",
  "train",
  "validation",
  "connections",
  "generations",
  "seconds",
];

/** @param open shows a run of the study by its name; undefined where runs cannot be had */
export function createStudyView(open?: (name: string) => void): StudyView {
  let study: StudyData = { name: "" };
  let task = "";
  let figure: string | undefined;
  let target: number | undefined;
  const head = html("section", { class: "title" });
  const tasks = choice("Task", (name) => {
    [task, figure, target] = [name, undefined, undefined];
    redraw();
  });
  const figures = choice("Figure", (name) => {
    figure = name;
    redraw();
  });
  const better = html("section", { id: "better" }, html("h2", {}, "Which is better"), tasks.element, figures.element);
  const figuresPart = createFiguresPart();
  better.append(figuresPart.element);
  const timesPart = createTimesPart((score) => {
    target = score;
    redraw();
  });
  const parts = [figuresPart, createEffectsPart(), createCurvesPart(), timesPart, createRunsPart()];
  const body = html("div", {}, better, ...parts.slice(1).map(({ element }) => element));
  const empty = notice("No run of this study was measured yet: figures appear with the first one.");

  const redraw = () => {
    const { record, timings, runs } = study;
    const summaries = record ? summarizeStudy(record, timings, { target }) : [];
    head.replaceChildren(...headOf(study, summaries));
    body.hidden = summaries.length === 0;
    empty.hidden = summaries.length > 0;
    if (record === undefined || summaries.length === 0) return;
    const first = summaries.find((summary) => summary.task === task) ?? summaries[0];
    task = first.task;
    const there = figuresThere(first);
    figure = figure !== undefined && there.includes(figure) ? figure : first.figure;
    const chosen =
      figure === first.figure
        ? first
        : (summarizeStudy(record, timings, { target, figure }).find((summary) => summary.task === task) ?? first);
    tasks.show(
      summaries.map((summary) => [summary.task, summary.task]),
      task,
    );
    tasks.element.hidden = summaries.length < 2;
    figures.show(
      there.map((name) => [name, figuresOf(first.task)[name].title]),
      figure ?? "",
    );
    const variants = record.variants.filter((variant) => variant.task === task);
    const openRun = (variant: string, seed: number) => {
      const run = runs?.find((one) => one.variant === variant && one.seed === seed);
      if (run) open?.(run.name);
    };
    for (const part of parts) part.show({ study, summary: chosen, variants, open: open && openRun });
  };
  return {
    element: html("div", {}, head, empty, body),
    show(next) {
      study = next;
      redraw();
    },
  };
}

/** Figures that there are: those that only some variants have, such as trained weights, are shown of these. */
function figuresThere({ task, samples }: StudyTaskSummary): string[] {
  const names = [...SHOWN_FIGURES, ...behavioursOf(task).map(({ name }) => name)];
  return names.filter((name) => samples.some(({ figures }) => name in figures));
}

/** The question, and what was done. */
function headOf({ name, record, problems = [] }: StudyData, summaries: readonly StudyTaskSummary[]): HTMLElement[] {
  const variants = record?.variants ?? [];
  const planned = variants.reduce((sum, { seeds }) => sum + seeds.length, 0);
  const last = record?.budgets.values.at(-1);
  const done = record?.results.filter(({ budget }) => budget === last).length ?? 0;
  const seeds = new Set(variants.flatMap((variant) => variant.seeds)).size;
  const lead =
    record === undefined
      ? ""
      : `${variants.length} variants with ${seeds} seeds on ${Object.keys(record.tasks).join(", ")}: ` +
        `${done} of ${planned} runs are done. ${answer(summaries)}`;
  return [
    html("h1", {}, record?.question ?? name),
    html("p", { class: "lead" }, lead),
    ...(problems.length > 0 ? [notice(problems.join(" "))] : []),
  ];
}

/** What a study comes to, in a sentence. */
function answer(summaries: readonly StudyTaskSummary[]): string {
  const tests = summaries.flatMap(({ task, figure = "", comparisons }) =>
    comparisons.map(({ pairs, adjustedP }) => ({
      title: figuresOf(task)[figure].title,
      adjustedP,
      least: leastP(pairs, comparisons.length),
    })),
  );
  if (tests.length === 0) return "";
  const differing = tests.filter(({ adjustedP }) => adjustedP <= LEVEL).length;
  const by = [...new Set(tests.map(({ title }) => title))].join(" and ");
  const beyond = `beyond what chance does (${100 * LEVEL} %)`;
  if (differing > 0) return `By ${by}, ${differing} of ${tests.length} differ from the reference ${beyond}.`;
  if (tests.every(({ least }) => least > LEVEL)) {
    return `There are too few seeds for a test to tell a difference from chance; the intervals say how large it may be.`;
  }
  return `By ${by}, no difference from the reference is ${beyond}.`;
}
