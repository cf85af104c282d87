/** Draws what selection did: where on the fronts parents stood, by generation; and what came of each operator's children. */

import type { Selection } from "../src/index.ts";
import { extent } from "./axis.ts";
import { appendCursor, appendLine, type Chart, type ChartOptions, createChart, seriesStyle } from "./chart.ts";
import type { GenerationRecord } from "./run-data.ts";

/** Points that a line has at most: generations are few dice, so that neighbours are taken together. */
const POINTS = 60;

/** What is told of some generations together. */
export interface SelectionPoint {
  /** The last of them. */
  readonly generation: number;
  /** Share of the children whose parent stood on the best front, and on one of the best three. */
  readonly first: number;
  readonly firstThree: number;
  /** Parents for each child: 1 if no parent has two. */
  readonly parents: number;
}

/** What came of the children that an operator had a part in. */
export interface OperatorShare {
  readonly operator: string;
  readonly children: number;
  /** Of them those that went on to the next generation as elites. */
  readonly elites: number;
}

/** Shares over at most sixty stretches of generations; none of records of before these were kept. */
export function selectionPoints(generations: readonly GenerationRecord[]): SelectionPoint[] {
  const told = generations.flatMap(({ generation, selection }) => (selection ? [{ generation, ...selection }] : []));
  const length = Math.max(1, Math.ceil(told.length / POINTS));
  const points: SelectionPoint[] = [];
  for (let start = 0; start < told.length; start += length) {
    const some = told.slice(start, start + length);
    const children = sum(some.flatMap(({ fronts }) => fronts));
    if (children === 0) continue;
    points.push({
      generation: some[some.length - 1].generation,
      first: sum(some.map(({ fronts }) => fronts[0] ?? 0)) / children,
      firstThree: sum(some.flatMap(({ fronts }) => fronts.slice(0, 3))) / children,
      parents: sum(some.map(({ parents }) => parents)) / children,
    });
  }
  return points;
}

/** What came of each operator's children, that whose children went on most often first. */
export function operatorShares(operators: Selection["operators"]): OperatorShare[] {
  return Object.entries(operators)
    .map(([operator, [children, elites]]) => ({ operator, children, elites }))
    .sort((a, b) => b.elites / b.children - a.elites / a.children);
}

/** Where parents stood, by generation. */
export function chartParents(
  document: Document,
  generations: readonly GenerationRecord[],
  options: ChartOptions = {},
): Chart {
  const points = selectionPoints(generations);
  const lines = [
    { name: "children of the best front", of: (point: SelectionPoint) => point.first },
    { name: "of the best three", of: (point: SelectionPoint) => point.firstThree },
    { name: "parents for each child", of: (point: SelectionPoint) => point.parents },
  ].map((line, index) => ({ ...line, ...seriesStyle(index) }));
  const chart = createChart(
    document,
    "parents",
    "Share of children by the front of their parent, by generation.",
    {
      x: { name: "generation", domain: extent(points.map(({ generation }) => generation)), whole: true, exact: true },
      y: { name: "share", domain: [0, 1] },
    },
    options,
    lines,
  );
  for (const { of, stroke, dash } of lines) {
    appendLine(
      chart,
      points.map((point) => [point.generation, of(point)]),
      { stroke, width: 1.5, dash },
    );
  }
  appendCursor(chart);
  return chart;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
