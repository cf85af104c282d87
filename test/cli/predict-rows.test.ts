/** `precocial predict` on tables: answers as `evaluate` has them, the file that comes out, and what is refused. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { predictCommand } from "../../src/cli/predict.ts";
import { tableDataset } from "../../src/data/table/dataset.ts";
import { readTable } from "../../src/data/table/read.ts";
import { readTargets, splitRows, withTarget } from "../../src/data/table/target.ts";
import {
  classify,
  compile,
  createInlineEvaluator,
  createTask,
  type Dataset,
  encodeWeights,
  ensembleVote,
  evaluateDense,
  Kernel,
  type RegressionDataset,
  STANDARD_WEIGHTS,
  scoreConditions,
  type TableEncoding,
  Trainer,
} from "../../src/index.ts";
import { completeTrainConfig } from "../../src/run/stages/train-config.ts";
import { leafGenome, leafTable, printed, writeTableChampion } from "../fixtures/asked.ts";
import { inProcess, precocial } from "../fixtures/command-line.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const TEXT = leafTable();
const LINES = TEXT.trimEnd().split("\n");
const SETTINGS = {
  kind: { target: "kind", name: "leaves.csv", ignore: ["weight"] },
  weight: { target: "weight", name: "leaves.csv", ignore: ["kind"] },
} as const;
type Leaves<Data> = Data & { readonly table: TableEncoding };
const KINDS = tableDataset(TEXT, SETTINGS.kind) as Leaves<Dataset>;
const WEIGHTS = tableDataset(TEXT, SETTINGS.weight) as Leaves<RegressionDataset>;
const SIX = { kind: "shared", values: Float32Array.from(STANDARD_WEIGHTS) } as const;

let folder = "";
beforeEach(() => {
  folder = temporaryFolder();
});

/** Writes a file into the folder of the test. */
function put(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const predict = (champion: string, values: object) => printed(() => predictCommand.run({ champion, ...values }));

/** The rows that test, as a table. */
function testRows(target: string): string {
  const table = withTarget(readTable(TEXT, "leaves.csv"), target);
  const { test: rows } = splitRows(table, target, readTargets(table, target), 1);
  return [LINES[0], ...rows.map((row) => LINES[row + 1])].join("\n");
}

/** What `evaluate` reports of the vote on the test rows. */
async function ensembleOf(data: Leaves<Dataset | RegressionDataset>): Promise<number | undefined> {
  const evaluator = await createInlineEvaluator(createTask({ name: "csv", data }));
  const network = compile(leafGenome(data.table));
  const { ensemble } = await scoreConditions({ evaluator, network, episodes: 1, seed: 1 });
  await evaluator.close();
  return ensemble?.mean;
}

describe("answers for the rows that test are those of evaluate:", () => {
  test("the same classes, bit for bit, and the same accuracy", async () => {
    const champion = writeTableChampion(folder, KINDS.table);
    const data = put("test.csv", testRows("kind"));
    const { stdout } = await predict(champion, { data, json: true });
    const said = JSON.parse(stdout);
    const predicted = classify(await Kernel.create(), compile(leafGenome(KINDS.table)).program, SIX, KINDS.test);
    const votes = ensembleVote(predicted, STANDARD_WEIGHTS.length, KINDS.classes.length);
    expect(said.answers.map((answer: { class: string }) => answer.class)).toEqual(
      Array.from(votes, (label) => KINDS.classes[label]),
    );
    const byWeight = said.answers.map((answer: { byWeight: string[] }) => answer.byWeight);
    expect(byWeight.flatMap((names: string[]) => names)).toEqual(
      Array.from({ length: predicted.length }, (_, at) => {
        const [row, weight] = [Math.floor(at / 6), at % 6];
        return KINDS.classes[predicted[weight * KINDS.test.count + row]];
      }),
    );
    expect(said.accuracy).toBe(await ensembleOf(KINDS));
    expect(said.known).toBe(KINDS.test.count);
    expect(said.answers[0]).toEqual({
      row: 2,
      class: expect.any(String),
      vote: expect.any(Number),
      score: expect.any(Number),
      byWeight: expect.any(Array),
    });
    expect(new Set(votes).size).toBeGreaterThan(1);
  });

  test("the same R2 of numbers", async () => {
    const champion = writeTableChampion(folder, WEIGHTS.table);
    const { stdout } = await predict(champion, { data: put("test.csv", testRows("weight")), json: true });
    const said = JSON.parse(stdout);
    expect(said.R2).toBe(await ensembleOf(WEIGHTS));
    expect(said.by).toBe("the mean of the six standard weights");
    const [{ value, spread, byWeight }] = said.answers;
    const mean = byWeight.reduce((sum: number, each: number) => sum + each, 0) / 6;
    expect(value).toBeCloseTo(mean, 3);
    expect(spread).toBeCloseTo(
      Math.sqrt(byWeight.reduce((sum: number, each: number) => sum + (each - mean) ** 2, 0) / 6),
      1,
    );
  });

  test("the accuracy of a trained baseline", async () => {
    const trainer = await Trainer.create({ epochs: 3, batch: 8, init: 0.1 }, KINDS);
    while (!trainer.done) trainer.epoch();
    const { weights } = trainer.state;
    const run = join(folder, "two-layer-1");
    mkdirSync(run);
    const settings = {
      task: "csv",
      taskSettings: { data: put("leaves.csv", TEXT), target: "kind", ignore: "weight" },
      epochs: 3,
    };
    writeFileSync(join(run, "config.json"), JSON.stringify(completeTrainConfig(settings)));
    const data = put("test.csv", testRows("kind"));
    await expect(predict(run, { data })).rejects.toThrow(
      /^Expected weights in .*two-layer-1, but no epoch is done yet/,
    );
    writeFileSync(join(run, "weights.json"), JSON.stringify(encodeWeights(weights)));
    const { stdout } = await predict(run, { data, json: true });
    const said = JSON.parse(stdout);
    expect(said.accuracy).toBe((await evaluateDense(weights, KINDS, "test")).accuracy);
    expect(said.by).toBe("the 6-128-3 network");
    expect(Object.keys(said.answers[0])).toEqual(["row", "class", "score"]);
    await expect(predict(run, { data, weight: "1" })).rejects.toThrow(
      /^Expected a champion with a shared weight for --weight, got .*two-layer-1, whose weights are trained each for itself: leave it out\.$/,
    );
  });
});

describe("the file of answers", () => {
  const rows = [
    "kind;colour;extra;length;width;vote",
    "fern;green;a b;4,5;1,2;x",
    '?;blue;"c;d";7,25;;y',
    "palm;NA;;1;3;z",
    "oak;red;=1+1;10,5;3,1;",
  ];

  test("is the table as it was, its delimiter, mark, line ends and decimal commas kept, with columns at its end", async () => {
    const champion = writeTableChampion(folder, KINDS.table);
    const data = put("new.csv", `\uFEFF${rows.join("\r\n")}\r\n`);
    const out = join(folder, "answers.csv");
    const { stdout, stderr } = await predict(champion, { data, out });
    const written = readFileSync(out, "utf8");
    expect(written.startsWith("\uFEFFkind;colour;extra;length;width;vote;predicted kind;vote 2;score\r\n")).toBe(true);
    const lines = written.slice(1).split("\r\n");
    expect(lines).toHaveLength(6);
    for (const [at, line] of lines.slice(1, 5).entries()) {
      const [answer, vote, score] = line.slice(rows[at + 1].length + 1).split(";");
      expect(line.startsWith(`${rows[at + 1]};`)).toBe(true);
      expect(KINDS.classes).toContain(answer);
      expect(vote).toMatch(/^(1|0,\d{1,4})$/);
      expect(score).toMatch(/^0,\d{1,4}$/);
    }
    expect(stderr.split("\n")).toEqual(
      expect.arrayContaining([
        "Cells are taken to be divided by semicolons.",
        'Commas in numbers of new.csv are taken to stand before decimals, as in "4,5".',
        "Columns that are no inputs and are left alone: extra, vote.",
        expect.stringMatching(/^width: 1 of 4 missing, filled with the median \d\.\d+\.$/),
        "colour: 1 of 4 missing, a category of its own.",
        "colour: 1 of 4 with a value that training did not have: no category.",
      ]),
    );
    expect(stdout).toMatch(
      /answers\.csv: kind of 4 rows by the vote of the six standard weights of .*champion\.json\.\naccuracy \d+\.\d %: \d of 3 rows right, 1 being of a class that the network does not know\.\n$/,
    );
    expect(readdirSync(folder).sort()).toEqual(["answers.csv", "champion.json", "new.csv"]);
  });

  test("has a column less at one weight, and answers by the best weight are those by its number", async () => {
    const champion = writeTableChampion(folder, KINDS.table, { bestSharedWeight: -0.75 });
    const data = put("new.csv", testRows("kind"));
    const best = await predict(champion, { data, weight: "best" });
    expect(best.stdout.split("\n")[0]).toBe("length,width,colour,weight,kind,predicted kind,score");
    expect(best.stderr).toMatch(/Told kind of 30 rows by the shared weight -0\.75 of .*\naccuracy /);
    expect((await predict(champion, { data, weight: "-0.75" })).stdout).toBe(best.stdout);
  });

  test("is made of trained weights where they are asked for, of the champion's or of a file", async () => {
    const { innovations } = leafGenome(KINDS.table);
    const trainedWeights = Array.from(innovations, (_, gene) => Math.sin(gene));
    const champion = writeTableChampion(folder, KINDS.table, { trainedWeights });
    const data = put("new.csv", testRows("kind"));
    const { stdout, stderr } = await predict(champion, { data, weight: "trained" });
    expect(stderr).toContain("by the trained weights of ");
    const shared = await predict(champion, { data, weight: "1" });
    expect(shared.stdout).not.toBe(stdout);
    expect(shared.stdout.split("\n")[0]).toBe(stdout.split("\n")[0]);
    await expect(predict(champion, { data, weight: "1", weights: "some.json" })).rejects.toThrow(
      "Expected --weight or --weights, got both (1 and some.json): leave one out.",
    );
    await expect(predict(champion, { data, weights: join(folder, "some.json") })).rejects.toThrow(
      /^Expected trained weights at .*some\.json, but there is no such file\.$/,
    );
  });

  test("has the mean and the spread of a number", async () => {
    const champion = writeTableChampion(folder, WEIGHTS.table);
    const { stdout, stderr } = await predict(champion, { data: put("new.csv", testRows("weight")) });
    expect(stdout.split("\n")[0]).toBe("length,width,colour,weight,kind,predicted weight,spread");
    expect(stderr).toMatch(
      /\nTold weight of 30 rows by the mean of the six standard weights of .*\nR2 -?\d+\.\d{3} on 30 rows\.\n$/,
    );
  });

  test("is CSV of records in JSON too", async () => {
    const champion = writeTableChampion(folder, KINDS.table);
    const records = [
      { colour: "red", width: 2, length: 7, note: "a,b" },
      { length: 4, width: null, colour: "green" },
    ];
    const { stdout } = await predict(champion, { data: put("new.json", JSON.stringify(records)) });
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("colour,width,length,note,predicted kind,vote,score");
    expect(lines[1]).toMatch(/^red,2,7,"a,b",(fern|ivy|oak),/);
    expect(lines[2]).toMatch(/^green,,4,,(fern|ivy|oak),/);
  });

  test("comes from the command line as documented, and is not written over", async () => {
    writeTableChampion(folder, KINDS.table);
    put("new.csv", testRows("kind"));
    const words = ["predict", "champion.json", "--data", "new.csv", "--out", "answers.csv"];
    const first = await precocial(words, folder);
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toMatch(
      /^answers\.csv: kind of 30 rows by the vote of the six standard weights of champion\.json\.\n/,
    );
    const before = readFileSync(join(folder, "answers.csv"), "utf8");
    const second = await inProcess(words, folder);
    expect(second).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "precocial: There is something at answers.csv already: choose another name with --out, or move it away.\n",
    });
    expect(readFileSync(join(folder, "answers.csv"), "utf8")).toBe(before);
  });
});

