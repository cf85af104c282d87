/** `precocial baseline`, and `resume` and `evaluate` of its runs, on the built command line. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inProcess, precocial, start, waitForLines } from "../fixtures/command-line.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const SMALL = ["digits", "--hidden", "12", "--init", "0.1"];
const QUALITY = { accuracy: expect.any(Number), loss: expect.any(Number) };
const QUALITIES = { train: QUALITY, validation: QUALITY, test: QUALITY };

function bytesOf(folder: string): string[] {
  return ["config.json", "generations.jsonl", "weights.json"].map((name) => readFileSync(join(folder, name), "utf8"));
}

test("baseline trains, resume makes it longer, evaluate gives the same test accuracy", async () => {
  const folder = temporaryFolder();
  const words = ["baseline", "two-layer", ...SMALL, "--lr", "0.3", "--epochs", "2", "--threads"];
  const trained = await precocial([...words, "1", "--json"], folder);
  expect(trained.code).toBe(0);
  const run = join("runs", "two-layer-1");
  const result = JSON.parse(trained.stdout);
  expect(result).toMatchObject({ run, status: "finished", task: "digits", epochs: 2, weights: 3214 });
  expect(trained.stderr).toContain(`Training two-layer on digits, seed 1; run folder ${run}\n`);
  expect(trained.stderr).toMatch(
    /^epoch 2\/2 \| loss \d\.\d{4} \| training \d\d\.\d\d % \| validation \d\d\.\d\d % \| 0s left$/m,
  );

  const other = await inProcess([...words, "2", "--out", "again"], folder);
  expect(other.stdout).toMatch(
    /256-12-10 network, 3214 weights; best epoch 2:\n\nexamples +accuracy +loss\ntraining, /,
  );
  expect(bytesOf(join(folder, "again"))).toEqual(bytesOf(join(folder, run)));

  const evaluated = await inProcess(["evaluate", run, "--json"], folder);
  expect(JSON.parse(evaluated.stdout)).toMatchObject({ champion: run, task: "digits", weights: 3214, ...QUALITIES });
  const { figures, losses } = result.evaluation;
  expect(JSON.parse(evaluated.stdout).test).toEqual({ accuracy: figures.test.mean, loss: losses.test });

  const longer = await inProcess(["resume", run, "--epochs", "3"], folder);
  expect(longer.stderr).toContain(`Resuming ${run} with 1 thread\n`);
  expect(longer.stdout).toMatch(/^3 epochs in /);
});

test("linear has no hidden layer, and a table is the task csv, as in a search", async () => {
  const folder = temporaryFolder();
  const rows = Array.from({ length: 60 }, (_, row) => `${row % 3},${(row * 7) % 11},${"abc"[row % 3]}`);
  writeFileSync(join(folder, "table.csv"), `x,y,kind\n${rows.join("\n")}\n`);
  const words = [
    "csv",
    "--data",
    "table.csv",
    "--target",
    "kind",
    "--batch",
    "4",
    "--epochs",
    "40",
    "--seed",
    "2",
    "--json",
  ];
  const { code, stdout } = await inProcess(["baseline", "linear", ...words], folder);
  expect(code).toBe(0);
  const { weights, task, evaluation } = JSON.parse(stdout);
  expect({ weights, task }).toEqual({ weights: 9, task: "csv" });
  expect(evaluation.figures.test.mean).toBeGreaterThan(0.6);
  expect(JSON.parse(readFileSync(join(folder, "runs/linear-1/config.json"), "utf8"))).toMatchObject({
    stage: "baseline",
    task: "csv",
    taskSettings: { data: join(folder, "table.csv"), target: "kind" },
  });
});

describe("a run that is ended from outside", () => {
  test("by kill -9 resumes to the bytes of a whole one", async () => {
    const [folder, whole] = [temporaryFolder(), temporaryFolder()].map((parent) => join(parent, "run"));
    const words = ["baseline", "two-layer", ...SMALL, "--epochs", "30", "--out"];
    const running = start([...words, folder]);
    await waitForLines(join(folder, "generations.jsonl"), 5, running);
    running.child.kill("SIGKILL");
    expect((await running.done).code).toBeNull();
    expect((await inProcess(["resume", folder])).code).toBe(0);
    await inProcess([...words, whole]);
    expect(bytesOf(folder)).toEqual(bytesOf(whole));
  });

  test("by Ctrl-C finishes its epoch, says how to go on and exits with 130", async () => {
    const folder = join(temporaryFolder(), "run");
    const running = start(["baseline", "linear", "digits", "--epochs", "100000", "--out", folder]);
    await waitForLines(join(folder, "generations.jsonl"), 3, running);
    running.child.kill("SIGINT");
    const { code, stdout, stderr } = await running.done;
    expect(code).toBe(130);
    expect(stderr).toContain("Stopping after this epoch; press Ctrl-C again to stop at once.");
    expect(stdout).toContain(`, stopped before the end.`);
    expect(stdout).toContain(`\nTo go on: precocial resume ${folder}\n`);
    expect(JSON.parse(readFileSync(join(folder, "meta.json"), "utf8")).status).toBe("stopped");
  });

  test("by --max-time likewise", async () => {
    const folder = temporaryFolder();
    const words = ["baseline", "linear", "digits", "--epochs", "100000", "--max-time", "200ms", "--json"];
    const { code, stdout } = await inProcess(words, folder);
    expect({ code, status: JSON.parse(stdout).status }).toEqual({ code: 0, status: "stopped" });
  });
});

describe("bad input", () => {
  test.each<[string[], string]>([
    [["three-layer"], 'Unknown model "three-layer". Known: two-layer, linear, fixed.'],
    [[], "Not enough non-option arguments: got 0, need at least 1. See: precocial baseline --help"],
    [["two-layer", "--lr", "0"], "Expected learningRate to be a number from 1e-9 to 1000000, got 0."],
    [["two-layer", "--lr=-1"], "Expected learningRate to be a number from 1e-9 to 1000000, got -1."],
    [["two-layer", "--lr", "NaN"], 'Expected learningRate to be a number from 1e-9 to 1000000, got "NaN".'],
    [["two-layer", "--hidden", "0"], "Expected hidden to be an integer from 1 to 65536, got 0."],
    [
      ["two-layer", "swim"],
      'Unknown task "swim". Known: swingup, cartpole, pendulum, mountain-car, acrobot, biped, biped-hardcore, racer, ',
    ],
    [["two-layer", "swingup"], 'Expected a task with examples to train on, got "swingup", which is played: take one'],
    [["two-layer", "csv"], 'Expected a table for "csv", got none: give its path with --data.'],
    [["linear", "digits", "--data", "a.csv"], "Unknown argument: data. Known options of baseline: --out, "],
    [["linear", "csv", "--data", "a.csv"], "Expected the name of the column to be told of "],
    [["two-layer", "--rate", "1"], "Unknown argument: rate. Known options of baseline: --out, --max-time, "],
    [["two-layer", "digits", "--batch", "8001"], "Expected batch to be at most 8000, the training examples"],
    [["linear", "digits", "--threads", "0"], "Expected --threads to be an integer of at least 1, got 0."],
  ])("%o: %s", async (words, message) => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await inProcess(["baseline", ...words], folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`precocial: ${message}`);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("of evaluate and resume, and a training that diverges", async () => {
    const folder = temporaryFolder();
    const complaint = async (...words: string[]) => {
      const { code, stdout, stderr } = await inProcess(words, folder);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      return stderr;
    };
    await inProcess(["baseline", "two-layer", ...SMALL, "--epochs", "1", "--out", "a"], folder);
    await inProcess(["baseline", "linear", "digits", "--epochs", "1", "--out", "b"], folder);
    expect(await complaint("evaluate", "a", "--weights", "none.json")).toContain(
      "Expected trained weights at none.json, but there is no such file.",
    );
    const json = JSON.parse(readFileSync(join(folder, "a/weights.json"), "utf8"));
    writeFileSync(join(folder, "small.json"), JSON.stringify(smaller(json)));
    expect(await complaint("evaluate", "a", "--weights", "small.json")).toContain(
      "Expected weights of a 256-1-10 network, got 1-1-1: use the data and the hidden units they were trained with.",
    );
    expect(await complaint("resume", "a", "--generations", "3")).toContain(
      "Expected --epochs for a baseline, got --generations: a has epochs.",
    );
    expect(await complaint("resume", "a", "--epochs", "0")).toContain(
      "Expected --epochs to be at least the 1 the run has done, got 0: a run can only be made longer.",
    );
    const wild = ["--activation", "relu", "--lr", "100000", "--out", "wild"];
    expect(await complaint("baseline", "two-layer", ...SMALL, ...wild)).toContain(
      "precocial: Training diverged in epoch 1: expected a loss of at most 23.03, got ",
    );
    expect(await complaint("evaluate", "wild")).toContain(
      "Expected weights in wild, but no epoch is done yet: precocial resume wild",
    );
    expect(existsSync(join(folder, "wild/checkpoint.json"))).toBe(true);
  });
});

/** The weights of a 1-1-1 network in the form of `json`. */
function smaller(json: object): object {
  const zero = Buffer.alloc(4).toString("base64");
  const layer = { weights: zero, biases: zero };
  return { ...json, inputs: 1, hidden: 1, classes: 1, layers: [layer, layer] };
}
