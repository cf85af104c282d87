/** Finding and getting a browser, on made-up machines; and what `npm test` says of it on this one. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../fixtures/temporary.ts";
import { findBrowser, placesOf, type System } from "./find-browser.ts";
import { getBrowser, type Workshop } from "./get-browser.ts";
import { THIS_MACHINE } from "./this-machine.ts";

const ROOT = join(import.meta.dirname, "../..");
const DOWNLOADED = "/home/ada/.cache/ms-playwright/chromium-1/chrome";
const REMEDY =
  "install Chromium, Chrome or Edge (as root on Debian: apt-get install chromium; anywhere: npx playwright-core install " +
  "chromium), or give the path of one in PRECOCIAL_CHROMIUM.";

/** A machine with these files and no others. */
function machine(files: readonly string[], changes: Partial<System> = {}): System {
  const env = { PATH: "/usr/bin:/home/ada/bin" };
  return { platform: "linux", env, downloaded: DOWNLOADED, isFile: (path) => files.includes(path), ...changes };
}

const WINDOWS = {
  platform: "win32",
  env: {
    Path: "C:\\Windows;D:\\tools",
    ProgramFiles: "C:\\Program Files",
    "ProgramFiles(x86)": "C:\\Program Files (x86)",
    LOCALAPPDATA: "C:\\Users\\ada\\AppData\\Local",
  },
} as const;
const MAC = { platform: "darwin", env: { PATH: "/usr/bin", HOME: "/Users/ada" } } as const;

