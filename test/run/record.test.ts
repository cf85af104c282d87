/** What a run records: its config, a line for each generation, its champion; times apart. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Evaluator } from "../../src/evaluation/evaluator.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { type PopulationTrial, weightCountOf } from "../../src/evaluation/trial.ts";
import { readLines } from "../../src/files/lines.ts";
import { championFile, parseChampion } from "../../src/formats/json.ts";
import { encodeGenome } from "../../src/genome/codec.ts";
import type { Genome } from "../../src/genome/genome.ts";
import { Front, type ScoredNetworks } from "../../src/measure/front.ts";
import { type GenerationRecord, generationRecord } from "../../src/measure/generation.ts";
import { generationTrial } from "../../src/measure/training.ts";
import { compile } from "../../src/network/compile.ts";
import { completeConfig, searchSettings, searchShape } from "../../src/run/config.ts";
import { runSearch } from "../../src/run/loop.ts";
import { searchSettingsSchema } from "../../src/search/config.ts";
import { SWINGUP } from "../../src/tasks/environments/swingup.ts";
import { environmentInfo } from "../../src/tasks/environments/task.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { randomGenome } from "../fixtures/genomes.ts";
import { smallConfig } from "../fixtures/runs.ts";
import { startSearch } from "../fixtures/sessions.ts";
import { swingupNetworks } from "../fixtures/swingup-programs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = await createInlineEvaluator(createTask({ name: "swingup" }));
});

/** An evaluator that keeps the trials it was asked for. */
function watched(): { watching: Evaluator; trials: { trial: PopulationTrial; programs: number }[] } {
  const trials: { trial: PopulationTrial; programs: number }[] = [];
  const watching: Evaluator = {
    ...evaluator,
    evaluate(programs, trial, families) {
      trials.push({ trial, programs: programs.length });
      return evaluator.evaluate(programs, trial, families);
    },
  };
  return { watching, trials };
}

describe("the config of a run", () => {
  test("is complete: the user's settings over the task's over the general ones", () => {
    const config = completeConfig({ task: "swingup", tournament: 5 }, { preset: "paper" });
    expect(config).toMatchObject({
      format: 2,
      population: 192,
      generations: 1024,
      tournament: 5,
      episodes: 3,
      seed: 1,
    });
    expect(config.weights).toEqual([-2, -1, -0.5, 0.5, 1, 2]);
    // Whatever the task's first preset says.
    expect(completeConfig(config)).toEqual(config);
    expect(completeConfig(JSON.parse(JSON.stringify(config)))).toEqual(config);
  });

  test("holds all settings of its search, and the shape of its task", () => {
    expect(Object.keys(searchSettings(smallConfig(1)))).toEqual(Object.keys(searchSettingsSchema.shape));
    expect(searchShape(environmentInfo(SWINGUP))).toEqual({ inputCount: 5, outputCount: 1, outputActivation: 1 });
  });

  test.each([
    [{}, "Expected task to be a string, got undefined."],
    [{ task: 5 }, "Expected task to be a string, got 5."],
    [{ task: "swim" }, 'Unknown task "swim". Known: swingup'],
    [
      { task: "swingup", popluation: 3 },
      'Unknown run setting "popluation". Did you mean "population"? Known: format, stage, task, taskSettings, from, seed, ',
    ],
    [{ task: "swingup", seed: -1 }, "Expected seed to be an integer of at least 0, got -1."],
    [{ task: "swingup", episodes: 0 }, "Expected episodes to be an integer from 1 to 10000, got 0."],
    [{ task: "swingup", weights: [] }, "Expected weights to be a list of at least one number, got []."],
    [{ task: "swingup", format: 3 }, "Expected format to be one of 2, got 3."],
  ])("refuses %j", (settings, message) => {
    expect(() => completeConfig(settings)).toThrow(message);
  });
});

