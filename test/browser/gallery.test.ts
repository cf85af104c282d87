/** The gallery in a real browser: champions of several tasks at work, each under its own slider. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { writeReport } from "../../src/view/report.ts";
import { startView } from "../../src/view/server.ts";
import { accessibilityProblems, openPage, useBrowser } from "./browser.ts";

const browser = useBrowser();
const CHAMPIONS = join(import.meta.dirname, "../../docs/champions/tasks");

it("has an exhibit for each champion, with a slider of its own, or a pad to draw on", async () => {
  const parent = mkdtempSync(join(tmpdir(), "precocial-gallery-"));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const [first, ...others] = ["cartpole", "swingup", "digits"].map((name) => join(CHAMPIONS, `${name}.json`));
  const report = writeReport(first, { others, out: join(parent, "gallery.html") });
  const { page, errors } = await openPage(browser, `${pathToFileURL(report).href}#gallery`);
  const exhibit = (name: string) => page.locator(`.exhibit[data-run="${name}"]`);
  for (const name of ["cartpole", "swingup", "digits"]) {
    await exhibit(name).scrollIntoViewIfNeeded();
    await exhibit(name).locator(".network .node").first().waitFor();
  }
  const scores = () =>
    page.locator("[data-value][id^=whole-score]").evaluateAll((all) => all.map((one) => one.textContent));
  const before = await scores();
  expect(before).toHaveLength(2);
  await exhibit("swingup").getByRole("slider", { name: "Shared weight" }).fill("0.01");
  const [pushed, swung] = await scores();
  expect(pushed).toBe(before[0]);
  expect(swung).not.toBe(before[1]);
  await exhibit("digits").locator("canvas").first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(errors).toEqual([]);
  await exhibit("swingup").getByRole("link", { name: "swingup" }).click();
  await page.waitForSelector("#profile");
  expect(await page.locator("h1").textContent()).toBe("swingup");
  await page.close();
});

it("is what opens of several champions that are served without a run, one by one from it", async () => {
  const view = await startView({ folders: ["cartpole", "swingup"].map((name) => join(CHAMPIONS, `${name}.json`)) });
  onTestFinished(() => view.close());
  const { page, errors } = await openPage(browser, view.url);
  await page.locator('.exhibit[data-run="cartpole"] .network .node').first().waitFor();
  expect(await page.locator("h1").textContent()).toBe("Gallery");
  expect(await page.locator("#all-runs").count()).toBe(0);
  await page.getByRole("link", { name: "swingup" }).click();
  await page.waitForSelector("#profile");
  expect(await page.locator("h1").textContent()).toBe("swingup");
  await page.goBack();
  await page.locator('.exhibit[data-run="swingup"]').waitFor();
  expect(errors).toEqual([]);
  await page.close();
});
