/** Studies in view and reports: what is read of a study folder, what the server answers, and how it follows one. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeReport } from "../../src/view/report.ts";
import { startView, type View } from "../../src/view/server.ts";
import { readStudyDocument } from "../../src/view/study-document.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";
import { makeStudy, writeStudy } from "../fixtures/study.ts";

const study = makeStudy({ seeds: 2, crowdings: ["range"] });
let parent = "";
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "precocial-study-"));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe("a study folder", () => {
  it("is read whole, with the names of those of its runs that are there", () => {
    const folder = writeStudy(parent, "mine", study, { runs: true });
    rmSync(join(folder, "runs", "population-96-crowding-range-2"), { recursive: true });
    expect(readStudyDocument(folder)).toEqual({
      name: "mine",
      ...study,
      status: "finished",
      runs: [
        { variant: "population 48, crowding range", seed: 1, name: "mine/population-48-crowding-range-1" },
        { variant: "population 48, crowding range", seed: 2, name: "mine/population-48-crowding-range-2" },
        { variant: "population 96, crowding range", seed: 1, name: "mine/population-96-crowding-range-1" },
      ],
      problems: [],
    });
  });

  it("that has found nothing yet is read as such, and a damaged one says what is wrong", () => {
    const folder = writeStudy(parent, "mine", study, { status: "stopped" });
    writeFileSync(join(folder, "study.json"), "[]");
    const problem = `Expected what a study found, of format 1, in ${join(folder, "study.json")}, got other JSON.`;
    expect(readStudyDocument(folder)).toEqual({ name: "mine", status: "stopped", runs: [], problems: [problem] });
    rmSync(join(folder, "study.json"));
    expect(readStudyDocument(folder)).toEqual({ name: "mine", status: "stopped", runs: [], problems: [] });
  });

  it("becomes a report in it, with others beside", () => {
    const folder = writeStudy(parent, "mine", study);
    const run = writeRun(parent, makeRun(2, "one"));
    expect(writeReport(folder, { others: [run] })).toBe(join(folder, "study.html"));
    const page = readFileSync(join(folder, "study.html"), "utf8");
    const start = page.indexOf(">", page.indexOf('id="precocial-data"')) + 1;
    const data = JSON.parse(page.slice(start, page.indexOf("</script>", start)));
    expect(data.studies).toEqual([JSON.parse(JSON.stringify(readStudyDocument(folder)))]);
    expect(data.runs.map(({ name }: { name: string }) => name)).toEqual(["one"]);
  });
});

describe("the server", () => {
  let view: View | undefined;
  afterEach(async () => {
    await view?.close();
  });
  const answer = async (path: string) => (await fetch(`${view?.url}${path}`)).json();

  it("lists the studies of a folder, the newest name first, apart from runs", async () => {
    writeRun(join(parent, "runs"), makeRun(1, "one"));
    for (const name of ["s-2", "s-10"]) writeStudy(join(parent, "studies"), name, study);
    view = await startView({ parent: join(parent, "runs"), studies: join(parent, "studies") });
    expect(await answer("api/runs")).toEqual({ names: ["one"], studies: ["s-10", "s-2"], champions: [] });
  });

  it("serves a study, and its runs, which are not listed", async () => {
    const folder = writeStudy(parent, "mine", study, { runs: true });
    view = await startView({ folders: [folder] });
    expect(await answer("api/runs")).toEqual({ names: [], studies: ["mine"], champions: [] });
    const document = await answer("api/study?name=mine");
    expect(document).toEqual(JSON.parse(JSON.stringify(readStudyDocument(folder))));
    const { name } = document.runs[2];
    expect(await answer(`api/run?name=${encodeURIComponent(name)}`)).toMatchObject({
      name,
      study: "mine",
      config: { seed: 1 },
    });
  });

  it.each([
    ["api/study?name=other", "There is no study of that name. Known: mine."],
    ["api/study-events?name=..", "There is no study of that name. Known: mine."],
    ["api/run?name=mine/../mine", "There is no run of that name. Known: ."],
    ["api/run?name=mine/runs", "There is no run of that name. Known: ."],
  ])("has nothing at %s", async (path, text) => {
    view = await startView({ folders: [writeStudy(parent, "mine", study)] });
    const refused = await fetch(`${view.url}${path}`);
    expect(refused.status).toBe(404);
    expect(await refused.text()).toBe(text);
  });

  it("tells a study at once, and again whenever it has changed", async () => {
    const { record, timings } = study;
    const first = { ...record, results: record.results.slice(0, 1) };
    const folder = writeStudy(parent, "mine", { record: first, timings }, { status: "running" });
    view = await startView({ folders: [folder], interval: 20 });
    const stopping = new AbortController();
    const { body } = await fetch(`${view.url}api/study-events?name=mine`, { signal: stopping.signal });
    const told: { record: { results: unknown[] }; status: string }[] = [];
    let text = "";
    for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(part).toString("utf8");
      told.splice(0, told.length, ...[...text.matchAll(/data: (.*)\n\n/g)].map(([, data]) => JSON.parse(data)));
      if (told.length === 1) writeStudy(parent, "mine", { record, timings }, { status: "finished" });
      if (told.at(-1)?.status === "finished" && told.at(-1)?.record.results.length === record.results.length) break;
    }
    stopping.abort();
    expect(told[0]).toMatchObject({ name: "mine", record: { results: [{}] } });
  });
});
