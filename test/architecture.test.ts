/** The floors of DESIGN.md: imports go down only and in no circle, and the lower floors run in a browser too. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, test } from "vitest";
import { TASK_NAMES } from "../src/tasks/registry.ts";

const ROOT = join(import.meta.dirname, "..");
const FLOORS = [
  ["base"],
  ["genome", "kernel"],
  ["network", "data"],
  ["tasks"],
  ["evaluation", "search"],
  ["tuning", "baseline"],
  ["measure", "formats", "files"],
  ["run"],
  ["cluster"],
  ["study"],
  ["view"],
  ["cli"],
];
/** Folders for Node alone; all others run in a browser too. */
const NODE_FOLDERS = ["files", "run", "cluster", "study", "view", "cli"];
/** Where threads are started, and what runs in them. */
const THREADS = /^src\/evaluation\/(threads[\w-]*|([\w-]+-)?worker)\.ts$/;
/** The list of what is public and runs in a browser. */
const BROWSER = "src/browser.ts";
/** Packages for Node alone. */
const NODE_PACKAGES = ["piscina", "yargs", "cli-progress", "env-paths", "sharp", "bullmq", "ioredis"];

/** What a file takes from elsewhere: `specifiers` as written in its import lines. */
interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly specifiers: readonly string[];
}

/** The specifiers of all imports and re-exports, dynamic and type-only ones included. */
function specifiersOf(text: string): string[] {
  const code = text.replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g)].map(([, specifier]) => specifier);
}

function folderOf(path: string): string {
  const [top, folder, ...rest] = path.split("/");
  return top === "src" && rest.length > 0 ? folder : top;
}

function floorOf(path: string): number {
  return FLOORS.findIndex((folders) => path.startsWith("src/") && folders.includes(folderOf(path)));
}

/** What is wrong with the imports of `files`, a line each that names both files. */
function violations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    targetsOf(file).flatMap((target) => {
      const reason = reasonAgainst(file.path, target);
      return reason === undefined ? [] : [`${file.path} imports ${target}: ${reason}`];
    }),
  );
}

/** What a file imports: files from the root of the repository, packages by name. */
function targetsOf({ path, specifiers }: SourceFile): string[] {
  return specifiers.map((specifier) =>
    specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : specifier,
  );
}

/** Circles of imports among `files`, each by its files in order, `a -> b -> a`; every file on a circle is in one. */
function circles(files: readonly SourceFile[]): string[] {
  const imports = new Map(files.map((file) => [file.path, targetsOf(file)]));
  const found: string[] = [];
  const done = new Set<string>();
  const follow = (path: string, way: readonly string[]) => {
    const start = way.indexOf(path);
    if (start >= 0) found.push([...way.slice(start), path].join(" -> "));
    if (start >= 0 || done.has(path)) return;
    // The kernel's AssemblyScript names its files without their ending.
    for (const target of imports.get(path) ?? []) {
      follow(imports.has(target) ? target : `${target}.ts`, [...way, path]);
    }
    done.add(path);
  };
  for (const { path } of files) follow(path, []);
  return found;
}

function reasonAgainst(path: string, target: string): string | undefined {
  if (path.startsWith("viz/")) {
    const inside = target.startsWith("src/") && target !== "src/index.ts";
    return inside ? "only the public API (src/index.ts) may be used here" : undefined;
  }
  if (path.startsWith("experiments/")) {
    return target.startsWith("src/") ? "experiments use the package as users do (precocial)" : undefined;
  }
  if (path === BROWSER) {
    const isNode = NODE_FOLDERS.includes(folderOf(target)) || THREADS.test(target);
    return isNode ? `what a browser runs has nothing of ${NODE_FOLDERS.join(", ")} and the threads` : undefined;
  }
  const floor = floorOf(path);
  if (!target.startsWith("src/")) {
    const isNode = target.startsWith("node:") || NODE_PACKAGES.some((name) => `${target}/`.startsWith(`${name}/`));
    if (!isNode || floor < 0 || NODE_FOLDERS.includes(folderOf(path)) || THREADS.test(path)) return undefined;
    return `only ${NODE_FOLDERS.join(", ")} and the threads may use Node`;
  }
  if (path === "src/index.ts") return folderOf(target) === "cli" ? "the public API has no command line" : undefined;
  const [from, to] = [folderOf(path), folderOf(target)];
  if (from === to) return undefined;
  const targetFloor = floorOf(target);
  if (floor < 0 || targetFloor < 0) return "it is on no floor";
  if (targetFloor < floor) return undefined;
  return targetFloor > floor
    ? `${from} (floor ${floor}) is below ${to} (floor ${targetFloor})`
    : `${from} and ${to} are neighbours on floor ${floor}`;
}

