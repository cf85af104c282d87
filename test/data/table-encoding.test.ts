/** Encodings: fitted on training rows, applied to any row in any order of columns, and the same again from JSON. */
import { describe, expect, test } from "vitest";
import type { Dataset, RegressionDataset } from "../../src/data/dataset.ts";
import { tableDataset } from "../../src/data/table/dataset.ts";
import {
  checkSameEncoding,
  encodeRow,
  encodeTable,
  inputNames,
  type TableEncoding,
  tableEncodingSchema,
} from "../../src/data/table/encoding.ts";
import { readTable } from "../../src/data/table/read.ts";

const ENCODING: TableEncoding = {
  columns: [
    { kind: "numeric", name: "size", fill: 3, mean: 2, deviation: 2 },
    { kind: "categorical", name: "colour", values: ["blue", "red"], missing: true, other: false },
    { kind: "categorical", name: "shape", values: ["round"], missing: false, other: true },
  ],
  target: { kind: "classes", name: "good", classes: ["no", "yes"] },
  notes: ["A note."],
};

describe("a row", () => {
  test.each<[string, Record<string, string>, number[], string[]]>([
    ["is numbers and categories", { size: "6", colour: "red", shape: "round" }, [2, 0, 1, 0, 1, 0], []],
    [
      "may have columns that do not count, and spaces",
      { x: "1", shape: "round", colour: " blue ", size: " 2 " },
      [0, 1, 0, 0, 1, 0],
      [],
    ],
    [
      "has the median and the category of missing cells",
      { size: "NA", colour: "", shape: "round" },
      [0.5, 0, 0, 1, 1, 0],
      [],
    ],
    ["may lack a column, whose cell is then missing", { shape: "round" }, [0.5, 0, 0, 1, 1, 0], []],
    ["has what was never seen among the others", { size: "2", colour: "red", shape: "square" }, [0, 0, 1, 0, 0, 1], []],
    [
      "has 0 for what was never seen where there are no others",
      { size: "2", colour: "green", shape: "?" },
      [0, 0, 0, 0, 0, 1],
      ["colour"],
    ],
  ])("%s", (_, cells, inputs, unseen) => {
    expect(encodeRow(ENCODING, cells)).toEqual({ inputs: Float32Array.from(inputs), unseen });
  });

  test("with a cell that is no number is refused by name", () => {
    expect(() => encodeRow(ENCODING, { size: "big" })).toThrow(
      'Expected a number (at most 1e100 in size) in column "size", got "big": correct it.',
    );
    expect(() => encodeRow(ENCODING, { size: "1e101" })).toThrow('in column "size", got "1e101": correct it.');
  });

  test("stays within a single, however far from the training rows", () => {
    const tiny = {
      ...ENCODING,
      columns: [{ kind: "numeric", name: "a", fill: 0, mean: 0, deviation: 1e-200 }],
    } as TableEncoding;
    expect(encodeRow(tiny, { a: "1e100" }).inputs[0]).toBe(2 ** 60);
    expect(encodeRow(tiny, { a: "-1e100" }).inputs[0]).toBe(-(2 ** 60));
  });
});

describe("a table", () => {
  test("is encoded row by row, columns in any order, and what was never seen is counted", () => {
    const table = readTable("shape,extra,colour,size\nround,1,green,2\nsquare,2,pink,6\nround,3,red,\n", "new.csv");
    const { inputs, unseen } = encodeTable(ENCODING, table);
    expect([...inputs]).toEqual([0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0.5, 0, 1, 0, 1, 0]);
    expect([...unseen]).toEqual([["colour", 2]]);
    expect(inputNames(ENCODING)).toEqual([
      "size",
      "colour=blue",
      "colour=red",
      "colour=?",
      "shape=round",
      "shape=other",
    ]);
  });

  test("without a column, or with a cell that is no number, is refused by line and name", () => {
    expect(() => encodeTable(ENCODING, readTable("size,a\n1,2\n", "new.csv"))).toThrow(
      'Expected the columns that the network was made for in new.csv, got none called "colour", "shape". There are: size, a.',
    );
    const wrong = '[{"size": 1, "colour": "red", "shape": 2}, {"size": "big", "colour": "red", "shape": 2}]';
    expect(() => encodeTable(ENCODING, readTable(wrong, "new.json"))).toThrow(
      'Expected a number (at most 1e100 in size) in record 2, column "size" of new.json, got "big": correct it.',
    );
  });

  test("gives the same inputs from its file as the data set has, through JSON", () => {
    const rows = Array.from({ length: 60 }, (_, row) => [
      row % 7 === 3 ? "" : row / 4,
      ["a", "b", "", "c"][row % 4],
      row % 2 ? "yes" : "no",
    ]);
    const text = `size,kind,good\n${rows.map((row) => row.join(",")).join("\n")}`;
    const set = tableDataset(text, { target: "good" }) as Dataset;
    const again = tableEncodingSchema.parse(JSON.parse(JSON.stringify(set.table)));
    const { inputs } = encodeTable(again, readTable(text, "t.csv"));
    const width = set.inputs.length;
    const all = new Set(rows.map((_, row) => inputs.subarray(row * width, (row + 1) * width).join()));
    for (const { features, count } of [set.train, set.validation, set.test]) {
      for (let row = 0; row < count; row++)
        expect(all).toContain(features.subarray(row * width, (row + 1) * width).join());
    }
  });
});

