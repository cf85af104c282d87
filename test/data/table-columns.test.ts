/** Which columns are inputs, and of which kind a target is: ids and dates refused, measurements never. */
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import type { Dataset, RegressionDataset } from "../../src/data/dataset.ts";
import { type TableSettings, tableDataset } from "../../src/data/table/dataset.ts";
import { isDate } from "../../src/data/table/dates.ts";

const ROWS = 40;

/** A table of `x`, a column of one's own and the class `y`. */
function withColumn(name: string, cell: (row: number) => unknown): string {
  return [
    `x,${name},y`,
    ...Array.from({ length: ROWS }, (_, row) => `${row % 7},${cell(row)},${row % 2 ? "yes" : "no"}`),
  ].join("\n");
}

const read = (text: string, settings: Partial<TableSettings> = {}) =>
  tableDataset(text, { target: "y", name: "t", ...settings });

describe("a column is refused, with the remedy,", () => {
  test.each<[string, string, (row: number) => unknown, string]>([
    [
      "of different texts",
      "who",
      (row) => `person ${row}`,
      '"who" (another text in every row, as of an id): leave it out with --ignore who, or, to use',
    ],
    ["of rising integers", "number", (row) => 3 * row, '"number" (integers that rise from row to row, as of an index)'],
    [
      "of different integers that are called an id",
      "user_id",
      (row) => (row * 17) % 41,
      '"user_id" (another integer in every row, as of an id)',
    ],
    [
      "of different integers that are called PassengerId",
      "PassengerId",
      (row) => (row * 17) % 41,
      '"PassengerId" (another integer',
    ],
    [
      "without a name that numbers the rows",
      "",
      (row) => row,
      "\"column 2\" (integers that rise from row to row, as of an index): leave it out with --ignore 'column 2'",
    ],
    [
      "of dates",
      "day",
      (row) => `2024-03-${String((row % 28) + 1).padStart(2, "0")}`,
      '"day" (dates or times, such as "2024-03-01"): leave it out with --ignore day',
    ],
    [
      "of dates as people write them",
      "day",
      (row) => `${(row % 28) + 1}.3.2024`,
      '"day" (dates or times, such as "1.3.2024")',
    ],
    ["of times of day", "at", (row) => `${row % 24}:30`, '"at" (dates or times, such as "0:30")'],
    ["without a value", "empty", () => "", '"empty" (no value in any row): leave it out with --ignore empty.'],
    ["of one number and nothing", "same", (row) => (row % 3 ? "" : 4), '"same" ("4" in every row that has a value)'],
  ])("%s", (_, name, cell, message) => {
    expect(() => read(withColumn(name, cell))).toThrow(
      `Expected columns that tell something of other rows in t, got ${message}`,
    );
  });

  test("all at once, names with commas in quotes", () => {
    const text = [
      'x,"name, full",day,y',
      ...Array.from({ length: 20 }, (_, row) => `${row % 7},"p, ${row}",1/2/2024,${row % 2}`),
    ].join("\n");
    expect(() => read(text)).toThrow(
      'got "name, full" (another text in every row, as of an id) and "day" ("1/2/2024" in every row): ' +
        `leave them out with --ignore '"name, full",day', or, to use them all the same, name all inputs with --columns.`,
    );
  });

  test("with others, of which the first eight have their reasons told, and all are in the remedy", () => {
    const names = Array.from({ length: 11 }, (_, index) => `c${index}`);
    const text = [
      ["x", ...names, "y"],
      ...Array.from({ length: 20 }, (_, row) => [row % 7, ...names.map(() => 1), row % 2]),
    ].join("\n");
    expect(() => read(text)).toThrow(
      `"c7" ("1" in every row) and 3 more: leave them out with --ignore ${names.join(",")}.`,
    );
  });

  test("of lists, in records", () => {
    const records = Array.from({ length: 20 }, (_, row) => ({ x: row % 7, tags: ["a", row], y: row % 2 }));
    expect(() => read(JSON.stringify(records))).toThrow(
      'got "tags" (lists or objects): leave it out with --ignore tags.',
    );
    expect(read(JSON.stringify(records), { ignore: ["tags"] }).inputs).toEqual(["x"]);
  });
});

