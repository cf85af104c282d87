/** How a run stands, seen from outside: a search that was killed must not look as if it went on. */
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, test } from "vitest";
import { runStatus } from "../../src/view/status.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

/** No system gives a process so high a number. */
const GONE = 2 ** 30;

/** The status of a run with this meta.json, so many milliseconds after its last change. */
function statusOf(meta: unknown, after: number): string | undefined {
  const folder = writeRun(temporaryFolder(), makeRun(1));
  const path = join(folder, "meta.json");
  writeFileSync(path, typeof meta === "string" ? meta : JSON.stringify(meta));
  return runStatus(folder, statSync(path).mtimeMs + after);
}

test.each([
  ["running", "a minute ago, its process alive", { status: "running", pid: process.pid }, 61_000],
  ["running", "just now, its process gone", { status: "running", pid: GONE }, 1000],
  ["died", "a minute ago, its process gone", { status: "running", pid: GONE }, 61_000],
  ["died", "a minute ago, by nobody it names", { status: "running" }, 61_000],
  ["finished", "an hour ago", { status: "finished", pid: GONE }, 3_600_000],
  ["stopped", "an hour ago", { status: "stopped", pid: GONE }, 3_600_000],
  [undefined, "with a meta.json that is damaged", '{"status":', 0],
])("%s: changed %s", (expected, _, meta, after) => {
  expect(statusOf(meta, after)).toBe(expected);
});

it("is undefined without a meta.json", () => {
  expect(runStatus(temporaryFolder())).toBeUndefined();
});
