/** What a study says: samples, differences, effects and times of a made-up study, and how its tables read. */
import { describe, expect, test } from "vitest";
import {
  CONDITION_NAMES,
  comparePaired,
  FIGURES,
  figuresTable,
  type Measure,
  medianInterval,
  type Sample,
  type SampleRun,
  type StudyRecord,
  samplesOf,
  studyTables,
  summarizeSample,
  summarizeStudy,
  summarizeTask,
  writerOf,
  writeTables,
} from "../../src/index.ts";
import { makeStudy } from "../fixtures/study.ts";

const SCORE: Measure = { name: "score", description: "sum of rewards", unit: "score" };
const ACCURACY: Measure = { name: "accuracy", description: "share of examples that are right", unit: "share" };

/** Runs of seeds 1, 2, ... with these values of `standard`. */
function sample(name: string, values: readonly number[], figures: Record<string, number> = {}): Sample {
  return { name, runs: values.map((standard, index) => ({ seed: index + 1, figures: { standard, ...figures } })) };
}

const study = makeStudy();
const [swingup] = summarizeStudy(study.record, study.timings);

describe("a sample", () => {
  test("is summed up by quartiles and the interval of the median", () => {
    const values = [4, 1, 3, 2, 10];
    expect(summarizeSample(sample("a", values)).figures.standard).toEqual({
      count: 5,
      low: 2,
      median: 3,
      high: 4,
      interval: medianInterval(values),
    });
  });

  test("of one run keeps that run's deviation, of several none", () => {
    const run = { seed: 1, figures: { standard: 5 }, deviations: { standard: 2 } };
    expect(summarizeSample({ name: "a", runs: [run] }).figures.standard).toMatchObject({ median: 5, deviation: 2 });
    const both = summarizeSample({ name: "a", runs: [run, { ...run, seed: 2 }] });
    expect(both.figures.standard.deviation).toBeUndefined();
  });

  test("counts the runs that have a figure", () => {
    const runs: SampleRun[] = [
      { seed: 1, figures: { standard: 5, ensemble: 0.5 } },
      { seed: 2, figures: { standard: 6 } },
    ];
    const { figures, seeds } = summarizeSample({ name: "a", runs });
    expect([figures.standard.count, figures.ensemble.count]).toEqual([2, 1]);
    expect(seeds).toEqual([1, 2]);
  });
});

describe("samples are compared", () => {
  const reference = sample("old", [10, 20, 30, 40, 50, 60]);

  test("by runs of the same seed", () => {
    const better = { name: "new", runs: sample("", [13, 21, 35, 47]).runs.toReversed() };
    const [found] = comparePaired([reference, better], reference, "standard");
    expect(found).toEqual({
      name: "new",
      pairs: 4,
      difference: medianInterval([3, 1, 5, 7]),
      p: 0.125,
      adjustedP: 0.125,
      greater: 4,
      equal: 0,
    });
  });

  test("with p adjusted for all of them", () => {
    const others = [sample("a", [11, 22, 33, 44, 55, 66]), sample("b", [9, 21, 28, 43, 50, 65])];
    const found = comparePaired([...others, reference], reference, "standard");
    expect(found.map(({ p }) => p)).toEqual([0.03125, 0.5]);
    expect(found.map(({ adjustedP }) => adjustedP)).toEqual([0.0625, 0.5]);
    expect(found[1]).toMatchObject({ pairs: 6, greater: 3, equal: 1 });
  });

  test("only where two seeds at least have the figure in both", () => {
    expect(comparePaired([sample("a", [1])], reference, "standard")).toEqual([]);
    expect(comparePaired([sample("a", [1, 2])], reference, "bestShared")).toEqual([]);
  });
});

