/**
 * `npm run bench`: prints a table; `npm run bench -- --json` one JSON document; a name runs one part only.
 * `npm run bench -- --markdown README.md` also writes the table between the two bench markers of that file.
 * `npm run bench -- --against ../old --rounds 5` runs that clone's bench and this one's in turn and prints ratios.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchAgainst } from "./against.ts";
import { benchBaseline } from "./baseline.ts";
import { benchBiped } from "./biped.ts";
import { benchClassification } from "./classification.ts";
import { benchCluster } from "./cluster.ts";
import { benchEnvironments } from "./environments.ts";
import { benchExport } from "./export.ts";
import { benchGradient } from "./gradient.ts";
import { type Line, machine } from "./measure.ts";
import { benchPage } from "./page.ts";
import { benchRacer } from "./racer.ts";
import { benchSwingup } from "./swingup.ts";
import { benchXor } from "./xor.ts";

const PARTS: Record<string, () => AsyncGenerator<Line>> = {
  swingup: benchSwingup,
  environments: benchEnvironments,
  biped: benchBiped,
  racer: benchRacer,
  cluster: benchCluster,
  classification: benchClassification,
  gradient: benchGradient,
  baseline: benchBaseline,
  export: benchExport,
  page: benchPage,
  xor: benchXor,
};
const MARKERS = /(<!-- bench -->)[\s\S]*(<!-- bench end -->)/;

const { values: options, positionals: chosen } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    markdown: { type: "string" },
    against: { type: "string" },
    rounds: { type: "string", default: "5" },
  },
  allowPositionals: true,
});
const unknown = chosen.find((name) => !(name in PARTS));
if (unknown !== undefined) fail(`Unknown bench ${JSON.stringify(unknown)}. Known: ${Object.keys(PARTS).join(", ")}.`);
if (options.markdown !== undefined && !MARKERS.test(readFileSync(options.markdown, "utf8"))) {
  fail(`Expected the markers "<!-- bench -->" and "<!-- bench end -->" in ${options.markdown}, found none: add them.`);
}

const parts = chosen.length > 0 ? chosen : Object.keys(PARTS);
const rounds = Number(options.rounds);
if (!(rounds >= 1)) fail(`Expected --rounds to be at least 1, got ${options.rounds}.`);
if (options.against !== undefined) {
  if (!existsSync(join(options.against, "dist/index.js")) || !existsSync(join(options.against, "bench/main.ts"))) {
    fail(`Expected a clone with a bench, installed and built, at ${options.against}: run npm ci there.`);
  }
  console.log(machine());
  for (const { name, unit, other, own, ratio, bestRatio } of benchAgainst(options.against, parts, rounds)) {
    const ratios = `${ratio.toFixed(3)} x as good (best rounds ${bestRatio.toFixed(3)})`;
    console.log(`${name.padEnd(56)} ${ratios}  ${digits(other)} then, ${digits(own)} now, ${unit}`);
  }
  process.exit();
}
const lines: Line[] = [];
if (!options.json) console.log(machine());
for (const name of parts) {
  for await (const line of PARTS[name]()) {
    lines.push(line);
    if (options.json) continue;
    const target = line.target ? `  (${line.target})` : "";
    const note = line.note ? `  ${line.note}` : "";
    console.log(`${line.name.padEnd(56)} ${digits(line.value).padStart(8)} ${line.unit}${target}${note}`);
  }
}
if (options.json) console.log(JSON.stringify({ machine: machine(), lines }));
if (options.markdown !== undefined) writeTable(options.markdown);

/** About three digits. */
function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function writeTable(path: string): void {
  const rows = lines.map(({ name, value, unit, target = "", note = "" }) =>
    [name, `${digits(value)} ${unit}`, target, note].join(" | "),
  );
  const table = ["measured | value | wanted | note", "---|---|---|---", ...rows].map((row) => `| ${row} |`).join("\n");
  const text = readFileSync(path, "utf8");
  const block = `\n\n${machine()}\n\n${table}\n\n`;
  writeFileSync(
    path,
    text.replace(MARKERS, (_, start, end) => `${start}${block}${end}`),
  );
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
