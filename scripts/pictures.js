/**
 * Makes the pictures of README and docs from a run: node scripts/pictures.js <run folder> [folder, default docs/images].
 *
 * Writes network-light.svg and network-dark.svg, and the page as page-light.png, page-dark.png and page-phone.png.
 * Needs the build, and Chromium (PRECOCIAL_CHROMIUM, or where Debian puts it).
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { SWINGUP } from "../dist/index.js";
import { writeDrawing } from "../dist/run/draw.js";
import { writeReport } from "../dist/run/report.js";

/** Steps of the episode that is shown: the network is at work, the pole on its way. */
const STEPS = 150;
const SHOTS = [
  { name: "page-light", width: 1280, height: 1000, colorScheme: "light" },
  { name: "page-dark", width: 1280, height: 1000, colorScheme: "dark" },
  { name: "page-phone", width: 400, height: 860, colorScheme: "light" },
];

const [run, out = join(import.meta.dirname, "../docs/images")] = process.argv.slice(2);
if (run === undefined) {
  console.error("Expected a run folder: node scripts/pictures.js <run folder> [folder for the pictures].");
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const champion = JSON.parse(readFileSync(join(run, "champion.json"), "utf8"));
const names = champion.task === SWINGUP.name ? { inputNames: SWINGUP.inputs, outputNames: SWINGUP.outputs } : {};
const side = Math.sqrt(champion.genome.inputs);
const image = side >= 8 && Number.isInteger(side) ? { width: side, height: side } : undefined;
for (const theme of ["light", "dark"]) {
  await writeDrawing(join(out, `network-${theme}.svg`), champion.genome, { ...names, image, theme, width: 880 });
}

const scratch = mkdtempSync(join(tmpdir(), "precocial-pictures-"));
const report = writeReport(run, { out: join(scratch, "report.html") });
const browser = await chromium.launch({
  executablePath: process.env.PRECOCIAL_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
for (const { name, width, height, colorScheme } of SHOTS) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  await page.goto(pathToFileURL(report).href);
  await page.waitForSelector("#network .node");
  await page.evaluate((steps) => {
    for (let step = 0; step < steps; step++) document.querySelector("#step")?.click();
  }, STEPS);
  await page.screenshot({ path: join(out, `${name}.png`) });
  await page.close();
}
await browser.close();
rmSync(scratch, { recursive: true });
console.log(`Pictures of ${run} in ${out}`);
