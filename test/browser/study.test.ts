/** The page of a study in a real browser: a report from disk, and a served study with ways to its runs. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { figuresTable, summarizeStudy, timeToTable } from "../../src/index.ts";
import { writeReport } from "../../src/view/report.ts";
import { startView } from "../../src/view/server.ts";
import { makeStudy, writeStudy } from "../fixtures/study.ts";
import { accessibilityProblems, openPage, useBrowser } from "./browser.ts";

const browser = useBrowser();
const study = makeStudy();
const [summary] = summarizeStudy(study.record, study.timings);
let parent = "";
let report = "";
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-study-page-"));
  report = pathToFileURL(writeReport(writeStudy(parent, "report", study))).href;
});
afterAll(() => {
  if (parent !== "") rmSync(parent, { recursive: true, force: true });
});

describe("the report of a study", () => {
  it("asks for nothing but itself, logs no error, and shows every picture and table", async () => {
    const { page, requests, errors } = await openPage(browser, report);
    await page.waitForSelector("svg.bands");
    expect(requests).toHaveLength(1);
    expect(errors).toEqual([]);
    expect(await page.locator("h1").textContent()).toBe("Does a larger population pay?");
    expect(await page.locator(".lead").textContent()).toContain(
      "4 variants with 6 seeds on swingup: 24 of 24 runs are",
    );
    for (const [kind, count] of Object.entries({ intervals: 2, shares: 1, effects: 1, bands: 1 })) {
      expect(await page.locator(`svg.${kind}`).count(), kind).toBe(count);
    }
    const cells = await page
      .locator("#better table")
      .first()
      .locator("tbody tr")
      .first()
      .locator("td")
      .allTextContents();
    expect(cells).toEqual(figuresTable(summary).rows[0]);
    expect(await page.locator("svg.intervals .run").count()).toBe(24);
    expect(await page.locator("#runs button").count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.close();
  });

  it.each([
    [6, { crowdings: ["range", "published"] }, "There are too few seeds for a test to tell a difference from chance"],
    [8, { crowdings: ["range"] }, "By six weights, 1 of 1 differ from the reference beyond what chance does (5 %)."],
    [8, { populations: [48] }, "By six weights, no difference from the reference is beyond what chance does (5 %)."],
  ])("says in a sentence what %j seeds of %j come to", async (seeds, options, sentence) => {
    const folder = writeStudy(parent, `lead-${seeds}-${Object.keys(options)}`, makeStudy({ seeds, ...options }));
    const { page } = await openPage(browser, pathToFileURL(writeReport(folder)).href);
    expect(await page.locator(".lead").textContent()).toContain(sentence);
    await page.close();
  });

  it("fits a phone: nothing but tables and pictures scrolls sideways", async () => {
    const { page } = await openPage(browser, report, 400);
    await page.waitForSelector("svg.bands");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
    await page.close();
  });

  it("is by the figure that is chosen", async () => {
    const { page } = await openPage(browser, report);
    const cell = page.locator("#runs tbody td").nth(1);
    const standard = await cell.textContent();
    await page.locator("#better button", { hasText: "best shared" }).click();
    const [first] = study.record.results;
    expect(standard).toBe(first.figures.standard.toFixed(0));
    expect(await cell.textContent()).toBe(first.figures.bestShared.toFixed(0));
    expect(await page.locator("#better .axis-name").first().textContent()).toBe("best shared (score)");
    await page.close();
  });

  it("offers a figure that only some variants have, and shows it of these", async () => {
    const { record, timings } = study;
    const trained = record.variants[1].name;
    const results = record.results.map((result) =>
      result.variant === trained ? { ...result, figures: { ...result.figures, trainedWeights: 900 } } : result,
    );
    const folder = writeStudy(parent, "trained", { record: { ...record, results }, timings });
    const { page, errors } = await openPage(browser, pathToFileURL(writeReport(folder)).href);
    await page.locator("#better button", { hasText: /^trained$/ }).click();
    expect(await page.locator("svg.intervals .run").count()).toBe(6);
    const cells = await page.locator("#runs tbody td:nth-child(2)").allTextContents();
    expect(cells).toEqual(["-", "900", "-", "-"]);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("shows values under the pointer, on the axis that is chosen, of the variants that are chosen", async () => {
    const { page } = await openPage(browser, report);
    const told = page.locator("#curves .told");
    expect(await told.textContent()).toMatch(/^Where the bands end: /);
    await page.locator("#curves button", { hasText: /^time$/ }).click();
    expect(await page.locator("#curves .axis-name").first().textContent()).toBe("time in the search (s)");
    const picture = page.locator("svg.bands");
    await picture.scrollIntoViewIfNeeded();
    const box = (await picture.boundingBox()) as NonNullable<Awaited<ReturnType<typeof picture.boundingBox>>>;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    expect(await told.textContent()).toMatch(/^After 1\d\.\d s: /);
    expect(Number(await picture.locator(".cursor").getAttribute("x1"))).toBeGreaterThan(0);
    const chip = page.locator("#curves .chip").first();
    expect(await chip.locator("b").textContent()).toMatch(/^\d+\.\d \(\d+\.\d to \d+\.\d\)$/);
    const lines = await picture.locator(".data path").count();
    await chip.click();
    expect(await page.locator("svg.bands .data path").count()).toBe(lines - 2);
    expect(await page.locator("#curves .chip").first().getAttribute("aria-pressed")).toBe("false");
    await page.close();
  });

  it("says how long it takes to a score that is typed", async () => {
    const { page } = await openPage(browser, report);
    const target = 150;
    await page.locator("#target").fill(String(target));
    await page.locator("#target").press("Enter");
    const [table] = timeToTable(summarizeStudy(study.record, study.timings, { target })[0]);
    const row = await page.locator("#times tbody tr").first().locator("td").allTextContents();
    expect(row).toEqual(table.rows[0]);
    expect(row[1]).toBe("6 of 6");
    await page.close();
  });
});

it("a served study opens its runs, and they lead back", async () => {
  const view = await startView({ folders: [writeStudy(parent, "served", study, { runs: true })], interval: 20 });
  const { page, errors } = await openPage(browser, view.url);
  await page.locator("#runs button").nth(1).click();
  await page.getByText("run finished").waitFor();
  expect(await page.locator("h1").textContent()).toBe("served/population-48-crowding-range-2");
  expect(await page.locator(".lead").textContent()).toContain("A search for swingup, seed 2");
  await page.reload();
  await page.getByText("run finished").waitFor();
  await page.locator("#back").click();
  await page.getByText("study finished").waitFor();
  await page.locator("svg.intervals .run").first().click({ force: true });
  await page.getByText("run finished").waitFor();
  expect(errors).toEqual([]);
  await page.close();
  await view.close();
});

it("a served study grows while it is watched", async () => {
  const { record, timings } = study;
  const none = { ...record, results: [], curves: [] };
  const folder = writeStudy(parent, "growing", { record: none, timings }, { status: "running" });
  const view = await startView({ folders: [folder], interval: 20 });
  const { page, errors } = await openPage(browser, view.url);
  await page.getByText("No run of this study was measured yet").waitFor();
  writeStudy(parent, "growing", study);
  await page.getByText("24 of 24 runs are done").waitFor();
  await page.getByText("study finished").waitFor();
  expect(await page.locator("svg.bands").count()).toBe(1);
  expect(errors).toEqual([]);
  await page.close();
  await view.close();
});
