/** Draws how a champion came about: the score of each of its ancestors, in the colour of the operator that made it. */
import type { LineageStep } from "../src/index.ts";
import { extent } from "./axis.ts";
import { appendLine, type ChartOptions, createChart, seriesStyle } from "./chart.ts";
import { append } from "./svg.ts";
import { colour } from "./theme.ts";

/** What the steps of one operator came to. */
export interface OperatorGain {
  readonly operator: string;
  readonly steps: number;
  /** Of all its steps together. */
  readonly gain: number;
  /** Steps that gained something. */
  readonly better: number;
  /** The largest gain of a step. */
  readonly most: number;
}

/** An operator in words: "insert node". */
export function operatorName(operator: string): string {
  return operator.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** What a step counts as: the name of its operator, or that it took several, whatever they were. */
function kindOf({ operator }: LineageStep): string | null {
  return operator?.includes(" + ") ? "several operators" : operator;
}

/** What each operator came to, the one that gained most first; steps of several operators are counted together. */
export function operatorGains(steps: readonly LineageStep[]): OperatorGain[] {
  const names = [...new Set(steps.flatMap((step) => kindOf(step) ?? []))];
  return names
    .map((name) => {
      const gains = steps.flatMap((step) => (kindOf(step) === name && step.gain !== null ? [step.gain] : []));
      return {
        operator: name,
        steps: gains.length,
        gain: gains.reduce((sum, gain) => sum + gain, 0),
        better: gains.filter((gain) => gain > 0).length,
        most: Math.max(...gains),
      };
    })
    .sort((a, b) => b.gain - a.gain);
}

/** Score of each ancestor by the generation it was born in; the dots name operator, gain and connections. */
export function drawLineage(
  document: Document,
  steps: readonly LineageStep[],
  options: ChartOptions & { readonly scoreName?: string } = {},
): SVGSVGElement {
  const operators = operatorGains(steps).map(({ operator }) => operator);
  const styleOf = (operator: string | null) =>
    operator === null ? colour("ink-soft") : seriesStyle(operators.indexOf(operator)).stroke;
  const chart = createChart(
    document,
    "lineage",
    `The champion's ancestors: ${steps.length} networks, each made from the one before.`,
    {
      x: {
        name: "generation of birth",
        domain: extent(steps.map(({ generation }) => generation)),
        whole: true,
        exact: true,
      },
      y: { name: options.scoreName ?? "score", domain: extent(steps.map(({ score }) => score)) },
    },
    options,
    operators.map((operator) => ({ name: operatorName(operator), stroke: styleOf(operator) })),
  );
  appendLine(
    chart,
    steps.map(({ generation, score }) => [generation, score]),
    { stroke: colour("ink-faint"), width: 1.5 },
  );
  for (const step of steps) {
    const { generation, operator, connections, score, gain } = step;
    const dot = append(chart.data, "circle", {
      class: "ancestor",
      cx: chart.x(generation),
      cy: chart.y(score),
      r: 3.5,
      fill: styleOf(kindOf(step)),
    });
    const how = operator === null ? "" : `, ${operatorName(operator)}`;
    const gained = gain === null ? "" : `, ${gain < 0 ? "" : "+"}${gain.toPrecision(3)}`;
    append(dot, "title", {}, `generation ${generation}${how}${gained}, ${connections} connections`);
  }
  return chart.svg;
}
