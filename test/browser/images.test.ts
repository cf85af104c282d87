/** Images on the page in a real browser: the pad, what the network answers, its graph, and test images. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeReport } from "../../src/view/report.ts";
import type { RunData } from "../../viz/run-data.ts";
import { growGenomeJson } from "../fixtures/champion.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";
import { drawBy, SKETCHES } from "../fixtures/sketches.ts";
import { accessibilityProblems, openPage, useBrowser } from "./browser.ts";

type Box = { x: number; y: number; width: number; height: number };

const browser = useBrowser();
let parent = "";
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-page-"));
});
afterAll(() => {
  if (parent !== "") rmSync(parent, { recursive: true, force: true });
});

/** Writes a run and its report, and opens it from disk. */
function openReport(run: RunData) {
  return openPage(browser, pathToFileURL(writeReport(writeRun(parent, run))).href);
}

const DIGITS = { outputs: [..."0123456789"], image: { width: 16, height: 16 } };

describe("a run of digits", () => {
  const genome = growGenomeJson({ inputs: 256, outputs: 10, connections: 300, first: 0.05 });
  const champion = { generation: 0, score: -1.5, genome };
  const run = {
    ...makeRun(1, "digits"),
    config: { task: "digits", seed: 1 },
    champions: [champion],
    champion: { ...champion, ...DIGITS },
  };

  it("drawing a digit gives a vote, its pixels in the network, and a class at each weight", async () => {
    const { page, errors } = await openReport(run);
    expect(await page.locator("#vote").textContent()).toBe("–");
    const board = page.locator("#board");
    await board.scrollIntoViewIfNeeded();
    const box = (await board.boundingBox()) as Box;
    await page.mouse.move(box.x + 60, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 160, box.y + 40, { steps: 5 });
    await page.mouse.move(box.x + 90, box.y + 190, { steps: 5 });
    await page.mouse.up();
    expect(await page.locator("#vote").textContent()).toMatch(/^\d$/);
    expect(await page.locator("#images svg.grid").first().locator(".marked").count()).toBe(7);
    expect(await page.locator("#network .pixel").first().getAttribute("style")).toContain("fill-opacity");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.locator("#clear").click();
    expect(await page.locator("#vote").textContent()).toBe("–");
    expect(errors).toEqual([]);
    await page.close();
  });

  it("says which weight and image the graph shows, and what the network answers at that weight", async () => {
    const best = { ...champion, ...DIGITS, bestSharedWeight: 0.85 };
    const { page } = await openReport({ ...run, name: "digits-best", champion: best });
    const shown = () => page.locator("#network .shown").textContent();
    const weight = "shared weight 0.85, the best found when the search ended.";
    expect(await shown()).toBe(`Draw on the pad: the graph shows its values at ${weight}`);
    expect(await page.locator("#single + span").textContent()).toBe("at shared weight 0.85");
    await page.locator("#board").click({ position: { x: 100, y: 100 } });
    expect(await shown()).toBe(`Shown: your drawing at ${weight}`);
    expect(await page.locator("#single").textContent()).toMatch(/^\d$/);
    const thumb = page.locator(".thumb").first();
    await thumb.click();
    expect(await shown()).toBe(`Shown: test image: ${await thumb.getAttribute("title")} at ${weight}`);
    await page.close();
  });

  it("pad, answer and graph of the MNIST champion stand side by side on a screen of 1,280 x 800", async () => {
    const path = join(import.meta.dirname, "../../experiments/mnist/champion-paper-1.json");
    const mnist = JSON.parse(readFileSync(path, "utf8"));
    const { page } = await openReport({
      ...run,
      name: "mnist",
      config: { task: "mnist" },
      champions: [],
      champion: mnist,
    });
    await page.setViewportSize({ width: 1280, height: 800 });
    const board = page.locator("#board");
    const place = (await board.boundingBox()) as Box;
    for (const points of drawBy({ pen: 14, size: 150, slant: 0.15, middle: [112, 112] }, SKETCHES[7])) {
      const [[x, y], ...others] = points;
      await page.mouse.move(place.x + x, place.y + y);
      await page.mouse.down();
      for (const point of others) await page.mouse.move(place.x + point[0], place.y + point[1], { steps: 4 });
      await page.mouse.up();
    }
    expect(await page.locator("#vote").textContent()).toBe("7");
    await page.waitForFunction(() => (document.querySelector("#network .viewport")?.clientHeight ?? 999) < 400);
    const cards = [".pad", ".answer", "#network .card"];
    const boxes = await Promise.all(cards.map(async (card) => (await page.locator(card).boundingBox()) as Box));
    for (const [index, box] of boxes.entries()) {
      expect(box.y, cards[index]).toBe(boxes[0].y);
      expect(box.y + box.height, cards[index]).toBeLessThanOrEqual(800);
      expect(box.x, cards[index]).toBeGreaterThanOrEqual(index === 0 ? 0 : boxes[index - 1].x + boxes[index - 1].width);
    }
    expect(boxes[2].x + boxes[2].width).toBeLessThanOrEqual(1280);
    const graph = (await page.locator("#network svg.network").boundingBox()) as Box;
    expect(graph.x).toBeGreaterThanOrEqual(boxes[2].x);
    expect(graph.x + graph.width).toBeLessThanOrEqual(boxes[2].x + boxes[2].width);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.close();
  });

  it("test images that the vote gets wrong can be looked at, the most frequent confusion first", async () => {
    const { page } = await openReport(run);
    const counts = (await page.locator(".confused figcaption").allTextContents()).map((text) =>
      Number(text.split(": ")[1]),
    );
    expect(counts.length).toBeGreaterThan(2);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(await page.locator(".tested svg.profile").count()).toBe(1);
    const thumb = page.locator(".thumb").first();
    const taken = ((await thumb.getAttribute("title")) as string).slice(-1);
    await thumb.click();
    expect(await page.locator("#vote").textContent()).toBe(taken);
    await page.close();
  });

  it("a hidden node is cut on the test images, and picking an output draws only what feeds it", async () => {
    const { page } = await openReport(run);
    const network = page.locator("#network svg.network");
    const all = await network.locator(".connection").count();
    await page.locator("#network .hidden .disc").first().click({ force: true });
    expect(await page.locator("#network .node-value").textContent()).toBe("–");
    await page.locator("#network #cut").click();
    expect(await page.locator("#network .effect").textContent()).toMatch(
      /^Cut: % of [\d,]+ test images that the vote gets right \d+\.\d in place of \d+\.\d \([+−]?\d+\.\d\)\.$/,
    );
    await page.locator("#network #unpin").click();
    await page.locator("#network .picker button").nth(4).click();
    expect(await network.locator(".output").count()).toBe(1);
    expect(await network.locator(".output").getAttribute("data-name")).toBe("3");
    expect(await network.locator(".connection").count()).toBeLessThan(all);
    await page.close();
  });
});
