/** Studies from the command line: budgets, clocks, stops, processes that are lost, and all that is refused. */
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { completePlan, runStudy, type StudyProgress, startStudy } from "precocial";
import { describe, expect, test } from "vitest";
import { inProcess, start } from "../fixtures/command-line.ts";
import { bytesOf } from "../fixtures/runs.ts";
import { digestsOf, planFolder, resultsOf, startGroup, waitUntil } from "../fixtures/studies.ts";

const FEW = { seeds: "1-2", grid: undefined };
const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8"));

const linesOf = (...path: string[]) =>
  readFileSync(join(...path), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

/** Makes the study of a plan, in one process with one thread, which start quickest; its folder. */
async function study(changes: object, ...words: string[]): Promise<string> {
  const folder = planFolder(changes);
  const made = await inProcess(
    ["study", "plan.json", "--out", "s", "--parallel", "1", "--threads", "1", ...words],
    folder,
  );
  expect(made.code, made.stderr).toBe(0);
  return join(folder, "s");
}

test("one run is measured at every budget, as a shorter one is at its end, and is what a search makes", async () => {
  const folder = await study({ ...FEW, generations: [2, 5] });
  const short = await study({ ...FEW, generations: 2 });
  expect(resultsOf(folder).map(({ seed, budget }) => [seed, budget])).toEqual([
    [1, 2],
    [1, 5],
    [2, 2],
    [2, 5],
  ]);
  expect(resultsOf(folder).filter(({ budget }) => budget === 2)).toEqual(resultsOf(short));
  const { figures } = resultsOf(folder)[3];
  expect(figures).toMatchObject({ generations: 5, evaluations: 5 * 8 * 2 });
  expect(Object.keys(figures)).toEqual(
    expect.arrayContaining(["steps", "score", "connections", "standard", "ensemble"]),
  );

  const [data, run] = [join(folder, "..", "table.csv"), join(folder, "runs", "default-2")];
  const words =
    "--target kind --population 8 --tournament 2 --weights=-1,1 --generations 5 --seed 2 --evaluation-episodes 1";
  await inProcess(["search", "csv", "--data", data, ...words.split(" "), "--out", join(folder, "alone")]);
  expect(bytesOf(join(folder, "alone"))).toEqual(bytesOf(run));
  expect(json(run, "evaluation.json")).toMatchObject({ episodes: 1, seed: "test" });
  expect(json(run, "evaluation.json").figures.standard.mean).toBe(figures.standard);
});

test("curves hold what happened: corners in study.json, every generation in curves.csv, seconds apart", async () => {
  const folder = await study({ ...FEW, seeds: "3", generations: 30 });
  const lines = readFileSync(join(folder, "curves.csv"), "utf8").trimEnd().split("\n");
  const head = "variant,seed,generation,evaluations,steps,score,connections,best,median,train,validation";
  expect(lines[0]).toBe(head);
  expect(lines).toHaveLength(31);
  const cells = lines.slice(1).map((line) => line.split(","));
  const [curve] = json(folder, "study.json").curves;
  const points = cells.map(([, , generation, evaluations, steps, score, connections]) =>
    [generation, evaluations, steps, score, connections].map(Number),
  );
  const records = linesOf(folder, "runs/default-3/generations.jsonl");
  const champions = new Map(
    linesOf(folder, "runs/default-3/champions.jsonl").map((line) => [line.generation, line.reported]),
  );
  let steps = 0;
  points.forEach(([generation, evaluations, counted, score], index) => {
    steps += records[index].steps;
    expect({ generation, evaluations, counted, score }).toEqual({
      generation: index + 1,
      evaluations: 16 * (index + 1),
      counted: steps,
      score: champions.get(records[index].champion.generation),
    });
  });
  const champion = (index: number) => records[index]?.champion.generation;
  const corners = points.filter((_, index) => index === 29 || champion(index) !== champion(index - 1));
  expect(corners.length).toBeGreaterThan(2);
  const { generations, evaluations, steps: counts, score, connections } = curve;
  expect(
    generations.map((_: number, index: number) =>
      [generations, evaluations, counts, score, connections].map((values) => values[index]),
    ),
  ).toEqual(corners);
  const { figures } = resultsOf(folder)[0];
  expect(figures).toMatchObject({ score: score.at(-1), connections: connections.at(-1), steps: counts.at(-1) });

  const timings = readFileSync(join(folder, "timings.csv"), "utf8").trimEnd().split("\n");
  expect(timings[0]).toBe("variant,seed,generation,seconds");
  const seconds = timings.slice(1).map((line) => Number(line.split(",")[3]));
  expect(timings).toHaveLength(31);
  expect(json(folder, "timings.json")).toEqual({
    results: [{ variant: "default", seed: 3, budget: 30, seconds: seconds[29] }],
    curves: [
      { variant: "default", seed: 3, seconds: generations.map((generation: number) => seconds[generation - 1]) },
    ],
  });
});

test("evolved and trained networks are variants of one study, with tables of both", async () => {
  const folder = planFolder({
    settings: { task: "csv", data: "table.csv", target: "kind" },
    grid: undefined,
    variants: [
      { name: "evolved", settings: { preset: "quick", population: 8, tournament: 2 } },
      { name: "trained", settings: { stage: "baseline", hidden: 4, batch: 8, init: 0.1 } },
    ],
    seeds: [1],
    generations: [1, 3],
    evaluation: { episodes: 2, seed: "test", weightNoise: true },
  });
  const made = await inProcess(["study", "plan.json", "--json"], folder);
  expect(made.code, made.stderr).toBe(0);
  const { study: where, status, record } = JSON.parse(made.stdout);
  expect({ where, status }).toEqual({ where: join("studies", "plan"), status: "finished" });
  expect(record).toEqual(json(folder, where, "study.json"));
  const trained = record.results.filter(({ variant }: { variant: string }) => variant === "trained");
  expect(trained[1].figures).toMatchObject({ generations: 3, steps: 3 * 54, connections: 2 * 4 + 4 + 4 * 3 + 3 });
  expect(Object.keys(trained[1].figures)).toEqual(expect.arrayContaining(["running", "train", "validation", "test"]));
  expect(record.curves[1]).toMatchObject({ generations: [1, 2, 3], steps: [54, 108, 162] });
  const [evolved] = record.results.filter(({ variant }: { variant: string }) => variant === "evolved");
  const noises = Object.keys(evolved.figures).filter((name) => name.startsWith("noise"));
  expect(noises).toEqual(["noise0", "noise0.05", "noise0.1", "noise0.2", "noise0.3", "noise0.5", "noise1"]);
  expect(evolved.figures.noise0).toBeCloseTo(evolved.figures.bestShared, 9);
  expect(Object.keys(trained[1].figures).filter((name) => name.startsWith("noise"))).toEqual([]);
  const epochs = linesOf(folder, where, "runs/trained-1/generations.jsonl");
  expect(record.curves[1].train).toEqual(epochs.map(({ train }) => train.accuracy));
  expect(record.curves[1].validation).toEqual(epochs.map(({ validation }) => validation.accuracy));
  expect(record.variants.map(({ settings }: { settings: object }) => settings)).toEqual([
    { stage: "search" },
    { stage: "baseline" },
  ]);

  const again = await inProcess(["study", where, "--target", "0.5", "--figure", "connections"], folder);
  expect(again.stdout).toMatch(/^evolved +1 /m);
  expect(again.stdout).toMatch(/^trained +3 /m);
  expect(again.stdout).toMatch(/ noise 0 +noise 0\.05 .* noise 1 /);
  expect(again.stdout).toContain("Noise: each weight drawn by itself around the best shared one");
  expect(again.stdout).toContain(`Study folder: ${where}\nIts page: ${join(where, "study.html")}\n`);
  expect(readFileSync(join(folder, where, "study.html"), "utf8")).toContain(JSON.stringify(record.results[0]));
  const known = await inProcess(["study", where, "--figure", "sizes"], folder);
  expect(known).toMatchObject({ code: 2, stderr: expect.stringContaining('Unknown figure "sizes".') });
});

test("a fixed topology is made in its one step, whatever the budget, and measured at it", async () => {
  const variants = [
    { name: "fixed", settings: { stage: "fixed", layers: [3] } },
    { name: "evolved", settings: { population: 8, tournament: 2 } },
  ];
  const settings = { task: "csv", data: "table.csv", target: "kind" };
  for (const budget of [{ generations: 2 }, { generations: undefined, maxTime: "1ms" }]) {
    const folder = await study({ settings, grid: undefined, variants, seeds: [1], ...budget });
    const [fixed, evolved] = resultsOf(folder);
    expect(fixed.figures).toMatchObject({ generations: 1, steps: 0, connections: 2 * 3 + 3 + 3 * 3 + 3 });
    const { reported } = json(folder, "runs", "fixed-1", "champion.json");
    expect(fixed.figures.score).toBe(reported);
    expect(Object.keys(fixed.figures)).toEqual(expect.arrayContaining(["standard", "randomShared", "bestShared"]));
    expect(evolved.figures.generations).toBeGreaterThanOrEqual(budget.generations ?? 1);
  }
});

test("a record that is kept without its seconds is compared, as those of the experiments are", async () => {
  const folder = await study({ ...FEW, generations: 2 });
  const whole = await inProcess(["compare", folder, "--format", "md"]);
  expect(whole.stdout).toMatch(/\| time \|/);
  rmSync(join(folder, "timings.json"));
  const kept = await inProcess(["compare", folder, "--format", "md"]);
  expect(kept.code, kept.stderr).toBe(0);
  expect(kept.stdout).not.toMatch(/\| time \|/);
});

test("with a budget of time one run is at work, for about that time, and the number is kept", async () => {
  const folder = await study({ ...FEW, generations: undefined, maxTime: ["1ms", "20ms"] });
  const results = resultsOf(folder);
  expect(results.map(({ budget }) => budget)).toEqual([0.001, 0.02, 0.001, 0.02]);
  const { results: timings } = json(folder, "timings.json");
  for (const { seconds, budget } of timings) expect(seconds).toBeGreaterThanOrEqual(budget);
  expect(results[0].figures.generations).toBeGreaterThanOrEqual(1);
  expect(results[1].figures.generations).toBeGreaterThanOrEqual(results[0].figures.generations);
  expect(json(folder, "meta.json")).toMatchObject({ parallel: 1, status: "finished" });
  expect(json(folder, "runs/default-1/config.json").generations).toBeNull();
  const other = await inProcess(["study", folder, "--parallel", "2"]);
  expect(other).toMatchObject({
    code: 2,
    stderr:
      "precocial: Expected 1 runs at once, with which the study was begun, got 2: with a budget of time the number is part of the figures.\n",
  });
});

describe("stopped", () => {
  const LONG = { seeds: "1-3", grid: undefined, generations: 60 };

  test("by Ctrl-C it ends in good order, and goes on to the same bytes", async () => {
    const whole = await study(LONG);
    const folder = join(whole, "..");
    const running = start(["study", "plan.json", "--out", "stopped"], folder);
    await waitUntil(() => existsSync(join(folder, "stopped/runs/default-2/checkpoint.json")), running.child);
    running.child.kill("SIGINT");
    const stopped = await running.done;
    expect({ code: stopped.code, out: stopped.stdout }).toEqual({
      code: 130,
      out: expect.stringContaining("To go on: precocial study stopped\n"),
    });
    expect(stopped.stderr).toContain("Finishing the generations at hand; press Ctrl-C again to stop at once.");
    expect(json(folder, "stopped/meta.json").status).toBe("stopped");
    const paths = readdirSync(join(folder, "stopped"), { recursive: true, encoding: "utf8" });
    expect(paths.filter((path) => /lock\.json|\.part$/.test(path))).toEqual([]);
    await inProcess(["study", "stopped"], folder);
    expect(digestsOf(join(folder, "stopped"))).toEqual(digestsOf(whole));
  });

  test("by the end of its own process alone, the others end too, and it can be gone on with at once", async () => {
    const folder = planFolder(LONG);
    const child = startGroup(["study", "plan.json", "--out", "s"], folder);
    const runs = join(folder, "s/runs");
    await waitUntil(() => existsSync(join(runs, "default-2/checkpoint.json")), child);
    const lock = join(runs, "default-2/lock.json");
    child.kill("SIGKILL");
    await once(child, "exit");
    const { code, stderr } = await inProcess(["study", "s"], folder);
    expect(code, stderr).toBe(0);
    expect(existsSync(lock)).toBe(false);
    expect(resultsOf(join(folder, "s"))).toHaveLength(3);
  });

  test("by the loss of a process it says which run that was, and keeps what is done", async () => {
    const folder = planFolder(LONG);
    const running = start(["study", "plan.json", "--out", "s", "--parallel", "1"], folder);
    const lock = join(folder, "s/runs/default-2/lock.json");
    await waitUntil(() => existsSync(lock), running.child);
    process.kill(json(lock).pid, "SIGKILL");
    const { code, stderr } = await running.done;
    expect(code).toBe(1);
    expect(stderr).toContain(`The process at work on ${join("s", "runs", "default-2")} ended with SIGKILL.`);
    expect(resultsOf(join(folder, "s"))).toHaveLength(1);
    expect(json(folder, "s/meta.json").status).toBe("stopped");
    expect((await inProcess(["study", "s"], folder)).code).toBe(0);
  });
});

test("the library makes a study, tells how far it is, goes on with it, and refuses another plan", async () => {
  const folder = planFolder();
  const plan = await completePlan(
    {
      ...json(folder, "plan.json"),
      seeds: [1],
      settings: { ...json(folder, "plan.json").settings, data: join(folder, "table.csv") },
    },
    "the test",
  );
  const told: StudyProgress[] = [];
  const options = {
    folder: join(folder, "s"),
    threads: 1,
    parallel: 2,
    onProgress: (progress: StudyProgress) => void told.push(progress),
  };
  const { status, record } = await runStudy(plan, options);
  expect(status).toBe("finished");
  expect(record.results.map(({ variant }) => variant)).toEqual(["keepSplit always", "keepSplit never"]);
  expect(told[0]).toEqual({ runs: 2, done: 0, share: 0, working: [] });
  expect(told.at(-1)).toEqual({ runs: 2, done: 2, share: 1, working: [] });
  expect(await runStudy(plan, options)).toEqual({ status, record, timings: expect.anything() });
  const other = { ...plan, target: 3 };
  await expect(runStudy(other, options)).rejects.toThrow(
    `The study in ${options.folder} has another plan: choose another folder, or remove it.`,
  );
});

test("what cannot be made of its tasks is refused before anything is written", async () => {
  const folder = planFolder();
  const plan = { ...json(folder, "plan.json"), seeds: [1] };
  const refused = async (settings: object, parallel = 1) => {
    const made = await completePlan(
      { ...plan, settings: { ...plan.settings, data: join(folder, "table.csv"), ...settings } },
      "the test",
    );
    return startStudy(made, { folder: join(folder, "s"), parallel });
  };
  await expect(refused({ data: join(folder, "other.csv") })).rejects.toThrow(
    `Variant "keepSplit always": Expected a readable table at ${join(folder, "other.csv")}: `,
  );
  await expect(refused({}, 5000)).rejects.toThrow("Expected parallel to be an integer from 1 to 1024, got 5000.");
  const trained = await completePlan({ settings: { task: "swingup", stage: "baseline" }, generations: 1 }, "the test");
  await expect(startStudy(trained, { folder: join(folder, "s") })).rejects.toThrow(
    'Variant "default": Expected a task with examples to train on, got "swingup"',
  );
  expect(readdirSync(folder).sort()).toEqual(["plan.json", "table.csv"]);
});

test("a study overwrites nothing, keeps its plan, and finds out about runs that went on without it", async () => {
  const folder = await study(FEW);
  const [parent, before] = [join(folder, ".."), digestsOf(folder)];
  const refusal = async (...words: string[]) => (await inProcess(words, parent)).stderr;
  const again =
    "precocial: There is a study at s already: choose another folder with --out, or go on with it by: precocial study s\n";
  expect(await refusal("study", "plan.json", "--out", "s")).toBe(again);
  expect(await refusal("study", "plan.json", "--out", "plan.json")).toBe(
    "precocial: There is something at plan.json already: choose another folder with --out\n",
  );
  expect(await refusal("study", "s", "--seeds", "4")).toBe(
    "precocial: Expected no --seeds for s, which keeps the plan it was begun with: make another study with --out.\n",
  );
  expect(await refusal("resume", "s", "--generations", "9")).toBe(
    "precocial: Expected no --generations for s: a study keeps its plan.\n",
  );
  expect(digestsOf(folder)).toEqual(before);

  await inProcess(["resume", "s/runs/default-1", "--generations", "6"], parent);
  rmSync(join(folder, "study.json"));
  expect(await refusal("study", "s", "--parallel", "1")).toBe(
    `precocial: Expected at most 4 generations in ${join("s", "runs", "default-1")}, got 6: it was gone on with apart from its study. Remove it to have it made again.\n`,
  );
  writeFileSync(join(folder, "study.json"), "{}");
  expect(await refusal("study", "s")).toBe(
    `precocial: Expected what a study found, of format 1, in ${join("s", "study.json")}, got other JSON.\n`,
  );
  writeFileSync(join(folder, "meta.json"), "{}");
  expect(await refusal("study", "s")).toBe(
    `precocial: Expected how a study stands in ${join("s", "meta.json")}, got JSON without the number of runs at once.\n`,
  );
});
