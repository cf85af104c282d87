/**
 * Bundles src/ and the packages it imports to dist/: one file for each way in, and the modules that they share in
 * dist/shared/, so that Node opens few files at a start and all ways in have one copy of each module. The licenses of the
 * packages are in dist/LICENSES.md. For browsers there is dist/browser.js, whose packages are left to who bundles a page.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "..");

/** The library, the program, its command line, and what runs in threads and processes of their own. */
const WAYS_IN = [
  "index",
  "cli/main",
  "cli/command-line",
  "evaluation/worker",
  "evaluation/check-worker",
  "study/worker",
];

/** Packages that stay packages, since they have threads, programs or native code of their own. */
const OUTSIDE = ["piscina", "open", "sharp", "@resvg/resvg-js", "bullmq", "ioredis"];

const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
/** All packages, and parts of them. */
const PACKAGES = Object.keys(dependencies).map((name) => new RegExp(`^${name}(/|$)`));

/** What the command line needs before it knows its command. */
const FIRST = {
  name: "first",
  test: /src\/(base\/(errors|nearest)|run\/version|cli\/(kebab|output))\.ts$/,
  priority: 2,
};
/** What a worker thread needs: the floors up to evaluation, without the side that starts threads. */
const CORE = {
  name: "core",
  test: /src\/(base|genome|kernel|network|data|tasks|evaluation)\/(?!(check-)?worker\.ts|threads(-check)?\.ts)/,
  priority: 1,
};
/** What nearly all other ways in use most of; not they themselves, which do their work as they are loaded. */
const ENGINE = { name: "engine", test: /src\/(?!cli|view|study)\w+\/(?!(check-)?worker\.ts)/ };

const { output } = await build({
  root,
  configFile: false,
  logLevel: "warn",
  ssr: { noExternal: true, external: OUTSIDE },
  build: {
    outDir: "dist",
    emptyOutDir: false,
    ssr: true,
    target: "node20.19",
    minify: false,
    sourcemap: true,
    license: { fileName: "LICENSES.md" },
    rolldownOptions: {
      input: Object.fromEntries(WAYS_IN.map((name) => [name, join(root, `src/${name}.ts`)])),
      preserveEntrySignatures: "strict",
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "shared/[name].js",
        codeSplitting: { groups: [FIRST, CORE, ENGINE] },
      },
    },
  },
});

// For browsers, apart: what it shares with the other ways in is Node's in part.
await build({
  root,
  configFile: false,
  logLevel: "warn",
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2022",
    minify: false,
    sourcemap: true,
    lib: { entry: join(root, "src/browser.ts"), formats: ["es"], fileName: "browser" },
    rolldownOptions: { external: PACKAGES, output: { chunkFileNames: "browser-[name].js" } },
  },
});

// Files are named as seen from a folder of src (../tasks/process), and so have to be from a folder of dist.
for (const { fileName, code } of output) {
  if (!fileName.includes("/") && code?.includes("import.meta")) {
    throw new Error(`Expected no import.meta in dist/${fileName}, which lies beside the folders: it names files.`);
  }
}
