/** Tasks of one's own from the command line: written by `new`, checked, searched, gone wrong, mended and gone on with. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inProcess, precocial } from "../fixtures/command-line.ts";
import { bytesOf } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const SMALL = ["--population", "8", "--tournament", "2", "--generations", "6", "--episodes", "1", "--threads", "1"];

/** A module whose step does something at some step. */
function moduleWith(step: string, rest = ""): string {
  return `export const inputs = ["place"];
export const actions = { names: ["push"], low: -1, high: 1 };
export const maxSteps = 12;
export const start = (rng) => ({ place: rng.uniform(), steps: 0 });
export const observe = (state) => [state.place];
${rest}
export function step(state, [push]) {
  state.steps++;
  state.place += 0.1 * push;
  ${step}
  return { reward: 1 - Math.abs(state.place), terminated: false };
}
`;
}

/** Writes a module and searches it; what is printed, and the folder. */
async function search(text: string, ...words: string[]) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "own.mjs"), text);
  const run = join(folder, "run");
  return { ...(await inProcess(["search", "./own.mjs", "--out", run, ...SMALL, ...words], folder)), folder, run };
}

describe("precocial new", () => {
  test.each([
    ["an environment", []],
    ["a data set", ["--dataset"]],
  ])("writes %s that is checked and searched as it is", async (_, words) => {
    const folder = temporaryFolder();
    const written = await inProcess(["new", "my-task.mjs", ...words], folder);
    expect({ code: written.code, stderr: written.stderr }).toEqual({ code: 0, stderr: "" });
    expect(written.stdout).toContain("precocial search ./my-task.mjs");
    const checked = await inProcess(["check", "./my-task.mjs", "--json"], folder);
    expect(checked.code, checked.stdout).toBe(0);
    expect(JSON.parse(checked.stdout).checks.length).toBeGreaterThan(5);
    const searched = await inProcess(["search", "./my-task.mjs", ...SMALL, "--threads", "2", "--json"], folder);
    expect(searched.code, searched.stderr).toBe(0);
    expect(JSON.parse(searched.stdout)).toMatchObject({ run: join("runs", "my-task-1"), status: "finished" });
    expect((await inProcess(["evaluate", "runs/my-task-1", "--episodes", "2", "--threads", "1"], folder)).code).toBe(0);
  });

  test("overwrites nothing, and writes modules only", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.js"), "mine");
    const there = await inProcess(["new", "a.js"], folder);
    expect(there).toMatchObject({
      code: 2,
      stderr: "precocial: There is something at a.js already: choose another name.\n",
    });
    expect(readFileSync(join(folder, "a.js"), "utf8")).toBe("mine");
    const ending = await inProcess(["new", "a.rs"], folder);
    expect(ending.stderr).toBe("precocial: Expected a file that ends in .js, .mjs, .ts, .mts, .py, got a.rs.\n");
  });
});

describe("settings of a module", () => {
  const text = moduleWith("state.place *= settings.drag;", "export const settings = { drag: 1 };").replace(
    "[push])",
    "[push], settings)",
  );

  test("are options, stand in the run's config, and change what is scored", async () => {
    const one = await search(text, "--drag", "0.5");
    expect(one.code, one.stderr).toBe(0);
    const config = JSON.parse(readFileSync(join(one.run, "config.json"), "utf8"));
    expect(config).toMatchObject({ task: join(one.folder, "own.mjs"), taskSettings: { drag: 0.5 } });
    const other = await search(text, "--drag", "1");
    expect(bytesOf(other.run)["generations.jsonl"]).not.toBe(bytesOf(one.run)["generations.jsonl"]);
    const help = await inProcess(["search", "./own.mjs", "--help"], one.folder);
    expect(help.stdout).toMatch(/Settings of the task own:\s+--drag /);
  });

  test("are refused when wrong, and when they are called like an option", async () => {
    const wrong = await search(text, "--drag", "much");
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.stderr).toContain('Expected drag to be a number, got "much".');
    expect(existsSync(wrong.run)).toBe(false);
    const taken = await search(text.replaceAll("drag", "seed"));
    expect(taken.stderr).toContain('The setting "seed" of the task own is called like an option of search: rename it.');
  });
});

