/** The examples, run as they stand: what they print, the same each time. The page of one is in package.test.ts. */
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const FOLDER = join(import.meta.dirname, "../examples");
const run = promisify(execFile);

/** The lines that an example prints. */
async function linesOf(name: string): Promise<string[]> {
  const { stdout, stderr } = await run(process.execPath, [join(FOLDER, name)]);
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

test("a search on scores of one's own finds a network that is better at every weight", async () => {
  const lines = await linesOf("own-scores.js");
  const shares = lines.map((line) => line.match(/\d+(?= %)/g)?.map(Number) ?? []);
  expect(shares).toHaveLength(4);
  for (const each of shares) expect(each).toHaveLength(6);
  expect(Math.min(...(shares.at(-1) as number[]))).toBeGreaterThan(Math.max(...shares[0]));
});

test("the evaluator in a loop of one's own gives the same scores each time", async () => {
  const lines = await linesOf("own-loop.js");
  expect(lines).toHaveLength(6);
  const scores = lines.slice(0, 5).map((line) => Number(/best so far ([\d.]+) of 500/.exec(line)?.[1]));
  expect(scores[4]).toBeGreaterThanOrEqual(scores[0]);
  expect(scores[0]).toBeGreaterThan(50);
  expect(await linesOf("own-loop.js")).toEqual(lines);
});

test("every example is run by a test", () => {
  expect(readdirSync(FOLDER).sort()).toEqual(["champion-page", "own-loop.js", "own-scores.js"]);
});
