/** Two hundred tables damaged by seeded accidents: each gives a clear error or a correct result, and leaves nothing behind. */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { derive, type Rng } from "../../src/base/rng.ts";
import type { Dataset, RegressionDataset } from "../../src/data/dataset.ts";
import { encodeTable, tableEncodingSchema } from "../../src/data/table/encoding.ts";
import { readTable } from "../../src/data/table/read.ts";
import { isMissing } from "../../src/data/table/table.ts";
import { dataFiles } from "../../src/files/data-files.ts";
import { TABLE } from "../../src/tasks/table.ts";
import { precocial } from "../fixtures/command-line.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

/** A sound table before anything happens to it: rows of texts, the first of them names. */
function soundTable(rng: Rng): string[][] {
  const count = 30 + rng.integer(40);
  const rows = Array.from({ length: count }, (_, row) => [
    rng.normal().toFixed(3),
    String(rng.integer(50)),
    ["red", "green", "light blue"][rng.integer(3)],
    rng.uniform() < 0.1 ? "" : rng.between(0, 1e4).toFixed(1),
    ["yes", "no"][row % 2],
  ]);
  return [["length", "count", "colour", "price", "good"], ...rows];
}

/** What may happen to the rows, before they are written. */
const ROW_ACCIDENTS: Record<string, (rows: string[][], rng: Rng) => string[][]> = {
  "a cell is lost": (rows, rng) => rows.with(1 + rng.integer(rows.length - 1), rows[1].slice(1)),
  "a cell is too many": (rows, rng) => rows.with(1 + rng.integer(rows.length - 1), [...rows[1], "more"]),
  "a number is none": (rows, rng) =>
    changed(rows, rng, 0, ["NaN", "inf", "-Infinity", "1e999", "1e308", "0x1F", "1,5", "--3"]),
  "a number is huge": (rows, rng) =>
    changed(rows, rng, 3, ["1e99", "-9e99", "1e-300", "123456789012345678901234567890"]),
  "cells are missing": (rows, rng) =>
    rows.map((row, at) =>
      at === 0 ? row : row.map((cell) => (rng.uniform() < 0.2 ? ["", "NA", "null", "?"][rng.integer(4)] : cell)),
    ),
  "a column is missing": (rows, rng) => column(rows, rng.integer(5), () => ""),
  "a column is constant": (rows, rng) => column(rows, rng.integer(5), () => "7"),
  "a column numbers the rows": (rows) => column(rows, 1, (row) => String(row)),
  "there is one class": (rows) => column(rows, 4, () => "yes"),
  "a class is rare": (rows, rng) => changed(rows, rng, 4, ["maybe"]),
  "every target is another": (rows) => column(rows, 4, (row) => `t${row}`),
  "the target is a number": (rows, rng) => column(rows, 4, () => rng.normal().toFixed(4)),
  "names are alike": (rows, rng) => rows.with(0, rows[0].with(rng.integer(5), "length")),
  "names are missing": (rows) => rows.with(0, ["", "count", "", "price", "good"]),
  "the header is lost": (rows) => rows.slice(1),
  "all rows are lost": (rows) => rows.slice(0, 1),
  "most rows are lost": (rows, rng) => rows.slice(0, 1 + rng.integer(12)),
  "a cell holds everything": (rows, rng) =>
    changed(rows, rng, 2, ['a "quoted" text', "a,b;c\td|e", "two\nlines", "x".repeat(5000), "\u{1F427}\u0301"]),
};

