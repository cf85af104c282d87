/** The best shared weight that a search finds at its end: kept with its champion, never with another. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { readConfig } from "../../src/run/read-config.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { precocial } from "../fixtures/command-line.ts";
import { smallConfig, smallOptions } from "../fixtures/runs.ts";
import { resumeSearch } from "../fixtures/sessions.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const textOf = (folder: string) => readFileSync(join(folder, "champion.json"), "utf8");
const championIn = (folder: string) => JSON.parse(textOf(folder));

/** Searches with the small settings, and gives the folder and the weight that was printed. */
async function search(generations: number, ...words: string[]): Promise<{ folder: string; weight: number }> {
  const folder = join(temporaryFolder(), "run");
  const options = ["--out", folder, ...smallOptions(generations), "--json", ...words];
  const { code, stdout, stderr } = await precocial(["search", "swingup", ...options]);
  expect(code, stderr).toBe(0);
  return { folder, weight: JSON.parse(stdout).conditions.bestShared.weight };
}

test("a search writes the weight it prints into champion.json, the same bytes for any threads and stops", async () => {
  const { folder, weight } = await search(12);
  expect(championIn(folder).bestSharedWeight).toBe(weight);
  const shorter = await search(5, "--threads", "2");
  const { code } = await precocial(["resume", shorter.folder, "--generations", "12", "--threads", "2"]);
  expect(code).toBe(0);
  expect(textOf(shorter.folder)).toBe(textOf(folder));
});

test("a resumed run keeps the weight with its champion, and drops it with the next one", async () => {
  const { folder } = await search(2);
  const before = textOf(folder);
  const evaluator = await createInlineEvaluator(createTask({ name: "swingup" }));
  const config = smallConfig(40);
  await resumeSearch({ folder, config, evaluator, shouldStop: () => true }, () => {});
  expect(textOf(folder)).toBe(before);
  await resumeSearch({ folder, config, evaluator }, () => {});
  expect(championIn(folder).generation).toBeGreaterThan(JSON.parse(before).generation);
  expect(championIn(folder)).not.toHaveProperty("bestSharedWeight");
});

test("a champion.json that is not the checkpoint's, or damaged, becomes that again", async () => {
  const { folder } = await search(3);
  const { bestSharedWeight: _, ...champion } = championIn(folder);
  const evaluator = await createInlineEvaluator(createTask({ name: "swingup" }));
  for (const text of [JSON.stringify({ ...champion, score: 1000, bestSharedWeight: 0.1 }), "{", "null"]) {
    writeFileSync(join(folder, "champion.json"), text);
    await resumeSearch({ folder, config: await readConfig(folder), evaluator }, () => {});
    expect(championIn(folder)).toEqual(champion);
  }
});

test("a search for classes keeps the weight that is best on training images", async () => {
  const folder = join(temporaryFolder(), "run");
  const size = ["--population", "24", "--tournament", "4", "--generations", "3", "--threads", "1"];
  const { code, stdout, stderr } = await precocial(["search", "digits", "--out", folder, "--json", ...size]);
  expect(code, stderr).toBe(0);
  expect(championIn(folder).bestSharedWeight).toBe(JSON.parse(stdout).conditions.bestShared.weight);
  expect((await precocial(["evaluate", folder, "--json", "--threads", "1"])).code).toBe(0);
});
