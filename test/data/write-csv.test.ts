/** Writing tables in CSV: cells quoted where they must be, a table read again as it was. */
import { expect, test } from "vitest";
import { readTable } from "../../src/data/table/read.ts";
import { addColumns, writeColumns } from "../../src/data/table/write-csv.ts";

const add = (text: string, ...columns: Parameters<typeof writeColumns>[0]) =>
  addColumns(text, readTable(text, "new.csv"), columns);

test("cells that hold commas, quotes and line breaks come back as they were", () => {
  const cells = ["a,b", 'say "no"', "two\nlines", "", "plain", 0.5];
  const text = writeColumns([
    { name: "odd, name", cells },
    { name: "number", cells: cells.map((_, row) => row) },
  ]);
  const { columns, rows } = readTable(text, "written.csv");
  expect(columns).toEqual(["odd, name", "number"]);
  expect(rows.map((row) => row.cells[0])).toEqual(cells.map(String));
});

test("a table keeps its cells, blank columns at its end included, and its form", () => {
  expect(add('a|b|\n1|"x|y"|\n\n2|z|\n', { name: "c", cells: [0.25, "w"] })).toBe('a|b||c\n1|"x|y"||0.25\n2|z||w\n');
});

test("numbers get a decimal comma only where the table has some, and a delimiter that it hides in is quoted", () => {
  expect(add("a;b\n1,5;2\n", { name: "c", cells: [0.25] })).toBe("a;b;c\n1,5;2;0,25\n");
  expect(add("a;b\n1.5;2\n", { name: "c", cells: [0.25] })).toBe("a;b;c\n1.5;2;0.25\n");
  expect(add("a;b\n1,5;2\n", { name: "c", cells: ["0,1;x"] })).toBe('a;b;c\n1,5;2;"0,1;x"\n');
});

test("a name that is taken gets a number", () => {
  const columns = [1, 2].map((cell) => ({ name: "vote", cells: [cell] }));
  expect(add("vote,vote 2\n1,2\n", columns[0])).toBe("vote,vote 2,vote 3\n1,2,1\n");
});
