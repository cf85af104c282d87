/** Trainings of networks as a table with the reference beside it, and their learning curves as a picture. */
import { mean } from "precocial";
import { drawCurves } from "../viz/curves.ts";
import { svgFile } from "../viz/draw.ts";
import { createPlainDocument } from "../viz/plain-document.ts";
import { type Plan, type Row, type Variant, variantName } from "./baseline.ts";

const PARTS = ["train", "validation", "test"] as const;

/** The table as Markdown: a row for each variant with the seeds of all, and one more with all seeds where it is a draw. */
export function table(rows: readonly Row[], plan: Plan): string {
  const lines = plan.variants.flatMap((variant) => {
    const all = rows.filter((row) => row.variant === variantName(variant));
    const first = all.filter(({ seed }) => plan.seeds.includes(seed));
    return [line(variant, first), ...(variant.draw ? [line(variant, all)] : [])];
  });
  return [
    "| | seeds | training | validation | test | reference | largest difference |",
    "|---|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}

function line(variant: Variant, rows: readonly Row[]): string {
  const { reference, tolerance, draw } = variant;
  const cells = PARTS.map((part) => {
    const values = rows.map((row) => row[part]);
    return `${show(mean(values))} (${show(Math.min(...values))} to ${show(Math.max(...values))})`;
  });
  const difference = Math.max(
    ...PARTS.map((part) => Math.abs((reference[part] ?? Number.NaN) - mean(rows.map((row) => row[part])))).filter(
      Number.isFinite,
    ),
  );
  const expected = PARTS.map((part) => (reference[part] === undefined ? "-" : show(reference[part]))).join(" / ");
  const verdict = `${show(difference)}, ${difference <= tolerance ? "within" : "**not within**"} ${tolerance}`;
  const name = variantName(variant) + (draw ? " (a draw)" : "");
  return `| ${name} | ${rows.length} | ${cells.join(" | ")} | ${expected} | ${verdict} |`;
}

/** The learning curves as SVG files by name. */
export function pictures(rows: readonly Row[], plan: Plan): Record<string, string> {
  const curves = plan.variants.map((variant) => ({
    name: variantName(variant),
    runs: rows.filter((row) => row.variant === variantName(variant)).map(({ epochs }) => epochs),
  }));
  return { "curves.svg": svgFile(drawCurves(createPlainDocument(), curves, { from: plan.curvesFrom }).outerHTML) };
}

function show(accuracy: number): string {
  return accuracy.toFixed(4).replace(/^0/, "");
}