describe("a study", () => {
  test("has a sample for each variant and budget, with the seconds of its runs", () => {
    const { record, timings } = makeStudy({ budgets: [20, 100], seeds: 2 });
    const samples = samplesOf(record, timings);
    expect(samples.map(({ name, budget }) => [name, budget]).slice(0, 3)).toEqual([
      ["population 48, crowding range", 20],
      ["population 48, crowding range", 100],
      ["population 48, crowding published", 20],
    ]);
    expect(samples[1].runs.map(({ seed, figures }) => [seed, figures.generations, figures.seconds])).toEqual([
      [1, 100, 12],
      [2, 100, 12],
    ]);
    expect(samplesOf(record)[1].runs[0].figures.seconds).toBeUndefined();
  });

  test("compares its variants at the last budget, by a figure that all have", () => {
    const { record } = makeStudy({ budgets: [20, 100] });
    const [summary] = summarizeStudy(record);
    expect(summary).toMatchObject({ task: "swingup", figure: "standard", reference: "population 48, crowding range" });
    expect(summary.samples).toHaveLength(8);
    expect(summary.comparisons).toEqual(swingup.comparisons);
    const [best] = summarizeStudy({ ...record, reference: "population 96, crowding range" }, undefined, {
      figure: "bestShared",
    });
    expect(best).toMatchObject({ figure: "bestShared", reference: "population 96, crowding range" });
    const mine = samplesOf(record).filter(({ budget }) => budget === 100);
    expect(best.comparisons).toEqual(comparePaired(mine, mine[2], "bestShared"));
  });

  test("says which setting matters, by the seeds that all variants have", () => {
    const { factors, interactions, seeds, rest } = swingup.effects ?? {
      factors: [],
      interactions: 0,
      seeds: 0,
      rest: 0,
    };
    expect(factors.map(({ factor, levels }) => [factor, levels.map(({ level }) => level)])).toEqual([
      ["population", ["48", "96"]],
      ["crowding", ["range", "published"]],
    ]);
    expect(factors[0].share).toBeGreaterThan(5 * factors[1].share);
    expect(factors[0].share + factors[1].share + interactions + seeds + rest).toBeCloseTo(1, 10);
    const { record } = study;
    const all = record.variants.slice(0, 3).map(({ name }) => name);
    const results = record.results.filter(({ variant, seed }) => all.includes(variant) || seed !== 4);
    const [without4] = summarizeStudy({ ...record, results });
    const [fewer] = summarizeStudy({ ...record, results: record.results.filter(({ seed }) => seed !== 4) });
    expect(without4.effects).toEqual(fewer.effects);
    expect(without4.effects).not.toEqual(swingup.effects);
  });

  test("takes settings that change only together for one", () => {
    const { record } = study;
    const variants = record.variants.map((variant) => {
      const { population } = variant.settings;
      return { ...variant, settings: { ...variant.settings, tournament: population === 48 ? 4 : 8 } };
    });
    const [{ effects }] = summarizeStudy({ ...record, variants });
    expect(effects?.factors.map(({ factor, share }) => [factor, share])).toEqual([
      ["population, tournament", swingup.effects?.factors[0].share],
      ["crowding", swingup.effects?.factors[1].share],
    ]);
    expect(effects?.factors[0].levels.map(({ level }) => level)).toEqual(["48, 4", "96, 8"]);
  });

  test("has no main effects where its variants are no grid, or no seed is common to all", () => {
    const { record } = study;
    const without = (keep: (result: StudyRecord["results"][number]) => boolean, variants = record.variants) =>
      summarizeStudy({ ...record, variants, results: record.results.filter(keep) })[0].effects;
    expect(without(() => true, record.variants.slice(1))).toBeUndefined();
    expect(without(() => true, record.variants.slice(0, 1))).toBeUndefined();
    expect(without(({ variant, seed }) => (variant === record.variants[0].name ? seed < 3 : seed > 2))).toBeUndefined();
  });

  test("takes for the time to a score that of the first champion that has it", () => {
    const { record, timings } = makeStudy({ populations: [48], crowdings: ["range"], seeds: 2 });
    const curves = [
      { ...record.curves[0], generations: [1, 10, 30], evaluations: [9, 90, 270], steps: [1, 2, 3], score: [1, 5, 9] },
      { ...record.curves[1], generations: [1, 20, 30], evaluations: [9, 180, 270], steps: [1, 2, 3], score: [4, 6, 7] },
    ];
    const seconds = { ...timings, curves: timings.curves.map((curve) => ({ ...curve, seconds: [0.5, 2, 4] })) };
    const times = (target?: number) => summarizeStudy({ ...record, curves }, seconds, { target })[0].timeTo;
    expect(times(4.5)).toEqual({
      target: 4.5,
      variants: [
        {
          name: "population 48, crowding range",
          generations: { runs: 2, reached: 2, low: 12.5, median: 15, high: 17.5 },
          evaluations: { runs: 2, reached: 2, low: 112.5, median: 135, high: 157.5 },
          seconds: { runs: 2, reached: 2, low: 2, median: 2, high: 2 },
        },
      ],
    });
    expect(summarizeStudy({ ...record, curves, target: 5 })[0].timeTo.target).toBe(5);
    // Both runs end with 7 or more.
    expect(times()).toMatchObject({ target: 7, variants: [{ generations: { reached: 2 } }] });
    expect(times(8).variants[0].generations).toEqual({
      runs: 2,
      reached: 1,
      low: undefined,
      median: undefined,
      high: undefined,
    });
    expect(summarizeStudy({ ...record, curves })[0].timeTo.variants[0].seconds).toBeUndefined();
  });

  test("of several tasks is one of each, and says nothing of a task that nothing is done of", () => {
    const { record } = study;
    const variants = record.variants.map((variant, index) => (index < 2 ? variant : { ...variant, task: "mine" }));
    const tasks = { ...record.tasks, mine: record.tasks.swingup };
    const both = summarizeStudy({ ...record, tasks, variants });
    expect(both.map(({ task, reference, references }) => [task, reference, references.length])).toEqual([
      ["swingup", "population 48, crowding range", 3],
      ["mine", "population 96, crowding range", 0],
    ]);
    const results = record.results.filter(({ variant }) => variant.startsWith("population 48"));
    expect(summarizeStudy({ ...record, tasks, variants, results }).map(({ task }) => task)).toEqual(["swingup"]);
    expect(summarizeStudy({ ...record, results: [], curves: [] })).toEqual([]);
  });
});

