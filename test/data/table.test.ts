/** Tables: which inputs and classes come out, how rows are split, and a message for each thing a table can have wrong. */
import { describe, expect, test } from "vitest";
import { mean, summarize } from "../../src/base/stats.ts";
import { countClasses, type Dataset, type Examples } from "../../src/data/dataset.ts";
import { type TableSettings, tableDataset } from "../../src/data/table/dataset.ts";

/** A data set of classes. */
const classes = (text: string, settings: TableSettings) =>
  tableDataset(text, { kind: "classes", ...settings }) as Dataset;

/** A table of `count` rows: two classes, a numeric and a categorical column. */
function table(count = 20): string[] {
  const colours = ["red", "green", "blue"];
  const rows = Array.from({ length: count }, (_, row) => `${row / 2},${colours[row % 3]},${row % 2 ? "yes" : "no"}`);
  return ["size,colour,good", ...rows];
}

/** The same with one line changed; lines count from 1, as in the messages. */
function changed(line: number, text: string): string {
  return table()
    .map((kept, index) => (index === line - 1 ? text : kept))
    .join("\n");
}

function column({ features, count }: Examples, index: number): number[] {
  const width = features.length / count;
  return Array.from({ length: count }, (_, row) => features[row * width + index]);
}

const set = classes(table(100).join("\n"), { target: "good", name: "good.csv" });

describe("reading", () => {
  test("inputs follow the columns, categories become one input per value, classes are sorted", () => {
    expect(set.inputs).toEqual(["size", "colour=blue", "colour=green", "colour=red"]);
    expect(set.classes).toEqual(["no", "yes"]);
    expect(set.name).toBe("good.csv");
  });

  test("rows are split 60/20/20, each class alike", () => {
    for (const [part, count] of [
      ["train", 60],
      ["validation", 20],
      ["test", 20],
    ] as const) {
      expect(set[part].count).toBe(count);
      expect(countClasses(set[part].labels, 2)).toEqual([count / 2, count / 2]);
    }
  });

  test("each row is in one part, and its cells stay together", () => {
    // Sizes are row / 2; undoing the standardisation gives the row back.
    const step = Math.min(...column(set.train, 0).map((value, row, all) => (row > 0 ? value - all[row - 1] : 1)));
    const rows = (["train", "validation", "test"] as const).flatMap((part) =>
      column(set[part], 0).map((value, at) => ({ value, label: set[part].labels[at], red: column(set[part], 3)[at] })),
    );
    rows.sort((a, b) => a.value - b.value);
    expect(step).toBeGreaterThan(0);
    expect(rows.map((row) => row.label)).toEqual(rows.map((_, row) => row % 2));
    expect(rows.map((row) => row.red)).toEqual(rows.map((_, row) => (row % 3 === 0 ? 1 : 0)));
  });

  test("numbers have mean 0 and deviation 1 over the training rows, and over those only", () => {
    const { mean: center, std } = summarize(column(set.train, 0));
    expect(center).toBeCloseTo(0, 6);
    expect(std).toBeCloseTo(1, 6);
    expect(Math.abs(mean(column(set.test, 0)))).toBeGreaterThan(1e-4);
  });

  test("the same seed gives the same split, another seed another", () => {
    const text = table(100).join("\n");
    expect(classes(text, { target: "good", name: "good.csv" })).toEqual(set);
    expect(classes(text, { target: "good", seed: 2 }).train.features).not.toEqual(set.train.features);
  });

  test("numeric classes are sorted as numbers", () => {
    const rows = Array.from({ length: 36 }, (_, row) => `${row / 8},${[10, 9, 2, -1.5, 1, 0][row % 6]}`);
    expect(classes(["x,y", ...rows].join("\n"), { target: "y" }).classes).toEqual(["-1.5", "0", "1", "2", "9", "10"]);
  });

  test("byte order mark, CRLF, blank lines, spaces, quotes and another delimiter are understood", () => {
    const quoted = `\uFEFF"size" ; colour;good\r\n${table(100)
      .slice(1)
      .map((line) => ` ${line.replaceAll(",", " ;").replace("red", '"red"')} `)
      .join("\r\n\r\n")}\r\n`;
    expect(classes(quoted, { target: "good", name: "good.csv", delimiter: ";" })).toEqual(set);
  });

  test("every form of a number is read", () => {
    const forms = ["1", "-2", "+3", ".5", "4.", "1e-3", "2E2", "0.25", "7", "8"];
    const rows = forms.map((form, row) => `${form},${row % 2}`);
    expect(classes(["x,y", ...rows].join("\n"), { target: "y" }).inputs).toEqual(["x"]);
  });

  test("a column that is constant in the training rows alone stays finite", () => {
    const rows = Array.from({ length: 10 }, (_, row) => `0.1,${row / 8},${row % 2}`);
    for (let odd = 0; odd < 10; odd++) {
      const text = ["x,z,y", ...rows.with(odd, `1e99,${odd / 8},${odd % 2}`)].join("\n");
      const { train, validation, test } = classes(text, { target: "y" });
      const values = [train, validation, test].flatMap((part) => column(part, 0));
      expect(values.every(Number.isFinite)).toBe(true);
      expect(Math.max(...values)).toBeLessThanOrEqual(2 ** 60);
      if (new Set(column(train, 0)).size === 1) expect(column(train, 0)[0]).toBeCloseTo(0, 12);
    }
  });
});

