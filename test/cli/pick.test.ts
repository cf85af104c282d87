/** Networks of other sizes than the champion's: picked by `--pick`, and all of them measured by `evaluate --front`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadChampion } from "../../src/cli/load-champion.ts";
import { parseFront, pickNetwork } from "../../src/formats/front.ts";
import { connectionCount } from "../../src/genome/genome.ts";
import { readChampionFile } from "../../src/study/read-champion.ts";
import { readRunDocument } from "../../src/view/document.ts";
import { writeReport } from "../../src/view/report.ts";
import { startView } from "../../src/view/server.ts";
import { inProcess } from "../fixtures/command-line.ts";
import { makeEnded, makeRun, writeRun } from "../fixtures/run.ts";

/** A made-up run that keeps networks of 6, 16, 26 and 36 connections. */
let folder: string;
let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-test-"));
  folder = writeRun(parent, makeEnded(makeRun(40, "run")));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

describe("--pick", () => {
  test.each([
    [6, 0],
    [15, 0],
    [16, 10],
    [30, 20],
    [1000, 30],
  ])("%i takes the largest network that is not larger", async (pick, generation) => {
    const picked = await readChampionFile(folder, { pick });
    expect(picked).toMatchObject({ generation, task: "swingup", outputs: ["force"] });
    expect(connectionCount(picked.genome)).toBe(connectionCount((await loadChampion(folder, { pick })).genome));
  });

  test("too small, of a run without networks of other sizes, and of a file, is refused in words that help", async () => {
    const expected =
      "Expected --pick to be at least 6, the connections of the smallest network that is kept, got 5. There are networks of 6, 16, 26, 36.";
    await expect(readChampionFile(folder, { pick: 5 })).rejects.toThrow(expected);
    expect(() => readRunDocument(folder, { pick: 5 })).toThrow(expected);
    const old = writeRun(parent, makeRun(5, "old"));
    const none =
      `Expected networks of several sizes in ${old}, but there is no front.json: a search writes it when it ends or is ` +
      `stopped. To get it: precocial resume ${old}`;
    await expect(readChampionFile(old, { pick: 50 })).rejects.toThrow(none);
    expect(() => writeReport(old, { pick: 50 })).toThrow(none);
    const file = join(folder, "champion.json");
    expect(() => readRunDocument(file, { pick: 50 })).toThrow(
      `Expected a run folder to pick a network from, got the file ${file}: it holds one only.`,
    );
    await expect(startView({ parent, pick: 50 })).rejects.toThrow(
      "Expected run folders to --pick networks from, got none: name them.",
    );
    writeFileSync(join(old, "front.json"), '{"format":1,"task":"swingup"}');
    await expect(readChampionFile(old, { pick: 50 })).rejects.toThrow(
      `Expected the networks of a front in ${join(old, "front.json")}: seed: `,
    );
    rmSync(join(old, "front.json"));
  });

  test("draws, evaluates and reports the network", async () => {
    const out = join(parent, "small.svg");
    expect((await inProcess(["draw", folder, "--pick", "16", "--out", out])).code).toBe(0);
    const whole = join(parent, "whole.svg");
    await inProcess(["draw", folder, "--out", whole]);
    const lines = (path: string) => readFileSync(path, "utf8").match(/class="connection/g)?.length ?? 0;
    expect(lines(out)).toBeLessThan(lines(whole));
    const words = ["--pick", "16", "--episodes", "1", "--threads", "1", "--json"];
    const evaluated = await inProcess(["evaluate", folder, ...words]);
    const { genome } = pickNetwork(parseFront(JSON.parse(readFileSync(join(folder, "front.json"), "utf8")), ""), 16);
    expect(JSON.parse(evaluated.stdout).connections).toBe(genome.connections.filter(({ enabled }) => enabled).length);
    expect(readRunDocument(folder, { pick: 16 })).toMatchObject({ pick: 16 });
  });
});

describe("evaluate --front", () => {
  test("gives a row for each size, smallest first", async () => {
    const words = ["evaluate", folder, "--front", "--episodes", "1", "--threads", "1"];
    const { code, stdout, stderr } = await inProcess(words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [title, , head, ...rows] = stdout.trimEnd().split("\n");
    expect(title).toBe(`${folder}: 4 networks, task swingup; means of score on test`);
    expect(head).toMatch(/^connections +validation score +six weights +random weights +random shared +best shared$/);
    expect(rows.map((row) => row.trim().split(/ +/)[0])).toEqual(["6", "16", "26", "36"]);
    expect(rows.every((row) => row.trim().split(/ +/).length === 6)).toBe(true);
  });

  test("is refused with --pick, and of a baseline", async () => {
    expect(await inProcess(["evaluate", folder, "--front", "--pick", "9"])).toMatchObject({
      code: 2,
      stderr: "precocial: Expected --front or --pick, got both: --front is every network.\n",
    });
    await inProcess(["baseline", "linear", "digits", "--epochs", "1", "--out", "trained"], parent);
    for (const words of [["--front"], ["--pick", "9"]]) {
      const { code, stderr } = await inProcess(["evaluate", "trained", ...words], parent);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^precocial: Expected (the run of a search|networks of several sizes) in trained, /);
    }
  });
});
