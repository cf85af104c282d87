/** The package as users get it: packed, installed in an empty folder, run, imported, its types checked, a page bundled. */
import { execFile } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPage, useBrowser } from "./browser/browser.ts";

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
import { compile, type Network } from "precocial/browser";
const config: RunConfig = completeConfig({ task: "swingup" });
const shape: SearchShape = { inputCount: 5, outputCount: 1, outputActivation: 1 };
export const genomes: readonly Genome[] = new Search(shape, { population: config.population }).ask();
export const networks: readonly Network[] = genomes.map(compile);
export const evaluator: Promise<Evaluator> = createPool({ name: "swingup" }, { threads: 1 });
`;

const MISTYPED = `import { createPool } from "precocial";
export const pool = createPool({ name: "swingup" }, { threads: "all" });
`;

/** Bytes of the page of an example, at most, its packages with it: 480 kB before compression. */
const LARGEST_PAGE = 600_000;

/** Where the package is installed. */
let folder: string;
let tarball: string;
const npm = (...words: string[]) => run("npm", words, { cwd: folder });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "precocial-test-"));
  // The tests have built dist already; building it again would pull it from under them.
  await npm("pack", ROOT, "--ignore-scripts", "--silent");
  [tarball] = readdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{"name":"empty","private":true,"type":"module"}');
  await npm("install", `./${tarball}`, "--prefer-offline", "--no-audit", "--no-fund", "--silent");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("npm pack, installed in an empty folder, gives a command and a library", async () => {
  expect(tarball).toMatch(/^precocial-.*\.tgz$/);
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
});

test.each([
  ["nodenext", ["--module", "nodenext"]],
  ["bundler", ["--module", "esnext", "--moduleResolution", "bundler"]],
])("its types are found by module resolution %s, and catch a mistake", async (_, resolution) => {
  writeFileSync(join(folder, "typed.ts"), TYPED);
  const flags = ["--noEmit", "--strict", "--target", "es2023", "--skipLibCheck", ...resolution];
  writeFileSync(join(folder, "mistyped.ts"), MISTYPED);
  const files = ["typed.ts", "mistyped.ts"];
  const { code, stdout } = await run("node", [TSC, ...flags, ...files], { cwd: folder }).catch((error) => error);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^mistyped\.ts\(2,\d+\): error TS2322: Type 'string' is not assignable to type 'number'/);
  // Nothing else: the rest of that mistake is indented.
  expect(stdout.match(/^\S.*error/gm)).toHaveLength(1);
});

test("publint and Are the types wrong? find nothing", async () => {
  const { messages } = await publint({ pkgDir: join(folder, "node_modules/precocial"), pack: false, strict: true });
  expect(messages).toEqual([]);
  const bytes = new Uint8Array(readFileSync(join(folder, tarball)));
  const checked = await checkPackage(createPackageFromTarballData(bytes));
  // The package is of modules alone: what requires it as CommonJS, or resolves as before Node 12, is told so by Node.
  const problems = "problems" in checked ? checked.problems : [{ kind: "no types" }];
  const expected = (problem: object) =>
    ("resolutionKind" in problem && problem.resolutionKind === "node10") ||
    ("kind" in problem && problem.kind === "CJSResolvesToESM");
  expect(problems.filter((problem) => !expected(problem))).toEqual([]);
});

describe("the example page, bundled from the package by Vite", () => {
  const browser = useBrowser();
  let page: string;
  beforeAll(async () => {
    page = join(folder, "page");
    const example = join(ROOT, "examples/champion-page");
    await run("mkdir", [page]);
    for (const name of ["index.html", "main.js"]) copyFileSync(join(example, name), join(page, name));
    copyFileSync(join(ROOT, "docs/champions/swingup.json"), join(page, "champion.json"));
    await build({ root: page, base: "./", configFile: false, logLevel: "error" });
  });

  const scripts = () => readdirSync(join(page, "dist/assets")).filter((name) => name.endsWith(".js"));

  test("has nothing of Node in it, and is small", () => {
    const text = scripts().map((name) => readFileSync(join(page, "dist/assets", name), "utf8"));
    expect(text.join("\n")).not.toMatch(/from\s*["']node:|piscina/);
    const bytes = scripts().reduce((sum, name) => sum + statSync(join(page, "dist/assets", name)).size, 0);
    expect(bytes).toBeLessThan(LARGEST_PAGE);
  });

  test("plays the champion", async () => {
    const server = createServer((request, response) => {
      const path = join(page, "dist", request.url === "/" ? "index.html" : String(request.url));
      if (!existsSync(path)) return void response.writeHead(404).end();
      response.setHeader("content-type", path.endsWith(".js") ? "text/javascript" : "text/html");
      response.end(readFileSync(path));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const { page: shown, errors } = await openPage(browser, `http://127.0.0.1:${port}/`);
      await shown.waitForFunction(() => / after [1-9]\d+ steps$/.test(document.querySelector("output")?.value ?? ""));
      expect(errors.filter((error) => !error.includes("404"))).toEqual([]);
      await shown.close();
    } finally {
      server.close();
    }
  });
});
