/** The README and the documents keep their word: code runs and prints what it says, links lead somewhere, commands exist. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { TASK_NAMES } from "../src/tasks/registry.ts";
import { inProcess } from "./fixtures/command-line.ts";

const ROOT = join(import.meta.dirname, "..");
const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...["docs", "experiments"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
  ),
];
const run = promisify(execFile);
const read = (document: string) => readFileSync(join(ROOT, document), "utf8");

/** The code blocks of a document in a language. */
function blocks(document: string, language: string): string[] {
  return [...read(document).matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , code]) => code);
}

/** Command lines as the documents give them: "search swingup --seed 7". */
function commandLines(document: string): string[] {
  return [...read(document).matchAll(/(?:^|`)(?:npx )?precocial ([a-z][^#`\n]*)/gm)].map(([, words]) => words.trim());
}

/** The command of a line, and the task where it names a built-in one, whose settings are options too. */
function taskCommand(line: string): string {
  const [command, ...words] = line.split(" ");
  const end = words.findIndex((word) => word.startsWith("-"));
  const positionals = words.slice(0, end < 0 ? words.length : end);
  const place = positionals.findIndex((word) => TASK_NAMES.includes(word));
  return [command, ...(place < 0 ? [] : positionals.slice(0, place + 1))].join(" ");
}

describe.each(DOCUMENTS.filter((document) => blocks(document, "js").length > 0))("%s", (document) => {
  test("its code runs and prints the numbers in its comments", async () => {
    for (const code of blocks(document, "js")) {
      // From the root of the repository, where the package is found by its own name.
      const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code], { cwd: ROOT });
      const promised = code
        .split("\n")
        .map((line) => /^\/\/ (-?\d[^(]*?)(?: \(.*\))?$/.exec(line)?.[1])
        .filter((line) => line !== undefined);
      expect(promised.length).toBeGreaterThan(0);
      expect(stdout.trim().split("\n")).toEqual(promised);
    }
  });
});

test.each(DOCUMENTS)("links of %s lead to files that exist", (document) => {
  const links = read(document).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"\s]+)"/g);
  const targets = [...links].map(([, link, attribute]) => (link ?? attribute).split("#")[0]);
  const files = targets.filter((target) => target !== "" && !/^https?:/.test(target));
  const missing = files.filter((file) => !existsSync(join(ROOT, dirname(document), file)));
  expect(missing).toEqual([]);
});

test.each([
  "CONTRIBUTING.md",
  "docs/architecture.md",
  "docs/run-format.md",
  "docs/tasks.md",
  "docs/genome-format.md",
  "docs/studies.md",
  "docs/study-format.md",
])("files named in %s exist", (document) => {
  const names = [...read(document).matchAll(/`((?:src|test|viz|bench|experiments|scripts|docs)\/[\w./-]*)`/g)];
  expect(names.length).toBeGreaterThan(0);
  expect(names.map(([, name]) => name).filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
});

test("every command and option in the documents is one of the command line", async () => {
  // The settings of a module of one's own are options that only this module has (test/cli/own-task.test.ts).
  const lines = DOCUMENTS.flatMap(commandLines).filter((line) => !line.startsWith("<") && !line.includes(" ./"));
  const commands = [...new Set(lines.map((line) => line.split(" ")[0]))];
  expect(commands).toContain("search");
  const asked = [...new Set([...commands, ...lines.map(taskCommand)])];
  for (const words of asked) {
    const [command] = words.split(" ");
    const { code, stdout } = await inProcess([...words.split(" "), "--help"]);
    expect({ words, code }).toEqual({ words, code: 0 });
    expect(stdout).toMatch(new RegExp(`^precocial ${command}\\b`));
    const options = lines
      .filter((line) => taskCommand(line) === words)
      .flatMap((line) => line.match(/--[a-z-]+/g) ?? []);
    for (const option of options) expect(stdout, words).toMatch(new RegExp(`${option}\\b`));
  }
});

test("every command of the command line is in the README", async () => {
  const { stdout } = await inProcess(["--help"]);
  const commands = [...stdout.matchAll(/^ {2}precocial (\w+)/gm)].map(([, command]) => command);
  const named = commandLines("README.md").map((line) => line.split(" ")[0]);
  expect(commands.filter((command) => !named.includes(command))).toEqual([]);
  expect(commands.length).toBeGreaterThan(3);
});

test("the README holds the results that the experiments wrote", async () => {
  await run(process.execPath, [join(ROOT, "scripts/readme.js"), "--check"]);
});

test("every experiment is in the README", () => {
  const names = readdirSync(join(ROOT, "experiments"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const missing = names.filter(({ name }) => !read("README.md").includes(`experiments/${name}/README.md`));
  expect(missing.map(({ name }) => name)).toEqual([]);
});
