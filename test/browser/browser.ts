/** A Chromium for browser tests, and what a page asked for and complained about. */
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];
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

/** Starts the browser of the system. @throws Error that says how to install one */
export async function startBrowser(): Promise<Browser> {
  const path = process.env.PRECOCIAL_CHROMIUM ?? PLACES.find(existsSync);
  if (path === undefined) {
    throw new Error(
      "Expected Chromium for the browser tests, found none: install it (apt-get install chromium), " +
        "or give its path in PRECOCIAL_CHROMIUM.",
    );
  }
  return chromium.launch({ executablePath: path, args: ARGUMENTS });
}

/** A page, with the requests it makes and the errors it logs or throws. */
export interface WatchedPage {
  readonly page: Page;
  readonly requests: string[];
  readonly errors: string[];
}

/** Opens a page and waits until it shows something. */
export async function openPage(browser: Browser, url: string, width = 1200): Promise<WatchedPage> {
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