describe("fitting", () => {
  /** Rows of which only those of training are known to the fit. */
  const rows = Array.from(
    { length: 100 },
    (_, row) => `${row % 9 === 0 ? "" : (row * 37) % 101},${"abcdefghij"[row % 10]},${row % 2}`,
  );
  const set = tableDataset(["x,letter,y", ...rows].join("\n"), { target: "y" }) as Dataset;

  test("takes median, mean and deviation of the training rows, and says what was missing", () => {
    const column = set.table?.columns[0];
    if (column?.kind !== "numeric") throw new Error("x is numeric");
    const { fill, mean, deviation } = column;
    const values = Array.from(
      set.train.features.filter((_, index) => index % set.inputs.length === 0),
      (input) => input * deviation + mean,
    );
    const filled = values.filter((value) => Math.abs(value - fill) < 1e-4).length;
    expect(filled).toBeGreaterThanOrEqual(5);
    expect(values.filter((value) => value < fill + 1e-4).length).toBeGreaterThanOrEqual(30);
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(mean, 4);
    expect(set.table?.notes).toContain(`x: 12 of 100 missing, filled with the median ${fill}.`);
  });

  test("groups rare values on request, the most frequent of the training rows kept", () => {
    const grouped = tableDataset(["x,letter,y", ...rows.map((row) => row.replace(/[d-i]/, "a"))].join("\n"), {
      target: "y",
      group: 3,
    });
    const letters = grouped.table?.columns[1];
    expect(letters).toEqual({
      kind: "categorical",
      name: "letter",
      values: ["a", expect.any(String)],
      missing: false,
      other: true,
    });
    expect(grouped.table?.notes).toContain('letter: 2 rare values grouped as "other".');
    expect(grouped.inputs).toEqual(["x", "letter=a", expect.stringMatching(/^letter=[bcj]$/), "letter=other"]);
  });

  test("takes a value that is called other for one of the others", () => {
    const text = ["x,letter,y", ...rows.map((row) => row.replace(/[a-d]/, "other"))].join("\n");
    const { table } = tableDataset(text, { target: "y", group: 3 });
    expect(table?.columns[1]).toMatchObject({ values: expect.not.arrayContaining(["other"]), other: true });
  });

  test("leaves rows without a target out, and says so", () => {
    const text = ["x,y", ...Array.from({ length: 40 }, (_, row) => `${row / 3},${row % 4 === 0 ? "" : row / 7}`)].join(
      "\n",
    );
    const { train, validation, test: tested, table, target } = tableDataset(text, { target: "y" }) as RegressionDataset;
    expect([train.count, validation.count, tested.count]).toEqual([18, 6, 6]);
    expect(table?.notes).toEqual([
      "y: 10 of 40 missing, these rows are left out.",
      "y: taken as a number (for classes: --kind classes).",
    ]);
    expect(target.name).toBe("y");
    expect(train.targets.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 4);
    expect(train.targets.reduce((sum, value) => sum + value ** 2, 0) / 18).toBeCloseTo(1, 4);
  });

  test("needs ten rows with a target", () => {
    const text = ["x,y", ...Array.from({ length: 30 }, (_, row) => `${row / 3},${row % 4 === 0 ? row : ""}`)].join(
      "\n",
    );
    expect(() => tableDataset(text, { target: "y", name: "t" })).toThrow(
      'Expected at least 10 rows in t to split, got 8 with a value of "y", and 22 without: give a larger table.',
    );
  });

  test("is compared: another encoding is refused, another note is not", () => {
    expect(checkSameEncoding(ENCODING, { ...ENCODING, notes: [] })).toBeUndefined();
    expect(checkSameEncoding(undefined, ENCODING)).toBeUndefined();
    const other = { ...ENCODING, columns: ENCODING.columns.slice(1) };
    expect(() => checkSameEncoding(ENCODING, other)).toThrow(
      "Expected the table as it was when the champion was made, got one that gives other inputs: give that one with --data, or search anew.",
    );
  });
});
