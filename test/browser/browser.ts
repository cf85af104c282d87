/** A Chromium for browser tests, and what a page asked for and complained about. */
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { findBrowser, REMEDY } from "./find-browser.ts";
import { isContinuous } from "./get-browser.ts";
import { THIS_MACHINE } from "./this-machine.ts";

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser of the tests of a file. */
export interface TestBrowser {
  newPage(options: BrowserContextOptions): Promise<Page>;
}

/**
 * Gives the tests of a file a browser. Where this machine has none they are skipped, each by name, with the remedy;
 * where `CI=true` they fail.
 */
export function useBrowser(): TestBrowser {
  const path = findBrowser(THIS_MACHINE);
  let browser: Browser | undefined;
  const skipped: string[] = [];
  beforeAll(async () => {
    if (path !== undefined) browser = await chromium.launch({ executablePath: path, args: ARGUMENTS });
  });
  beforeEach(({ task, skip }) => {
    if (browser !== undefined) return;
    if (isContinuous(THIS_MACHINE)) throw new Error(`Expected a browser for this test, found none: ${REMEDY}`);
    skipped.push(task.name);
    skip(`no browser: ${REMEDY}`);
  });
  afterAll(async () => {
    await browser?.close();
    if (skipped.length === 0) return;
    console.warn(
      `Skipped, since there is no browser:\n${skipped.map((name) => `- ${name}\n`).join("")}To run them, ${REMEDY}`,
    );
  });
  return { newPage: (options) => (browser as Browser).newPage(options) };
}

/** A page, with the requests it makes and the errors it logs or throws. */
export interface WatchedPage {
  readonly page: Page;
  readonly requests: string[];
  readonly errors: string[];
}

/** Opens a page and waits until it shows something. */
export async function openPage(browser: TestBrowser, url: string, width = 1200): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: "reduce" });
  const requests: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  await page.goto(url);
  await page.waitForSelector("h1");
  return { page, requests, errors };
}

/** What axe-core finds wrong with what a page shows, a line for each rule that is broken. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof import("axe-core") }).axe.run(),
  );
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => target).join("; ")})`);
}
