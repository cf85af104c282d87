/** The table of runs in a real browser: live, sorted, filtered, selected, archived; comparison; charts that answer. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startView, type View } from "../../src/view/server.ts";
import { makeEnded, makeRun, writeRun } from "../fixtures/run.ts";
import { accessibilityProblems, openPage, useBrowser, type WatchedPage } from "./browser.ts";

const browser = useBrowser();
const META = { status: "finished", started: "2026-01-02T03:04:05.000Z", seconds: 20, generations: 40 };
let parent = "";
let view: View;
let opened: WatchedPage | undefined;

/** Writes a run whose seed and test figure differ. */
function write(name: string, seed: number, meta: object = META) {
  const run = makeEnded(makeRun(60, name, seed));
  const { evaluation } = run;
  const standard = { mean: 500 + 10 * seed, std: 20, count: 600 };
  return writeRun(parent, {
    ...run,
    meta: meta as { status: string },
    config: { ...run.config, population: 96 + seed },
    evaluation: evaluation && { ...evaluation, figures: { ...evaluation.figures, standard } },
  });
}

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-runs-page-"));
  for (const [name, seed] of [
    ["one", 1],
    ["two", 3],
    ["three", 2],
  ] as const) {
    write(name, seed);
  }
});
afterAll(() => {
  if (parent !== "") rmSync(parent, { recursive: true, force: true });
});
beforeEach(async () => {
  view = await startView({ parent, studies: join(parent, "none"), interval: 30 });
});
afterEach(async () => {
  expect(opened?.errors ?? []).toEqual([]);
  await opened?.page.close();
  opened = undefined;
  await view.close();
});

async function openAt(hash: string, width = 1600) {
  opened = await openPage(browser, `${view.url}${hash}`, width);
  return opened.page;
}

