/** `precocial runs`: what it lists, and how runs are renamed, archived and deleted. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { processStart } from "../../src/files/processes.ts";
import { findRun } from "../../src/view/run-manage.ts";
import { inProcess, type Outcome, start, waitForLines } from "../fixtures/command-line.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";
import { SMALL, smallOptions } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

/** The made-up run of this name, with what each field of meta.json must have. */
function writeMadeUp(parent: string, name: string, status = "finished"): string {
  const run = makeRun(12, name);
  const meta = { version: "0.1.0", status, pid: 1, started: "2020-02-02T02:02:02.000Z", generations: 12, seconds: 3 };
  return writeRun(parent, { ...run, meta } as typeof run);
}

function lockOf(pid: number): string {
  return JSON.stringify({ pid, host: hostname(), processStart: processStart(pid) ?? null, since: "2020" });
}

/** Makes of a finished run one that had no limit but time, and was stopped after as many generations. */
function stopBeforeTheEnd(run: string): void {
  const change = (file: string, fields: object) => {
    const path = join(run, file);
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, "utf8")), ...fields }));
  };
  change("config.json", { generations: null });
  change("meta.json", { status: "stopped" });
}

/** Runs a command that must be refused; gives the message. */
async function complaint(folder: string, ...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await inProcess(words, folder);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  return stderr;
}

describe("runs lists", () => {
  const folder = { path: "" };
  let text: Outcome;
  let json: { runs: Record<string, unknown>[]; unreadable: unknown[] };
  beforeAll(async () => {
    folder.path = temporaryFolderFor("list");
    const words = {
      swingup: smallOptions(2),
      digits: ["--population", "8", "--tournament", "2", "--generations", "2"],
    };
    await inProcess(["search", "swingup", ...words.swingup], folder.path);
    await inProcess(["search", "digits", "--threads", "1", ...words.digits], folder.path);
    await inProcess(["baseline", "linear", "digits", "--epochs", "2"], folder.path);
    const runs = join(folder.path, "runs");
    stopBeforeTheEnd(join(runs, "digits-1"));
    writeFileSync(join(writeMadeUp(runs, "dead", "running"), "lock.json"), lockOf(2 ** 30));
    writeFileSync(join(writeMadeUp(runs, "alive", "running"), "lock.json"), lockOf(process.pid));
    writeFileSync(join(writeMadeUp(runs, "broken"), "config.json"), "{");
    rmSync(join(writeMadeUp(runs, "headless"), "config.json"));
    writeFileSync(join(writeMadeUp(runs, "wordless"), "meta.json"), '{"generations":3}');
    mkdirSync(join(runs, "notes"));
    text = await inProcess(["runs"], folder.path);
    json = JSON.parse((await inProcess(["runs", "--json"], folder.path)).stdout);
  });

  test("each with task, seed, status, score, size and the settings that are not the task's", () => {
    expect(json.runs).toMatchObject([
      { run: "runs/alive", status: "running", limit: 1024 },
      { run: "runs/dead", status: "died", generations: 12, started: "2020-02-02T02:02:02.000Z", seconds: 3 },
      { run: "runs/swingup-1", stage: "search", task: "swingup", seed: SMALL.seed, status: "finished", limit: 2 },
      { run: "runs/digits-1", stage: "search", task: "digits", status: "stopped", measure: { name: "log-likelihood" } },
      { run: "runs/linear-1", stage: "baseline", model: "linear", task: "digits", measure: { name: "accuracy" } },
    ]);
    const { seed, ...changed } = SMALL;
    // What differs from the task's defaults: what was given, and what the preset that was named has otherwise.
    expect(json.runs[2].settings).toMatchObject({ ...changed, generations: 2, select: "nsga2" });
    expect(json.runs[2].settings).not.toHaveProperty("cull");
    expect(json.runs[3].settings).toEqual({ population: 8, tournament: 2, generations: null });
    expect(json.runs[4].settings).toEqual({ epochs: 2 });
    const champion = JSON.parse(readFileSync(join(folder.path, "runs/swingup-1/champion.json"), "utf8"));
    expect(json.runs[2].score).toBe(champion.score);
    expect(json.runs[4].size).toBe(2570);
    expect(json.runs[4].score).toBeGreaterThan(0.8);
  });

  test("as a table, with the scores' kinds where they are no scores of an environment", () => {
    expect({ code: text.code, stderr: text.stderr }).toEqual({ code: 0, stderr: "" });
    const lines = text.stdout.split("\n");
    expect(lines[0]).toMatch(/^run +task +seed +status +done +score +test +size +started +settings$/);
    expect(lines[2]).toMatch(/^runs\/dead +swingup +1 +died +12\/1024 +\d+ +- +\d+ +2020-02-0\d \d\d:02 /);
    expect(lines[3]).toMatch(/^runs\/swingup-1 +swingup +3 +finished +2\/2 +\S+ +\S+ +\d+ .* weights -1,1, /);
    expect(lines[4]).toMatch(/ stopped +\d+ +log-likelihood -\d\.\d{3} +\d+\.\d % .* generations unlimited/);
    expect(lines[5]).toMatch(/ digits, linear +1 +finished +2\/2 +accuracy \d\d\.\d % +\d\d\.\d % +2,570 /);
  });

  test("what cannot be read by name and reason, and goes on", () => {
    expect(json.unreadable).toEqual([
      { run: "runs/broken", problem: expect.stringContaining("Expected the config of a run as JSON in runs/broken/") },
      { run: "runs/headless", problem: expect.stringContaining("runs/headless holds no config.json") },
      {
        run: "runs/wordless",
        problem: expect.stringContaining("Expected how a run stands in runs/wordless/meta.json"),
      },
    ]);
    expect(text.stdout).toContain("\n\nruns/broken cannot be read. Expected the config of a run as JSON in ");
  });

  test("nothing where there is nothing", async () => {
    const { code, stdout } = await inProcess(["runs", "--runs", "none"], folder.path);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "There are no runs in none.\n" });
    expect(await complaint(folder.path, "runs", "list", "a")).toContain(
      "Expected no names to list, got a: --runs says",
    );
  });
});