describe("a column is an input", () => {
  test.each<[string, string, (row: number) => unknown, string[]]>([
    ["of different measurements", "length", (row) => row * 1.37, ["length"]],
    ["of different integers in no order", "weight", (row) => (row * 17) % 41, ["weight"]],
    ["of rising integers with a repeat", "year", (row) => 1980 + Math.floor(row / 2), ["year"]],
    ["of texts that repeat", "town", (row) => ["a", "b"][row % 2], ["town=a", "town=b"]],
    ["that is there or not", "spare", (row) => (row % 3 ? "" : "tyre"), ["spare=tyre", "spare=?"]],
    [
      "of fractions and versions that are no dates",
      "part",
      (row) => ["1/2", "3-4", "1.2.3.4"][row % 3],
      ["part=1.2.3.4", "part=1/2", "part=3-4"],
    ],
  ])("%s", (_, name, cell, inputs) => {
    expect(read(withColumn(name, cell)).inputs).toEqual(["x", ...inputs]);
  });

  test("of dates or ids, if it is named", () => {
    const text = withColumn("day", (row) => `${2020 + (row % 4)}-01-01`);
    expect(read(text, { columns: ["day"] }).inputs).toEqual([
      "day=2020-01-01",
      "day=2021-01-01",
      "day=2022-01-01",
      "day=2023-01-01",
    ]);
    expect(
      read(
        withColumn("id", (row) => row),
        { columns: ["x", "id"] },
      ).inputs,
    ).toEqual(["x", "id"]);
  });

  test("only if it is among those to take, and not among those to ignore", () => {
    const text = withColumn("z", (row) => row / 3);
    expect(read(text, { columns: ["z"] }).inputs).toEqual(["z"]);
    expect(read(text, { ignore: ["z"] }).inputs).toEqual(["x"]);
    expect(read(text, { columns: ["x", "z"], ignore: ["x"] }).inputs).toEqual(["z"]);
  });
});

test("names that are not in the table are refused, with those that are", () => {
  const text = withColumn("z", (row) => row / 3);
  expect(() => read(text, { columns: ["zz"] })).toThrow('Unknown column to take "zz" in t. Known: x, z, y.');
  expect(() => read(text, { ignore: ["w"] })).toThrow('Unknown column to ignore "w" in t. Known: x, z, y.');
  expect(() => read(text, { target: "Y" })).toThrow(
    'Unknown target column "Y" in t. Did you mean "y"? Known: x, z, y.',
  );
  const many = Array.from({ length: 25 }, (_, index) => (index === 0 ? "n".repeat(50) : `c${index}`));
  expect(() => read([many, many.map((_, index) => index)].join("\n"))).toThrow(
    `Unknown target column "y" in t. Known: ${"n".repeat(37)}..., c1, c2, `,
  );
  expect(() => read([many, many.map((_, index) => index)].join("\n"))).toThrow(/ c19, and 5 more\.$/);
  const headless = text.split("\n").slice(3).join("\n");
  expect(() => read(headless)).toThrow(
    'Unknown target column "y" in t. Known: 2, 0.6666666666666666, no. The first line is to name the columns.',
  );
  expect(() => read(text, { columns: ["y"] })).toThrow(
    'Expected inputs beside the target "y", got it among them: take it out of --columns.',
  );
});

