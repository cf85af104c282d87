/** Long runs stay light: what is read of them, what is asked for, and what a report has room for. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decodeGenome } from "../../src/index.ts";
import { withNetworks } from "../../src/view/carried.ts";
import { ChampionLines, headOf } from "../../src/view/champion-lines.ts";
import { readRunDocument } from "../../src/view/document.ts";
import { readNetwork } from "../../src/view/networks.ts";
import { RunDocuments } from "../../src/view/run-documents.ts";
import { startView, type View } from "../../src/view/server.ts";
import type { RunData } from "../../viz/run-data.ts";
import { largeGenome, writeLongRun } from "../fixtures/long-run.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";

let parent = "";
let folder = "";
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-long-"));
  folder = writeLongRun(parent, { generations: 2500, champions: 50, connections: 60 });
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const dataOf = (document: unknown) => JSON.parse(JSON.stringify(document)) as RunData;
const carriedBy = (networks: readonly { genome?: unknown }[] = []) => networks.filter(({ genome }) => genome).length;

describe("a run of 2,500 generations", () => {
  it("is read with every third of its lines, with what all come to, and without the genomes of its past", () => {
    const run = dataOf(readRunDocument(folder));
    expect(run.problems).toEqual([]);
    expect(run.generations).toHaveLength(834);
    expect(run.generations.at(-1)).toMatchObject({ generation: 2499 });
    expect(run.timings).toHaveLength(834);
    expect(run.totals).toMatchObject({ lines: 2500, timed: 2500, steps: 2500 * 192 * 6 * 3 * 1000 });
    expect(run.totals?.operators.insertNode).toEqual([2500 * 40, 2500 * 4]);
    expect(run.champions).toHaveLength(50);
    expect(carriedBy(run.champions)).toBe(0);
    expect(run.front?.networks).toHaveLength(50);
    expect(carriedBy(run.front?.networks)).toBe(0);
    expect(decodeGenome(run.champion?.genome).sources).toHaveLength(60);
  });

  it("gives each of its networks when asked", () => {
    expect(readNetwork(folder, { generation: 50 })).toMatchObject({ generation: 50, genome: { inputs: 5 } });
    const { genome } = readNetwork(folder, { connections: 12 });
    expect(decodeGenome(genome).sources).toHaveLength(12);
    expect(() => readNetwork(folder, { generation: 51 })).toThrow(
      `There is no champion of generation 51 in ${folder}.`,
    );
    expect(() => readNetwork(folder, { connections: 13 })).toThrow(
      `There is no network of 13 connections on the front of ${folder}.`,
    );
  });

  it("has a report that carries as many networks as there is room for, the first and the last among them", () => {
    const document = readRunDocument(folder);
    const room = 20_000;
    const { champions, front } = dataOf(withNetworks(document, folder, room));
    for (const networks of [champions, front?.networks ?? []]) {
      const carried = networks.filter(({ genome }) => genome);
      expect(carried.length).toBeGreaterThan(3);
      expect(carried.length).toBeLessThan(networks.length);
      expect(JSON.stringify(carried).length).toBeLessThan(room + carried.length);
      expect(carried.at(0)).toEqual(expect.objectContaining(networks.at(0)));
      expect(carried.at(-1)).toEqual(expect.objectContaining(networks.at(-1)));
    }
    const all = dataOf(withNetworks(document, folder, 10_000_000));
    expect(carriedBy(all.champions)).toBe(50);
    expect(carriedBy(all.front?.networks)).toBe(50);
  });
});

describe("the lines of champions", () => {
  const line = (generation: number) => `${JSON.stringify({ generation, score: 1, genome: largeGenome(20) })}\n`;

  it("are read on from where they ended, and anew when they were taken back", () => {
    const path = join(parent, "champions.jsonl");
    const lines = new ChampionLines(path);
    expect(lines.read()).toEqual({ lines: [], broken: 0 });
    writeFileSync(path, line(0));
    expect(lines.read().lines.map(({ head }) => head)).toEqual([{ generation: 0, score: 1 }]);
    appendFileSync(path, line(4).slice(0, -30));
    expect(lines.read()).toMatchObject({ lines: [{}], broken: 1 });
    appendFileSync(path, line(4).slice(-30));
    const { lines: both } = lines.read();
    expect(both.map(({ head }) => head.generation)).toEqual([0, 4]);
    expect(lines.whole(both[1])).toEqual(JSON.parse(line(4)));
    expect(lines.read(readFileSync(path).length - 2).lines).toHaveLength(1);
    truncateSync(path, 0);
    appendFileSync(path, `${line(7).slice(0, 60)}\n`);
    expect(lines.read()).toEqual({ lines: [], broken: 1 });
  });

  it("are told without their genome wherever it stands, and not at all where they are damaged", () => {
    expect(headOf(Buffer.from('{"genome":{"format":1},"generation":3}'))).toEqual({ generation: 3 });
    expect(headOf(Buffer.from('{"generation":3}'))).toEqual({ generation: 3 });
    for (const text of ["3", '{"generation":', '{"generation":3,"genome":{"for', ""]) {
      expect(headOf(Buffer.from(text)), text).toBeUndefined();
    }
  });
});

describe("documents that are asked for again", () => {
  it("are the same until a file of the run changes, and another run is told apart", () => {
    const place = mkdtempSync(join(tmpdir(), "precocial-documents-"));
    const [one, two] = ["one", "two"].map((name) => writeRun(place, makeRun(3, name)));
    const documents = new RunDocuments();
    const first = documents.read(one);
    expect(documents.read(one)).toEqual(first);
    expect(documents.read(one).document.generations).toBe(first.document.generations);
    expect(documents.read(two).document.name).toBe("two");
    expect(documents.read(one).document).toEqual(first.document);
    const path = join(one, "generations.jsonl");
    const [line] = readFileSync(path, "utf8").split("\n");
    appendFileSync(path, `${line}\n`);
    const longer = documents.read(one);
    expect(longer.document.generations).toHaveLength(4);
    expect(longer.position.generations).toBe(readFileSync(path).length);
    writeFileSync(join(one, "meta.json"), "{");
    expect(documents.read(one).document.problems).toEqual(["meta.json is damaged and was left out."]);
    rmSync(place, { recursive: true });
  });
});

describe("a served run", () => {
  let view: View;
  beforeAll(async () => {
    view = await startView({ parent, studies: join(parent, "none") });
  });
  afterAll(() => view.close());
  const ask = async (query: string) => {
    const answer = await fetch(`${view.url}api/network?${query}`);
    return { status: answer.status, body: await answer.text() };
  };

  it("gives its networks by generation and by connections", async () => {
    expect(JSON.parse((await ask("name=long&generation=100")).body)).toEqual(readNetwork(folder, { generation: 100 }));
    expect(JSON.parse((await ask("name=long&connections=12")).body)).toMatchObject({ connections: 12 });
  });

  it.each([
    ["name=long&generation=1", `There is no champion of generation 1 in `],
    ["name=long", "Expected a network by &generation=<number> or &connections=<number>, got neither."],
    ["name=long&generation=-1", "Expected a network by &generation=<number> or &connections=<number>, got neither."],
    ["name=short&generation=1", "There is no run of that name. Known: long."],
  ])("says of %s what is wrong", async (query, words) => {
    const { status, body } = await ask(query);
    expect(status).toBe(404);
    expect(body).toContain(words);
  });
});
