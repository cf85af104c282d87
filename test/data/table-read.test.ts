/** Tables as text: delimiters are guessed, decimal commas understood, records in JSON read, and faults named by place. */
import { describe, expect, test } from "vitest";
import { readTable } from "../../src/data/table/read.ts";
import { guessDelimiter, readNames } from "../../src/data/table/read-csv.ts";

const cells = (text: string, name = "t.csv") => {
  const { columns, rows } = readTable(text, name);
  return [columns, ...rows.map((row) => row.cells)];
};

describe("the delimiter", () => {
  test.each([
    ["a comma", "a,b\n1,2\n3,4", ","],
    ["a semicolon", "a;b\n1;2\n3;4", ";"],
    ["a tab", "a\tb\n1\t2", "\t"],
    ["a bar", "a|b|c\n1|2|3", "|"],
    ["a semicolon beside decimal commas", "a;b;c\n1,5;2,5;3\n2,25;1,5;4", ";"],
    ["a comma beside semicolons in quotes", 'a,b\n"x;y;z",2\n"x;y",4', ","],
    ["a semicolon beside commas in quotes", 'a;b\n"x,y,z";2\n"x,y";4', ";"],
    ["a tab beside commas in texts", "name\tsize\nDoe, J.\t1\nRoe, R.\t2", "\t"],
    ["a comma where there is one column", "a\n1\n2", ","],
    ["a comma where there is nothing", "", ","],
  ])("%s is guessed", (_, text, delimiter) => {
    expect(guessDelimiter(text)).toBe(delimiter);
  });

  test("is guessed from the start of a long text, even where that ends between quotes", () => {
    const rows = Array.from({ length: 4000 }, (_, row) => `${row};"x, y\n${"z,".repeat(10)}"`);
    expect(guessDelimiter(`a;b\n${rows.join("\n")}`)).toBe(";");
    expect(guessDelimiter(`a;b\n1;"${"x,\n".repeat(40_000)}"\n2;y\n`)).toBe(";");
  });

  test("is told where it was guessed and is not a comma", () => {
    expect(readTable("a;b\n1;2", "t").notes).toEqual(["Cells are taken to be divided by semicolons."]);
    expect(readTable("a\tb\n1\t2", "t").notes).toEqual(["Cells are taken to be divided by tabs."]);
    expect(readTable("a|b\n1|2", "t").notes).toEqual(["Cells are taken to be divided by bars (|)."]);
    expect(readTable("a;b\n1;2", "t", { delimiter: ";" }).notes).toEqual([]);
    expect(readTable("a,b\n1,2", "t").notes).toEqual([]);
  });
});

describe("decimal commas", () => {
  test("are read as points where commas do not divide cells, and told", () => {
    const { rows, notes } = readTable("a;b;c\n1,5;x,y;2\n-0,25;z;3,5", "t.csv");
    expect(rows.map((row) => row.cells)).toEqual([
      ["1.5", "x,y", "2"],
      ["-0.25", "z", "3.5"],
    ]);
    expect(notes[1]).toBe('Commas in numbers of t.csv are taken to stand before decimals, as in "1,5".');
  });

  test("are refused where all may stand between thousands", () => {
    expect(() => readTable("a;b\n950;x\n1,500;y", "t.csv")).toThrow(
      'Expected numbers with a point or a comma before their decimals, got "1,500" in line 3, column "a" of t.csv, ' +
        "which may be thousands: write 1500 or 1.500.",
    );
  });
});

describe("CSV", () => {
  test("has columns without a name by their number, and none of empty ones", () => {
    expect(cells(",a,\n0,1,\n1,2,\n")).toEqual([
      ["column 1", "a"],
      ["0", "1"],
      ["1", "2"],
    ]);
  });

  test("of any line ends, with quotes, blank lines and a byte order mark, is the same table", () => {
    const wanted = [
      ["a", "b"],
      ["1", 'x "y", z'],
      ["2", "line\nbreak"],
    ];
    expect(cells('\uFEFFa,b\r\n1,"x ""y"", z"\r\n\r\n2,"line\nbreak"\r\n')).toEqual(wanted);
    expect(cells('"a","b"\n"1","x ""y"", z"\n2,"line\nbreak"')).toEqual(wanted);
  });

  test("that is none is refused by name", () => {
    expect(() => readTable("a,b\n1,2\0", "t.csv")).toThrow(
      "Expected a table as text in t.csv, got bytes 0, as in spreadsheets and other binary files: save it as CSV.",
    );
    expect(() => readTable('a,b\n1,"2', "t.csv")).toThrow(
      "Expected CSV in t.csv, got text that cannot be parsed: Quote Not Closed",
    );
    expect(() => readTable("a,b\n1,2,3", "t.csv")).toThrow(
      "Expected 2 cells as in the header, got 3 in line 2 of t.csv: complete the row",
    );
  });

  test("names in an option are those of a line of CSV", () => {
    expect(readNames("a, b c ,d")).toEqual(["a", "b c", "d"]);
    expect(readNames('"a,b",c')).toEqual(["a,b", "c"]);
    expect(readNames("")).toEqual([]);
    expect(() => readNames('"a')).toThrow(
      "Expected CSV in names of columns, got text that cannot be parsed: Quote Not Closed",
    );
  });
});

describe("JSON", () => {
  test("has a column for each name, and missing cells where a record lacks it or has null", () => {
    expect(cells('[{"a": 1.5, "b": " x "}, {"c": true, "a": null}]', "t.json")).toEqual([
      ["a", "b", "c"],
      ["1.5", "x", ""],
      ["", "", "true"],
    ]);
  });

  test("is told by its bracket, whatever the file is called", () => {
    expect(readTable('\uFEFF [{"a": 1}]', "download").unit).toBe("record");
    expect(readTable("a,b\n[1],2", "download").unit).toBe("line");
  });

  test.each([
    ["text that is none", '[{"a": 1},', "Expected JSON in t.json, got text that is not: "],
    [
      "no list",
      '{"a": [1, 2]}',
      'Expected a list of records in t.json, such as [{"size": 1, "kind": "a"}], got {"a":[1,2]}.',
    ],
    [
      "a list of numbers",
      "[1, 2]",
      'Expected record 1 of t.json to be values by name, such as {"size": 1, "kind": "a"}, got 1.',
    ],
    ["a list in the list", '[{"a": 1}, [2]]', "Expected record 2 of t.json to be values by name"],
    ["a value without a name", '[{"": 1}]', 'Expected names for all values of the records in t.json, got "": name it.'],
  ])("%s is refused", (_, text, message) => {
    expect(() => readTable(text, "t.json")).toThrow(message);
  });
});