describe("dates", () => {
  const dates = [
    "2024-03-01",
    "2024/3/1",
    "2024-03",
    "2024-03-01T12:30:00Z",
    "2024-03-01 12:30",
    "1.3.2024",
    "03/01/24",
    "1-Mar-2024",
    "1 March 2024",
    "Mar 1, 2024",
    "Fri, Mar 1 2024",
    "Jan 2024",
    "12:30",
    "7:05 pm",
    "2024-03-01T12:30:00.123+01:00",
  ];
  const others = [
    "2024",
    "20240301",
    "1.5",
    "1/2",
    "A-1-2",
    "3-4",
    "1.2.3.4",
    "2024-13-01",
    "march",
    "10:70:80:90",
    "may 5th",
    "-",
  ];
  test.each(dates)("%s is one", (cell) => expect(isDate(cell)).toBe(true));
  test.each(others)("%s is none", (cell) => expect(isDate(cell)).toBe(false));
});

describe("a target is", () => {
  const kindOf = (cells: readonly unknown[], settings: Partial<TableSettings> = {}) => {
    const text = ["x,y", ...cells.map((cell, row) => `${(row * 7) % 11},${cell}`)].join("\n");
    return "classes" in read(text, settings) ? "classes" : "regression";
  };
  const times = (count: number, cell: (row: number) => unknown) => Array.from({ length: count }, (_, row) => cell(row));
  test.each([
    ["classes of texts", times(40, (row) => "ab"[row % 2]), "classes"],
    ["classes of a few integers", times(60, (row) => row % 6), "classes"],
    ["a number where some are not whole", times(40, (row) => (row % 4) / 2), "regression"],
    ["a number where many are different", times(200, (row) => row % 21), "regression"],
    ["a number where each comes up seldom", times(40, (row) => row % 10), "regression"],
  ] as const)("%s", (_, cells, kind) => {
    expect(kindOf(cells)).toBe(kind);
  });

  test("what it is said to be", () => {
    expect(
      kindOf(
        times(60, (row) => row % 6),
        { kind: "regression" },
      ),
    ).toBe("regression");
    expect(
      kindOf(
        times(60, (row) => (row % 4) / 2),
        { kind: "classes" },
      ),
    ).toBe("classes");
    expect(() =>
      kindOf(
        times(60, (row) => "ab"[row % 2]),
        { kind: "regression" },
      ),
    ).toThrow(
      'Expected a number (at most 1e100 in size) in line 2, column "y" of t, got "a": correct it, or take the values as classes with --kind classes.',
    );
    expect(() =>
      kindOf(
        times(60, () => 2.5),
        { kind: "regression" },
      ),
    ).toThrow('Expected different numbers in column "y" of t, got only "2.5": there is nothing to tell.');
  });

  test("classes of numbers are told, since they might be one", () => {
    const text = ["x,y", ...times(60, (row) => `${row % 11},${row % 6}`)].join("\n");
    expect(read(text).table?.notes).toEqual(["y: 6 numbers taken as classes (else: --kind regression)."]);
    expect(read(text, { kind: "classes" }).table?.notes).toEqual([]);
  });
});

test("numbers of each size are split 60/20/20 alike, the same for the same seed", () => {
  const rng = derive("sizes");
  const text = ["x,y", ...Array.from({ length: 200 }, (_, row) => `${row % 13},${rng.normal()}`)].join("\n");
  const { train, validation, test: tested } = read(text) as RegressionDataset;
  expect([train.count, validation.count, tested.count]).toEqual([120, 40, 40]);
  for (const { targets, count } of [train, validation, tested]) {
    expect(Math.abs(targets.reduce((sum, value) => sum + value, 0) / count)).toBeLessThan(0.05);
  }
  expect(read(text)).toEqual(read(text));
  expect((read(text, { seed: 2 }) as RegressionDataset).test.targets).not.toEqual(tested.targets);
});

test("classes keep their names whatever the columns are called", () => {
  const text = [
    "constructor,__proto__,toString",
    ...Array.from({ length: 20 }, (_, row) => `${row % 3},${row % 5},${row % 2 ? "a" : "b"}`),
  ].join("\n");
  const set = tableDataset(text, { target: "toString" }) as Dataset;
  expect(set.inputs).toEqual(["constructor", "__proto__"]);
  expect(set.train.features.some((value) => value !== 0)).toBe(true);
});