describe("the table of runs", () => {
  it("is sorted and filtered, and its address says how, so that it opens so again", async () => {
    const page = await openAt("");
    await page.getByText("3 runs.").waitFor();
    const names = () => page.locator("table.runs tbody th a").allTextContents();
    await page.getByRole("button", { name: "test", exact: true }).click();
    expect(await names()).toEqual(["two", "three", "one"]);
    expect(await page.locator("th[aria-sort]").textContent()).toBe("test");
    await page.getByRole("button", { name: "test", exact: true }).click();
    expect(await names()).toEqual(["one", "three", "two"]);
    await page.locator("#filter").fill("t");
    await page.locator("#filter").fill("two swingup");
    expect(await names()).toEqual(["two"]);
    expect(new URL(page.url()).hash).toBe("#runs&sort=test&filter=two+swingup");
    await page.reload();
    await page.getByText("1 of 3 runs.").waitFor();
    expect(await names()).toEqual(["two"]);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("goes to a run and back, grows while it is watched, keeps stars and notes, and archives", async () => {
    const page = await openAt("#runs");
    await page.getByRole("link", { name: "two" }).click();
    await page.waitForSelector("#network .node");
    expect(await page.locator("h1").textContent()).toBe("two");
    await page.goBack();
    await page.getByText("3 runs.").waitFor();
    write("four", 4, { ...META, status: "running", pid: process.pid });
    await page.getByText("4 runs, 1 running.").waitFor();
    await page.getByRole("button", { name: "Star four" }).click();
    await page.locator('[aria-label="Star four"][aria-pressed=true]').waitFor();
    const columns = () => page.locator("table.runs thead th").allTextContents();
    expect(await columns()).not.toContain("tags");
    await page.getByRole("button", { name: "Edit tags and note of four" }).click();
    await page.locator("#tags-field").fill("a,, good one");
    await page.locator("#note-field").fill("it stands");
    await page.locator("#keep").click();
    await page.locator(".tag").nth(1).waitFor();
    expect(await page.locator(".tag").allTextContents()).toEqual(["a", "good one"]);
    expect(await columns()).toEqual(expect.arrayContaining(["tags", "note"]));
    expect(JSON.parse(readFileSync(join(parent, "four", "notes.json"), "utf8"))).toMatchObject({
      star: true,
      note: "it stands",
    });
    page.on("dialog", (dialog) => dialog.accept());
    await page.getByRole("checkbox", { name: "Select four" }).check();
    await page.locator("#archive-selected").click();
    await page.getByText("3 runs.").waitFor();
    expect(existsSync(join(parent, "archive", "four", "notes.json"))).toBe(true);
  });

  it("compares what is selected: courses on one axis with published figures, the figures, and the settings that differ", async () => {
    const page = await openAt("#runs");
    await page.getByText("3 runs.").waitFor();
    for (const name of ["one", "two"]) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
    await page.getByRole("button", { name: "Compare 2" }).click();
    await page.waitForSelector("svg.comparison");
    expect(new URL(page.url()).hash).toBe("#compare=one&compare=two");
    expect(await page.locator("svg.comparison .data text").allTextContents()).toContain(
      "paper's WANN, best shared weight",
    );
    expect(await page.locator(".task-comparison h2").allTextContents()).toEqual(["swingup"]);
    const rows = page.locator(".task-comparison .card table").first().locator("tbody tr");
    expect((await rows.allTextContents()).some((text) => text.startsWith("one"))).toBe(true);
    expect(await page.locator(".settings tbody th").allTextContents()).toEqual(["seed", "population"]);
    await page.locator("#all-settings").check();
    expect(await page.locator(".settings tbody th").allTextContents()).toContain("task");
    await page.getByRole("button", { name: "by time" }).click();
    expect(await page.locator("svg.comparison .axis-name").first().textContent()).toBe("time (s)");
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it("says that it reads until the runs have arrived", async () => {
    const page = await openAt("");
    let answer = () => {};
    const asked = new Promise<void>((done) => {
      answer = done;
    });
    await page.route("**/api/table-events", async (route) => {
      await asked;
      await route.continue();
    });
    await page.reload();
    await page.getByText("Reading the runs …").waitFor();
    expect(await page.locator("table.runs").count()).toBe(0);
    answer();
    await page.getByText("3 runs.").waitFor();
  });

  it("fits a phone: only the table itself scrolls sideways", async () => {
    const page = await openAt("#runs", 400);
    await page.getByText("3 runs.").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
  });
});

describe("charts", () => {
  it("tell values under the pointer, hide lines, show a part, smooth, and become files", async () => {
    const page = await openAt("#run=one", 1200);
    const chart = page.locator(".chart-view").filter({ has: page.locator("svg.scores") });
    await chart.scrollIntoViewIfNeeded();
    const svg = chart.locator("svg.scores");
    await svg.hover({ position: { x: 200, y: 120 } });
    expect(await chart.locator(".tip").textContent()).toMatch(/^generation \d+best \d+median \d+$/);
    const lines = () => svg.locator(".data path").count();
    const before = await lines();
    await chart.getByRole("button", { name: "median" }).click();
    expect(await lines()).toBe(before - 1);
    await chart.getByRole("button", { name: "smooth" }).click();
    expect(await lines()).toBe(before);
    const box = await svg.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 150, (box?.y ?? 0) + 60);
    await page.mouse.down();
    await page.mouse.move((box?.x ?? 0) + 250, (box?.y ?? 0) + 160, { steps: 3 });
    await page.mouse.up();
    await chart.getByRole("button", { name: "whole chart" }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      chart.getByRole("button", { name: "scores as CSV" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("scores.csv");
    const text = readFileSync(await download.path(), "utf8");
    expect(text.split("\n").slice(0, 2)).toEqual(["series,generation,score", expect.stringMatching(/^best,0,\d+$/)]);
    const [picture] = await Promise.all([
      page.waitForEvent("download"),
      chart.getByRole("button", { name: "scores as PNG" }).click(),
    ]);
    expect(
      readFileSync(await picture.path())
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
  });

  it("a click on the profile sets the weight; on the scores goes to a champion, which is then played", async () => {
    const page = await openAt("#run=one", 1200);
    const profile = page.locator("svg.profile");
    await page.getByText("Best here:").waitFor();
    const { width = 0 } = (await profile.boundingBox()) ?? {};
    await profile.click({ position: { x: 56 + (width - 72) * 0.75, y: 120 } });
    expect(Number(await page.locator("#weight").inputValue())).toBeCloseTo(1.5, 1);
    const scores = page.locator("svg.scores");
    await scores.click({ position: { x: 60, y: 120 } });
    expect(await page.locator("#champions").inputValue()).toBe("0");
    await page.locator("#play-champion").click();
    await page.getByText("Shown is its champion of generation 0, which scores").waitFor();
    expect(await page.locator("#network .connection").count()).toBeLessThan(10);
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