describe("findBrowser", () => {
  test.each<[string, string, Partial<System>]>([
    ["Debian's Chromium", "/usr/bin/chromium", {}],
    ["a command on PATH", "/home/ada/bin/google-chrome", {}],
    ["Chromium without any PATH", "/usr/bin/chromium", { env: {} }],
    ["a snap", "/snap/bin/chromium", {}],
    ["Chrome of Linux", "/opt/google/chrome/chrome", {}],
    ["Edge of Linux", "/usr/bin/microsoft-edge", {}],
    ["Chrome of macOS", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", MAC],
    ["Edge of macOS", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge", MAC],
    ["the user's own Chromium of macOS", "/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium", MAC],
    ["Chrome of Windows", "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe", WINDOWS],
    ["Edge of Windows", "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe", WINDOWS],
    [
      "the user's own Chrome of Windows",
      "C:\\Users\\ada\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe",
      WINDOWS,
    ],
    ["a command on Windows' Path", "D:\\tools\\chrome.exe", WINDOWS],
    ["what playwright-core has downloaded", DOWNLOADED, {}],
  ])("finds %s: %s", (_, path, changes) => {
    expect(findBrowser(machine([path], changes))).toBe(path);
    expect(findBrowser(machine([], changes))).toBeUndefined();
  });

  test("prefers Chromium to Chrome, either to Ubuntu's chromium-browser, and what is installed to a download", () => {
    const order = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser", DOWNLOADED];
    order.forEach((path, first) => {
      expect(findBrowser(machine(order.slice(first)))).toBe(path);
    });
  });

  test("takes the browser that PRECOCIAL_CHROMIUM names, before all others", () => {
    const env = { PRECOCIAL_CHROMIUM: "/mine/chrome" };
    expect(findBrowser(machine(["/usr/bin/chromium", "/mine/chrome"], { env }))).toBe("/mine/chrome");
    expect(findBrowser(machine(["/usr/bin/chromium"], { env: { PRECOCIAL_CHROMIUM: "" } }))).toBe("/usr/bin/chromium");
  });

  test("refuses a PRECOCIAL_CHROMIUM that names nothing, even if there are others", () => {
    const env = { PRECOCIAL_CHROMIUM: "/gone/chrome" };
    expect(() => findBrowser(machine(["/usr/bin/chromium"], { env }))).toThrow(
      'Expected PRECOCIAL_CHROMIUM to name the program of a browser, got "/gone/chrome", where there is no file: ' +
        "correct it, or unset it to have one looked for.",
    );
  });

  test.each([{ platform: "linux" }, MAC, WINDOWS] as const)("looks at whole paths only: %j", (changes) => {
    const absolute = changes.platform === "win32" ? /^[A-Z]:\\/ : /^\//;
    const places = placesOf(machine([], changes)).filter((path) => path !== DOWNLOADED);
    expect(places.length).toBeGreaterThan(5);
    for (const path of places) expect(path).toMatch(absolute);
  });
});

/**
 * A machine without a browser on which commands "run": `outcome` says how a command ended, or the file it made.
 * The log is what was run and said, in order.
 */
function workshop(outcome: (line: string) => number | string | undefined, changes: Partial<Workshop> = {}) {
  const log: string[] = [];
  const files = ["/usr/bin/apt-get"];
  const made: Workshop = {
    ...machine(files),
    isRoot: true,
    playwright: ["node", "playwright-core/cli.js"],
    run(command, words, env) {
      const line = [...Object.entries(env).map(([name, value]) => `${name}=${value}`), command, ...words].join(" ");
      log.push(`$ ${line}`);
      const ended = outcome(line);
      if (typeof ended !== "string") return ended;
      files.push(ended);
      return 0;
    },
    say: (line) => log.push(line),
    ...changes,
  };
  return { made, log };
}

describe("getBrowser", () => {
  const update = "$ DEBIAN_FRONTEND=noninteractive /usr/bin/apt-get update -q -y -o DPkg::Lock::Timeout=60";
  const install =
    "$ DEBIAN_FRONTEND=noninteractive /usr/bin/apt-get install -q -y -o DPkg::Lock::Timeout=60 --no-install-recommends chromium";
  const download = "$ node playwright-core/cli.js install chromium";
  const byApt = "Browser tests: found no Chromium, Chrome or Edge, so getting Chromium by apt-get.";
  const byPlaywright = "Browser tests: found no Chromium, Chrome or Edge, so getting Chromium by playwright-core.";
  const apt = (line: string) => (line.includes(" install ") ? "/usr/bin/chromium" : 0);

  test("runs nothing where there is one, and says which", () => {
    const { made, log } = workshop(() => 1, { isFile: (path) => path === "/usr/bin/google-chrome" });
    expect(getBrowser(made)).toBe("/usr/bin/google-chrome");
    expect(log).toEqual(["Browser tests: /usr/bin/google-chrome."]);
  });

  test("as root on Debian and Ubuntu installs the package", () => {
    const { made, log } = workshop(apt);
    expect(getBrowser(made)).toBe("/usr/bin/chromium");
    expect(log).toEqual([byApt, update, install, "Browser tests: /usr/bin/chromium, installed by apt-get."]);
  });

  test.each<[string, Partial<Workshop>]>([
    ["not root", { isRoot: false }],
    ["on macOS", MAC],
    ["on Windows", WINDOWS],
    ["where there is no apt-get", { isFile: () => false }],
  ])("%s downloads by playwright-core, and nothing else", (_, changes) => {
    let there = false;
    const { made, log } = workshop(() => {
      there = true;
      return 0;
    }, changes);
    const { isFile } = made;
    const found = { ...made, isFile: (path: string) => (path === DOWNLOADED ? there : isFile(path)) };
    expect(getBrowser(found)).toBe(DOWNLOADED);
    expect(log).toEqual([byPlaywright, download, `Browser tests: ${DOWNLOADED}, installed by playwright-core.`]);
  });

  test("downloads where apt-get fails, as on Ubuntu, which has no such package", () => {
    const { made, log } = workshop((line) => {
      if (line.includes("playwright-core")) return DOWNLOADED;
      return line.includes(" update ") ? 0 : 100;
    });
    expect(getBrowser(made)).toBe(DOWNLOADED);
    expect(log).toEqual([
      byApt,
      update,
      install,
      `Browser tests: no browser by apt-get: "${install.slice(install.indexOf("/usr"))}" failed.`,
      byPlaywright,
      download,
      `Browser tests: ${DOWNLOADED}, installed by playwright-core.`,
    ]);
  });

  test("does not install where the lists of packages cannot be read", () => {
    const { made, log } = workshop((line) => (line.includes("playwright-core") ? DOWNLOADED : undefined));
    expect(getBrowser(made)).toBe(DOWNLOADED);
    expect(log).not.toContain(install);
  });

  test("downloads nothing where PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD is set", () => {
    const { made, log } = workshop(() => DOWNLOADED, {
      env: { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" },
      isRoot: false,
    });
    expect(getBrowser(made)).toBeUndefined();
    expect(log).toEqual([`Browser tests: there is no browser, so they are skipped: ${REMEDY}`]);
  });

  test.each([
    [{}, "are skipped"],
    [{ CI: "true" }, "fail"],
  ])("where none can be had, with %j, says that the tests %s, and the remedy", (env, fate) => {
    const { made, log } = workshop((line) => (line.includes("apt-get") ? 100 : 0), { env });
    expect(getBrowser(made)).toBeUndefined();
    expect(log.slice(-2)).toEqual([
      "Browser tests: no browser by playwright-core: it ended well, but there is none.",
      `Browser tests: there is no browser, so they ${fate}: ${REMEDY}`,
    ]);
  });

  test("a real command, standing in for playwright-core, makes the browser; its output goes to standard error", () => {
    const folder = temporaryFolder();
    const browser = join(folder, "chrome");
    const stub = join(folder, "stub.mjs");
    writeFileSync(
      stub,
      `import { writeFileSync } from "node:fs";
       writeFileSync(${JSON.stringify(browser)}, process.argv.slice(2).join(" "));`,
    );
    const said: string[] = [];
    const { run, isFile } = THIS_MACHINE;
    const none = { ...machine([]), downloaded: browser, isRoot: false, run };
    const made = getBrowser({
      ...none,
      isFile: (path) => path === browser && isFile(path),
      playwright: [process.execPath, stub],
      say: (line) => said.push(line),
    });
    expect(made).toBe(browser);
    expect(readFileSync(browser, "utf8")).toBe("install chromium");
    expect(said).toEqual([byPlaywright, `Browser tests: ${browser}, installed by playwright-core.`]);
  });
});

describe("this machine", () => {
  const prepare = (env: Readonly<Record<string, string>>) => {
    const words = [join(ROOT, "node_modules/tsx/dist/cli.mjs"), join(import.meta.dirname, "prepare.ts")];
    const options = { env: { ...process.env, ...env }, encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, words, options);
    return { status, stdout, stderr };
  };

  test("has the command line of playwright-core where it is looked for", () => {
    expect(existsSync(THIS_MACHINE.playwright[1])).toBe(true);
    expect(THIS_MACHINE.run(THIS_MACHINE.playwright[0], [THIS_MACHINE.playwright[1], "--version"], {})).toBe(0);
  });

  test("a command that cannot start has no exit code", () => {
    expect(THIS_MACHINE.run(join(ROOT, "no-such-command"), [], {})).toBeUndefined();
  });

  test("npm test says on standard error which browser it takes, and stops at one that is not there", () => {
    expect(prepare({ PRECOCIAL_CHROMIUM: process.execPath })).toEqual({
      status: 0,
      stdout: "",
      stderr: `Browser tests: ${process.execPath}.\n`,
    });
    const gone = join(ROOT, "no-such-browser");
    expect(prepare({ PRECOCIAL_CHROMIUM: gone })).toEqual({
      status: 2,
      stdout: "",
      stderr:
        `Expected PRECOCIAL_CHROMIUM to name the program of a browser, got ${JSON.stringify(gone)}, where there is no ` +
        "file: correct it, or unset it to have one looked for.\n",
    });
    const { pretest } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).scripts;
    expect(pretest).toBe("npm run build && tsx test/browser/prepare.ts");
  });
});