describe("a module that goes wrong in an episode", () => {
  test.each([
    [
      "throws",
      'if (state.steps === 7) throw new Error("boom");',
      /step\(\) threw at step 7 of episode "1\/train\/0\/0": boom\./,
    ],
    [
      "gives NaN as reward",
      "if (state.steps === 5) return { reward: Number.NaN, terminated: false };",
      /expected a finite reward, got NaN at step 5 of episode "1\/train\/0\/0"\./,
    ],
    [
      "shows NaN",
      "if (state.steps === 3) state.place = Number.NaN;",
      /expected a finite (number for input "place"|reward), got NaN at step 3 of episode "1\/train\/0\/0"\./,
    ],
    [
      "returns no step",
      "return 1;",
      /expected step\(\) to return \{ reward, terminated \}, .*, got 1 at step 1 of episode /,
    ],
  ])("because it %s: module, episode and step are named, and nothing but the run is left", async (_, step, words) => {
    const { code, stdout, stderr, run, folder } = await search(moduleWith(step));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(join(folder, "own.mjs"));
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(JSON.parse(readFileSync(join(run, "meta.json"), "utf8")).status).toBe("stopped");
    expect(existsSync(join(run, "lock.json"))).toBe(false);
  });

  test("shows the wrong number of observations", async () => {
    const { stderr } = await search(moduleWith("").replace("[state.place]", "[state.place, 1]"));
    expect(stderr).toMatch(/expected 1 observations? \(place\), got 2 at the start of episode "1\/train\/0\/0"\./);
  });

  test("late: the run keeps its checkpoint, and once the module is mended it goes on to the bytes of a whole run", async () => {
    const mended = moduleWith("");
    const whole = await search(mended, "--threads", "2");
    expect(whole.code, whole.stderr).toBe(0);
    // The fourth generation is the first to have an episode of this start.
    const late = mended.replace(
      "start = (rng) => ({",
      'start = (rng) => { const first = rng.uniform(); if (first === LATE) throw new Error("late"); return ({',
    );
    const starts = await inProcess(["runs", "--json"], whole.folder);
    expect(starts.code).toBe(0);
    const { derive } = await import("../../src/base/rng.ts");
    const text = late
      .replace("LATE", String(derive("1/train/3/0").uniform()))
      .replace("place: rng.uniform(), steps: 0 });", "place: first, steps: 0 }); };");
    const broken = await search(text, "--threads", "2");
    expect(broken.code).toBe(2);
    expect(broken.stderr).toMatch(
      /start\(\) threw at the start of episode "1\/train\/3\/0": late\..* precocial resume /s,
    );
    expect(JSON.parse(readFileSync(join(broken.run, "meta.json"), "utf8"))).toMatchObject({
      status: "stopped",
      generations: 3,
    });
    writeFileSync(join(broken.folder, "own.mjs"), mended);
    const resumed = await precocial(["resume", broken.run, "--threads", "1"]);
    expect(resumed.code, resumed.stderr).toBe(0);
    expect(resumed.stderr).toMatch(
      /own\.mjs has changed since .* was last at work: what follows is played by what it is now\./,
    );
    for (const name of ["generations.jsonl", "champions.jsonl"]) {
      expect(bytesOf(broken.run)[name]).toBe(bytesOf(whole.run)[name]);
    }
  });
});

describe("a module that cannot be loaded", () => {
  test.each([
    [
      "throws at its top level",
      'throw new Error("no luck");',
      /Could not load the task .*own\.mjs: no luck \(line 1\)\./,
    ],
    [
      "imports a package that is not there",
      'import "no-such-package";',
      /Cannot find package 'no-such-package'.*: install it/,
    ],
    ["imports a file that is not there", 'import "./none.js";', /Cannot find module .*none\.js/],
    ["is no JavaScript", "export const = 3;", /to see where, run: node /],
    ["exports nothing", "", /own\.mjs.*precocial new my-task\.js/],
    ["has no actions", moduleWith("").replace(/export const actions.*\n/, ""), /Expected actions of task "own" to be /],
    [
      "has no start",
      moduleWith("").replace(/export const start.*\n/, ""),
      /Expected start of task "own" to be a function/,
    ],
    ["ends the process", "process.exit(0);", /it waits for what never comes, or calls process\.exit\(\)/],
    ["waits for ever", "await new Promise(() => {});", /it waits for what never comes/],
  ])("because it %s is refused with the reason, and leaves nothing", async (_, text, words) => {
    const { code, stdout, stderr, run } = await search(text);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(words);
    expect(existsSync(run)).toBe(false);
  });

  test("because there is none", async () => {
    const { code, stderr } = await inProcess(["search", "./none.js"], temporaryFolder());
    expect(code).toBe(2);
    expect(stderr).toMatch(/^precocial: Could not load the task .*none\.js: there is no such file\.$/m);
  });

  test("one that is only slow is waited for", async () => {
    const slow = `await new Promise((go) => setTimeout(go, 300));\n${moduleWith("")}`;
    expect((await search(slow)).code).toBe(0);
  });
});

test("the example of docs/tasks.md is checked and searched as it stands there", async () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/tasks.md"), "utf8");
  const code = /^```javascript\n([\s\S]*?)^```$/m.exec(text)?.[1] as string;
  const folder = temporaryFolder();
  writeFileSync(join(folder, "lift.mjs"), code);
  const checked = await precocial(["check", "./lift.mjs"], folder);
  expect(checked.stdout).toContain("lift does all of it.");
  expect(checked.code).toBe(0);
  const words = ["search", "./lift.mjs", "--power", "2", "--threads", "2", "--json"];
  const { code: exit, stdout, stderr } = await inProcess(words, folder);
  expect(exit, stderr).toBe(0);
  expect(JSON.parse(stdout).champion.score).toBeGreaterThan(50);
});
