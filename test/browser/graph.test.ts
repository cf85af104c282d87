/** The graph in a real browser: pinned, searched, zoomed, moved, with mouse, keys and fingers, small and of 2,000 connections. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeReport } from "../../src/view/report.ts";
import type { Champion } from "../../viz/run-data.ts";
import { largeGenome } from "../fixtures/long-run.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";
import { accessibilityProblems, openPage, useBrowser } from "./browser.ts";

const browser = useBrowser();
let parent = "";
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-graph-"));
});
afterAll(() => {
  if (parent !== "") rmSync(parent, { recursive: true, force: true });
});

async function open(name: string, connections?: number, width = 1200) {
  const run = makeRun(connections === undefined ? 40 : 1, name);
  const champion = run.champion as Champion;
  const genome = connections === undefined ? champion.genome : largeGenome(connections);
  const folder = writeRun(parent, { ...run, champion: { ...champion, genome } });
  const opened = await openPage(browser, pathToFileURL(writeReport(folder)).href, width);
  await opened.page.waitForSelector("#network .node");
  return opened;
}

const scaleOf = async (page: Page) =>
  Number(/scale\(([\d.]+)\)/.exec((await page.locator("#network .layer").getAttribute("style")) ?? "")?.[1]);

describe("a graph", () => {
  it("is searched and pinned: formula, value, what it is worth, its neighbours and the ways to an output", async () => {
    const { page, errors } = await open("inspected");
    const network = page.locator("#network");
    await network.locator(".find").fill("cos theta");
    expect(await network.locator(".told").textContent()).toBe("1 found; Enter goes to the first.");
    await network.locator(".find").press("Enter");
    const inspector = network.locator(".inspector");
    expect(await inspector.locator(".node-name").textContent()).toBe("cos theta");
    expect(await inspector.locator(".formula").textContent()).toBe("an input, given as it is");
    await inspector.locator("#path-to").selectOption("force");
    expect(await inspector.locator("p", { hasText: "ways to" }).textContent()).toMatch(
      /\d+ connections? on all ways; the shortest: cos theta → .*force/,
    );
    await inspector.locator("#unpin").click();
    expect(await inspector.isVisible()).toBe(false);
    await network.getByRole("button", { name: "Whole drawing" }).click();

    await network.locator(".hidden .disc").first().click({ force: true });
    expect(await inspector.locator(".formula").textContent()).toMatch(/^\w+\(w · \(.+\)\)$/);
    expect(await inspector.locator(".node-value").textContent()).toMatch(/^−?\d+\.\d{3}$/);
    expect(await network.locator(".connection.fed").count()).toBeGreaterThan(0);
    await inspector.locator("#cut").click();
    expect(await inspector.locator(".effect").textContent()).toMatch(
      /^Cut: mean score of 8 episodes −?[\d.,]+ in place of −?[\d.,]+ \([+−]?[\d.,]+\)\.$/,
    );
    const first = await inspector.locator(".node-name").textContent();
    await inspector.locator(".neighbours button").last().click();
    expect(await inspector.locator(".node-name").textContent()).not.toBe(first);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("is scaled and moved by buttons, wheel, mouse and keys, with a map of where one is", async () => {
    const { page } = await open("zoomed");
    const whole = await scaleOf(page);
    const map = page.locator("#network .map");
    expect(await map.isVisible()).toBe(false);
    await page.locator("#network").getByRole("button", { name: "Larger" }).click();
    await page.waitForFunction(
      (before) => !document.querySelector("#network .layer")?.getAttribute("style")?.includes(`scale(${before})`),
      whole,
    );
    expect(await scaleOf(page)).toBeGreaterThan(whole);
    expect(await map.isVisible()).toBe(true);
    const frame = page.locator("#network .viewport");
    await frame.focus();
    const style = () => page.locator("#network .layer").getAttribute("style");
    const before = await style();
    await page.keyboard.press("ArrowRight");
    expect(await style()).not.toBe(before);
    const { x = 0, y = 0 } = (await frame.boundingBox()) ?? {};
    await page.mouse.move(x + 200, y + 100);
    const still = await style();
    await page.mouse.down();
    await page.mouse.move(x + 150, y + 80, { steps: 3 });
    await page.mouse.up();
    expect(await style()).not.toBe(still);
    await page.keyboard.down("Control");
    const smaller = await scaleOf(page);
    await page.mouse.wheel(0, -200);
    await page.keyboard.up("Control");
    await page.waitForFunction((scale) => {
      const now = /scale\(([\d.]+)\)/.exec(document.querySelector("#network .layer")?.getAttribute("style") ?? "")?.[1];
      return Number(now) > scale;
    }, smaller);
    await frame.focus();
    await page.keyboard.press("0");
    expect(await scaleOf(page)).toBeCloseTo(whole, 3);
    await page.close();
  });

  it("is scaled by two fingers, moved by one, and a tap pins a node", async () => {
    const { page, errors } = await open("touched", undefined, 400);
    const fingers = await page.context().newCDPSession(page);
    await fingers.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 2 });
    await page.reload();
    await page.waitForSelector("#network .node");
    const frame = page.locator("#network .viewport");
    await frame.scrollIntoViewIfNeeded();
    type Box = { x: number; y: number; width: number; height: number };
    const box = (await frame.boundingBox()) as Box;
    const [middle, level] = [box.x + box.width / 2, box.y + box.height / 2];
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...places: number[]) =>
      fingers.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: places.map((away, id) => ({ x: middle + away, y: level, id })),
      });
    const before = await scaleOf(page);
    await touch("touchStart", -20, 20);
    for (const away of [30, 40, 50, 60]) await touch("touchMove", -away, away);
    await touch("touchEnd");
    await expect.poll(() => scaleOf(page)).toBeCloseTo(3 * before, 1);
    const styleOf = () => page.locator("#network .layer").getAttribute("style");
    const scaled = await styleOf();
    await touch("touchStart", 0);
    for (const away of [10, 20, 30]) await touch("touchMove", away);
    await touch("touchEnd");
    await expect.poll(styleOf).not.toBe(scaled);
    expect(await scaleOf(page)).toBeCloseTo(3 * before, 1);
    await page.locator("#network").getByRole("button", { name: "Whole drawing" }).click();
    const disc = (await page.locator("#network .hidden .disc").first().boundingBox()) as Box;
    const place = { x: disc.x + disc.width / 2, y: disc.y + disc.height / 2 };
    await fingers.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [place] });
    await touch("touchEnd");
    await page.locator("#network .inspector .node-name").waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  it("of 2,000 connections is whole at 400 px, with curves and key, and is pinned by the keyboard", async () => {
    const { page, errors } = await open("large", 2000, 400);
    const { width = 0 } = (await page.locator("#network .viewport").boundingBox()) ?? {};
    const drawn = await page.locator("#network svg.network").boundingBox();
    expect(drawn?.width).toBeLessThanOrEqual(width + 1);
    expect(await page.locator("#network .glyph").count()).toBeGreaterThan(200);
    expect(await page.locator("#network .key .entry").count()).toBe(11);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
    await page.locator('#network [tabindex="0"].node').focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("#network .inspector .node-name").textContent()).toBe("bias");
    expect(errors).toEqual([]);
    await page.close();
  });
});
