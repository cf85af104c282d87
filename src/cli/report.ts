/** `precocial report <run or study>`: one HTML file with all there is to see of it. */
import { pathToFileURL } from "node:url";
import { writeReport } from "../view/report.ts";
import { type Command, optionalInteger, PICK_OPTION } from "./command.ts";
import { printResult } from "./output.ts";

export const reportCommand: Command = {
  name: "report",
  positionals: {
    run: { type: "string", demandOption: true, describe: "A run folder, a champion.json, or a study folder" },
    others: { type: "string", array: true, describe: "Other runs, to compare with, or studies" },
  },
  options: {
    ...PICK_OPTION,
    out: {
      type: "string",
      describe:
        "The file to write; default: report.html in the run folder, study.html in the study folder, <its name>.html " +
        "beside a champion.json",
    },
  },
  examples: [
    ["precocial report runs/swingup-1", "runs/swingup-1/report.html, to open or to send to someone"],
    ["precocial report runs/swingup-1 --pick 30", "its best network with at most 30 connections first"],
    ["precocial report runs/swingup-1 runs/swingup-2 --out both.html", "two runs, compared"],
    ["precocial report studies/swingup-1", "studies/swingup-1/study.html"],
  ],
  async run(values) {
    const run = String(values.run);
    const others = ((values.others ?? []) as unknown[]).map(String);
    const out = values.out === undefined ? undefined : String(values.out);
    const report = writeReport(run, { out, others, pick: optionalInteger(values, "pick", 0) });
    const url = pathToFileURL(report).href;
    printResult(values, { run, others, report, url }, `${report}\nOpen it in a browser: ${url}`);
  },
};
