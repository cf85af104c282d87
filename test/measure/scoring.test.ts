/** Scoring: what candidates are told apart by, on the episodes that begin as the task's own do. */
import { describe, expect, test } from "vitest";
import { meanScore, type Scores } from "../../src/base/scores.ts";
import { mean, summarize } from "../../src/base/stats.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { meansOnOwnStarts, Scoring } from "../../src/measure/scoring.ts";
import { generationTrial, populationTrial } from "../../src/measure/training.ts";
import { compile } from "../../src/network/compile.ts";
import { searchSettings, searchShape } from "../../src/run/config.ts";
import { Search } from "../../src/search/search.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { randomGenome } from "../fixtures/genomes.ts";
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

describe("weight noise", () => {
  const noisy = (changes: object = {}) => smallConfig(1, { episodes: 2, weightNoise: 0.3, ...changes });

  test("is drawn by connection: what two genomes share has the same weights, anew in each generation that is not held", () => {
    const config = noisy({ weights: [-1, 2] });
    const genomes = [0, 1].map((seed) => randomGenome(seed, 30, { inputs: 5, outputs: 1 }));
    const networks = genomes.map(compile);
    const weightsOf = (generation: number, hold = 1) => {
      const { weights } = populationTrial({ ...config, hold }, generation, genomes, networks);
      if (weights.kind !== "own") throw new Error(`Expected weights of their own, got ${weights.kind}.`);
      let at = 0;
      return networks.map(({ genes }, place) => {
        const sets = weights.sets.subarray(at, at + 2 * genes.length);
        at += sets.length;
        return new Map(
          Array.from(genes, (gene, connection) => [
            genomes[place].innovations[gene],
            [sets[connection], sets[genes.length + connection]],
          ]),
        );
      });
    };
    const [first, second] = weightsOf(0);
    const both = [...first.keys()].filter((innovation) => second.has(innovation));
    expect(both.length).toBeGreaterThan(3);
    for (const innovation of both) expect(second.get(innovation)).toEqual(first.get(innovation));
    const all = [...first.values(), ...second.values()];
    for (const [place, weight] of [-1, 2].entries()) {
      const strays = all.map((weights) => weights[place] - weight);
      expect(Math.abs(mean(strays))).toBeLessThan(0.15);
      expect(summarize(strays).std).toBeGreaterThan(0.15);
      expect(summarize(strays).std).toBeLessThan(0.45);
    }
    expect(weightsOf(1)[0]).not.toEqual(first);
    expect(weightsOf(1, 2)).toEqual([first, second]);
  });

  test("is what genomes are scored at: the scores of their individual weights, whatever else is in the generation", async () => {
    const config = noisy();
    const evaluator = await createInlineEvaluator(createTask({ name: "swingup" }));
    const search = new Search(searchShape(evaluator.task.info), searchSettings(config), config.seed);
    const { generation, families, births } = search;
    const genomes = search.ask();
    const networks = genomes.map(compile);
    const scored = await new Scoring(evaluator, config).score({ generation, genomes, networks, families, births });
    for (const [index, genome] of genomes.entries()) {
      const trial = populationTrial(config, generation, [genome], [networks[index]]);
      if (trial.weights.kind !== "own") throw new Error(`Expected weights of their own, got ${trial.weights.kind}.`);
      const { sets, count } = trial.weights;
      const alone = { ...trial, weights: { kind: "individual", sets, count } } as const;
      const { scores } = await evaluator.evaluate([networks[index].program], alone);
      expect([...scored.scores[index].values]).toEqual([...scores[0].values]);
    }
    const plain = await new Scoring(evaluator, { ...config, weightNoise: 0 }).score({
      generation,
      genomes,
      networks,
      families,
      births,
    });
    expect([...plain.means]).not.toEqual([...scored.means]);
  });
});
