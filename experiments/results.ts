/** From what the study of an experiment found to its table and pictures. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mean, type StudyRecord, studyTables, summarizeStudy, TASKS, writerOf, writeTables } from "precocial";
import { drawCurves } from "../viz/curves.ts";
import { createPlainDocument } from "../viz/plain-document.ts";
import { svgFile } from "../viz/svg-file.ts";
import { drawCourse } from "./course.ts";

/** What an experiment has in its folder. */
export interface Experiment {
  /** study.json. */
  readonly record?: StudyRecord;
  /** recorded.json: results of earlier versions, and in words what made them. */
  readonly recorded?: StudyRecord & { readonly made: string };
  /** references.json: figures that trained networks are held against. */
  readonly references?: References;
  /** Whether README.md shows a picture of how the champions came on. */
  readonly showsCourse?: boolean;
}

/** The picture of how the champions came on. */
const COURSE = "course.svg";

/** Seeds that the fewest pairs need to show a difference; with fewer a timed experiment has its runs alone. */
const ENOUGH = 6;

/** Columns of the table by seed. */
const CONDITIONS = [
  ["standard", "six weights"],
  ["randomShared", "random shared weight"],
  ["ensemble", "vote"],
  ["bestShared", "best shared weight"],
  ["linear", "linear regression"],
] as const;

/** Columns of the table beside reference figures. */
const PARTS = ["running", "validation", "test"] as const;

interface References {
  /** By variant. `tolerance`: how near the mean over seeds is to be; `draw`: by its seed the outcome is now this, now that. */
  readonly variants: Readonly<Record<string, Readonly<Record<string, number>> & { draw?: boolean }>>;
  /** Least accuracy in the picture of the learning curves. */
  readonly curvesFrom?: number;
}

/** Reads what there is in the folder of an experiment. */
export function readExperiment(folder: string): Experiment {
  const read = (name: string) => {
    const path = join(folder, name);
    return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
  };
  const readme = join(folder, "README.md");
  return {
    record: read("study.json"),
    recorded: read("recorded.json"),
    references: read("references.json"),
    showsCourse: existsSync(readme) && readFileSync(readme, "utf8").includes(`](${COURSE})`),
  };
}

/** The results as Markdown: by seed where runs are timed, beside reference figures where there are any. */
export function tableOf({ record: own, recorded, references }: Experiment): string {
  const record = own ?? recorded;
  if (record === undefined) return "*Not run yet.*";
  if (references !== undefined) return besideReferences(record, references);
  const isOwn = (old: StudyRecord["results"][number]) =>
    own?.results.some(
      ({ variant, seed, budget }) => variant === old.variant && seed === old.seed && budget === old.budget,
    );
  const kept = recorded?.results.filter((result) => !isOwn(result)) ?? [];
  const all = { ...record, results: [...kept, ...(own?.results ?? [])] };
  const isTimed = record.budgets.unit === "seconds";
  const tables = [
    ...(isTimed ? [bySeed(all, new Set(kept))] : []),
    ...(isTimed && record.variants.every(({ seeds }) => seeds.length < ENOUGH)
      ? []
      : [writeTables(studyTables(summarizeStudy(all)), "md")]),
  ];
  const table = tables.join("\n\n");
  if (kept.length === 0) return table;
  return `${table}\n\n${record.budgets.unit === "seconds" ? "\\* " : ""}Recorded, made ${recorded?.made}.`;
}

