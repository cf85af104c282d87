/** The package as users get it: packed, installed in an empty folder, run, imported, and its types checked. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { temporaryFolder } from "./fixtures/temporary.ts";

const ROOT = join(import.meta.dirname, "..");
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");
const run = promisify(execFile);

const SCRIPT = `
import { compile, completeConfig, createInlineEvaluator, createPool, createTask, runSearch } from "precocial";
const config = completeConfig({ task: "swingup", population: 12, tournament: 4, generations: 2, episodes: 1 });
const scores = [];
for (const evaluator of [await createInlineEvaluator(createTask({ name: config.task })), await createPool({ name: config.task }, { threads: 1 })]) {
  const { champion } = await runSearch({ config, evaluator });
  scores.push(champion.score, compile(champion.genome).connectionCount);
  await evaluator.close();
}
console.log(JSON.stringify(scores));
`;

const TYPED = `
import { completeConfig, createPool, type Evaluator, type Genome, type RunConfig, Search, type SearchShape } from "precocial";
const config: RunConfig = completeConfig({ task: "swingup" });
const shape: SearchShape = { inputCount: 5, outputCount: 1, outputActivation: 1 };
export const genomes: readonly Genome[] = new Search(shape, { population: config.population }).ask();
export const evaluator: Promise<Evaluator> = createPool({ name: "swingup" }, { threads: 1 });
`;

const MISTYPED = `import { createPool } from "precocial";
export const pool = createPool({ name: "swingup" }, { threads: "all" });
`;

test("npm pack, installed in an empty folder, gives a command, a library and its types", async () => {
  const folder = temporaryFolder();
  const npm = (...words: string[]) => run("npm", words, { cwd: folder });
  // The tests have built dist already; building it again would pull it from under them.
  await npm("pack", ROOT, "--ignore-scripts", "--silent");
  const [tarball] = readdirSync(folder);
  expect(tarball).toMatch(/^precocial-.*\.tgz$/);
  writeFileSync(join(folder, "package.json"), '{"name":"empty","private":true,"type":"module"}');
  await npm("install", `./${tarball}`, "--prefer-offline", "--no-audit", "--no-fund", "--silent");

  const installed = join(folder, "node_modules/precocial");
  expect(
    readdirSync(installed).filter((name) => !/^(dist|package\.json|LICENSE|README\.md|CHANGELOG\.md)$/.test(name)),
  ).toEqual([]);
  expect(existsSync(join(installed, "dist/tasks/process/precocial_env.py"))).toBe(true);
  const { version } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
  const tasks = await run("npx", ["--no-install", "precocial", "tasks", "--json"], { cwd: folder });
  expect(JSON.parse(tasks.stdout)).toContainEqual(expect.objectContaining({ name: "swingup" }));
  expect((await run("npx", ["--no-install", "precocial", "--version"], { cwd: folder })).stdout.trim()).toBe(version);

  writeFileSync(join(folder, "script.js"), SCRIPT);
  const [score, connections, ...pooled] = JSON.parse((await run("node", ["script.js"], { cwd: folder })).stdout);
  expect(score).toBeGreaterThan(0);
  expect(pooled).toEqual([score, connections]);

  writeFileSync(join(folder, "typed.ts"), TYPED);
  const flags = ["--noEmit", "--strict", "--target", "es2023", "--module", "nodenext", "--skipLibCheck"];
  const check = async (file: string) => {
    const { code, stdout, stderr } = await run("node", [TSC, ...flags, file], { cwd: folder }).catch((error) => error);
    return { code, stdout, stderr };
  };
  expect(await check("typed.ts")).toEqual({ code: undefined, stdout: "", stderr: "" });
  writeFileSync(join(folder, "mistyped.ts"), MISTYPED);
  const mistyped = await check("mistyped.ts");
  expect(mistyped.code).toBe(1);
  expect(mistyped.stdout).toMatch(
    /^mistyped\.ts\(2,\d+\): error TS2322: Type 'string' is not assignable to type 'number'/,
  );
});
