/** What of a study is shown, and what the parts of its page have in common. */
import { figuresOf, type StudyTaskSummary, type StudyVariant, writerOf } from "../../../src/index.ts";
import type { StudyData } from "../../study-data.ts";

/** A study as it is shown: one of its tasks, by one figure, with one score to be reached. */
export interface Shown {
  readonly study: StudyData;
  readonly summary: StudyTaskSummary;
  /** Of the task. */
  readonly variants: readonly StudyVariant[];
  /** Shows a run; undefined where runs cannot be had. */
  readonly open?: (variant: string, seed: number) => void;
}

/** A part of the page. */
export interface Part {
  readonly element: HTMLElement;
  show(shown: Shown): void;
}

/** A place of a variant among all of its task, which is its colour. */
export function indexOf({ variants }: Shown, name: string): number {
  return variants.findIndex((variant) => variant.name === name);
}

/** How values of a figure are drawn and written: shares as percentages. */
export interface FigureStyle {
  readonly title: string;
  /** Name and unit of its axis. */
  readonly axis: string;
  /** What values are multiplied with for the axis. */
  readonly factor: number;
  /** Writes a value that was multiplied. */
  text(value: number): string;
}

/** The style of the figure that is shown. */
export function figureStyle({ summary: { task, figure = "", measure, samples } }: Shown): FigureStyle {
  const { title, kind, measure: own = measure } = figuresOf(task)[figure] ?? { title: figure, kind: "count" };
  const isShare = kind === "measure" && own.unit === "share";
  const factor = isShare ? 100 : 1;
  const units = { measure: isShare ? `${own.name}, %` : own.name, count: "count", time: "s" };
  const values = samples.flatMap(({ figures }) => figures[figure]?.median ?? []);
  const writer = writerOf(kind, own, values);
  return { title, axis: `${title} (${units[kind]})`, factor, text: (value) => writer.value(value / factor) };
}