/** What may happen to the text, after it is written. */
const BYTE_ACCIDENTS: Record<string, (bytes: Buffer, rng: Rng) => Buffer> = {
  "the file is empty": () => Buffer.alloc(0),
  "the file is cut off": (bytes, rng) => bytes.subarray(0, rng.integer(bytes.length)),
  "the start is lost": (bytes, rng) => bytes.subarray(rng.integer(bytes.length)),
  "a quote is left open": (bytes, rng) => inserted(bytes, rng, Buffer.from('"')),
  "quotes are everywhere": (bytes, rng) =>
    [1, 2, 3, 4, 5].reduce((sofar) => inserted(sofar, rng, Buffer.from('"')), bytes),
  "bytes are noise": (bytes, rng) =>
    inserted(bytes, rng, Buffer.from(Array.from({ length: 20 }, () => rng.integer(256)))),
  "bytes are 0": (bytes, rng) => inserted(bytes, rng, Buffer.alloc(3)),
  "it is UTF-16": (bytes) => Buffer.from(`\uFEFF${bytes.toString()}`, "utf16le"),
  "delimiters change on the way": (bytes, rng) =>
    Buffer.from(
      bytes.toString().slice(0, 400).replaceAll(",", [";", "\t", "|", " "][rng.integer(4)]) +
        bytes.toString().slice(400),
    ),
  "it begins with a bracket": (bytes) => Buffer.concat([Buffer.from("["), bytes]),
};

/** What changes nothing: the file must be read as before. */
const HARMLESS: Record<string, (text: string) => string> = {
  "a byte order mark": (text) => `\uFEFF${text}`,
  "line ends of Windows": (text) => text.replaceAll("\n", "\r\n"),
  "blank lines": (text) => text.replaceAll("\n", "\n\n"),
  "no end of the last line": (text) => text.trimEnd(),
  "delimiters at the ends of lines": (text) => text.replaceAll("\n", ",\n"),
  "spaces around cells": (text) => text.replaceAll(",", " , "),
};

function changed(rows: string[][], rng: Rng, at: number, cells: readonly string[]): string[][] {
  const row = 1 + rng.integer(rows.length - 1);
  return rows.with(row, rows[row].with(at, cells[rng.integer(cells.length)]));
}

function column(rows: string[][], at: number, cell: (row: number) => string): string[][] {
  return rows.map((row, index) => (index === 0 ? row : row.with(at, cell(index))));
}