describe("a champion that does not say how rows become inputs", () => {
  test("is asked where the table of its run is still there, with the same answers", async () => {
    const run = join(folder, "csv-1");
    mkdirSync(run);
    const taskSettings = { data: put("leaves.csv", TEXT), target: "kind", ignore: "weight" };
    writeFileSync(join(run, "config.json"), JSON.stringify({ format: 2, stage: "search", task: "csv", taskSettings }));
    writeTableChampion(run, KINDS.table);
    const data = put("new.csv", testRows("kind"));
    const known = await predict(run, { data });
    writeTableChampion(run, KINDS.table, { table: undefined });
    expect((await predict(run, { data })).stdout).toBe(known.stdout);

    writeFileSync(join(folder, "leaves.csv"), TEXT.replaceAll("yellow", "brown"));
    await expect(predict(run, { data })).rejects.toThrow(
      /^Expected the data that .*csv-1 was made with, with the inputs "length, .*, got "length, .*: the table has changed since\. Put it back as it was, or search again\.$/,
    );
    writeFileSync(join(folder, "leaves.csv"), "");
    await expect(predict(run, { data })).rejects.toThrow(
      /^Expected .*csv-1 to say how rows become inputs, but it does not, and the data that it was made with cannot be asked: Expected a header and rows in leaves\.csv, .*\. Give the run's folder, with its data where they were, or search again\.$/,
    );
  });

  test("is refused without its run", async () => {
    const champion = writeTableChampion(folder, KINDS.table, { table: undefined });
    await expect(predict(champion, { data: put("new.csv", TEXT) })).rejects.toThrow(
      /^Expected .*champion\.json to say how rows become inputs, but it does not, and the data that it was made with cannot be asked: Expected a table for "csv", got none: /,
    );
  });

  test("is asked about columns as they are where its data set is a module of one's own", async () => {
    const module = put(
      "own.mjs",
      `const part = { features: [[1, 5], [2, 6], [3, 7]], labels: ["low", "high", "high"] };
export const dataset = { inputs: ["a", "b"], classes: ["low", "high"], train: part, validation: part, test: part };
`,
    );
    const table = {
      columns: [],
      target: { kind: "classes" as const, name: "class", classes: ["low", "high"] },
      notes: [],
    };
    const columns = ["a", "b"].map((name) => ({ kind: "numeric" as const, name, fill: 0, mean: 0, deviation: 1 }));
    const champion = writeTableChampion(folder, { ...table, columns }, { task: module, table: undefined });
    const { stdout, stderr } = await predict(champion, { data: put("new.csv", "b,a\n5,1\n,2\n") });
    expect(stdout).toMatch(/^b,a,predicted class,vote,score\n5,1,(low|high),[\d.]+,[\d.]+\n,2,(low|high),/);
    expect(stderr).toContain("b: 1 of 2 missing, filled with the median 6.");
  });
});

