/**
 * Makes the pictures of README and docs: npm run pictures [-- champion.json [folder]].
 *
 * Default: docs/champions/swingup.json, to docs/images. Writes swingup-champion.svg, which is light or dark as its
 * reader asks, and the page as page-light.png, page-dark.png and page-phone.png. Needs the build, and the browser of the tests
 * (npm test gets one).
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { writeDrawing } from "../src/view/draw.ts";
import { writeReport } from "../src/view/report.ts";
import { findBrowser, REMEDY } from "../test/browser/find-browser.ts";
import { THIS_MACHINE } from "../test/browser/this-machine.ts";

/** Steps of the episode that is shown: the network is at work, the pole on its way. */
const STEPS = 150;
const SHOTS = [
  { name: "page-light", width: 1280, height: 1000, colorScheme: "light" },
  { name: "page-dark", width: 1280, height: 1000, colorScheme: "dark" },
  { name: "page-phone", width: 400, height: 860, colorScheme: "light" },
];

const docs = join(import.meta.dirname, "../docs");
const [file = join(docs, "champions/swingup.json"), out = join(docs, "images")] = process.argv.slice(2);
const champion = JSON.parse(readFileSync(file, "utf8"));
const name = basename(file, ".json");
mkdirSync(out, { recursive: true });
await writeDrawing(join(out, `${name}-champion.svg`), champion.genome, {
  inputNames: champion.inputs,
  outputNames: champion.outputs,
  image: champion.image,
  width: 880,
});

// A report of nothing but the champion: the page above the fold shows no more.
const scratch = mkdtempSync(join(tmpdir(), "precocial-pictures-"));
const run = join(scratch, `${name}-${champion.seed}`);
mkdirSync(run);
const { task, seed } = champion;
writeFileSync(join(run, "config.json"), JSON.stringify({ format: 1, task, seed }));
writeFileSync(join(run, "meta.json"), JSON.stringify({ status: "finished" }));
writeFileSync(join(run, "champion.json"), JSON.stringify(champion));
const { generation, score, scoresByWeight, genome } = champion;
writeFileSync(join(run, "champions.jsonl"), `${JSON.stringify({ generation, score, scoresByWeight, genome })}\n`);
const report = writeReport(run, { out: join(scratch, "report.html") });

const executablePath = findBrowser(THIS_MACHINE);
if (executablePath === undefined) throw new Error(`Expected a browser to take pictures with, found none: ${REMEDY}`);
const browser = await chromium.launch({
  executablePath,
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
for (const { name: shot, width, height, colorScheme } of SHOTS) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  await page.goto(pathToFileURL(report).href);
  await page.waitForSelector("#network .node");
  await page.evaluate((steps) => {
    for (let step = 0; step < steps; step++) document.querySelector("#step")?.click();
  }, STEPS);
  await page.screenshot({ path: join(out, `${shot}.png`) });
  await page.close();
}
await browser.close();
rmSync(scratch, { recursive: true });
console.log(`Pictures of ${file} in ${out}`);
