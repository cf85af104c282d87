/** How a run went, from its folder: for curves.csv, quoted as RFC 4180 says, and not if the folder is damaged. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeCurves } from "../../src/study/csv.ts";
import { runPoints, studyKind } from "../../src/study/kinds.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";
import { makeStudy } from "../fixtures/study.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

test("names with commas, quotes and line ends are quoted", () => {
  const folder = temporaryFolder();
  const run = writeRun(folder, makeRun(2));
  const { record } = makeStudy({ seeds: 1, populations: [48], crowdings: ["range"] });
  const name = 'a "b", c\nd';
  const { variants, curves } = record;
  const renamed = {
    ...record,
    variants: variants.map((variant) => ({ ...variant, name })),
    curves: curves.map((curve) => ({ ...curve, variant: name })),
  };
  writeCurves(folder, renamed, () => run);
  const text = readFileSync(join(folder, "curves.csv"), "utf8");
  const lines = text.split('"a ""b"", c\nd",');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^1,1,\d+,3456000,[\d.]+,\d+,[\d.]+,[\d.]+,,\n$/);
  expect(readFileSync(join(folder, "timings.csv"), "utf8")).toMatch(
    /^variant,seed,generation,seconds\n"a ""b"", c\nd",1,1,0\.07/,
  );
});

test("a champion that is not among those recorded is a damaged file", () => {
  const folder = join(temporaryFolder(), "run");
  mkdirSync(folder);
  const line = { generation: 0, steps: 1, scores: {}, champion: { generation: 7, score: 1 } };
  writeFileSync(join(folder, "generations.jsonl"), `${JSON.stringify(line)}\n`);
  writeFileSync(join(folder, "timings.jsonl"), '{"totalSeconds": 1}\n');
  expect(() => runPoints("search", folder)).toThrow(
    `Expected the champion of generation 7 in ${join(folder, "champions.jsonl")}, got none: the file is damaged.`,
  );
});

test("kinds of runs that have no row have no place in a study", () => {
  expect(() => studyKind("taming")).toThrow(
    'Unknown kind of run in a study "taming". Known: search, es, neat, baseline, gradient, fixed, adam, cmaes.',
  );
});
