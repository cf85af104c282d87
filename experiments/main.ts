/**
 * Runs an experiment: `npm run experiment <name> [-- --quick]`.
 *
 * An experiment is a folder with plan.json, the plan of a study, and README.md, whose results stand between two markers
 * and are written here. The study is made in studies/<name>, and gone on with where it is there; what it found is kept
 * beside the plan, in study.json. A quick run is of the plan's small version, and writes nothing.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { completePlan, isStudyFolder, readPlan, readStudy } from "precocial";
import { picturesOf, readExperiment, tableOf } from "./tables.ts";

const names = readdirSync(import.meta.dirname).filter((entry) =>
  existsSync(join(import.meta.dirname, entry, "plan.json")),
);
const [name, ...flags] = process.argv.slice(2);
if (!names.includes(name)) stop(`Unknown experiment ${JSON.stringify(name)}. Known: ${names.join(", ")}.`);
const quick = flags.includes("--quick");
const folder = join(import.meta.dirname, name);
const root = join(import.meta.dirname, "..");
const parent = quick ? mkdtempSync(join(tmpdir(), "precocial-experiment-")) : join(root, "studies");
if (quick) process.on("exit", () => rmSync(parent, { recursive: true }));
const study = join(parent, name);
const plan = join(folder, "plan.json");

const isBegun = isStudyFolder(study);
if (
  isBegun &&
  !isDeepStrictEqual(await readPlan(study), await completePlan(JSON.parse(readFileSync(plan, "utf8")), plan))
) {
  stop(`The study in ${study} has another plan: remove it to have it made anew.`);
}
const words = isBegun ? [study] : [plan, "--out", study, ...(quick ? ["--quick"] : [])];
const conducted = spawnSync(process.execPath, [join(root, "dist/cli/main.js"), "study", ...words], {
  stdio: ["ignore", 2, 2],
});
if (conducted.status !== 0) process.exit(conducted.status ?? 1);
if (quick) {
  console.log(tableOf({ ...readExperiment(folder), recorded: undefined, record: readStudy(study).record }));
} else {
  copyFileSync(join(study, "study.json"), join(folder, "study.json"));
  const experiment = readExperiment(folder);
  const readme = join(folder, "README.md");
  const [before, , after] = readFileSync(readme, "utf8").split(/<!-- results(?: end)? -->/);
  writeFileSync(readme, `${before}<!-- results -->\n\n${tableOf(experiment)}\n\n<!-- results end -->${after}`);
  for (const [file, svg] of Object.entries(picturesOf(experiment))) writeFileSync(join(folder, file), svg);
}

function stop(message: string): never {
  console.error(message);
  process.exit(2);
}
