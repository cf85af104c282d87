/** The README and the documents keep their word: code runs and prints what it says, links lead somewhere, commands exist. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { precocial } from "./fixtures/command-line.ts";

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
  const targets = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target.split("#")[0]);
  const files = targets.filter((target) => target !== "" && !/^https?:/.test(target));
  const missing = files.filter((file) => !existsSync(join(ROOT, dirname(document), file)));
  expect(missing).toEqual([]);
});

test.each(["CONTRIBUTING.md", "docs/architecture.md", "docs/run-format.md", "docs/tasks.md", "docs/genome-format.md"])(
  "files named in %s exist",
  (document) => {
    const names = [...read(document).matchAll(/`((?:src|test|viz|bench|experiments|scripts|docs)\/[\w./-]*)`/g)];
    expect(names.length).toBeGreaterThan(0);
    expect(names.map(([, name]) => name).filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  },
);

test("every command and option in the documents is one of the command line", async () => {
  const lines = DOCUMENTS.flatMap(commandLines).filter((line) => !line.startsWith("<"));
  const commands = [...new Set(lines.map((line) => line.split(" ")[0]))];
  expect(commands).toContain("search");
  for (const command of commands) {
    const { code, stdout } = await precocial([command, "--help"]);
    expect({ command, code }).toEqual({ command, code: 0 });
    expect(stdout).toMatch(new RegExp(`^precocial ${command}\\b`));
    const options = lines
      .filter((line) => line.split(" ")[0] === command)
      .flatMap((line) => line.match(/--[a-z-]+/g) ?? []);
    for (const option of options) expect(stdout).toMatch(new RegExp(`${option}\\b`));
  }
});

test("every command of the command line is in the README", async () => {
  const { stdout } = await precocial(["--help"]);
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
