/** What tells `followGradient` which changes promise most: for whom, how often, and that it changes what a search finds. */
import { expect, test } from "vitest";
import { digitsDataset } from "../../src/data/digits.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import type { Genome } from "../../src/genome/genome.ts";
import { createProposer } from "../../src/measure/proposer.ts";
import { completeConfig } from "../../src/run/config.ts";
import { runSearch } from "../../src/run/loop.ts";
import { Search } from "../../src/search/search.ts";
import { createTask } from "../../src/tasks/registry.ts";

const dataset = digitsDataset({ train: 300, validation: 120, test: 60 });
const task = createTask({ name: "digits", data: dataset, settings: { batchSize: 50 } });
const configWith = (changes: object) =>
  completeConfig(
    { task: "digits", generations: 12, population: 24, tournament: 6, seed: 4, connectProbability: 0.05, ...changes },
    { preset: null },
  );

test("there is none where the operator is off", async () => {
  expect(await createProposer(task, configWith({ followGradient: 0 }))).toBeUndefined();
});

test("a task without examples is refused in words", async () => {
  const config = configWith({ followGradient: 0.5 });
  await expect(createProposer(createTask({ name: "swingup" }), config)).rejects.toThrow(
    'Expected followGradient 0 for task "swingup", got 0.5: only tasks on examples have a gradient.',
  );
});

test("proposes the same for a genome whenever it is asked, by its birth", async () => {
  const config = configWith({ followGradient: 0.5 });
  const shape = { inputCount: 256, outputCount: 10, outputActivation: 1 };
  const [genome] = new Search(shape, { population: 2, connectProbability: 0.05 }).ask();
  const [one, other] = [await createProposer(task, config), await createProposer(task, config)];
  other?.({ ...genome }, 7);
  expect(one?.(genome, 3)).toEqual(other?.(genome, 3));
  expect(one?.({ ...genome }, 3)).not.toEqual(other?.({ ...genome }, 8));
});

test("is asked for so many parents of a generation on each island, and a restored search asks for the same", () => {
  const settings = { population: 60, islands: 2, followGradient: 1, gradientParents: 3, tournament: 2 };
  const shape = { inputCount: 4, outputCount: 2, outputActivation: 1 };
  const asked = (restore: boolean) => {
    let parents = new Set<Genome>();
    const births: string[] = [];
    const propose = (genome: Genome, birth: number) => {
      parents.add(genome);
      births.push(`${genome.sources.length} of ${birth}`);
      return [];
    };
    let search = new Search(shape, settings, 1, { propose });
    for (let generation = 0; generation < 6; generation++) {
      if (restore) search = Search.from(search.state, { propose });
      parents = new Set();
      const scores = search.ask().map((_, index) => ({
        values: Float64Array.of(((index * 7) % 60) + generation),
        weightCount: 1,
        episodeCount: 1,
      }));
      search.tell(scores);
      expect(parents.size).toBe(6);
    }
    return births;
  };
  expect(asked(true)).toEqual(asked(false));
});

test("a search that follows gradients gets further in the same generations", async () => {
  const scoreWith = async (followGradient: number) => {
    const config = configWith({ followGradient, gradientParents: 4 });
    const { champion } = await runSearch({ config, evaluator: await createInlineEvaluator(task) });
    return champion?.score as number;
  };
  expect(await scoreWith(0.5)).toBeGreaterThan((await scoreWith(0)) + 0.2);
});

test("the default of classifiers follows gradients and scores small batches at a fitted scale; the paper's do not", () => {
  const informed = completeConfig({ task: "digits" });
  expect(informed).toMatchObject({ followGradient: 1, taskSettings: { batchSize: 500, scores: "scaled" } });
  const own = completeConfig({ task: "digits", taskSettings: { batchSize: 70 } });
  expect(own.taskSettings).toEqual({ batchSize: 70, scores: "scaled" });
  for (const [task, preset] of [
    ["digits", "paper"],
    ["digits", "quick"],
    ["mnist", "paper"],
    ["csv", "quick"],
  ]) {
    const config = completeConfig({ task }, { preset });
    expect(config).toMatchObject({ followGradient: 0, taskSettings: { batchSize: 1000, scores: "plain" } });
  }
});
