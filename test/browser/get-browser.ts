/** Gets a browser for the browser tests where there is none: by apt-get as root, else by playwright-core. */
import { findBrowser, REMEDY, type System } from "./find-browser.ts";

/** A machine on which commands can be run. */
export interface Workshop extends System {
  /** Whether this process may install packages. */
  readonly isRoot: boolean;
  /** The command line of playwright-core, as the words before `install`. */
  readonly playwright: readonly [command: string, ...words: string[]];
  /** Runs a command to its end, its output to standard error; gives its exit code, or undefined if it cannot start. */
  run(command: string, words: readonly string[], env: Readonly<Record<string, string>>): number | undefined;
  /** Tells the user a line. */
  say(line: string): void;
}

/** A way to get a browser: commands that follow each other as long as they succeed. */
interface Way {
  readonly name: string;
  readonly commands: readonly (readonly [command: string, ...words: string[]])[];
  readonly env: Readonly<Record<string, string>>;
}

const APT = "/usr/bin/apt-get";
/** Quiet, without questions, waiting a minute for another apt-get to end. */
const APT_OPTIONS = ["-q", "-y", "-o", "DPkg::Lock::Timeout=60"];

/** How a browser can be got here, the best way first. */
export function waysToGet({ platform, env, isRoot, isFile, playwright }: Workshop): Way[] {
  const download: Way = {
    name: "playwright-core",
    commands: [[...playwright, "install", "chromium"]],
    env: {},
  };
  // The variable by which Playwright's own installer is told to leave browsers alone.
  const downloads = (env.PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD ?? "") === "" ? [download] : [];
  if (platform !== "linux" || !isRoot || !isFile(APT)) return downloads;
  const packages: Way = {
    name: "apt-get",
    commands: [
      [APT, "update", ...APT_OPTIONS],
      [APT, "install", ...APT_OPTIONS, "--no-install-recommends", "chromium"],
    ],
    env: { DEBIAN_FRONTEND: "noninteractive" },
  };
  return [packages, ...downloads];
}

/**
 * Finds a browser, or gets one, and says which and how. Where none can be had it says what becomes of the browser
 * tests and what to do: they are skipped, or fail where `CI=true`.
 *
 * @returns the browser's path, or undefined
 * @throws Error if `PRECOCIAL_CHROMIUM` names no file
 */
export function getBrowser(workshop: Workshop): string | undefined {
  const { say } = workshop;
  const found = findBrowser(workshop);
  if (found !== undefined) {
    say(`Browser tests: ${found}.`);
    return found;
  }
  for (const { name, commands, env } of waysToGet(workshop)) {
    say(`Browser tests: found no Chromium, Chrome or Edge, so getting Chromium by ${name}.`);
    const failed = commands.find(([command, ...words]) => workshop.run(command, words, env) !== 0);
    const got = failed === undefined ? findBrowser(workshop) : undefined;
    if (got !== undefined) {
      say(`Browser tests: ${got}, installed by ${name}.`);
      return got;
    }
    const reason = failed === undefined ? "it ended well, but there is none" : `"${failed.join(" ")}" failed`;
    say(`Browser tests: no browser by ${name}: ${reason}.`);
  }
  say(`Browser tests: there is no browser, so they ${isContinuous(workshop) ? "fail" : "are skipped"}: ${REMEDY}`);
  return undefined;
}

/** Whether this is a run of continuous integration, in which nothing may be left out. */
export function isContinuous({ env }: System): boolean {
  return env.CI === "true";
}
