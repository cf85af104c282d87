/** `precocial compare <run>...`: evolved and trained networks side by side in one table, with the paper's figures. */
import { checkKnown } from "../base/check.ts";
import { STANDARD_EVALUATION } from "../measure/evaluation.ts";
import { TASKS } from "../tasks/registry.ts";
import { type Command, optionalInteger } from "./command.ts";
import { measureRun } from "./compare-row.ts";
import { comparisonTable, FORMATS, notesOf } from "./compare-table.ts";
import { printResult } from "./output.ts";
import type { ComparisonRow } from "./row-makers.ts";

export const compareCommand: Command = {
  name: "compare",
  usage: "<run..>",
  summary: "Compare runs, evolved and trained, in one table with the paper's figures",
  positionals: { run: { type: "string", array: true, demandOption: true, describe: "Run folders" } },
  options: {
    format: { type: "string", describe: `One of ${FORMATS.join(", ")}`, default: "table" },
    episodes: {
      type: "string",
      describe:
        "Episodes for each standard weight (other conditions: 20 times as many), or draws of weights; default: as a " +
        `run was measured at its end, else ${STANDARD_EVALUATION.episodes}`,
    },
    seed: { type: "string", describe: "Seed of weights and episodes; default: likewise, else 1" },
    "data-dir": { type: "string", describe: "Folder of the data sets, where the runs do not say it" },
    threads: { type: "string", describe: "Worker threads; default: all cores" },
  },
  examples: [
    ["precocial compare runs/mnist-1 runs/two-layer-1", "an evolved network and a trained one"],
    ["precocial compare runs/* --format md", "all runs, as a table in Markdown"],
  ],
  async run(values) {
    const format = values.json === true ? "json" : checkKnown("format", String(values.format), FORMATS);
    const options = {
      episodes: optionalInteger(values, "episodes", 1),
      seed: optionalInteger(values, "seed", 0),
      threads: optionalInteger(values, "threads", 1),
      dataDir: values.dataDir === undefined ? undefined : String(values.dataDir),
    };
    const rows: ComparisonRow[] = [];
    for (const folder of values.run as readonly string[]) rows.push(await measureRun(folder, options));
    const references = [...new Map(rows.map((row) => [row.task, row])).values()].flatMap(({ task, measure }) =>
      (TASKS.find(({ name }) => name === task)?.figures ?? []).map(
        (figures): ComparisonRow => ({ ...figures, kind: "reference", task, measure }),
      ),
    );
    const notes = notesOf(rows);
    const text = format === "json" ? "" : comparisonTable([...rows, ...references], notes, format);
    printResult({ json: format === "json" }, { runs: rows, references, notes }, text);
  },
};
