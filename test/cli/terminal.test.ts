/** The command line on a real terminal: Ctrl-C leaves what was said readable, and deleting asks first. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeRun, writeRun } from "../fixtures/run.ts";
import { smallOptions } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";
import { hasTerminal, startOnTerminal } from "../fixtures/terminal.ts";

const CTRL_C = "\x03";
const CTRL_D = "\x04";
/** Moves the cursor back to where it was saved. */
const RESTORE = "\x1b8";

describe.skipIf(!hasTerminal)("on a terminal", () => {
  test.each([
    ["a search", ["search", "swingup", ...smallOptions(1_000_000)], "generation ", "Finishing this generation"],
    ["a baseline", ["baseline", "linear", "digits", "--epochs", "100000"], "epoch ", "Stopping after this epoch"],
  ])("Ctrl-C ends the line of %s before it is answered, and nothing is written over the answer", async (...example) => {
    const [, words, progress, answer] = example;
    const run = startOnTerminal([...words, "--out", "run"], temporaryFolder());
    await run.shows(progress);
    run.press(CTRL_C);
    expect(await run.done).toBe(130);
    const [before, after] = run.written().split(`${answer}; press Ctrl-C again to stop at once.\r\n`);
    expect(before.endsWith("\n")).toBe(true);
    expect(before.lastIndexOf(RESTORE)).toBeGreaterThan(before.lastIndexOf(progress));
    expect(after).not.toContain(RESTORE);
    expect(after).toMatch(/^\d+ (generation|epoch)s? in .*, stopped before the end\.\r\n/);
    expect(after).toContain("To go on: precocial resume run");
  });

  test.each([
    ["y\r", true],
    ["Yes\r", true],
    ["n\r", false],
    ["\r", false],
    [CTRL_C, false],
    [CTRL_D, false],
  ])("delete asks first, and %j answers (deleted: %s)", async (keys, deleted) => {
    const folder = temporaryFolder();
    writeRun(join(folder, "runs"), makeRun(2, "old"));
    const asked = startOnTerminal(["runs", "delete", "old"], folder);
    await asked.shows("Delete runs/old for good? [y/N] ");
    asked.press(keys);
    expect(await asked.done).toBe(0);
    expect(asked.written()).toContain(deleted ? "runs/old is deleted." : "Nothing was deleted.");
    expect(existsSync(join(folder, "runs/old"))).toBe(!deleted);
  });
});