describe("errors", () => {
  const many = (values: number) => Array.from({ length: values * 5 }, (_, row) => row);
  test.each([
    ["empty file", "", "Expected a header and rows in t, got an empty file: give a table."],
    ["blank file", "\n \n", "Expected a header and rows in t, got an empty file: give a table."],
    ["header only", "size,good", "Expected at least 10 rows in t to split, got 0: give a larger table."],
    ["spreadsheet", "PK\u0003\0\0", "Expected a table as text in t, got bytes 0, as in spreadsheets"],
    ["not a number", changed(7, "2.5cm,red,no"), 'in line 7, column "size" of t, got "2.5cm": correct it'],
    ["hexadecimal", changed(7, "0x10,red,no"), 'in line 7, column "size" of t, got "0x10"'],
    ["infinite", changed(7, "1e999,red,no"), 'Expected a number (at most 1e100 in size) in line 7, column "size" of t'],
    ["ragged", changed(4, "1,red"), "Expected 3 cells as in the header, got 2 in line 4 of t: complete the row"],
    ["too many cells", changed(4, "1,red,no,4"), "Expected 3 cells as in the header, got 4 in line 4 of t"],
    ["equal names", changed(1, "good,size,good"), 'names in t, got "good" for columns 1 and 3: rename one.'],
    ["other target", changed(1, "a,b,c"), 'Unknown target column "good" in t. Known: a, b, c.'],
    ["no inputs", `good${"\nyes\nno".repeat(5)}`, 'Expected columns beside the target "good" in t, got none'],
    ["open quote", changed(3, '"1,red,no'), "Expected CSV in t, got text that cannot be parsed: Quote Not Closed"],
    ["few rows", table(9).join("\n"), "Expected at least 10 rows in t to split, got 9: give a larger table."],
    ["rare class", changed(3, "1,red,maybe"), 'got 1 with "good" "maybe" in t: add rows, or leave the class out.'],
    [
      "one class",
      table().join("\n").replaceAll("yes", "no"),
      'Expected at least 2 classes in column "good" of t, got only "no"',
    ],
    [
      "too many classes",
      `x,good\n${many(60)
        .map((row) => `${row},c${row}`)
        .join("\n")}`,
      'Expected at most 256 classes in column "good" of t, got 300 different values: choose a column of classes',
    ],
    [
      "too many categories",
      `x,good\n${many(60)
        .map((row) => `id${row % 280},${row % 2}`)
        .join("\n")}`,
      'rows in t, got "x" (280 different texts, more than 256): leave it out with --ignore x, or group rare values with --group 32.',
    ],
    [
      "constant text",
      table()
        .join("\n")
        .replace(/green|blue/g, "red"),
      'rows in t, got "colour" ("red" in every row): leave it out with --ignore colour.',
    ],
    [
      "constant number",
      `x,good\n${many(4)
        .map((row) => `${row % 3 ? "1" : "1.0"},${row % 2}`)
        .join("\n")}`,
      'rows in t, got "x" ("1.0" in every row): leave it out with --ignore x.',
    ],
  ])("%s", (_, text, message) => {
    expect(() => classes(text, { target: "good", name: "t" })).toThrow(message);
    expect(() => classes(text, { target: "good", name: "t" })).toThrow(expect.objectContaining({ name: "UsageError" }));
  });
});
