/** Any task that is played is shown on the page: a built-in one, a module with a scene of its own, one without. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { inProcess } from "../fixtures/command-line.ts";
import { CARTPOLE_PY, usePython } from "../fixtures/python.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";
import { openPage, useBrowser } from "./browser.ts";

const browser = useBrowser();
const SMALL = ["--population", "8", "--tournament", "2", "--generations", "2", "--threads", "1", "--report", "--json"];

/** Searches a task with a report, and opens it. */
async function searched(task: string, folder: string) {
  const { code, stdout, stderr } = await inProcess(["search", task, "--out", "run", ...SMALL], folder);
  expect(code, stderr).toBe(0);
  const { page, errors } = await openPage(browser, pathToFileURL(join(folder, "run", "report.html")).href);
  await page.waitForSelector("#network .node");
  return { page, errors, champion: JSON.parse(stdout).champion };
}

const python = usePython();

describe("a report of", () => {
  it("cartpole plays it, and the whole episode scores what the engine says", async () => {
    const { page, errors } = await searched("cartpole", temporaryFolder());
    await page.waitForFunction(() => Number(document.querySelector("#whole-score")?.textContent) > 0);
    expect(await page.locator(".pole").count()).toBe(1);
    expect(await page.locator("#profile svg.profile").count()).toBe(1);
    const slider = page.locator("#weight");
    await slider.fill("0");
    const atZero = await page.locator("#whole-score").getAttribute("data-value");
    // At weight 0 all outputs are equal: the first is taken, and the pole soon falls.
    expect(Number(atZero)).toBeLessThan(30);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("a module shows the module's own scene, which moves", async () => {
    const folder = temporaryFolder();
    expect((await inProcess(["new", "own.mjs"], folder)).code).toBe(0);
    const { page, errors } = await searched("./own.mjs", folder);
    const cart = page.locator("#cart");
    const before = await cart.getAttribute("transform");
    for (let step = 0; step < 20; step++) await page.locator("button", { hasText: /^Step$/ }).click();
    expect(await cart.getAttribute("transform")).not.toBe(before);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("a module without a scene shows bars of what is seen and done", async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, "plain.mjs"),
      `export const inputs = ["here", "there"];
export const actions = { discrete: ["left", "right"] };
export const maxSteps = 30;
export const start = (rng) => [rng.uniform(), rng.uniform()];
export const step = (state, action) => { state[0] += action - 0.5; return { reward: 1, terminated: false }; };
`,
    );
    const { page, errors } = await searched("./plain.mjs", folder);
    const text = (await page.locator(".episode").textContent()) ?? "";
    for (const name of ["here", "there", "left", "right"]) expect(text).toContain(name);
    expect(errors).toEqual([]);
    await page.close();
  });

  it("an environment in another process shows its graph, and says why no episode", async () => {
    const folder = temporaryFolder();
    const task = `"${python.path}" "${CARTPOLE_PY}"`;
    const { page, errors } = await searched(task, folder);
    expect(await page.locator(".lead").textContent()).toMatch(/^A search for cartpole, seed 1, 2 generations\./);
    expect(await page.locator(".notice").textContent()).toBe(
      `No episode is shown, since a page cannot start the process that plays them: ${python.path} ${CARTPOLE_PY}`,
    );
    expect(await page.locator("#network .node").count()).toBeGreaterThanOrEqual(7);
    expect(await page.locator(".episode").count()).toBe(0);
    expect(errors).toEqual([]);
    await page.close();
  });
});
