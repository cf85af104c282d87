/** A number of a table told from the command line: searched, evaluated, compared, listed, and what is refused. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { answerLinear, fitLinear } from "../../src/baseline/least-squares.ts";
import type { RegressionDataset } from "../../src/data/dataset.ts";
import { tableDataset } from "../../src/data/table/dataset.ts";
import { parseChampion } from "../../src/formats/json.ts";
import { SEARCH_STAGE } from "../../src/run/stages/search-stage.ts";
import { ERROR } from "../../src/tasks/regression/regression.ts";
import { r2Of } from "../../src/tasks/regression/report.ts";
import { inProcess } from "../fixtures/command-line.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const TABLES = join(import.meta.dirname, "../../node_modules/vega-datasets/data");
const TABLE = ["csv", "--data", "cars.json", "--target", "Miles_per_Gallon", "--ignore", "Name,Year"];
const SMALL = ["--population", "32", "--generations", "12", "--threads", "1"];

test("a number is told as one, its R2 beside that of linear regression", async () => {
  const folder = temporaryFolder();
  copyFileSync(join(TABLES, "cars.json"), join(folder, "cars.json"));
  const searched = await inProcess(["search", ...TABLE, ...SMALL, "--out", "run", "--report"], folder);
  expect(searched.code, searched.stderr).toBe(0);
  expect(searched.stderr).toContain(
    "Miles_per_Gallon: 8 of 406 missing, these rows are left out.\n" +
      "Miles_per_Gallon: taken as a number (for classes: --kind classes).\n" +
      "Horsepower: 6 of 398 missing, filled with the median 95.\n",
  );
  expect(searched.stdout).toMatch(/ connections?, R2 -?[\d.]+, score -[\d.]+ on validation examples \(means over 6 /);
  expect(searched.stdout).toMatch(/^condition +R2 +std +examples$/m);
  expect(searched.stdout).toMatch(/^mean of the standard weights' answers +-?\d\.\d{3} +- +80$/m);
  expect(searched.stdout).toMatch(/^linear regression \(least squares\) +0\.7\d\d +- +80$/m);

  const config = JSON.parse(readFileSync(join(folder, "run", "config.json"), "utf8"));
  expect(SEARCH_STAGE.summarize(join(folder, "run"), config).measure).toBe(ERROR);

  // The report carries what was made of the table.
  const { file } = parseChampion(JSON.parse(readFileSync(join(folder, "run", "champion.json"), "utf8")), "run");
  expect(file.outputs).toEqual(["Miles_per_Gallon"]);
  expect(file.table?.target).toMatchObject({ kind: "number", name: "Miles_per_Gallon" });
  expect(readFileSync(join(folder, "run", "report.html"), "utf8")).toContain(
    "Horsepower: 6 of 398 missing, filled with the median 95.",
  );

  const evaluated = await inProcess(["evaluate", "run", "--episodes", "10", "--threads", "1", "--json"], folder);
  const conditions = JSON.parse(evaluated.stdout);
  const cars = readFileSync(join(folder, "cars.json"), "utf8");
  const settings = { target: "Miles_per_Gallon", ignore: ["Name", "Year"], name: "cars.json" };
  const { train, test: tested } = tableDataset(cars, settings) as RegressionDataset;
  expect(conditions.linear).toEqual({
    mean: r2Of(answerLinear(fitLinear(train), tested), tested.targets),
    count: 80,
  });
  expect(conditions.bestShared.mean).toBeLessThanOrEqual(1);
  expect(Object.keys(conditions)).not.toContain("byClass");

  const compared = await inProcess(["compare", "run", "--episodes", "2", "--threads", "1"], folder);
  expect(compared.stdout).toMatch(/^ +network .* vote +best shared +linear regression /m);
  expect(compared.stdout).toMatch(/^run +evolved graph .* 0\.7\d\d /m);
  expect(compared.stdout).toContain(
    "\nFigures are R2; all but those of training and validation are on test examples.\n",
  );

  // The rows of the table in another order are another split, and other inputs.
  writeFileSync(join(folder, "cars.json"), JSON.stringify(JSON.parse(cars).reverse()));
  for (const words of [
    ["evaluate", "run"],
    ["resume", "run", "--generations", "13"],
  ]) {
    const { code, stderr } = await inProcess([...words, "--threads", "1"], folder);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "precocial: Expected the table as it was when the champion was made, got one that gives other inputs: give that " +
        "one with --data, or search anew.\n",
    });
  }
});

test("a baseline of classes is refused where a number is to be told", async () => {
  const folder = temporaryFolder();
  copyFileSync(join(TABLES, "cars.json"), join(folder, "cars.json"));
  const { code, stderr } = await inProcess(["baseline", "linear", ...TABLE, "--out", "run"], folder);
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'precocial: Expected a task that classifies, got "csv" with a number to tell (Miles_per_Gallon): for classes give ' +
      "--kind classes; linear regression stands beside a search's own figures.\n",
  });
  expect(existsSync(join(folder, "run"))).toBe(false);
});

test("a table with missing cells and text is searched by one command, and says what was missing", async () => {
  const folder = temporaryFolder();
  const words = ["search", "csv", "--data", join(TABLES, "penguins.json"), "--target", "Species", "--json"];
  const { code, stdout, stderr } = await inProcess([...words, ...SMALL], folder);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain("Sex: 11 of 344 missing, a category of its own.\n");
  expect(JSON.parse(stdout).evaluation.figures.ensemble).toMatchObject({ count: 69 });
});