/** All TypeScript files below a folder of the repository; none if there is no such folder. */
function filesBelow(folder: string): SourceFile[] {
  let names: string[];
  try {
    names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
  return names
    .filter((name) => /\.m?[tj]s$/.test(name) && !/node_modules|\bdist\b/.test(name))
    .map((name) => {
      const path = `${folder}/${name.replaceAll("\\", "/")}`;
      return { path, specifiers: specifiersOf(readFileSync(join(ROOT, path), "utf8")) };
    });
}

test("no file imports upward, sideways or around the public API", () => {
  const files = ["src", "viz", "experiments"].flatMap(filesBelow);
  expect(files.length).toBeGreaterThan(50);
  expect(violations(files)).toEqual([]);
});

test("no imports go in a circle, type-only ones included", () => {
  expect(circles(["src", "viz", "experiments", "bench"].flatMap(filesBelow))).toEqual([]);
});

test("every folder of src is on a floor", () => {
  const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders) expect(FLOORS.flat()).toContain(name);
});

test("every folder of src is in docs/architecture.md, with its purpose", () => {
  const text = readFileSync(join(ROOT, "docs/architecture.md"), "utf8");
  for (const folder of FLOORS.flat()) expect(text).toMatch(new RegExp(`^\\| .src/${folder}. \\| \\w`, "m"));
});

test("no file of src but a list has more than 250 lines, and run without its kinds fewer than 1,000", () => {
  const lines = (path: string) => readFileSync(join(ROOT, path), "utf8").split("\n").length - 1;
  const files = filesBelow("src").map(({ path }) => ({ path, count: lines(path) }));
  // The built kernel, and the list of what is public.
  const lists = ["src/kernel/binary.ts", "src/browser.ts"];
  expect(files.filter(({ path, count }) => count > 250 && !lists.includes(path))).toEqual([]);
  const run = files.filter(({ path }) => path.startsWith("src/run/") && !path.startsWith("src/run/stages/"));
  expect(run.reduce((sum, { count }) => sum + count, 0)).toBeLessThan(1000);
});

test("cli, viz, run and study know no task by name", () => {
  const names = TASK_NAMES.map((name) => `"${name}"`);
  const known = ["src/cli", "src/run", "src/study", "viz"].flatMap(filesBelow).flatMap(({ path }) => {
    const text = readFileSync(join(ROOT, path), "utf8");
    return names.filter((name) => text.includes(name)).map((name) => `${path}: ${name}`);
  });
  expect(known).toEqual([]);
});