/** Every run after every time, and what was published. @param old results that get a mark */
function bySeed({ variants, results, tasks }: StudyRecord, old: ReadonlySet<object>): string {
  const there = CONDITIONS.filter(([name]) => results.some(({ figures }) => figures[name] !== undefined));
  const rows = variants.flatMap(({ name, task }) => {
    const { value, spread } = writerOf("measure", tasks[task]);
    return results
      .filter(({ variant }) => variant === name)
      .sort((a, b) => a.seed - b.seed || a.budget - b.budget)
      .map((result) => {
        const { seed, budget, figures, deviations } = result;
        const cells = there.map(([condition]) => {
          const [figure, deviation] = [figures[condition], deviations[condition]];
          if (figure === undefined) return "-";
          return deviation === undefined || condition !== "randomShared" ? value(figure) : spread(figure, deviation);
        });
        const settings = `${name}${old.has(result) ? "\\*" : ""}`;
        return [settings, seed, time(budget), figures.generations, figures.connections, ...cells];
      });
  });
  const published = TASKS.filter(({ name }) => name in tasks).flatMap(({ name: task, figures = [] }) =>
    figures
      .filter(({ scores }) => scores.ensemble !== undefined)
      .map(({ name, scores, size = "" }) => [
        ...[`*${name}*`, "", "", "", size],
        ...there.map(([condition]) =>
          condition in scores ? writerOf("measure", tasks[task]).value(scores[condition]) : "-",
        ),
      ]),
  );
  const head = ["settings", "seed", "time", "generations", "connections", ...there.map(([, title]) => title)];
  return markdown(head, [...rows, ...published]);
}

/** 20s, 5m, 1h */
function time(seconds: number): string {
  if (seconds < 60) return `${seconds}s`;
  return seconds < 3600 ? `${seconds / 60}m` : `${seconds / 3600}h`;
}

/** A row for each variant with the seeds of all, and one more with all of its seeds where it is a draw. */
function besideReferences({ variants, results }: StudyRecord, references: References): string {
  const common = variants[0].seeds.filter((seed) => variants.every(({ seeds }) => seeds.includes(seed)));
  const rows = variants.flatMap(({ name, seeds }) =>
    (references.variants[name]?.draw ? [common, seeds] : [common]).map((some) => {
      const figures = results
        .filter(({ variant, seed }) => variant === name && some.includes(seed))
        .map((run) => run.figures);
      return referenceRow(name, figures, references.variants[name]);
    }),
  );
  return markdown(["", "seeds", "training", "validation", "test", "reference", "largest difference"], rows);
}

function referenceRow(
  name: string,
  runs: readonly Readonly<Record<string, number>>[],
  reference: References["variants"][string] = {},
): unknown[] {
  const means = PARTS.map((part) => mean(runs.map((figures) => figures[part])));
  const known = PARTS.map((part, index) => Math.abs(reference[part] - means[index])).filter(Number.isFinite);
  const difference = Math.max(...known);
  const verdict = difference <= reference.tolerance ? "within" : "**not within**";
  return [
    reference.draw ? `${name} (a draw)` : name,
    runs.length,
    ...PARTS.map((part, index) => {
      const values = runs.map((figures) => figures[part]);
      return `${show(means[index])} (${show(Math.min(...values))} to ${show(Math.max(...values))})`;
    }),
    PARTS.map((part) => (reference[part] === undefined ? "-" : show(reference[part]))).join(" / "),
    known.length === 0 ? "-" : `${show(difference)}, ${verdict} ${reference.tolerance}`,
  ];
}

function markdown(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function show(accuracy: number): string {
  return accuracy.toFixed(4).replace(/^0/, "");
}

/** Learning curves of trained networks, and the courses of searches, as SVG files by name. */
export function picturesOf({ record, references, showsCourse }: Experiment): Record<string, string> {
  if (record === undefined) return {};
  const course: Record<string, string> = showsCourse ? { [COURSE]: drawCourse(record) } : {};
  if (references === undefined) return course;
  const curves = record.variants.map(({ name }) => ({
    name,
    runs: record.curves
      .filter(({ variant }) => variant === name)
      .map(({ train = [], validation = [] }) => train.map((accuracy, epoch) => [accuracy, validation[epoch]] as const)),
  }));
  const from = references.curvesFrom;
  return { ...course, "curves.svg": svgFile(drawCurves(createPlainDocument(), curves, { from }).outerHTML) };
}
