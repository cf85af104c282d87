/** The table of runs on the page, and the addresses of what it shows. */
import { describe, expect, it } from "vitest";
import { type Address, type Order, parseAddress, USUAL_ORDER, writeAddress } from "../../viz/page/address.ts";
import { COLUMNS, duration, settingsText } from "../../viz/page/runs/columns.ts";
import { arrangeRows } from "../../viz/page/runs/rows.ts";
import type { RunRow } from "../../viz/runs-data.ts";
import { nearestPoint, smoothed } from "../../viz/smooth.ts";

const row = (name: string, change: Partial<RunRow> = {}): RunRow => ({
  name,
  stage: "search",
  model: "evolved graph",
  task: "swingup",
  seed: 1,
  settings: {},
  status: "finished",
  generations: 100,
  limit: null,
  started: "2026-01-01T00:00:00.000Z",
  seconds: 50,
  measure: { name: "score", unit: "score", description: "" },
  notes: { star: false, tags: [], note: "" },
  ...change,
});
const measure = { name: "score", unit: "score", description: "" } as const;
const ROWS = [
  row("a-10", { test: { value: 5, measure }, notes: { star: true, tags: ["good"], note: "" } }),
  row("a-9", { test: { value: 7, measure }, settings: { population: 96 }, study: "sizes" }),
  row("b", { task: "digits", status: "running" }),
];
const arrange = (order: Partial<Order>) =>
  arrangeRows(ROWS, { ...USUAL_ORDER, ...order }).map(({ title, rows }) => [title, ...rows.map(({ name }) => name)]);

describe("rows", () => {
  it("are sorted either way, those without the value last, equals by name as people count", () => {
    expect(arrange({ sort: "test", descending: true })).toEqual([["", "a-9", "a-10", "b"]]);
    expect(arrange({ sort: "test", descending: false })).toEqual([["", "a-10", "a-9", "b"]]);
    expect(arrange({ sort: "started" })).toEqual([["", "a-9", "a-10", "b"]]);
    expect(arrange({ sort: "star", descending: true })).toEqual([["", "a-10", "a-9", "b"]]);
    expect(arrange({ sort: "nothing", descending: false })).toEqual([["", "a-9", "a-10", "b"]]);
  });

  it("are left that have every word somewhere", () => {
    expect(arrange({ filter: "SWINGUP 96" })).toEqual([["", "a-9"]]);
    expect(arrange({ filter: "good" })).toEqual([["", "a-10"]]);
    expect(arrange({ filter: "starred" })).toEqual([["", "a-10"]]);
    expect(arrange({ filter: "sizes" })).toEqual([["", "a-9"]]);
    expect(arrange({ filter: "none of them" })).toEqual([]);
  });

  it("stand in groups by study, task and status", () => {
    expect(arrange({ sort: "name", descending: false, group: "study" })).toEqual([
      ["sizes", "a-9"],
      ["no study", "a-10", "b"],
    ]);
    expect(arrange({ sort: "name", descending: true, group: "task" })).toEqual([
      ["digits", "b"],
      ["swingup", "a-10", "a-9"],
    ]);
    expect(arrange({ group: "status" }).map(([title]) => title)).toEqual(["finished", "running"]);
  });
});

it("columns say what is known of a run, and a dash where nothing is", () => {
  const texts = (one: RunRow) => Object.fromEntries(COLUMNS.map((column) => [column.id, column.text(one)]));
  expect(texts(row("x"))).toMatchObject({ test: "–", score: "–", connections: "–", done: "100", rate: "2.00" });
  const share = { name: "accuracy", unit: "share", description: "" } as const;
  const more = { limit: 2000, size: 1234, test: { value: 0.9123, measure: share }, status: "died" } as const;
  expect(texts(row("x", more))).toMatchObject({
    done: "100 of 2,000",
    connections: "1,234",
    test: "91.2 %",
    status: "stopped without a word",
  });
  expect(settingsText({ population: 96, generations: null, starts: { hang: 0.5, up: 0.5 }, scores: [1, 2] })).toBe(
    "population 96, generations unlimited, starts hang 0.5 up 0.5, scores 1 2",
  );
  expect([4, 59, 60, 3599, 5400].map(duration)).toEqual(["4.0 s", "59 s", "1 min", "1 h 0 min", "1 h 30 min"]);
});

describe("addresses", () => {
  it.each<[Address, string]>([
    [{ kind: "runs", order: USUAL_ORDER }, "#runs"],
    [
      { kind: "runs", order: { sort: "test", descending: true, filter: "a b", group: "task" } },
      "#runs&sort=-test&filter=a+b&group=task",
    ],
    [{ kind: "runs", order: { ...USUAL_ORDER, descending: false } }, "#runs&sort=started"],
    [{ kind: "run", name: "a & b" }, "#run=a+%26+b"],
    [{ kind: "run", name: "s/x", study: "s" }, "#study=s&run=s%2Fx"],
    [{ kind: "study", name: "s" }, "#study=s"],
    [{ kind: "search" }, "#search"],
    [{ kind: "gallery" }, "#gallery"],
    [{ kind: "compare", names: ["a", "b,c"] }, "#compare=a&compare=b%2Cc"],
  ])("%j is %s, and back", (address, hash) => {
    expect(writeAddress(address)).toBe(hash);
    expect(parseAddress(hash)).toEqual(address);
  });

  it("that name nothing, or a grouping that is none, are taken as usual", () => {
    expect(parseAddress("")).toBeUndefined();
    expect(parseAddress("#else=1")).toBeUndefined();
    expect(parseAddress("#runs&group=nothing")).toEqual({ kind: "runs", order: USUAL_ORDER });
  });
});

describe("lines", () => {
  it("are smoothed over neighbours, fewer at their ends", () => {
    const points = [0, 3, 0, 3, 9].map((y, x) => [x, y] as const);
    expect(smoothed(points, 1).map(([, y]) => y)).toEqual([0, 1, 2, 4, 9]);
    expect(smoothed(points, 2).map(([, y]) => y)).toEqual([0, 1, 3, 4, 9]);
    expect(smoothed([], 2)).toEqual([]);
  });

  it("have a point nearest to a place", () => {
    const points = [0, 10, 20, 40].map((x) => [x, -x] as const);
    expect([-5, 4, 6, 29, 31, 99].map((x) => nearestPoint(points, x)?.[0])).toEqual([0, 0, 10, 20, 40, 40]);
    expect(nearestPoint([], 3)).toBeUndefined();
  });
});
