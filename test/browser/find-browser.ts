/** Finds the browser of this machine for the browser tests: Chromium, Chrome or Edge, where systems keep them. */
import { posix, win32 } from "node:path";

/** What is known of the machine; tests make up their own. */
export interface System {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where playwright-core puts the Chromium it downloads. */
  readonly downloaded: string;
  isFile(path: string): boolean;
}

/** The variable that names a browser. */
export const BROWSER_VARIABLE = "PRECOCIAL_CHROMIUM";

/** What to do where there is no browser. */
export const REMEDY =
  "install Chromium, Chrome or Edge (as root on Debian: apt-get install chromium; anywhere: npx playwright-core install " +
  `chromium), or give the path of one in ${BROWSER_VARIABLE}.`;

/** Commands by name, in order of preference; Ubuntu's chromium-browser may be a mere note to install a snap, so it is last. */
const LINUX_COMMANDS = [
  "chromium",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "microsoft-edge-stable",
  "chromium-browser",
];
const LINUX_FOLDERS = ["/usr/bin", "/usr/local/bin", "/snap/bin"];
const LINUX_FILES = ["/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge"];
const MAC_APPLICATIONS = ["Chromium", "Google Chrome", "Microsoft Edge"];
const WINDOWS_COMMANDS = ["chromium.exe", "chrome.exe", "msedge.exe"];
const WINDOWS_FILES = [
  "Chromium\\Application\\chrome.exe",
  "Google\\Chrome\\Application\\chrome.exe",
  "Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * The browser that `PRECOCIAL_CHROMIUM` names; else the first one on PATH, where the system keeps programs, or where
 * playwright-core has put one.
 *
 * @returns its path, or undefined if there is none
 * @throws Error if the variable names no file
 */
export function findBrowser(system: System): string | undefined {
  const named = system.env[BROWSER_VARIABLE];
  if (named !== undefined && named !== "") {
    if (system.isFile(named)) return named;
    throw new Error(
      `Expected ${BROWSER_VARIABLE} to name the program of a browser, got ${JSON.stringify(named)}, where there is no ` +
        "file: correct it, or unset it to have one looked for.",
    );
  }
  return placesOf(system).find((path) => system.isFile(path));
}

/** Where a browser may be, the likeliest place first. */
export function placesOf({ platform, env, downloaded }: System): string[] {
  const { delimiter, join } = platform === "win32" ? win32 : posix;
  const onPath = (commands: readonly string[]) => {
    const folders = (env.PATH ?? env.Path ?? "").split(delimiter).filter((folder) => folder !== "");
    return commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  };
  if (platform === "win32") {
    const homes = [env.ProgramFiles, env["ProgramFiles(x86)"], env.LOCALAPPDATA].filter((home) => home !== undefined);
    const installed = WINDOWS_FILES.flatMap((file) => homes.map((home) => join(home, file)));
    return [...onPath(WINDOWS_COMMANDS), ...installed, downloaded];
  }
  if (platform === "darwin") {
    const homes = ["/Applications", ...(env.HOME === undefined ? [] : [join(env.HOME, "Applications")])];
    const installed = MAC_APPLICATIONS.flatMap((name) =>
      homes.map((home) => join(home, `${name}.app/Contents/MacOS`, name)),
    );
    return [...installed, ...onPath(LINUX_COMMANDS), downloaded];
  }
  const installed = LINUX_COMMANDS.flatMap((command) => LINUX_FOLDERS.map((folder) => join(folder, command)));
  return [...onPath(LINUX_COMMANDS), ...installed, ...LINUX_FILES, downloaded];
}
