/**
 * `npm run experiment scale`: simulates generations of large populations on 10 to 10,000 workers from measured times, and
 * writes table and figure. `-- --measure` measures those times first, `-- --quick` writes nothing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { appendLine, createChart } from "../../viz/chart.ts";
import { createPlainDocument } from "../../viz/plain-document.ts";
import { svgFile } from "../../viz/svg-file.ts";
import { seriesColour } from "../../viz/theme.ts";
import { measureAll } from "./measure.ts";
import { type Conditions, generational, steadyState, type Work } from "./simulate.ts";

const WORKERS = [10, 30, 100, 300, 1000, 3000, 10_000];
/** Seconds of the sender for each job: measured by `npm run bench -- cluster` beside other work, ranking and varying included. */
const PER_JOB = 0.005;
const CONDITIONS: readonly Conditions[] = [
  { name: "alike, in one room", latency: 0.0003, perJob: PER_JOB, slow: 0, lost: 0 },
  { name: "5 % half as fast, 1 job in 10,000 lost", latency: 0.0003, perJob: PER_JOB, slow: 0.05, lost: 0.0001 },
  { name: "the same, 30 ms away", latency: 0.03, perJob: PER_JOB, slow: 0.05, lost: 0.0001 },
];
/** Networks of a generation, in turn those that were measured. */
const POPULATIONS: Readonly<Record<string, readonly number[]>> = { swingup: [192], biped: [192, 1920] };
/** Workers of an island that has a population and a sender of its own. */
const ISLAND = 30;

/** A row: a task, a population, conditions, and the share of the workers' time that scores networks. */
interface Row {
  readonly name: string;
  readonly shares: readonly number[];
}

/** What was measured, for each population. */
function works(): Work[] {
  const measured: Work[] = JSON.parse(readFileSync(join(import.meta.dirname, "times.json"), "utf8"));
  return measured.flatMap((work) =>
    POPULATIONS[work.task].map((population) => ({
      ...work,
      seconds: Array.from({ length: population }, (_, network) => work.seconds[network % work.seconds.length]),
    })),
  );
}

/** All rows of the table. */
export function rows(): Row[] {
  return works().flatMap((work) => {
    const { task, seconds } = work;
    const title = `${task}, ${seconds.length.toLocaleString("en-US")} networks`;
    const [, usual] = CONDITIONS;
    const island = generational(work, ISLAND, usual);
    return [
      ...CONDITIONS.map((conditions) => ({
        name: `${title}: ${conditions.name}`,
        shares: WORKERS.map((workers) => generational(work, workers, conditions)),
      })),
      {
        name: `${title}: islands of ${ISLAND} workers`,
        shares: WORKERS.map((workers) => (workers < ISLAND ? Number.NaN : island)),
      },
      { name: `${title}: steady state`, shares: WORKERS.map((workers) => steadyState(work, workers, usual)) },
    ];
  });
}

/** The table, in Markdown: percent of the workers' time. */
export function table(all: readonly Row[]): string {
  const cells = ({ name, shares }: Row) => [
    name,
    ...shares.map((share) => (Number.isNaN(share) ? "-" : percent(share))),
  ];
  const head = ["workers", ...WORKERS.map((workers) => workers.toLocaleString("en-US"))];
  const lines = [head, ["---", ...WORKERS.map(() => "---:")], ...all.map(cells)];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function percent(share: number): string {
  return share >= 0.1 ? (100 * share).toFixed(0) : (100 * share).toPrecision(1);
}

/** The figure: the usual conditions, islands and steady state of the largest generation. */
export function figure(all: readonly Row[]): string {
  // Of five rows all but that of a line far away.
  const drawn = all.slice(-5).filter((_, index) => index !== 2);
  const legend = drawn.map(({ name }, index) => ({ name: name.split(": ")[1], stroke: seriesColour(index) }));
  const chart = createChart(
    createPlainDocument(),
    "scale",
    "Share of the workers' time that scores networks, by the number of workers.",
    {
      x: { name: "workers", domain: [WORKERS[0], WORKERS[WORKERS.length - 1]], log: true },
      y: { name: "time that scores networks (%)", domain: [0, 100] },
    },
    { height: 300 },
    legend,
  );
  drawn.forEach(({ shares }, index) => {
    const points = WORKERS.map((workers, place) => [workers, 100 * shares[place]] as const);
    appendLine(
      chart,
      points.filter(([, share]) => !Number.isNaN(share)),
      { stroke: seriesColour(index), width: 2 },
    );
  });
  return svgFile(chart.svg.outerHTML);
}

/** Simulates, and writes what it came to, unless it is only to be shown. */
export async function main(flag: string | undefined): Promise<void> {
  if (flag === "--measure") await measureAll();
  const all = rows();
  console.log(table(all));
  if (flag === "--quick") return;
  const readme = join(import.meta.dirname, "README.md");
  const [before, , after] = readFileSync(readme, "utf8").split(/<!-- results(?: end)? -->/);
  writeFileSync(readme, `${before}<!-- results -->\n\n${table(all)}\n\n<!-- results end -->${after}`);
  writeFileSync(join(import.meta.dirname, "scale.svg"), figure(all));
}