describe("refused, with nothing written:", () => {
  const refused: [string, string, object, string | RegExp][] = [
    [
      "a table without a column",
      "colour,width\nred,1\n",
      {},
      'Expected the columns that the network was made for in new.csv, got none called "length". There are: colour, width.',
    ],
    [
      "a cell that is no number",
      "length,width,colour\nlong,1,red\n",
      {},
      'Expected a number (at most 1e100 in size) in line 2, column "length" of new.csv, got "long": correct it.',
    ],
    [
      "a header alone",
      "length,width,colour\n",
      {},
      /^Expected rows below the header of .*new\.csv, got none: add the rows to be told something of\.$/,
    ],
    ["an empty file", "", {}, "Expected a header and rows in new.csv, got an empty file: give a table."],
    ["no --data", "", { data: undefined }, "Expected --data, a table or images to tell something of: --data new.csv"],
    [
      "a weight that is none",
      "length,width,colour\n1,1,red\n",
      { weight: "heavy" },
      'Expected --weight to be a number, "best" or "trained", got "heavy".',
    ],
    [
      "the best weight before it is known",
      "length,width,colour\n1,1,red\n",
      { weight: "best" },
      /^Expected the best shared weight in .*champion\.json, got none, since no search ended there: name a weight, such as --weight 1\.$/,
    ],
    [
      "trained weights that are not there",
      "length,width,colour\n1,1,red\n",
      { weight: "trained" },
      /^Expected trained weights in .*champion\.json, got none: give a file of them with --weights\.$/,
    ],
    [
      "--invert",
      "length,width,colour\n1,1,red\n",
      { invert: "always" },
      "Expected no --invert for a network of rows of a table: leave it out.",
    ],
    [
      "a weight bias that is no number",
      "",
      { weightBias: "x" },
      'Expected --weight-bias to be a finite number, got "x".',
    ],
  ];
  test.each(refused)("%s", async (_, text, values, words) => {
    const champion = writeTableChampion(folder, KINDS.table);
    const data = put("new.csv", text);
    const before = readdirSync(folder);
    await expect(predict(champion, { data, out: join(folder, "answers.csv"), ...values })).rejects.toThrow(words);
    expect(readdirSync(folder)).toEqual(before);
  });

  test("a file of another form, a folder and a picture in place of a table", async () => {
    const champion = writeTableChampion(folder, KINDS.table);
    const ask = (data: string) => predict(champion, { data, out: join(folder, "answers.csv") });
    await expect(ask(join(folder, "none.csv"))).rejects.toThrow(/^Expected a readable table at .*none\.csv: ENOENT/);
    await expect(ask(folder)).rejects.toThrow(
      /^Expected a table with the columns "length, width, colour" for --data, got the folder .*: give a CSV file, or records in JSON\.$/,
    );
    await expect(ask(put("leaf.png", "x"))).rejects.toThrow(
      / for --data, got the picture .*leaf\.png: give a CSV file/,
    );
    writeFileSync(join(folder, "new.xlsx"), Uint8Array.of(0x50, 0x4b, 3, 4, 0xff, 0xfe));
    await expect(ask(join(folder, "new.xlsx"))).rejects.toThrow(
      /^Expected text in UTF-8 in .*new\.xlsx, got other bytes: save the table as UTF-8\.$/,
    );
    expect(existsSync(join(folder, "answers.csv"))).toBe(false);
  });

  test("a file of answers of another ending, and one where none can be written", async () => {
    const champion = writeTableChampion(folder, KINDS.table);
    const data = put("new.csv", TEXT);
    await expect(predict(champion, { data, out: "answers.xlsx" })).rejects.toThrow(
      "Expected --out to end in .csv, .tsv or .txt, since answers are written as CSV, got answers.xlsx: --out answers.csv, or --json for JSON.",
    );
    const nowhere = join(folder, "none", "answers.csv");
    await expect(predict(champion, { data, out: nowhere })).rejects.toThrow(
      /^Could not write .*answers\.csv, there is no such folder: choose another one\./,
    );
  });

  test("networks that play, that are not there, or that are of another task", async () => {
    const data = put("new.csv", TEXT);
    const swingup = join(import.meta.dirname, "../../docs/champions/swingup.json");
    await expect(predict(swingup, { data })).rejects.toThrow(
      /^Expected a network that tells something of rows or images, got .*swingup\.json of the task "swingup", which is played: see how well it does by precocial evaluate .*, or watch it by precocial view\.$/,
    );
    const played = writeTableChampion(folder, KINDS.table, { task: "python3 my_env.py", table: undefined });
    await expect(predict(played, { data })).rejects.toThrow(/ of the task "python3 my_env\.py", which is played: /);
    await expect(predict(join(folder, "none.json"), { data })).rejects.toThrow(
      /^Expected a champion at .*none\.json, but there is no such file\.$/,
    );
    writeFileSync(join(folder, "lone.out"), "1");
    await expect(predict(join(folder, "lone.out"), { data })).rejects.toThrow(
      /^Expected --task, since .*lone\.out does not name the task it was evolved for\. See: precocial tasks$/,
    );
    const other = { ...KINDS.table, target: { ...KINDS.table.target, classes: ["fern", "ivy"] } };
    const misfit = writeTableChampion(folder, KINDS.table, { table: other });
    await expect(predict(misfit, { data })).rejects.toThrow(
      /^Expected 6 inputs and 2 outputs for the data of task "csv", got 6 and 3 in .*champion\.json: name the task it was made for with --task\.$/,
    );
  });
});