test("nothing, and unknown figures, cannot be summed up", () => {
  expect(() => summarizeTask("mine", SCORE, [])).toThrow("Expected at least one sample to compare, got none.");
  expect(() => summarizeTask("mine", SCORE, [sample("a", [1])], { figure: "best" })).toThrow(
    /^Unknown figure "best"\.(.*) Known: standard, randomWeights, /,
  );
});

test("every condition has a title", () => {
  expect(Object.keys(FIGURES)).toEqual(expect.arrayContaining([...CONDITION_NAMES]));
});

describe("tables", () => {
  const tables = studyTables([swingup]);

  test("of a study: figures with those of the paper, differences, settings, time to a score", () => {
    expect(tables.map(({ title }) => title)).toEqual([
      "swingup, after 100 generations",
      "swingup: six weights, against population 48, crowding range",
      "swingup: which setting matters for six weights",
      "swingup: until the champion has 331 on validation data",
    ]);
    for (const { head, rows } of tables) for (const row of rows) expect(row).toHaveLength(head.length);
    const [figures, differences, effects, times] = tables;
    expect(figures.head).toEqual(["", "runs", "six weights", "random shared", "best shared", "size", "seen", "time"]);
    expect(figures.rows.map(([name]) => name).slice(3)).toEqual([
      "population 96, crowding published",
      "paper's WANN",
      "paper's fixed topology",
      "paper's champion, re-measured",
    ]);
    expect(figures.rows.at(-1)).toEqual(["paper's champion, re-measured", "-", "611", "526", "727", "52", "-", "-"]);
    expect(figures.rows[0].slice(-2)).toEqual(["77.8M", "12s"]);
    expect(differences.rows[1]).toEqual([
      "population 96, crowding range",
      "6",
      expect.stringMatching(/^\+\d+\.\d$/),
      expect.stringMatching(/^\+\d+\.\d to \+\d+\.\d$/),
      "0.094",
      "6 of 6",
    ]);
    expect(effects.rows.map(([name]) => name)).toEqual([
      "population",
      "crowding",
      "settings together",
      "seed",
      "chance",
    ]);
    expect(effects.rows[0][1]).toMatch(/^48: \d+ \(\d+ to \d+\), 96: \d+ \(\d+ to \d+\)$/);
    expect(times.head).toEqual(["", "reached", "generations", "evaluations", "time"]);
    expect(times.rows[1].slice(1)).toEqual(["3 of 6", "-", "-", "-"]);
    expect(times.rows[0].slice(1)).toEqual(["4 of 6", "100 (100 to -)", "86,400 (86,400 to -)", "12s (12s to -)"]);
  });

  test("write quartiles of several runs, the deviation of one, and nothing of none", () => {
    const one = { name: "one", runs: [{ seed: 1, figures: { standard: 611.4 }, deviations: { standard: 210.2 } }] };
    const samples = [one, sample("several", [500, 600, 700], { connections: 1200 }), { name: "none", runs: [] }];
    const { rows, notes } = figuresTable(summarizeTask("mine", SCORE, samples));
    expect(rows).toEqual([
      ["one", "1", "611 ± 210", "-"],
      ["several", "3", "600 (550 to 650)", "1,200"],
      ["none", "0", "-", "-"],
    ]);
    expect(notes).toEqual([
      "Medians over runs that differ only in their seed, in brackets the first and third quartile.",
      "± is the standard deviation within a run: over weights, and over episodes where the task has them.",
      "Size: connections, of a trained network weights and biases.",
    ]);
  });

  test("have a column of budgets where there are several, and one of networks where they are given", () => {
    const { record, timings } = makeStudy({ budgets: [20, 100], populations: [48], crowdings: ["range"] });
    const [table] = studyTables(summarizeStudy(record, timings));
    expect(table.title).toBe("swingup");
    expect(table.head.slice(0, 3)).toEqual(["", "generations", "runs"]);
    expect(table.rows.map((row) => row.slice(0, 3)).slice(0, 3)).toEqual([
      ["population 48, crowding range", "20", "6"],
      ["population 48, crowding range", "100", "6"],
      ["paper's WANN", "-", "-"],
    ]);
    const network = { ...sample("a", [1]), network: "evolved graph" };
    const given = figuresTable(summarizeTask("mine", SCORE, [network, sample("b", [2])]));
    expect(given.head).toEqual(["", "network", "runs", "six weights"]);
    expect(given.rows.map(([, cell]) => cell)).toEqual(["evolved graph", "-"]);
    expect(given.words).toBe(2);
  });

  test("write seconds as the budget of a study by the clock", () => {
    const { record } = makeStudy({ budgets: [90], populations: [48], crowdings: ["range"] });
    const [table] = studyTables(summarizeStudy({ ...record, budgets: { unit: "seconds", values: [90] } }));
    expect(table.title).toBe("swingup, after 1m 30s");
    expect(table.head).toEqual([
      "",
      "runs",
      "six weights",
      "random shared",
      "best shared",
      "size",
      "generations",
      "seen",
    ]);
  });

  test("write shares as percentages, and their differences as points", () => {
    const old = sample("old", [0.9, 0.91, 0.92, 0.93, 0.94, 0.95]);
    const better = sample("new", [0.91, 0.925, 0.93, 0.945, 0.95, 0.955]);
    const summary = summarizeTask("mnist", ACCURACY, [old, better]);
    const [figures, differences] = studyTables([{ ...summary, timeTo: { target: 1, variants: [] } }]);
    expect(figures.rows[0][2]).toBe("92.5 (91.3 to 93.8) %");
    expect(figures.rows.at(-1)?.[2]).toBe("-");
    expect(figures.notes).toContain(
      "Percentages are accuracy; all but those of training and validation are on test examples.",
    );
    expect(differences.rows).toEqual([["new", "6", "+1.0 points", "+0.8 to +1.5 points", "0.031", "6 of 6"]]);
    expect(differences.notes).toEqual([
      "Medians of the differences between runs of the same seed, with their bootstrap intervals; p of Wilcoxon's signed-rank test.",
    ]);
  });

  test("say how many seeds there must be for p to show anything", () => {
    const notes = (values: readonly number[], others: readonly string[]) => {
      const samples = [
        sample("old", values),
        ...others.map((name) =>
          sample(
            name,
            values.map((value) => value + 1),
          ),
        ),
      ];
      return studyTables([{ ...summarizeTask("mine", SCORE, samples), timeTo: { target: 1, variants: [] } }])[1]
        .notes?.[1];
    };
    expect(notes([1, 2, 3], ["new"])).toBe(
      "With 3 pairs p cannot be under 0.25: 6 seeds are the fewest that can show a difference.",
    );
    expect(notes([1, 2, 3, 4, 5, 6], ["a", "b"])).toBe(
      "With 6 pairs and 2 comparisons p cannot be under 0.063: 7 seeds are the fewest that can show a difference.",
    );
    expect(notes([1, 2, 3, 4, 5, 6, 7], ["a", "b"])).toBeUndefined();
  });

  test("are text, Markdown or HTML, in which names are no marks", () => {
    const table = {
      title: "a < b",
      head: ["", "score"],
      rows: [
        ["<x>|y", "5"],
        ["z", "10"],
      ],
      notes: ["1 < 2"],
    };
    const text = ["a < b", "", "       score", "<x>|y      5", "z         10", "", "1 < 2"].join("\n");
    expect(writeTables([table, table], "table")).toBe(`${text}\n\n${text}`);
    expect(writeTables([table], "md").split("\n")).toEqual([
      "a < b:",
      "",
      "|  | score |",
      "|---|---:|",
      "| <x>\\|y | 5 |",
      "| z | 10 |",
      "",
      "1 < 2",
    ]);
    const html = writeTables([table, table], "html");
    expect(html).toContain("<caption>a &lt; b</caption>");
    expect(html).toContain("<tr><td>&lt;x&gt;|y</td><td>5</td></tr>");
    expect(html).toContain("<p>1 &lt; 2</p>");
    expect(html.match(/<table>/g)).toHaveLength(2);
  });
});

describe("figures are written", () => {
  test.each([
    [[611.4, 20], "611 ± 20"],
    [[48.26, 3.14], "48.3 ± 3.1"],
    [[-0.3456, 0.01], "-0.346 ± 0.010"],
    [[0, 0], "0 ± 0"],
  ])("%j with the decimals that the largest needs", ([value, deviation], text) => {
    expect(writerOf("measure", SCORE, [value]).spread(value, deviation)).toBe(text);
  });

  test("a range that is written alike once, and differences with their sign", () => {
    const count = writerOf("count", SCORE);
    expect(count.range(12_000, 11_000, 13_000)).toBe("12,000 (11,000 to 13,000)");
    expect(count.range(2_500_000, 2_510_000, 2_490_000)).toBe("2.5M");
    expect([0.84, 12.4, 65].map(writerOf("time", SCORE).value)).toEqual(["0.8s", "12s", "1m 05s"]);
    expect(writerOf("measure", SCORE, [500]).differences(-20.4, 0)).toBe("-20 to 0");
    expect(writerOf("measure", ACCURACY).spread(0.82, 0.144)).toBe("82.0 ± 14.4 %");
    expect(writerOf("measure", ACCURACY).value(0.919)).toBe("91.9 %");
  });
});
