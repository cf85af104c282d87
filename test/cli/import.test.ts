/** `precocial import` on the built command line: a champion from elsewhere as a run that other commands take. */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeChampion } from "../../src/formats/index.ts";
import { inProcess, precocial } from "../fixtures/command-line.ts";
import { documented } from "../fixtures/exported.ts";

let folder: string;
let first: Awaited<ReturnType<typeof precocial>>;
const RUN = join("runs", "imported-1");
const QUICK = ["--evaluation-episodes", "2", "--threads", "1"];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "precocial-test-"));
  const champion = documented("tasks/cartpole.json");
  writeFileSync(join(folder, "pole.out"), await writeChampion(champion, "pole.out"));
  const trainedWeights = Array.from(champion.genome.enabled, (_, gene) => gene / 4 - 1);
  writeFileSync(join(folder, "trained.json"), await writeChampion({ ...champion, trainedWeights }, "trained.json"));
  first = await precocial(["import", "pole.out", "--task", "cartpole", ...QUICK], folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (run: string, name: string) => JSON.parse(readFileSync(join(folder, run, name), "utf8"));

test("it is measured like any champion, and says what it was read from", () => {
  expect(first.code).toBe(0);
  expect(first.stderr).toContain(`Importing pole.out for cartpole, seed 1; run folder ${RUN}\n`);
  expect(first.stdout).toMatch(/^Read from \S*pole\.out: \d+ connections\.\n\ncondition +mean/);
  expect(first.stdout).toContain(`To see it: precocial view ${RUN}`);
  const { stage, task, from } = read(RUN, "config.json");
  expect({ stage, task, from }).toEqual({ stage: "imported", task: "cartpole", from: join(folder, "pole.out") });
  expect(read(RUN, "meta.json")).toMatchObject({ status: "finished", generations: 1 });
  expect(read(RUN, "champion.json")).toMatchObject({
    task: "cartpole",
    inputs: documented("tasks/cartpole.json").inputs,
    bestSharedWeight: read(RUN, "evaluation.json").figures.bestShared.weight,
  });
});

test("stopped before it is read, it is read when it is resumed, to the same bytes", async () => {
  const words = ["import", "pole.out", "--task", "cartpole", "--out", "later", ...QUICK];
  expect((await precocial([...words, "--max-time", "0s"], folder)).stdout).toContain("precocial resume later");
  expect(existsSync(join(folder, "later", "champion.json"))).toBe(false);
  expect((await precocial(["resume", "later", ...QUICK], folder)).code).toBe(0);
  for (const name of ["champion.json", "generations.jsonl", "evaluation.json"]) {
    expect(readFileSync(join(folder, "later", name), "utf8"), name).toBe(readFileSync(join(folder, RUN, name), "utf8"));
  }
});

test("draw, report, runs, tune and search --from take it", async () => {
  expect((await inProcess(["draw", RUN, "--out", "net.svg"], folder)).code).toBe(0);
  expect((await inProcess(["report", RUN], folder)).code).toBe(0);
  expect(readFileSync(join(folder, RUN, "report.html"), "utf8")).toContain('"stage":"imported"');
  expect((await inProcess(["runs"], folder)).stdout).toContain("imported-1");
  const tuned = await precocial(["tune", RUN, "--generations", "2", ...QUICK], folder);
  expect({ code: tuned.code, tuned: read(RUN, "tuned.json").trainedWeights.length > 0 }).toEqual({
    code: 0,
    tuned: true,
  });
  const words = ["--generations", "2", "--population", "12", "--tournament", "4", ...QUICK];
  const searched = await precocial(["search", "cartpole", "--from", RUN, ...words], folder);
  expect({ code: searched.code, stderr: searched.stderr }).toMatchObject({ code: 0 });
});

test("trained weights come along, and are measured", async () => {
  expect((await precocial(["import", "trained.json", "--out", "own", ...QUICK], folder)).code).toBe(0);
  expect(read("own", "champion.json").trainedWeights).toEqual(read(".", "trained.json").trainedWeights);
  expect(read("own", "evaluation.json").figures.trainedWeights).toMatchObject({ mean: expect.any(Number) });
  expect((await inProcess(["export", "own", "--trained", "--out", "own.c"], folder)).code).toBe(0);
});

test.each<[string, string[], string]>([
  ["a run that is there", ["pole.out", "--task", "cartpole", "--out", RUN], `There is a run at ${RUN} already: choose`],
  ["a file that does not name its task", ["pole.out"], "Expected --task, since pole.out does not name the task"],
  [
    "a champion of another task",
    ["trained.json", "--task", "swingup"],
    'Expected 5 inputs and 1 outputs for task "swingup"',
  ],
  [
    "a format that is only written",
    ["net.onnx"],
    "Expected a champion in a format that can be read (.json (json), .out",
  ],
  ["a file that is not there", ["none.json"], "Expected a champion at none.json, but there is no such file."],
])("%s is refused, and nothing is written", async (_, words, message) => {
  copyFileSync(join(folder, "pole.out"), join(folder, "net.onnx"));
  const before = readdirSync(join(folder, "runs"));
  const { code, stdout, stderr } = await inProcess(["import", ...words], folder);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(`precocial: ${message}`);
  expect(readdirSync(join(folder, "runs"))).toEqual(before);
});
