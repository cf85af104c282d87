/** What is known of a champion in words, for the heading of what it is written as; and numbers in few digits. */
import { f32 } from "../base/float32.ts";
import { counted } from "../base/numbers.ts";
import type { ColumnEncoding } from "../data/table/encoding.ts";
import type { PortableChampion } from "./format.ts";
import type { Wiring } from "./wiring.ts";

/** The shortest decimal that is this single again. */
export function single(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (f32(Number(text)) === f32(value)) return text;
  }
  return String(Number(value.toPrecision(9)));
}

/** Names as a list of texts in quotes, as both JavaScript and Python have it. */
export function quoted(names: readonly string[]): string {
  return `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;
}

/** The lines of a heading: what it is, what it scored, what inputs and outputs are. Each a sentence or two. */
export function headingOf({ champion, inputs, outputs, connectionCount, weights }: Wiring): string[] {
  const { task, version, score, weights: scoredAt = [], scoresByWeight = [] } = champion;
  const ofTask = task === undefined ? "" : ` for the task ${task}`;
  const by = `Precocial${version === undefined ? "" : ` ${version}`}`;
  const scores = scoredAt.map((weight, index) => `${weight}: ${short(scoresByWeight[index])}`).join(", ");
  const lines = [
    `A network of ${counted(connectionCount, "connection")}${ofTask}, written by ${by}.`,
    "",
    ...(score === undefined ? [] : [`Validation score ${short(score)}${scores && ` (by shared weight, ${scores})`}.`]),
    WEIGHTS[weights.kind](weights.kind === "own" ? "" : single(weights.value)),
    "",
    ...describeInputs(champion, inputs),
    "",
    `Outputs: ${outputs.map(({ name }, index) => `${index + 1} ${name}`).join(", ")}.${describeTarget(champion)}`,
  ];
  return lines.map(oneLine);
}

/** A name, which may be anything, as part of a line. */
export function oneLine(name: string): string {
  return name.replace(/\s+/g, " ");
}

const WEIGHTS = {
  input: (value: string) => `All connections share one weight, ${value} unless another is given.`,
  fixed: (value: string) => `All connections share the weight ${value}.`,
  own: () => "Each connection has a weight of its own.",
} as const;

/** What inputs are, and how they are made of what they are measured from. */
export function describeInputs({ image, table }: PortableChampion, inputs: readonly string[]): string[] {
  if (image !== undefined) {
    return [`Inputs: the pixels of an image of ${image.width} x ${image.height}, row by row, 0 paper to 1 ink.`];
  }
  const list = `Inputs: ${inputs.map((name, index) => `${index + 1} ${name}`).join(", ")}.`;
  if (table === undefined) return [list];
  return [
    list,
    "How they are made of a row of the table:",
    ...table.columns.map((column) => `- ${describeColumn(column)}`),
  ];
}

function describeColumn(column: ColumnEncoding): string {
  if (column.kind === "numeric") {
    const { name, mean, deviation, fill } = column;
    return `${name}: (value - ${short(mean)}) / ${short(deviation)}, a missing value being ${short(fill)}`;
  }
  const more = [column.other && "any other value", column.missing && "a missing value"].filter(Boolean);
  return `${column.name}: an input for each of ${[...column.values, ...more].join(", ")}, 1 where it is that and 0 elsewhere`;
}

function describeTarget({ table }: PortableChampion): string {
  if (table?.target.kind !== "number") return "";
  const { name, mean, deviation } = table.target;
  return ` ${name} is ${short(mean)} + ${short(deviation)} x the output.`;
}

/** About six digits. */
function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}
