/** `precocial export` as users call it: what it writes, where, and how it refuses with nothing written. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FORMATS } from "../../src/formats/index.ts";
import { inProcess } from "../fixtures/command-line.ts";
import { makeEnded, makeRun, writeRun } from "../fixtures/run.ts";

/** A made-up run that keeps networks of 6, 16, 26 and 36 connections. */
let parent: string;
let folder: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-test-"));
  folder = writeRun(parent, makeEnded(makeRun(40, "run")));
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const read = (name: string) => readFileSync(join(parent, name), "utf8");
const exported = (...words: string[]) => inProcess(["export", ...words], parent);

describe("export", () => {
  test("writes the format of --to beside what is exported, and says what", async () => {
    const { code, stdout, stderr } = await exported("run", "--to", "js", "--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const out = join("run", "champion.js");
    expect(JSON.parse(stdout)).toMatchObject({ champion: "run", out, format: "js", connections: expect.any(Number) });
    expect(read(out)).toMatch(
      /^\/\*\*\n \* A network of \d+ connections for the task swingup, written by Precocial \d/,
    );
    copyFileSync(join(folder, "champion.json"), join(parent, "mine.json"));
    expect((await exported("mine.json", "--to", "python")).stdout).toMatch(/^mine\.py: Python: .*, \d+ connections\n$/);
    expect(read("mine.py")).toContain("class Network:");
  });

  test("writes the format that the ending of --out says, or another that --to names", async () => {
    expect((await exported("run", "--out", "a.C", "--weight", "0.25")).code).toBe(0);
    expect(read("a.C")).toContain("  const float weight = 0.25f;\n");
    expect((await exported("run", "--out", "net.txt", "--to", "dot")).code).toBe(0);
    expect(read("net.txt")).toContain("digraph network {");
  });

  test("takes a smaller network of the run, and its trained weights", async () => {
    await exported("run", "--pick", "6", "--out", "small.graph.json");
    expect(JSON.parse(read("small.graph.json")).links.length).toBeLessThanOrEqual(6);
    const champion = JSON.parse(read("run/champion.json"));
    const trainedWeights = champion.genome.connections.map((_: unknown, gene: number) => gene / 8);
    writeFileSync(join(folder, "tuned.json"), JSON.stringify({ ...champion, trainedWeights }));
    expect((await exported("run", "--trained", "--out", "tuned.graph.json")).code).toBe(0);
    const { links } = JSON.parse(read("tuned.graph.json"));
    expect(links.every(({ weight }: { weight: number }) => trainedWeights.includes(weight))).toBe(true);
    rmSync(join(folder, "tuned.json"));
  });

  test("goes to the paper's code and back, with trained weights in its form", async () => {
    expect((await exported("run", "--out", "net.out")).code).toBe(0);
    const { code } = await exported("net.out", "--task", "swingup", "--out", "again.graph.json");
    expect(code).toBe(0);
    const { graph, nodes } = JSON.parse(read("again.graph.json"));
    expect(graph.task).toBe("swingup");
    expect(nodes.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(["sin theta", "force"]));
    const { genome } = JSON.parse(read("run/champion.json"));
    const offsets = genome.connections.filter(({ enabled }: { enabled: boolean }) => enabled).map(() => 2);
    writeFileSync(join(parent, "net.wann.json"), JSON.stringify([offsets, 9]));
    const words = ["--task", "swingup", "--weights", "net.wann.json", "--out", "trained.graph.json"];
    expect((await exported("net.out", ...words)).code).toBe(0);
    const { links } = JSON.parse(read("trained.graph.json"));
    expect(new Set(links.map(({ weight }: { weight: number }) => weight))).toEqual(new Set([0.5]));
  });
});

describe("export refuses, and writes nothing", () => {
  test.each<[string, string[], string | RegExp]>([
    [
      "no format",
      [],
      `Expected --to, the format (${Object.keys(FORMATS).join(", ")}), or --out, a file with its ending.`,
    ],
    [
      "an unknown format",
      ["--to", "pythn"],
      /^Unknown format "pythn"\. Did you mean "?python"?\? Known: json, published, /,
    ],
    [
      "an unknown ending",
      ["--out", "net.txt1"],
      /^Expected a champion's file to end in \.json \(json\), .*, got net\.txt1: /,
    ],
    [
      "a weight that is no number",
      ["--to", "c", "--weight", "much"],
      'Expected --weight to be a finite number, got "much".',
    ],
    [
      "trained weights where there are none",
      ["--to", "c", "--trained"],
      "Expected a champion with trained weights, got one",
    ],
    [
      "both",
      ["--to", "c", "--trained", "--weight", "1"],
      "Expected a shared weight or trained weights, got both (1): leave",
    ],
    ["a setting that the format has not", ["--out", "n.out", "--weight", "1"], 'Unknown published setting "weight".'],
    [
      "a file that is there",
      ["--to", "json"],
      /^Expected no file at run.champion\.json yet: give another one with --out, or remove it\.$/,
    ],
    [
      "a folder that is not there",
      ["--out", "none/net.c"],
      /^Could not write none.net\.c, there is no such folder: choose another one/,
    ],
    [
      "a network that is not there",
      ["--to", "c", "--pick", "5"],
      "Expected --pick to be at least 6, the connections of the",
    ],
  ])("%s", async (_, words, message) => {
    const before = [readdirSync(parent), readdirSync(folder)];
    const { code, stdout, stderr } = await exported("run", ...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^precocial: .*\n$/);
    if (typeof message === "string") expect(stderr).toContain(message);
    else expect(stderr.slice("precocial: ".length, -1)).toMatch(message);
    expect([readdirSync(parent), readdirSync(folder)]).toEqual(before);
  });
});
