/** Run folders of format 1 are read as what they are in this one. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { completeConfig } from "../../src/run/config.ts";
import { readRun } from "../../src/run/read-config.ts";
import { completeTrainConfig } from "../../src/run/stages/train-config.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

/** What the config of a run that wrote this is read as. */
async function read(config: object) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "config.json"), JSON.stringify({ format: 1, ...config }));
  const { kind, config: found } = await readRun(folder);
  return { kind: kind.name, config: found };
}

test("a search of an environment, whose batches meant nothing", async () => {
  expect(await read({ task: "swingup", batchSize: 1000, seed: 5, generations: 7, population: 20 })).toEqual({
    kind: "search",
    config: completeConfig({ task: "swingup", seed: 5, generations: 7, population: 20 }, { preset: null }),
  });
});

test("settings that came later do not take effect, whatever the task's preset says by now", async () => {
  const { select: _, starts: __, ...before } = completeConfig({ task: "swingup" }, { preset: "paper" });
  const { config } = await read({ ...before, format: 2 });
  expect(config).toEqual(completeConfig({ task: "swingup" }, { preset: "paper" }));
  expect(completeConfig({ task: "swingup" })).toMatchObject({ select: "lexicase", starts: { up: 0.5 } });
});

test("a search of a table, limited by time alone", async () => {
  const table = { data: "/tables/iris.csv", target: "species", delimiter: ";", batchSize: 40 };
  expect(await read({ task: "csv", ...table, generations: 100_000_000 })).toEqual({
    kind: "search",
    config: completeConfig({ task: "csv", taskSettings: table, generations: null }, { preset: null }),
  });
});

test("a baseline", async () => {
  expect(await read({ kind: "baseline", task: "mnist-full", dataDir: "/data", epochs: 3, model: "linear" })).toEqual({
    kind: "baseline",
    config: completeTrainConfig({ task: "mnist-full", taskSettings: { dataDir: "/data" }, epochs: 3, model: "linear" }),
  });
});