function inserted(bytes: Buffer, rng: Rng, more: Buffer): Buffer {
  const at = rng.integer(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
}

/** The rows as CSV, or as records in JSON. */
function written(rows: string[][], isJson: boolean): string {
  const quoted = (cell: string) => (/[",\n\t;|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  if (!isJson) return rows.map((row) => `${row.map(quoted).join(",")}\n`).join("");
  const [names = [], ...others] = rows;
  const value = (cell: string) => (cell === "" ? null : /^-?\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell);
  return JSON.stringify(
    others.map((row) => Object.fromEntries(row.map((cell, at) => [names[at] ?? `more ${at}`, value(cell)]))),
  );
}

/** One damaged table, and what happened to it. */
function damagedTable(seed: number): { bytes: Buffer; name: string; story: string } {
  const rng = derive("damaged tables", seed);
  const isJson = rng.uniform() < 0.25;
  const stories: string[] = [];
  const pick = <Accident>(accidents: Record<string, Accident>): Accident => {
    const names = Object.keys(accidents);
    // Every accident has its turn; a second one comes by chance.
    const name = names[stories.length === 0 ? Math.floor(seed / 2) % names.length : rng.integer(names.length)];
    stories.push(name);
    return accidents[name];
  };
  let rows = soundTable(rng);
  if (seed % 2 === 0 || rng.uniform() < 0.3) rows = pick(ROW_ACCIDENTS)(rows, rng);
  let bytes: Buffer = Buffer.from(written(rows, isJson));
  if (seed % 2 === 1) bytes = pick(BYTE_ACCIDENTS)(bytes, rng);
  return { bytes, name: isJson ? "t.json" : "t.csv", story: `table ${seed}: ${stories.join(", then ")}` };
}

const files = dataFiles();

/** What comes of a table: a data set, or the words of an error that the user can mend. */
async function outcomeOf(folder: string, name: string, bytes: Buffer): Promise<Dataset | RegressionDataset | string> {
  writeFileSync(join(folder, name), bytes);
  try {
    return await TABLE.load({ data: join(folder, name), target: "good" }, files);
  } catch (error) {
    expect(error).toMatchObject({ name: "UsageError" });
    return (error as Error).message;
  } finally {
    expect(readdirSync(folder)).toEqual([name]);
    rmSync(join(folder, name));
  }
}

/** Checks a data set against another way to its numbers. */
function checkCorrect(set: Dataset | RegressionDataset, bytes: Buffer, name: string): void {
  const table = readTable(bytes.toString(), name);
  const target = table.columns.indexOf("good");
  const rows = table.rows.filter(({ cells }) => !isMissing(cells[target]));
  const parts = [set.train, set.validation, set.test];
  expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
  const width = set.inputs.length;
  const { inputs } = encodeTable(tableEncodingSchema.parse(JSON.parse(JSON.stringify(set.table))), { ...table, rows });
  const told = (row: number) =>
    "classes" in set
      ? set.classes.indexOf(rows[row].cells[target])
      : Math.fround((Number(rows[row].cells[target]) - set.target.mean) / set.target.deviation);
  const expected = rows.map((_, row) => `${inputs.subarray(row * width, (row + 1) * width).join()}:${told(row)}`);
  const given = parts.flatMap((part) => {
    expect(part.features.every(Number.isFinite)).toBe(true);
    const wanted = "labels" in part ? part.labels : part.targets;
    return Array.from(
      { length: part.count },
      (_, row) => `${part.features.subarray(row * width, (row + 1) * width).join()}:${wanted[row]}`,
    );
  });
  expect(given.sort()).toEqual(expected.sort());
}

test("each gives a clear error or a correct result, and nothing is left behind", async () => {
  const folder = temporaryFolder();
  const told = new Map<string, number>();
  let correct = 0;
  for (let seed = 0; seed < 200; seed++) {
    const { bytes, name, story } = damagedTable(seed);
    const outcome = await outcomeOf(folder, name, bytes);
    if (typeof outcome === "string") {
      expect(outcome, story).toMatch(
        /^(Expected .+, got .+|Unknown target column "good" in t\.(csv|json)\..* Known: .*)$/s,
      );
      expect(outcome, story).toMatch(/\bt\.(csv|json)\b/);
      expect(outcome.length, story).toBeLessThan(900);
      const kind = outcome.replace(/".*?"|\d+/gs, "_").slice(0, 60);
      told.set(kind, (told.get(kind) ?? 0) + 1);
    } else {
      correct++;
      checkCorrect(outcome, bytes, name);
    }
  }
  // Both happen, and the errors are not all the same one.
  expect(correct).toBeGreaterThan(30);
  expect(200 - correct).toBeGreaterThan(80);
  expect(told.size).toBeGreaterThan(12);
});

test.each(Object.entries(HARMLESS))("%s changes nothing", async (_, change) => {
  const folder = temporaryFolder();
  const text = written(soundTable(derive("harmless")), false);
  const before = await outcomeOf(folder, "t.csv", Buffer.from(text));
  expect(before).toMatchObject({ classes: ["no", "yes"] });
  expect(await outcomeOf(folder, "t.csv", Buffer.from(change(text)))).toEqual(before);
});

test("by the command line as well: exit 2, one line of words, no run folder", async () => {
  const folder = temporaryFolder();
  for (const seed of [1, 7, 12]) {
    const { bytes, name, story } = damagedTable(seed);
    writeFileSync(join(folder, name), bytes);
    const words = ["search", "csv", "--data", name, "--target", "good", "--generations", "1", "--out", "run"];
    const { code, stdout, stderr } = await precocial(words, folder);
    expect({ code, stdout }, `${story}: ${stderr}`).toEqual({ code: 2, stdout: "" });
    expect(stderr, story).toMatch(/^precocial: (Expected|Unknown) [^\n]*\bt\.(csv|json)\b[^\n]*\n$/);
    expect(readdirSync(folder)).toEqual([name]);
    rmSync(join(folder, name));
  }
});
