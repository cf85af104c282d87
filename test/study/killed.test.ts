/** A study of 20 seeds and 2 settings that is killed again and again leaves the bytes of one that was not. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { inProcess, precocial } from "../fixtures/command-line.ts";
import { digestsOf, killGroup, planFolder, resultsOf, startGroup, waitUntil } from "../fixtures/studies.ts";

test("killed in the middle with all its processes and gone on with, a study has the same bytes", async () => {
  const folder = planFolder();
  const whole = await inProcess(["study", "plan.json", "--out", "whole", "--parallel", "1", "--threads", "2"], folder);
  expect(whole.code, whole.stderr).toBe(0);
  const expected = digestsOf(join(folder, "whole"));
  expect(Object.keys(expected).length).toBe(3 + 40 * 8);

  const killed = join(folder, "killed");
  for (const [words, enough] of [
    [["plan.json", "--out", "killed", "--parallel", "2"], 5],
    [["killed", "--parallel", "3"], 17],
  ] as const) {
    const child = startGroup(["study", ...words], folder);
    await waitUntil(() => resultsOf(killed).length >= enough, child);
    await killGroup(child);
    expect(resultsOf(killed).length).toBeGreaterThanOrEqual(enough);
    expect(resultsOf(killed).length).toBeLessThan(40);
  }
  const ended = await precocial(["resume", "killed"], folder);
  expect(ended.code, ended.stderr).toBe(0);
  expect(digestsOf(killed)).toEqual(expected);
});
