/** Bench of the page: how soon a long run is there, how large its report is, and how soon many runs are listed. */
import { cpSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { writeReport } from "../src/view/report.ts";
import { summarizeRuns } from "../src/view/run-list.ts";
import { startView } from "../src/view/server.ts";
import { findBrowser } from "../test/browser/find-browser.ts";
import { THIS_MACHINE } from "../test/browser/this-machine.ts";
import { writeLongRun } from "../test/fixtures/long-run.ts";
import { type Line, measure } from "./measure.ts";

const ROUNDS = 5;
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
    const opened = await measure(ROUNDS, () => open(page, view.url));
    const target = "< 1 s";
    yield { name: `page of ${LONG}: first picture`, value: opened.min, unit: "s", target };
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

/** Opens a page until its graph is there. */
async function open(page: Page, url: string): Promise<void> {
  await page.goto("about:blank");
  await page.goto(url);
  await page.waitForSelector("#network .node");
}