describe("the record of a generation", () => {
  // Connections and score; beaten: 1 by 0 (equal size), 4 by 2 (larger and worse), 5 by 0 (the same size).
  const first = Float64Array.of(5, 4, 9, 1, 8, 5);
  const sizes = [3, 3, 5, 1, 7, 4];
  const champion = {
    genome: randomGenome(1, 1),
    generation: 2,
    score: 7.5,
    scoresByWeight: [7.5],
  };
  const networks = sizes.map((connectionCount) => ({ ...compile(champion.genome), connectionCount }));
  const ranking = {
    generation: 4,
    second: "best",
    objectives: { first, second: first },
    order: new Int32Array(6),
    selection: { parents: 2, fronts: [4, 1], operators: { insertNode: [3, 1] } },
  } as const;
  const record = generationRecord(ranking, networks, 600, champion);

  test("has the front of mean score against connections: none beaten by another, sorted by connections", () => {
    expect(record.front).toEqual([
      [1, 1],
      [3, 5],
      [5, 9],
    ]);
  });

  test("has the spread of scores and sizes, the best being that of the best mean score", () => {
    expect(record).toMatchObject({
      generation: 4,
      objective: "best",
      steps: 600,
      champion: { generation: 2, score: 7.5 },
    });
    expect(record.scores).toEqual({ best: 9, median: 5, low: 1.75, high: 8.75 });
    expect(record.connections).toMatchObject({ best: 5, median: 3.5 });
  });

  test("of a real run has a front that is sorted and not dominated in every line, and times in a file of their own", async () => {
    const folder = join(temporaryFolder(), "run");
    await startSearch({ folder, config: smallConfig(12), evaluator });
    const lines = readLines(folder, "generations.jsonl") as GenerationRecord[];
    expect(lines.map(({ generation }) => generation)).toEqual(Array.from({ length: 12 }, (_, index) => index));
    for (const { front, scores } of lines) {
      for (let at = 1; at < front.length; at++) {
        expect(front[at][0]).toBeGreaterThan(front[at - 1][0]);
        expect(front[at][1]).toBeGreaterThan(front[at - 1][1]);
      }
      expect(front.at(-1)?.[1]).toBe(scores.best);
    }
    expect(readFileSync(join(folder, "generations.jsonl"), "utf8")).not.toMatch(/second|time/i);
    const [timing] = readLines(folder, "timings.jsonl");
    expect(Object.keys(timing as object)).toEqual(["generation", "evaluationSeconds", "totalSeconds"]);
    expect(readLines(folder, "timings.jsonl")).toHaveLength(12);
  });
});

describe("the episodes of a run", () => {
  test("are new in each generation and the same for all genomes", () => {
    const config = smallConfig(2, { episodes: 2 });
    expect(generationTrial(config, 0).episodes).toEqual(["3/train/0/0", "3/train/0/1"]);
    expect(generationTrial(config, 1).episodes).toEqual(["3/train/1/0", "3/train/1/1"]);
  });

  test("selection sees training episodes only, the champion is chosen on validation episodes only", async () => {
    const { watching, trials } = watched();
    await runSearch({ config: smallConfig(6), evaluator: watching });
    const whole = trials.filter(({ programs }) => programs === 16);
    const single = trials.filter(({ programs }) => programs === 1);
    expect(whole).toHaveLength(6);
    expect(whole.length + single.length).toBe(trials.length);
    expect(whole.every(({ trial }) => trial.episodes.every((label) => label.includes("/train/")))).toBe(true);
    expect(single.length).toBeGreaterThan(0);
    for (const { trial } of single) {
      expect(trial.split).toBe("validation");
      expect(trial.episodes.every((label) => label.includes("/validation/"))).toBe(true);
    }
  });
});

/** A generation of one genome, which is its best and not new. */
function alone(genome: Genome): ScoredNetworks {
  return { genomes: [genome], networks: [compile(genome)], means: [1], births: Int32Array.of(-9) };
}

