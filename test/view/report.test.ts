/** Reports: what is read of a damaged run folder, and how it is put into the page. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readRunDocument } from "../../src/view/document.ts";
import { positionOf } from "../../src/view/follow.ts";
import { embedData } from "../../src/view/page.ts";
import { RecordLines } from "../../src/view/record-lines.ts";
import { writeReport } from "../../src/view/report.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";

let parent = "";
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-report-"));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe("readRunDocument", () => {
  it("reads a whole run without problems", () => {
    const run = makeRun(12);
    const document = readRunDocument(writeRun(parent, run));
    expect(document.problems).toEqual([]);
    expect(document.name).toBe("made-up");
    expect(document.generations).toEqual(run.generations);
    expect(document.champions).toEqual(run.champions.map(({ genome: _, ...head }) => head));
  });

  it("leaves out a cut-off line and a damaged champion, and says so", () => {
    const run = makeRun(3);
    const folder = writeRun(parent, run);
    const lines = readFileSync(join(folder, "generations.jsonl"), "utf8");
    writeFileSync(join(folder, "generations.jsonl"), lines.slice(0, -20));
    writeFileSync(join(folder, "champion.json"), '{"format":');
    const document = readRunDocument(folder);
    expect(document.generations).toHaveLength(2);
    expect(document.champion).toEqual(run.champions.at(-1));
    expect(document.problems).toEqual([
      "champion.json is damaged and was left out.",
      "generations.jsonl has 1 unreadable or cut-off line, left out.",
    ]);
  });

  it("leaves out lines behind the ends that it is given, which events tell of", () => {
    const folder = writeRun(parent, makeRun(21));
    const ends = positionOf(folder);
    for (const [file, count] of [
      ["generations", 21],
      ["timings", 21],
      ["champions", 3],
    ] as const) {
      appendFileSync(join(folder, `${file}.jsonl`), '{"generation":21}\n');
      expect(readRunDocument(folder)[file]).toHaveLength(count + 1);
      expect(readRunDocument(folder, { ends })[file]).toHaveLength(count);
    }
  });

  it("reads a folder with nothing but a config", () => {
    const folder = writeRun(parent, makeRun(0));
    for (const file of ["meta.json", "generations.jsonl", "timings.jsonl", "champions.jsonl"])
      rmSync(join(folder, file));
    expect(readRunDocument(folder)).toMatchObject({ generations: [], champions: [], problems: [] });
  });

  it("refuses a folder that is no run folder", () => {
    expect(() => readRunDocument(parent)).toThrow(
      `Expected a run folder or a champion.json, but ${parent} holds no config.json: give the folder that a search wrote`,
    );
  });
});

describe("a champion.json alone", () => {
  it("is called by its folder, or by its own name, and has no generations", () => {
    const run = makeRun(3);
    const path = join(writeRun(parent, run), "champion.json");
    expect(readRunDocument(path)).toMatchObject({ name: "made-up", only: "champion", generations: [], problems: [] });
    expect(readRunDocument(path).champion).toMatchObject({ genome: run.champion?.genome });
    writeFileSync(join(parent, "best.json"), readFileSync(path));
    expect(readRunDocument(join(parent, "best.json")).name).toBe("best");
  });

  it("is refused where the file is something else", () => {
    const folder = writeRun(parent, makeRun(1));
    expect(() => readRunDocument(join(folder, "generations.jsonl"))).toThrow(`Expected a champion in ${folder}`);
    expect(() => readRunDocument(join(folder, "config.json"))).toThrow(
      `Expected a champion in ${folder}/config.json: `,
    );
  });
});

it("lines that are no record are counted", () => {
  const lines = new RecordLines('{"a":1}\n\nnot json\n3\n{"b":2}\n{"c"');
  expect([...lines]).toEqual([{ a: 1 }, { b: 2 }]);
  expect(lines.broken).toBe(3);
  expect(lines.count).toBe(5);
});

describe("embedData", () => {
  const page = '<body><script type="application/json" id="precocial-data"></script></body>';

  it("data cannot end the script element, and comes back the same", () => {
    const run = {
      ...readRunDocument(writeRun(parent, makeRun(1))),
      name: "</script><script>alert(1)</script> $& <!--",
    };
    const text = embedData(page, { runs: [run], studies: [] });
    expect(text.match(/<\/script>/g)).toHaveLength(1);
    expect(text).not.toContain("<!--");
    const json = text.slice(text.indexOf(">{") + 1, text.lastIndexOf("</script>"));
    expect(JSON.parse(json)).toEqual({ runs: [JSON.parse(JSON.stringify(run))], studies: [] });
  });

  it("refuses a page without a place for data", () => {
    expect(() => embedData("<body></body>", { runs: [], studies: [] })).toThrow(
      "The built page has no place for data.",
    );
  });
});

it("writeReport writes beside the run, whole, and asks for nothing from elsewhere", () => {
  const folder = writeRun(parent, makeRun(2));
  const path = writeReport(folder);
  expect(path).toBe(join(folder, "report.html"));
  const text = readFileSync(path, "utf8");
  expect(text).toContain('"name":"made-up"');
  expect(text).not.toMatch(/<(script|link|img)[^>]+(src|href)="(?!data:)/);
});
