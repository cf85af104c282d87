/** The table of runs: what it reads, when it reads it again, and what is said of runs. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readNotes, writeNotes } from "../../src/view/run-notes.ts";
import { followTable, type RunTable, TableReader } from "../../src/view/run-table.ts";
import { startView } from "../../src/view/server.ts";
import { makeEnded, makeRun, writeRun } from "../fixtures/run.ts";

const META = { status: "finished", started: "2026-01-02T03:04:05.000Z", seconds: 20, generations: 40 };
let parent = "";
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-table-"));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const write = (name: string, meta: object = META) =>
  writeRun(parent, { ...makeEnded(makeRun(12, name)), meta: meta as { status: string } });
const readerOf = (names: readonly string[]) =>
  new TableReader(() => ({ runs: new Map(names.map((name) => [name, join(parent, name)])), studies: new Map() }));

describe("the table", () => {
  it("has a line for each run, and says which cannot be read", async () => {
    write("good");
    write("bad", { status: "finished" });
    const { rows, unreadable } = await readerOf(["good", "bad"]).read();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      name: "good",
      task: "swingup",
      seed: 1,
      status: "finished",
      generations: 40,
      seconds: 20,
      size: 16,
      test: { value: 550 },
      notes: { star: false, tags: [], note: "" },
    });
    expect(unreadable).toEqual([{ name: "bad", problem: expect.stringContaining("Expected how a run stands in ") }]);
  });

  it("is told when a run comes, changes or is spoken of, and not otherwise", async () => {
    write("first");
    const names = ["first"];
    const reader = new TableReader(() => ({
      runs: new Map(names.map((name) => [name, join(parent, name)])),
      studies: new Map(),
    }));
    const told: RunTable[] = [];
    const until = async (count: number) => {
      while (told.length < count) await new Promise((done) => setTimeout(done, 5));
    };
    const stop = followTable(reader, 10, (table) => told.push(table));
    await until(1);
    await new Promise((done) => setTimeout(done, 60));
    expect(told).toHaveLength(1);
    write("second");
    names.push("second");
    await until(2);
    expect(told[1].rows.map(({ name }) => name)).toEqual(["first", "second"]);
    writeNotes(join(parent, "first"), { star: true });
    await until(3);
    expect(told[2].rows[0].notes.star).toBe(true);
    // What has not changed is not read again.
    expect(told[2].rows[1]).toBe(told[1].rows[1]);
    stop();
  });
});

describe("notes", () => {
  it("are kept in the run, what is not given stays", () => {
    const folder = write("noted");
    expect(readNotes(folder)).toEqual({ star: false, tags: [], note: "" });
    writeNotes(folder, { tags: ["b", "a", "b"], note: "stands" });
    writeNotes(folder, { star: true });
    expect(readNotes(folder)).toEqual({ star: true, tags: ["a", "b"], note: "stands" });
    expect(JSON.parse(readFileSync(join(folder, "notes.json"), "utf8"))).toEqual({
      format: 1,
      star: true,
      tags: ["a", "b"],
      note: "stands",
    });
  });

  it.each([
    [{ tags: ["a,b"] }, "Expected star, tags and note of a run: tags.0: a tag holds no comma and no line break"],
    [{ tags: [""] }, "Expected star, tags and note of a run: tags.0"],
    [{ stars: true }, 'Expected star, tags and note of a run: Unrecognized key: "stars"'],
    [3, "Expected star, tags and note of a run: "],
  ])("%j is refused, and nothing is written", (change, words) => {
    const folder = write("refused");
    expect(() => writeNotes(folder, change)).toThrow(words);
    expect(existsSync(join(folder, "notes.json"))).toBe(false);
  });

  it("that are damaged are said, and not written over", async () => {
    const folder = write("damaged");
    writeFileSync(join(folder, "notes.json"), '{"format":2}');
    expect(() => writeNotes(folder, { star: true })).toThrow(`Expected the notes on a run in ${folder}/notes.json: `);
    expect(readFileSync(join(folder, "notes.json"), "utf8")).toBe('{"format":2}');
    const { rows } = await readerOf(["damaged"]).read();
    expect(rows[0].notes.note).toContain("Expected the notes on a run in ");
  });
});

describe("orders of the page", () => {
  const send = async (url: string, path: string, body: string, origin?: string) => {
    const answer = await fetch(`${url}api/${path}`, {
      method: "POST",
      body,
      headers: { Origin: origin ?? new URL(url).origin },
    });
    return { status: answer.status, text: await answer.text() };
  };

  it("keep notes and archive runs, all or none", async () => {
    for (const name of ["one", "two"]) write(name);
    const view = await startView({ parent, studies: join(parent, "none") });
    const kept = await send(view.url, "notes", '{"name":"one","tags":["x"]}');
    expect(kept).toEqual({ status: 200, text: '{"star":false,"tags":["x"],"note":""}' });
    expect(readNotes(join(parent, "one")).tags).toEqual(["x"]);
    const wrong = await send(view.url, "archive", '{"names":["one","three"]}');
    expect(wrong).toEqual({ status: 400, text: "Expected runs of the list to archive, got three." });
    expect(existsSync(join(parent, "one"))).toBe(true);
    const { status } = await send(view.url, "archive", '{"names":["one","two"]}');
    expect(status).toBe(200);
    expect(existsSync(join(parent, "archive", "one", "config.json"))).toBe(true);
    expect(existsSync(join(parent, "two"))).toBe(false);
    await view.close();
  });

  it("are refused from elsewhere, and where they are no orders", async () => {
    write("one");
    mkdirSync(join(parent, "other"));
    const view = await startView({ parent, studies: join(parent, "none") });
    const refused = "This server takes orders from its own page only.";
    expect(await send(view.url, "notes", "{}", "http://evil.example")).toEqual({ status: 403, text: refused });
    expect(await send(view.url, "notes", "{}", "null")).toEqual({ status: 403, text: refused });
    expect((await fetch(`${view.url}api/archive`)).status).toBe(403);
    const words: [string, string, string][] = [
      ["notes", "[1", "Expected an order as a JSON object, got something else."],
      ["notes", "{}", "Expected another order: name: "],
      ["notes", '{"name":"three","star":true}', "There is no run of the name three."],
      ["notes", `{"name":"${"x".repeat(100_000)}"}`, "Expected an order of at most 100000 letters."],
      ["archive", '{"names":[]}', "Expected another order: names: "],
    ];
    for (const [path, body, text] of words) {
      const answer = await send(view.url, path, body);
      expect(answer.status, text).toBe(400);
      expect(answer.text).toContain(text);
    }
    await view.close();
  });
});
