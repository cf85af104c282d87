/** A row of a table on the page in a real browser: the form, what the network answers, and its values in the graph. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tableDataset } from "../../src/data/table/dataset.ts";
import { compile, encodeGenome, encodeRow, inputNames, STANDARD_WEIGHTS, type TableEncoding } from "../../src/index.ts";
import { answerClasses, answerValues, networkVoters } from "../../src/measure/predict.ts";
import { writeReport } from "../../src/view/report.ts";
import { leafGenome, leafTable } from "../fixtures/asked.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";
import { accessibilityProblems, openPage, useBrowser } from "./browser.ts";

const browser = useBrowser();
let parent = "";
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-rows-"));
});
afterAll(() => {
  if (parent !== "") rmSync(parent, { recursive: true, force: true });
});

const tableOf = (target: string, ignore: string, rows = leafTable()) =>
  tableDataset(rows, { target, ignore: [ignore] }).table as TableEncoding;
const KINDS = tableOf("kind", "weight");
const WEIGHTS = tableOf("weight", "kind");

/** Opens the report of a run on a table from disk, at a weight of 0.5. */
function openRun(table: TableEncoding, width?: number) {
  const { target } = table;
  const champion = { generation: 0, score: -1, genome: encodeGenome(leafGenome(table)) };
  const names = {
    inputs: inputNames(table),
    outputs: target.kind === "classes" ? target.classes : [target.name],
    table,
  };
  const run = {
    ...makeRun(1, target.name),
    config: { task: "csv", seed: 1 },
    champions: [champion],
    champion: { ...champion, ...names, bestSharedWeight: 0.5 },
  };
  return openPage(browser, pathToFileURL(writeReport(writeRun(parent, run))).href, width);
}

/** The answers of the engine for a row. */
function answersFor(table: TableEncoding, cells: Readonly<Record<string, string>>, weights: readonly number[]) {
  const { inputs } = encodeRow(table, cells);
  const voters = networkVoters(compile(leafGenome(table)), weights);
  return table.target.kind === "classes"
    ? answerClasses(voters, inputs, inputs.length)
    : answerValues(voters, inputs, inputs.length);
}

const text = (page: Page, selector: string) => page.locator(selector).textContent();
const chances = (page: Page) =>
  page.locator(".chance b").evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset.value)));

describe("the form of a row", () => {
  it("begins with medians, and answers as the engine does: by vote, and by chances at the slider's weight", async () => {
    const { page, errors } = await openRun(KINDS);
    const fields = page.locator("[data-column]");
    expect(await fields.evaluateAll((all) => all.map((field) => (field as HTMLElement).dataset.column))).toEqual([
      "length",
      "width",
      "colour",
    ]);
    const median = KINDS.columns[0].kind === "numeric" ? KINDS.columns[0].fill : Number.NaN;
    expect(Number(await fields.first().inputValue())).toBeCloseTo(median, 4);
    const seen = new Set<string>();
    for (const [length, width, colour] of [
      ["3.5", "", "red"],
      ["12", "3.2", ""],
      ["7.25", "2", "green"],
      ["20", "-1", "yellow"],
    ]) {
      await fields.nth(0).fill(length);
      await fields.nth(1).fill(width);
      await fields.nth(2).selectOption(colour);
      const cells = { length, width, colour };
      const vote = answersFor(KINDS, cells, STANDARD_WEIGHTS) as ReturnType<typeof answerClasses>;
      const single = answersFor(KINDS, cells, [0.5]) as ReturnType<typeof answerClasses>;
      const { classes } = KINDS.target as Extract<TableEncoding["target"], { kind: "classes" }>;
      expect(await text(page, "#vote")).toBe(classes[vote.classes[0]]);
      expect(await text(page, "#vote + span")).toBe(`vote of the six weights, ${Math.round(6 * vote.votes[0])} of 6`);
      expect(await text(page, "#single")).toBe(classes[single.classes[0]]);
      const shown = await chances(page);
      expect(shown.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 6);
      expect(shown[single.classes[0]]).toBeCloseTo(single.scores[0], 4);
      seen.add(shown.join());
    }
    expect(seen.size).toBe(4);
    expect(await page.locator("#row svg.grid .marked").count()).toBe(7);
    expect(await text(page, "#network .shown")).toBe(
      "Shown: this row at shared weight 0.50, the best found when the search ended.",
    );
    expect(errors).toEqual([]);
    await page.locator("#network .disc").first().click({ force: true });
    expect(await text(page, "#network .effect")).toBe(
      "What it is worth cannot be measured here: the page has no examples of this task.",
    );
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.close();
  });

  it("follows its sliders and the weight's, and goes back to a typical row and the best weight", async () => {
    const { page } = await openRun(KINDS);
    const first = await chances(page);
    const number = page.locator('[data-column="length"]');
    const median = await number.inputValue();
    await page.locator(".row-form input[type=range]").first().fill("12");
    expect(await number.inputValue()).toBe("12");
    expect(await chances(page)).not.toEqual(first);
    await page.locator("#typical").click();
    expect(await number.inputValue()).toBe(median);
    expect(await chances(page)).toEqual(first);
    await page.locator("#weight").fill("-2");
    expect(await text(page, "#single + span")).toBe("at weight −2.00");
    expect(await chances(page)).not.toEqual(first);
    expect(await text(page, "#network .shown")).toBe("Shown: this row at shared weight −2.00.");
    await page.locator("#best").click();
    expect(await chances(page)).toEqual(first);
    await page.close();
  });

  it("tells a number with its spread over the weights, and how it depends on the weight", async () => {
    const { page, errors } = await openRun(WEIGHTS);
    await page.locator('[data-column="length"]').fill("9.5");
    await page.locator('[data-column="width"]').fill("2");
    await page.locator('[data-column="colour"]').selectOption("red");
    const { mean, deviation } = WEIGHTS.target as Extract<TableEncoding["target"], { kind: "number" }>;
    const cells = { length: "9.5", width: "2", colour: "red" };
    const { values, spreads } = answersFor(WEIGHTS, cells, STANDARD_WEIGHTS) as ReturnType<typeof answerValues>;
    const [value, spread] = String(await text(page, "#vote"))
      .replaceAll("−", "-")
      .replaceAll(",", "")
      .split(" ± ");
    expect(Number(value)).toBeCloseTo(mean + deviation * values[0], 1);
    expect(Number(spread)).toBeCloseTo(deviation * spreads[0], 1);
    expect(await page.locator("#row svg.profile .standard").count()).toBe(6);
    const before = await text(page, "#single");
    await page.locator("#weight").fill("2.5");
    expect(await text(page, "#single")).not.toBe(before);
    expect(errors).toEqual([]);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.close();
  });

  it("fits a phone, and says which value training did not have", async () => {
    const whole = tableOf("kind", "weight", leafTable().replaceAll("NA", "red"));
    const { page } = await openRun(whole, 400);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
    expect(await page.locator("#unseen").isHidden()).toBe(true);
    await page.locator('[data-column="colour"]').selectOption("");
    expect(await text(page, "#unseen")).toBe("Training had no such value of colour: as if it were of no kind.");
    expect(await page.locator("#unseen").isVisible()).toBe(true);
    await page.close();
  });
});