describe("the checker itself", () => {
  const check = (path: string, text: string) => violations([{ path, specifiers: specifiersOf(text) }]);

  test.each([
    [
      "src/genome/a.ts",
      'import { b } from "../run/b.ts";',
      "src/genome/a.ts imports src/run/b.ts: genome (floor 1) is below run (floor 7)",
    ],
    [
      "src/base/a.ts",
      'import type { B } from "../genome/b.ts";',
      "src/base/a.ts imports src/genome/b.ts: base (floor 0) is below genome (floor 1)",
    ],
    [
      "src/search/a.ts",
      'export * from "../evaluation/b.ts";',
      "src/search/a.ts imports src/evaluation/b.ts: search and evaluation are neighbours on floor 4",
    ],
    [
      "src/genome/a.ts",
      'const b = await import("../kernel/b.ts");',
      "src/genome/a.ts imports src/kernel/b.ts: genome and kernel are neighbours on floor 1",
    ],
    [
      "src/formats/a.ts",
      'import "../files/b.ts";',
      "src/formats/a.ts imports src/files/b.ts: formats and files are neighbours on floor 6",
    ],
    ["src/run/a.ts", 'import { b } from "../index.ts";', "src/run/a.ts imports src/index.ts: it is on no floor"],
    [
      "src/tasks/a.ts",
      'import { b } from "node:fs";',
      "src/tasks/a.ts imports node:fs: only files, run, cluster, study, view, cli and the threads may use Node",
    ],
    [
      "src/evaluation/inline.ts",
      'import { b } from "piscina";',
      "src/evaluation/inline.ts imports piscina: only files, run, cluster, study, view, cli and the threads may use Node",
    ],
    [
      "src/index.ts",
      'export { b } from "./cli/b.ts";',
      "src/index.ts imports src/cli/b.ts: the public API has no command line",
    ],
    [
      "src/browser.ts",
      'export { b } from "./run/b.ts";',
      "src/browser.ts imports src/run/b.ts: what a browser runs has nothing of files, run, cluster, study, view, cli and the threads",
    ],
    [
      "src/browser.ts",
      'export { b } from "./evaluation/threads.ts";',
      "src/browser.ts imports src/evaluation/threads.ts: what a browser runs has nothing of files, run, cluster, study, view, cli and the threads",
    ],
    [
      "viz/src/a.ts",
      'import { b } from "../../src/genome/b.ts";',
      "viz/src/a.ts imports src/genome/b.ts: only the public API (src/index.ts) may be used here",
    ],
    [
      "experiments/x/run.ts",
      'import {\n  b,\n} from "../../src/run/b.ts";',
      "experiments/x/run.ts imports src/run/b.ts: experiments use the package as users do (precocial)",
    ],
    [
      "experiments/x/table.ts",
      'import type { B } from "../../src/index.ts";',
      "experiments/x/table.ts imports src/index.ts: experiments use the package as users do (precocial)",
    ],
  ])("finds the fault of %s: %s", (path, text, message) => {
    expect(check(path, text)).toEqual([message]);
  });

  test.each([
    ["src/tasks/a.ts", 'import { b } from "../kernel/b.ts";'],
    ["src/network/a.ts", 'import { b } from "../kernel/b.ts";\nimport { c } from "./c.ts";'],
    ["src/evaluation/threads.ts", 'import { b } from "node:os";\nimport { Piscina } from "piscina";'],
    ["src/run/a.ts", 'import { b } from "node:fs";\nimport { c } from "../base/c.ts";'],
    ["src/index.ts", 'export { b } from "./run/b.ts";\nexport * from "./browser.ts";'],
    ["src/browser.ts", 'export { b } from "./evaluation/inline.ts";'],
    ["viz/a.ts", 'import { b } from "../src/index.ts";\nimport { c } from "./c.ts";'],
    ["experiments/x/run.ts", 'import { b } from "precocial";\nexport { c } from "../../viz/draw.ts";'],
    ["src/base/a.ts", ' * import { b } from "../cli/b.ts";\n// from "../cli/b.ts"'],
  ])("finds nothing in %s: %s", (path, text) => {
    expect(check(path, text)).toEqual([]);
  });

  test.each<[Record<string, string>, string[]]>([
    [{ a: "b", b: "a" }, ["a -> b -> a"]],
    [{ a: "a" }, ["a -> a"]],
    [{ a: "b", b: "c", c: "b d", d: "" }, ["b -> c -> b"]],
    [{ a: "b c", b: "a", c: "a" }, ["a -> b -> a", "a -> c -> a"]],
    [{ a: "b c", b: "d", c: "d", d: "" }, []],
  ])("in the imports %j finds the circles %j", (imports, found) => {
    const files = Object.entries(imports).map(([name, others]) => {
      const lines = others.split(" ").map((other) => `import type { X } from "./${other}.ts";`);
      return { path: `src/search/${name}.ts`, specifiers: others === "" ? [] : specifiersOf(lines.join("\n")) };
    });
    expect(circles(files).map((circle) => circle.replace(/src\/search\/(\w)\.ts/g, "$1"))).toEqual(found);
  });

  test("finds circles of the kernel's files, which are named without their ending", () => {
    const file = (name: string, other: string) => ({ path: `src/kernel/assembly/${name}.ts`, specifiers: [other] });
    expect(circles([file("a", "./b"), file("b", "./a")])).toEqual([
      "src/kernel/assembly/a.ts -> src/kernel/assembly/b.ts -> src/kernel/assembly/a.ts",
    ]);
  });
});
