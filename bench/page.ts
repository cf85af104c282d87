/** Bench of the page: how soon a long run is there, how large its report is, how soon runs are listed, and times of frames. */
import { cpSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { quantile } from "precocial";
import { writeReport } from "../src/view/report.ts";
import { summarizeRuns } from "../src/view/run-list.ts";
import { startView } from "../src/view/server.ts";
import { findBrowser } from "../test/browser/find-browser.ts";
import { THIS_MACHINE } from "../test/browser/this-machine.ts";
import { writeLongRun } from "../test/fixtures/long-run.ts";
import { type Line, measure } from "./measure.ts";

const ROUNDS = 5;
/** Movements of an action. */
const STEPS = 120;
const RUNS = 40;
const LONG = "10,000 generations, 2,000 champions";

/** Makes the runs in a folder of its own and yields the lines of the table. */
export async function* benchPage(): AsyncGenerator<Line> {
  const executablePath = findBrowser(THIS_MACHINE);
  if (executablePath === undefined) throw new Error("Expected a browser to measure the page in: run npm run pretest.");
  const parent = mkdtempSync(join(tmpdir(), "precocial-bench-"));
  const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox"] });
  try {
    const folder = writeLongRun(parent);
    const view = await startView({ folders: [folder], studies: join(parent, "none") });
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, reducedMotion: "reduce" });
    const alone: number[] = [];
    const opened = await measure(ROUNDS, async () => alone.push(await open(page, view.url)));
    const target = "< 1 s";
    yield { name: `page of ${LONG}: first picture`, value: opened.min, unit: "s", target };
    const note = "without what goes before: a page like it is thrown away, and a tab prepared";
    yield { name: "the same by the clock of the page", value: Math.min(...alone), unit: "s", target, note };
    for (const [name, act] of Object.entries(ACTIONS)) {
      const value = await frameTime(page, act);
      yield { name: `frames while ${name}, 2,000 connections, 95 %`, value, unit: "ms", target: "< 33 ms" };
    }
    await view.close();
    const size = statSync(writeReport(folder)).size / 1e6;
    yield { name: `report of ${LONG}`, value: size, unit: "MB", target: "< 8 MB" };

    const many = join(parent, "many");
    const small = writeLongRun(many, { generations: 200, champions: 40, connections: 200 });
    for (let number = 1; number < RUNS; number++) cpSync(small, join(many, `run-${number}`), { recursive: true });
    const listed = await measure(ROUNDS, () => summarizeRuns(many));
    yield { name: `${RUNS} runs listed`, value: 1000 * listed.min, unit: "ms", target: "< 300 ms" };
  } finally {
    await browser.close();
    rmSync(parent, { recursive: true, force: true });
  }
}

/** What a reader does to a graph, as often as a screen asks. */
const ACTIONS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  async dragging(page) {
    await page.locator("#network").getByRole("button", { name: "Larger" }).click();
    const { x, y, width, height } = await boxOf(page, "#network .viewport");
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    for (let step = 0; step < STEPS; step++) {
      await page.mouse.move(x + width / 2 + 60 * Math.sin(step / 5), y + height / 2 + 40 * Math.cos(step / 5));
    }
    await page.mouse.up();
  },
  async zooming(page) {
    const { x, y, width, height } = await boxOf(page, "#network .viewport");
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.keyboard.down("Control");
    for (let step = 0; step < STEPS; step++) await page.mouse.wheel(0, step % 40 < 20 ? -30 : 30);
    await page.keyboard.up("Control");
  },
  async "scrubbing through champions"(page) {
    const { x, y, width, height } = await boxOf(page, "#champions");
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    for (let step = 0; step < STEPS; step++) {
      await page.mouse.move(x + width * (0.5 + 0.4 * Math.sin(step / 9)), y + height / 2);
    }
    await page.mouse.up();
  },
};

/** Begins to note when pictures are made. A text, since what runs this bench names functions by a helper that no page has. */
const COUNT_FRAMES = `{
  const times = [];
  const look = (now) => {
    times.push(now);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  globalThis.frameTimes = times;
}`;

/** Milliseconds between pictures, of which 95 % are no longer, while something is done. */
async function frameTime(page: Page, act: (page: Page) => Promise<void>): Promise<number> {
  await page.evaluate(COUNT_FRAMES);
  await act(page);
  const times = await page.evaluate(() => (globalThis as unknown as { frameTimes: number[] }).frameTimes);
  return quantile(
    times.slice(1).map((time, place) => time - times[place]),
    0.95,
  );
}

/** Where something stands, once it is seen. */
async function boxOf(page: Page, selector: string) {
  const element = page.locator(selector);
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  if (box === null) throw new Error(`Expected ${selector} on the page, found none.`);
  return box;
}

/** Opens a page until its graph is there. @returns seconds since the page itself began to be fetched */
async function open(page: Page, url: string): Promise<number> {
  await page.goto("about:blank");
  await page.goto(url);
  await page.waitForSelector("#network .node");
  return (await page.evaluate(() => performance.now())) / 1000;
}
