/** `npm run bench`: prints a table; `npm run bench -- --json` one JSON document; a name runs one part only. */

import { benchClassification } from "./classification.ts";
import { type Line, machine } from "./measure.ts";
import { benchSwingup } from "./swingup.ts";

const PARTS: Record<string, () => AsyncGenerator<Line>> = {
  swingup: benchSwingup,
  classification: benchClassification,
};

const json = process.argv.includes("--json");
const chosen = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const unknown = chosen.find((name) => !(name in PARTS));
if (unknown !== undefined) {
  console.error(`Unknown bench ${JSON.stringify(unknown)}. Known: ${Object.keys(PARTS).join(", ")}.`);
  process.exit(2);
}

const lines: Line[] = [];
if (!json) console.log(machine());
for (const name of chosen.length > 0 ? chosen : Object.keys(PARTS)) {
  for await (const line of PARTS[name]()) {
    lines.push(line);
    if (json) continue;
    const value = line.value >= 100 ? line.value.toFixed(0) : line.value.toPrecision(3);
    const target = line.target ? `  (${line.target})` : "";
    console.log(
      `${line.name.padEnd(56)} ${value.padStart(8)} ${line.unit}${target}${line.note ? `  ${line.note}` : ""}`,
    );
  }
}
if (json) console.log(JSON.stringify({ machine: machine(), lines }));
