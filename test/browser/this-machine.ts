/** The machine at hand, as find-browser.ts and get-browser.ts see it. */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { Workshop } from "./get-browser.ts";

export const THIS_MACHINE: Workshop = {
  platform: process.platform,
  env: process.env,
  downloaded: chromium.executablePath(),
  isRoot: process.getuid?.() === 0,
  playwright: [process.execPath, join(import.meta.dirname, "../../node_modules/playwright-core/cli.js")],
  isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false,
  run(command, words, env) {
    // Standard output is for the reports of the tests.
    const { status } = spawnSync(command, words, { env: { ...process.env, ...env }, stdio: ["ignore", 2, 2] });
    return status ?? undefined;
  },
  say: (line) => console.error(line),
};
