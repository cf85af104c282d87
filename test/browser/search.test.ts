/** A search in the page itself: paused, ended, and its champion the same file as that of a search in Node. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { precocial } from "../fixtures/command-line.ts";
import { accessibilityProblems, openPage, useBrowser } from "./browser.ts";

const browser = useBrowser();
const PAGE = `${pathToFileURL(join(import.meta.dirname, "../../dist/viz/index.html")).href}#search`;
let parent = "";
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-here-"));
});
afterAll(() => {
  if (parent !== "") rmSync(parent, { recursive: true, force: true });
});

it.each([
  ["swingup", 24, 6],
  ["digits", 16, 3],
])("a search for %s in a page from disk gives the bytes of one in Node", async (task, population, generations) => {
  const folder = join(parent, task);
  const words = ["search", task, "--population", String(population), "--generations", String(generations)];
  const inNode = precocial([...words, "--seed", "3", "--threads", "1", "--out", folder]);
  const { page, errors } = await openPage(browser, PAGE);
  await page.locator("#task").selectOption(task);
  for (const [name, value] of Object.entries({ seed: 3, population, generations })) {
    await page.locator(`input[name="${name}"]`).fill(String(value));
  }
  await page.locator("#start").click();
  await page.getByText("search finished").waitFor({ timeout: 100_000 });
  await page.waitForSelector("#evaluation");
  expect(await page.locator(".title h1").textContent()).toBe(`${task}, searched here`);
  expect(await page.locator("svg.scores").count()).toBe(1);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#keep").click()]);
  const { code, stderr } = await inNode;
  expect(code, stderr).toBe(0);
  expect(readFileSync(await download.path(), "utf8")).toBe(readFileSync(join(folder, "champion.json"), "utf8"));
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(errors).toEqual([]);
  await page.close();
});

it("is paused and goes on, and says what is wrong with a setting", async () => {
  const { page, errors } = await openPage(browser, PAGE);
  await page.locator('input[name="population"]').fill("1");
  await page.locator("#start").click();
  await page.locator(".search-form .notice").waitFor();
  expect(await page.locator(".search-form .notice").textContent()).toMatch(/population/);
  await page.locator('input[name="population"]').fill("24");
  await page.locator('input[name="generations"]').fill("100000");
  await page.locator("#start").click();
  await page.waitForSelector("#network .node");
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("search paused").waitFor();
  const told = () => page.locator(".lead").nth(1).textContent();
  // What was told before the pause comes in.
  await page.waitForTimeout(600);
  const before = await told();
  await page.waitForTimeout(500);
  expect(await told()).toBe(before);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.waitForFunction((text) => document.querySelectorAll(".lead")[1]?.textContent !== text, before);
  expect(errors).toEqual([]);
  await page.close();
});
