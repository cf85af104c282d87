/** What a run has come to is kept in its folder at its end, and the other commands read it there. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inProcess, start, waitForLines } from "../fixtures/command-line.ts";
import { smallOptions } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const textOf = (folder: string, name: string) => readFileSync(join(folder, name), "utf8");
const jsonOf = (folder: string, name: string) => JSON.parse(textOf(folder, name));
const FEW = ["--evaluation-episodes", "4"];

/** Searches with the small settings, and gives the folder and what was printed. */
async function search(generations: number, ...words: string[]) {
  const folder = join(temporaryFolder(), "run");
  const options = ["--out", folder, ...smallOptions(generations), "--json", ...words];
  const { code, stdout, stderr } = await inProcess(["search", "swingup", ...options]);
  expect(code, stderr).toBe(0);
  return { folder, printed: JSON.parse(stdout) };
}

test("a search keeps what it prints, the same bytes for any threads and stops", async () => {
  const { folder, printed } = await search(12, ...FEW);
  const kept = jsonOf(folder, "evaluation.json");
  expect(kept).toEqual(printed.evaluation);
  expect(kept).toMatchObject({ kind: "search", task: "swingup", episodes: 4, seed: 1 });
  expect(jsonOf(folder, "champion.json")).toMatchObject({
    generation: kept.generation,
    bestSharedWeight: kept.figures.bestShared.weight,
    score: kept.figures.validation.mean,
  });
  const shorter = await search(5, "--threads", "2", ...FEW);
  const again = ["resume", shorter.folder, "--generations", "12", "--threads", "2", ...FEW];
  expect((await inProcess(again)).code).toBe(0);
  for (const name of ["evaluation.json", "champion.json"])
    expect(textOf(shorter.folder, name)).toBe(textOf(folder, name));
});

test("evaluate gives the same figures with the same episodes and seed, and compare takes them as they are", async () => {
  const { folder, printed } = await search(3, ...FEW);
  const { validation: _, ...figures } = printed.evaluation.figures;
  const evaluated = await inProcess(["evaluate", folder, "--episodes", "4", "--threads", "1", "--json"]);
  expect(JSON.parse(evaluated.stdout)).toMatchObject(figures);

  const file = join(folder, "evaluation.json");
  const told = { ...printed.evaluation, figures: { ...figures, standard: { mean: 123, std: 45, count: 24 } } };
  writeFileSync(file, JSON.stringify(told));
  const scoresOf = async (...words: string[]) =>
    JSON.parse((await inProcess(["compare", folder, "--threads", "1", "--json", ...words])).stdout).runs[0];
  expect(await scoresOf()).toMatchObject({ scores: { standard: 123 }, deviations: { standard: 45 } });
  expect((await scoresOf("--episodes", "4", "--seed", "1")).scores.standard).toBe(123);
  expect((await scoresOf("--episodes", "4", "--seed", "2")).scores.standard).not.toBe(123);
  expect((await scoresOf("--episodes", "5")).scores.standard).not.toBe(123);
  expect((await inProcess(["runs", "--runs", join(folder, "..")])).stdout).toMatch(/ score +test +size .*\n.* 123 /);

  writeFileSync(file, '{"format":1}');
  const damaged = await inProcess(["compare", folder]);
  expect(damaged).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`Expected an evaluation in ${file}: kind: `),
  });
});

test("a run of before evaluations were kept is measured when it is compared", async () => {
  const { folder } = await search(2, "--evaluation-episodes", "0");
  expect(existsSync(join(folder, "evaluation.json"))).toBe(false);
  expect(jsonOf(folder, "champion.json")).not.toHaveProperty("bestSharedWeight");
  const compared = await inProcess(["compare", folder, "--episodes", "2", "--threads", "1", "--json"]);
  expect(JSON.parse(compared.stdout).runs[0].scores.standard).toBeGreaterThanOrEqual(0);
  expect((await inProcess(["runs", "--runs", join(folder, "..")])).stdout).toMatch(/ 2\/2 +\S+ +- +\d+ /);
});

test("Ctrl-C ends a search with its champion measured", async () => {
  const folder = join(temporaryFolder(), "run");
  const running = start(["search", "swingup", "--json", "--out", folder, ...smallOptions(1_000_000), ...FEW]);
  await waitForLines(join(folder, "generations.jsonl"), 3, running);
  running.child.kill("SIGINT");
  const { code, stdout } = await running.done;
  expect(code).toBe(130);
  expect(jsonOf(folder, "evaluation.json")).toEqual(JSON.parse(stdout).evaluation);
});

test("a search for classes keeps accuracy by class and confusion; a baseline accuracy and loss by part of the data", async () => {
  const parent = temporaryFolder();
  const words = ["--population", "24", "--tournament", "4", "--generations", "3", "--threads", "1", ...FEW];
  const { code, stderr } = await inProcess(["search", "digits", "--out", "evolved", ...words], parent);
  expect(code, stderr).toBe(0);
  const evolved = join(parent, "evolved");
  const { figures, measure, byClass, confusion } = jsonOf(evolved, "evaluation.json");
  expect(measure).toEqual({ name: "accuracy", unit: "share" });
  expect(jsonOf(evolved, "champion.json").bestSharedWeight).toBe(figures.bestShared.weight);
  expect(byClass).toHaveLength(10);
  const counted = confusion.flat().reduce((sum: number, count: number) => sum + count, 0);
  expect(counted).toBe(figures.standard.count);

  await inProcess(["baseline", "linear", "digits", "--out", "trained", "--epochs", "2"], parent);
  const trained = join(parent, "trained");
  const kept = jsonOf(trained, "evaluation.json");
  const { test, train } = JSON.parse((await inProcess(["evaluate", "trained", "--json"], parent)).stdout);
  expect(kept).toMatchObject({ kind: "baseline", size: 2570, measure: { name: "accuracy" } });
  expect(kept.figures.test.mean).toBe(test.accuracy);
  expect(kept.losses.train).toBe(train.loss);
  const last = textOf(trained, "generations.jsonl")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))[1];
  expect(kept.figures.running.mean).toBe(last.train.accuracy);

  rmSync(join(trained, "checkpoint.json"));
  const { runs } = JSON.parse((await inProcess(["compare", "evolved", "trained", "--json"], parent)).stdout);
  expect(runs[0].scores.ensemble).toBe(figures.ensemble.mean);
  expect(runs[1].scores).toEqual({ trainedWeights: test.accuracy });
});
