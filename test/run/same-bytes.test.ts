/** What searches find is what the first version found: digests of its run folders, with the settings spelled out. */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { completeConfig } from "../../src/run/config.ts";
import { loadTaskSource } from "../../src/run/task-source.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { startSearch } from "../fixtures/sessions.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const SETTINGS = {
  seed: 11,
  generations: 24,
  episodes: 2,
  weights: [-2, -1, -0.5, 0.5, 1, 2],
  population: 48,
  cull: 0.2,
  elites: 0.2,
  tournament: 8,
  connectProbability: 0.3,
  connectionObjective: 0.8,
  insertNode: 0.25,
  addConnection: 0.2,
  changeActivation: 0.5,
  enableConnection: 0.05,
  removeConnection: 0.05,
  crossover: 0.1,
  keepSplit: "always",
  crowding: "range",
};

/** Digests of generations.jsonl, champions.jsonl and champion.json, as commit 78fbd00 wrote them; `table` came later. */
const DIGESTS: [string, object, string[]][] = [
  ["swingup", {}, ["6e1b7e9fd8bf", "956f2b065ce7", "9fef55492818"]],
  ["digits", {}, ["b58b85da3c76", "2af12e11fc6d", "f14f283f4df4"]],
  ["csv", { data: "table.csv", target: "kind", batchSize: 40 }, ["05aaf1fe77b8", "988f940b6456", "d80aa4c2635f"]],
];

/** Three kinds of ninety things, told by length, width and colour; no randomness, so that the table is always the same. */
function writeTable(path: string): void {
  const rows = Array.from({ length: 90 }, (_, index) => {
    const kind = index % 3;
    const part = (factor: number) => ((index * factor) % 1).toFixed(2);
    const colour = ["red", "green", "blue"][(kind + (index % 7 === 0 ? 1 : 0)) % 3];
    return `${4 + kind + Number(part(0.754877))},${2 + 0.5 * kind + Number(part(0.56984))},${colour},${"abc"[kind]}`;
  });
  writeFileSync(path, `length,width,colour,kind\n${rows.join("\n")}\n`);
}

test.each(DIGESTS)("%s", async (task, taskSettings, expected) => {
  const folder = temporaryFolder();
  if (task === "csv") writeTable(join(folder, "table.csv"));
  const settings = task === "csv" ? { ...taskSettings, data: join(folder, "table.csv") } : taskSettings;
  const config = completeConfig({ task, taskSettings: settings, ...SETTINGS }, { preset: null });
  const evaluator = await createInlineEvaluator(createTask(await loadTaskSource(config)));
  const run = join(folder, "run");
  await startSearch({ folder: run, config, evaluator });
  // What the task reports of a champion, what selection did, and the encoding of a table, were not written then.
  const text = (name: string) =>
    readFileSync(join(run, name), "utf8")
      .replace(/\s*"reported":\s*[-\d.e]+,/g, "")
      .replace(/,"selection":.*\}(?=\}$)/gm, "");
  const { table, ...champion } = JSON.parse(text("champion.json"));
  const texts = [text("generations.jsonl"), text("champions.jsonl"), `${JSON.stringify(champion, null, 1)}\n`];
  const digests = texts.map((each) => createHash("sha256").update(each).digest("hex"));
  expect(digests.map((digest) => digest.slice(0, 12))).toEqual(expected);
  expect(table?.target.classes).toEqual(task === "csv" ? ["a", "b", "c"] : undefined);
});
