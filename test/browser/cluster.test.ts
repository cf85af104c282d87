/** The workers of a cluster in a real browser, below whatever is shown: those that are there, as they come. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startView } from "../../src/view/server.ts";
import { testWorker } from "../fixtures/cluster.ts";
import { describeWithRedis } from "../fixtures/redis.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";
import { accessibilityProblems, openPage, useBrowser } from "./browser.ts";

const browser = useBrowser();

describeWithRedis("the workers of a cluster", (server) => {
  test("are listed below the page, and a new one appears", async () => {
    const parent = mkdtempSync(join(tmpdir(), "precocial-workers-"));
    onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
    const view = await startView({ folders: [writeRun(parent, makeRun(3, "one"))], cluster: server().address });
    onTestFinished(() => view.close());
    const { page, errors } = await openPage(browser, view.url);
    await page.getByText("No worker is there. To start one: precocial worker").waitFor();
    await testWorker(server().address, { name: "lab-3" });
    const row = page.locator("#cluster tbody tr");
    await row.getByText("lab-3").waitFor();
    expect(await row.locator("th,td").allTextContents()).toEqual(["lab-3", "-", "1", "0 %", "0", "0"]);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
  });
});
