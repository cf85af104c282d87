/**
 * Runs an experiment: `npm run experiment <name> [-- --quick | --table]`.
 *
 * An experiment is a folder with plan.json, the plan of a study, and README.md, whose results stand between two markers
 * and are written here. The study is made in studies/<name>, and gone on with where it is there; what it found is kept
 * beside the plan, in study.json. `--quick` makes the plan's small version, and writes nothing; `--table` makes the
 * table and pictures of what is kept. One that is no study has run.ts in place of the plan, which does all that itself.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { completePlan, isStudyFolder, readPlan, readStudy } from "precocial";
import { picturesOf, readExperiment, tableOf } from "./results.ts";

const root = join(import.meta.dirname, "..");
const names = readdirSync(import.meta.dirname).filter((entry) =>
  ["plan.json", "run.ts"].some((file) => existsSync(join(import.meta.dirname, entry, file))),
);
const [name, flag] = process.argv.slice(2);
if (!names.includes(name)) stop(`Unknown experiment ${JSON.stringify(name)}. Known: ${names.join(", ")}.`);
const folder = join(import.meta.dirname, name);

if (existsSync(join(folder, "run.ts"))) {
  const { main } = await import(join(folder, "run.ts"));
  await main(flag);
} else if (flag === "--quick") {
  const place = mkdtempSync(join(tmpdir(), "precocial-experiment-"));
  process.on("exit", () => rmSync(place, { recursive: true }));
  await conduct(join(place, name), flag);
  const { record } = readStudy(join(place, name));
  console.log(tableOf({ ...readExperiment(folder), recorded: undefined, record }));
} else {
  const study = join(root, "studies", name);
  if (flag !== "--table") {
    await conduct(study);
    copyFileSync(join(study, "study.json"), join(folder, "study.json"));
  }
  const experiment = readExperiment(folder);
  const readme = join(folder, "README.md");
  const [before, , after] = readFileSync(readme, "utf8").split(/<!-- results(?: end)? -->/);
  writeFileSync(readme, `${before}<!-- results -->\n\n${tableOf(experiment)}\n\n<!-- results end -->${after}`);
  for (const [file, svg] of Object.entries(picturesOf(experiment))) writeFileSync(join(folder, file), svg);
}

/** Makes the study, or goes on with it, by the command line; ends the program unless it comes to its end. */
async function conduct(study: string, ...flags: string[]): Promise<void> {
  const path = join(folder, "plan.json");
  const isBegun = isStudyFolder(study);
  const plan = await completePlan(JSON.parse(readFileSync(path, "utf8")), path);
  if (isBegun && !isDeepStrictEqual(await readPlan(study), plan)) {
    stop(`The study in ${study} has another plan: remove it to have it made anew.`);
  }
  const words = ["study", ...(isBegun ? [study] : [path, "--out", study, ...flags])];
  const { status } = spawnSync(process.execPath, [join(root, "dist/cli/main.js"), ...words], {
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}

function stop(message: string): never {
  console.error(message);
  process.exit(2);
}