describe("the champion", () => {
  test("changes only for a better one, whatever the order", async () => {
    const { watching, trials } = watched();
    const genomes = Array.from({ length: 6 }, (_, index) => randomGenome(index, 8, { inputs: 5, outputs: 1 }));
    const front = new Front(watching, smallConfig(1));
    let score = Number.NEGATIVE_INFINITY;
    for (const [generation, genome] of genomes.entries()) {
      const changed = await front.consider(alone(genome), generation);
      expect(changed).toBe((front.champion?.score ?? 0) > score);
      score = front.champion?.score ?? 0;
    }
    const asked = trials.length;
    expect(await front.consider(alone(front.champion!.genome), 9)).toBe(false);
    expect(trials.length).toBe(asked);
    expect(front.champion?.scoresByWeight).toHaveLength(2);
  });

  test("is screened against what it scored on the same few episodes itself, not against its mean over all of them", async () => {
    const shape = { inputs: 5, outputs: 1 };
    const [champion, candidate] = [randomGenome(1, 3, shape), randomGenome(2, 30, shape)];
    const length = compile(champion).program.length;
    expect(compile(candidate).program.length).not.toBe(length);
    // Eight unlucky episodes, then 24 good ones; the candidate is a little better on each.
    const { watching } = watched();
    const scripted: Evaluator = {
      ...watching,
      async evaluate([program], trial) {
        const { episodes } = trial;
        const better = program.length === length ? 0 : 10;
        const count = weightCountOf(trial);
        const values = Array.from({ length: count }, () =>
          episodes.map((label) => (Number(label.split("/").at(-1)) < 8 ? 50 : 100) + better),
        );
        const scores = { weightCount: count, episodeCount: episodes.length, values: Float64Array.from(values.flat()) };
        return { scores: [scores], steps: 0 };
      },
    };
    for (const first of [undefined, [{ genome: champion, generation: 0, score: 87.5, scoresByWeight: [87.5, 87.5] }]]) {
      const front = new Front(scripted, smallConfig(1), first);
      if (first === undefined) await front.consider(alone(champion), 0);
      expect(await front.consider(alone(candidate), 1)).toBe(true);
      expect(front.champion?.score).toBe(97.5);
      expect(await front.consider(alone(champion), 2)).toBe(false);
    }
  });

  test("comes back from champion.json as it was", () => {
    const genome = randomGenome(7, 30, { inputs: 5, outputs: 1 });
    const champion = { genome, generation: 3, score: 0.1 + 0.2, scoresByWeight: [1 / 3, -0] };
    const json = JSON.parse(JSON.stringify(championFile(champion, smallConfig(1), environmentInfo(SWINGUP))));
    const back = parseChampion(json, "champion.json").champion;
    expect(encodeGenome(back.genome)).toEqual(encodeGenome(genome));
    expect({ ...back, genome, scoresByWeight: [1 / 3, -0] }).toEqual(champion);
  });

  test("champion.json names inputs and outputs, or says the size of the image; without outputs it is refused", () => {
    const genome = randomGenome(7, 30, { inputs: 4, outputs: 1 });
    const champion = { genome, generation: 3, score: 0, scoresByWeight: [0] };
    const named = championFile(champion, smallConfig(1), { inputs: ["a", "b", "c", "d"], outputs: ["force"] });
    expect(named).toMatchObject({ inputs: ["a", "b", "c", "d"], outputs: ["force"] });
    expect(named).not.toHaveProperty("image");
    const image = { width: 2, height: 2 };
    const seen = championFile(champion, smallConfig(1), { inputs: ["a", "b", "c", "d"], outputs: ["force"], image });
    expect(seen).toMatchObject({ outputs: ["force"], image });
    expect(seen).not.toHaveProperty("inputs");
    const { outputs: _, ...unnamed } = named;
    expect(() => parseChampion(JSON.parse(JSON.stringify(unnamed)), "champion.json")).toThrow(
      /^Expected a champion in champion\.json: outputs: /,
    );
  });
});

test("networks of the fixtures grow, so that tests of evaluators see more than one size", () => {
  const sizes = swingupNetworks(18, "evaluator").map(({ program }) => program.length);
  expect(new Set(sizes).size).toBeGreaterThan(4);
});