/** A folder for a whole group of tests. */
function temporaryFolderFor(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `precocial-test-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe("runs", () => {
  test("renames, archives and deletes, by name or path, and says what it did", async () => {
    const folder = temporaryFolder();
    const runs = join(folder, "runs");
    for (const name of ["a", "b", "c", "d"]) writeMadeUp(runs, name);
    const renamed = await inProcess(["runs", "rename", "a", "better", "--json"], folder);
    expect(JSON.parse(renamed.stdout)).toEqual({ run: "runs/a", to: "runs/better" });
    const archived = await inProcess(["runs", "archive", "runs/b/", "c"], folder);
    expect(archived.stdout).toBe("runs/b is now runs/archive/b.\nruns/c is now runs/archive/c.\n");
    expect(readdirSync(join(runs, "archive"))).toEqual(["b", "c"]);
    expect(readdirSync(join(runs, "archive", "b"))).toEqual(readdirSync(join(runs, "better")));
    expect(readdirSync(join(runs, "better"))).not.toContain("lock.json");
    const inArchive = await inProcess(["runs", "--runs", "runs/archive", "--json"], folder);
    expect(JSON.parse(inArchive.stdout).runs).toHaveLength(2);
    const deleted = await inProcess(["runs", "delete", "d", "runs/archive/c", "--yes"], folder);
    expect(deleted.stdout).toBe("runs/d is deleted.\nruns/archive/c is deleted.\n");
    expect(readdirSync(runs)).toEqual(["archive", "better"]);
    expect(readdirSync(join(runs, "archive"))).toEqual(["b"]);
  });

  test("refuses to delete without a terminal to ask on, and what is no run", async () => {
    const folder = temporaryFolder();
    writeMadeUp(join(folder, "runs"), "first-try");
    writeFileSync(join(folder, "config.json"), "{}");
    expect(await complaint(folder, "runs", "delete", "first-try")).toBe(
      "precocial: Expected --yes, since there is no terminal to ask whether the runs may be deleted.\n",
    );
    expect(await complaint(folder, "runs", "delete", "first-tyr", "--yes")).toBe(
      'precocial: Expected a run, but there is none at first-tyr or runs/first-tyr. Did you mean "first-try"? See: precocial runs\n',
    );
    for (const name of [".", "runs", ".."]) {
      expect(await complaint(folder, "runs", "delete", "first-try", name, "--yes")).toContain(
        `Expected a run, but there is none at ${name} or `,
      );
    }
    expect(await complaint(folder, "runs", "delete", "--yes")).toContain("Expected runs to delete, got none. See: ");
    expect(await complaint(folder, "runs", "remove", "a")).toContain('Unknown action of runs "remove". Known: list, ');
    expect(readdirSync(join(folder, "runs"))).toEqual(["first-try"]);
  });

  test.each([
    ["a/b", 'other than archive, got "a/b".'],
    [
      "..",
      'Expected a name for the run without / or \\, not beginning with a full stop, and other than archive, got "..".',
    ],
    ["archive", 'other than archive, got "archive".'],
    ["b", "There is something at runs/b already: rename it or the run first."],
  ])("refuses to rename a run to %s", async (name, message) => {
    const folder = temporaryFolder();
    for (const run of ["a", "b"]) writeMadeUp(join(folder, "runs"), run);
    expect(await complaint(folder, "runs", "rename", "a", name)).toContain(message);
    expect(await complaint(folder, "runs", "rename", "a")).toContain("Expected a run and its new name, got 1 name.");
    expect(readdirSync(join(folder, "runs"))).toEqual(["a", "b"]);
    expect(readdirSync(join(folder, "runs/a"))).not.toContain("lock.json");
  });

  test("refuses to archive what is archived, or whose place there is taken", async () => {
    const folder = temporaryFolder();
    writeMadeUp(join(folder, "runs"), "a");
    writeMadeUp(join(folder, "runs/archive"), "a");
    expect(await complaint(folder, "runs", "archive", "runs/archive/a")).toContain(
      "runs/archive/a is archived already.",
    );
    expect(await complaint(folder, "runs", "archive", "a")).toContain("There is something at runs/archive/a already: ");
  });

  test("leaves a run alone that is being written, and the others named with it", async () => {
    const folder = temporaryFolder();
    writeMadeUp(join(folder, "runs"), "idle");
    const running = start(["search", "swingup", "--out", "runs/busy", ...smallOptions(1_000_000)], folder);
    await waitForLines(join(folder, "runs/busy/generations.jsonl"), 1, running);
    const message = `precocial: The folder runs/busy is being written by process ${running.child.pid} on `;
    expect(await complaint(folder, "runs", "rename", "busy", "other")).toContain(message);
    expect(await complaint(folder, "runs", "archive", "idle", "busy")).toContain(message);
    expect(await complaint(folder, "runs", "delete", "idle", "busy", "--yes")).toContain(message);
    expect(readdirSync(join(folder, "runs"))).toEqual(["busy", "idle"]);
    running.child.kill("SIGKILL");
    await running.done;
    expect((await inProcess(["runs", "delete", "idle", "busy", "--yes"], folder)).code).toBe(0);
    expect(readdirSync(join(folder, "runs"))).toEqual([]);
  });
});

describe("what is said of a run", () => {
  const notesOf = (folder: string) => JSON.parse(readFileSync(join(folder, "runs/a/notes.json"), "utf8"));

  test("is kept in it by note, tag, untag, star and unstar, each told with all that is said now", async () => {
    const folder = temporaryFolder();
    writeMadeUp(join(folder, "runs"), "a");
    const say = async (...words: string[]) => {
      const { code, stdout, stderr } = await inProcess(["runs", ...words], folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      return stdout;
    };
    expect(await say("star", "a")).toBe("runs/a: starred\n");
    expect(await say("tag", "runs/a", "slow", "good one", "slow")).toBe("runs/a: starred; tags good one, slow\n");
    expect(await say("tag", "a", "best")).toBe("runs/a: starred; tags best, good one, slow\n");
    expect(await say("untag", "a", "slow", "never given")).toBe("runs/a: starred; tags best, good one\n");
    expect(await say("note", "a", "it", "stands")).toBe("runs/a: starred; tags best, good one; it stands\n");
    expect(notesOf(folder)).toEqual({ format: 1, star: true, tags: ["best", "good one"], note: "it stands" });
    expect(await say("unstar", "a")).toBe("runs/a: tags best, good one; it stands\n");
    expect(await say("note", "a")).toBe("runs/a: tags best, good one\n");
    expect(JSON.parse(await say("untag", "a", "best", "good one", "--json"))).toEqual({
      run: "runs/a",
      star: false,
      tags: [],
      note: "",
    });
    expect(await say("unstar", "a")).toBe("runs/a: nothing is said of it\n");
  });

  test.each([
    [["tag"], "Expected a run to tag, got none. See: precocial runs"],
    [["star"], "Expected a run to star, got none. See: precocial runs"],
    [["tag", "a"], "Expected a run and tags to tag, got no tag: precocial runs tag <run> <tag> ..."],
    [["untag", "a"], "Expected a run and tags to untag, got no tag: precocial runs untag <run> <tag> ..."],
    [["star", "a", "b"], "Expected one run to star, got 2 names."],
    [["unstar", "a", "b", "c"], "Expected one run to unstar, got 3 names."],
    [["note", "c", "words"], "Expected a run, but there is none at c or runs/c."],
    [["tag", "a", "two, three"], "Expected star, tags and note of a run: "],
    [["tag", "a", "x".repeat(61)], "Expected star, tags and note of a run: "],
    [["note", "a", "x".repeat(10_001)], "Expected star, tags and note of a run: "],
  ])("%j is refused, and what was said stays", async (words, message) => {
    const folder = temporaryFolder();
    writeMadeUp(join(folder, "runs"), "a");
    await inProcess(["runs", "tag", "a", "kept"], folder);
    expect(await complaint(folder, "runs", ...words)).toContain(message);
    expect(notesOf(folder)).toEqual({ format: 1, star: false, tags: ["kept"], note: "" });
  });

  test("is not written over a damaged notes.json", async () => {
    const folder = temporaryFolder();
    const path = join(writeMadeUp(join(folder, "runs"), "a"), "notes.json");
    for (const [text, message] of [
      ["{", "Expected the notes on a run as JSON in runs/a/notes.json"],
      ['{"format":2}', "Expected the notes on a run in runs/a/notes.json: "],
    ]) {
      writeFileSync(path, text);
      expect(await complaint(folder, "runs", "star", "a")).toContain(message);
      expect(readFileSync(path, "utf8")).toBe(text);
    }
  });
});

test("a run is found by what it is, whatever its path ends in", () => {
  const folder = writeMadeUp(temporaryFolder(), "run");
  expect(findRun(`${folder}/`, "runs")).toBe(folder);
  expect(findRun(`${folder}/.`, "runs")).toBe(folder);
  mkdirSync(join(folder, "inside"));
  expect(findRun(`${folder}/inside/..`, "runs")).toBe(folder);
});
