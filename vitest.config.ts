/** Test settings: one folder of tests; those that need the built package find it in dist/. */
import { defineConfig } from "vitest/config";
import { temporaryVariable } from "./test/memory.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // One more than the cores it is to do with: a quarter of the time a test waits, for a process, a clock or the browser.
    maxWorkers: 3,
    // Files of a worker share what they import: loading it anew for each took more time than most of them.
    isolate: false,
    env: temporaryVariable(),
    // What is built runs as it is: what it imports, it imports as Node does.
    server: { deps: { external: [/\/dist\//] } },
  },
});
