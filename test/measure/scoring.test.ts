/** Scoring: what candidates are told apart by, on the episodes that begin as the task's own do. */
import { describe, expect, test } from "vitest";
import { meanScore, type Scores } from "../../src/base/scores.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { meansOnOwnStarts, Scoring } from "../../src/measure/scoring.ts";
import { generationTrial } from "../../src/measure/training.ts";
import { compile } from "../../src/network/compile.ts";
import { searchSettings, searchShape } from "../../src/run/config.ts";
import { Search } from "../../src/search/search.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { smallConfig } from "../fixtures/runs.ts";

describe("means on the task's own starts", () => {
  /** Two weights, three episodes. */
  const scores: Scores[] = [
    { weightCount: 2, episodeCount: 3, values: Float64Array.of(1, 100, 3, 5, 200, 7) },
    { weightCount: 2, episodeCount: 3, values: Float64Array.of(8, 0, 8, 8, 0, 8) },
  ];
  const kinds = ["hang", "up"];

  test("leave out episodes that begin otherwise, at every weight", () => {
    expect([...meansOnOwnStarts(scores, ["hang", "up", "hang"], kinds)]).toEqual([4, 8]);
    expect([...meansOnOwnStarts(scores, ["up", "hang", "up"], kinds)]).toEqual([150, 0]);
  });

  test("are those of all episodes where all or none begin so, and of tasks without kinds of starts", () => {
    const all = scores.map(meanScore);
    expect([...meansOnOwnStarts(scores, ["hang", "hang", "hang"], kinds)]).toEqual(all);
    expect([...meansOnOwnStarts(scores, ["up", "up", "up"], kinds)]).toEqual(all);
    expect([...meansOnOwnStarts(scores, undefined, kinds)]).toEqual(all);
    expect([...meansOnOwnStarts(scores)]).toEqual(all);
  });
});

test.each([
  ["hang", "up"],
  ["up", "hang"],
])("a generation that begins half %s, half %s is told apart by the hanging half", async (...kinds) => {
  const config = smallConfig(1, { episodes: 2, starts: Object.fromEntries(kinds.map((kind) => [kind, 1])) });
  const evaluator = await createInlineEvaluator(createTask({ name: "swingup" }));
  const search = new Search(searchShape(evaluator.task.info), searchSettings(config), config.seed);
  const { generation, families, births } = search;
  const genomes = search.ask();
  const networks = genomes.map((genome) => compile(genome));
  const scoring = new Scoring(evaluator, config);
  const { scores, means } = await scoring.score({ generation, genomes, networks, families, births });

  const trial = generationTrial(config, generation);
  expect(trial.starts).toEqual(kinds);
  const hanging = kinds.indexOf("hang");
  const alone = { ...trial, episodes: [trial.episodes[hanging]], starts: ["hang"] };
  const expected = await evaluator.evaluate(
    networks.map(({ program }) => program),
    alone,
  );
  expect([...means]).toEqual(expected.scores.map(meanScore));
  expect([...means]).not.toEqual(scores.map(meanScore));
});
