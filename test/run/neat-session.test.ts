/** Runs by NEAT: the same bytes for any threads, a stop, a kill and a resume; what their folders hold; runs from a champion. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { parseChampion } from "../../src/formats/json.ts";
import { decodeGenome, encodeGenome } from "../../src/genome/codec.ts";
import { validate } from "../../src/genome/validate.ts";
import { parseEvaluation } from "../../src/measure/evaluation.ts";
import { founderGenes, isTold, type SurvivalRecord, survivalOf } from "../../src/measure/survival.ts";
import { compile } from "../../src/network/compile.ts";
import { readRun } from "../../src/run/read-config.ts";
import { resumeRun, startRun } from "../../src/run/session.ts";
import { completeNeatConfig, type NeatConfig } from "../../src/run/stages/neat-config.ts";
import { NEAT_STAGE } from "../../src/run/stages/neat-stage.ts";
import { SEARCH_STAGE } from "../../src/run/stages/search-stage.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { readRunDocument } from "../../src/view/document.ts";
import { builtPool } from "../fixtures/built-pool.ts";
import { epochRuns, testKills } from "../fixtures/epoch-runs.ts";
import { randomGenome, settingsWith } from "../fixtures/genomes.ts";
import { smallConfig } from "../fixtures/runs.ts";

const GENERATIONS = 6;
const NAMES = ["config.json", "generations.jsonl", "champions.jsonl", "champion.json", "front.json"];
const task = createTask({ name: "swingup" });
const workshop = { task, evaluator: () => createInlineEvaluator(task) };
/** Many new nodes and connections, so that few generations have some. */
const STRUCTURAL = { insertNode: 0.2, addConnection: 0.3 };

function configOf(changes: object = {}): NeatConfig {
  return completeNeatConfig({
    task: "swingup",
    population: 16,
    episodes: 2,
    generations: GENERATIONS,
    seed: 3,
    ...STRUCTURAL,
    ...changes,
  });
}

const runs = epochRuns({ kind: NEAT_STAGE, configOf, workshop, evaluation: undefined, names: NAMES });
const linesOf = (folder: string, name: string) =>
  readFileSync(join(folder, name), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

test("the folder holds the settings, a line for each generation, and a champion with its weights and where it comes from", async () => {
  const { status, stage } = await startRun({ ...runs.optionsOf(), evaluation: () => ({ episodes: 3, seed: 1 }) });
  expect(status).toBe("finished");
  expect(await readRun(runs.folder)).toEqual({ kind: NEAT_STAGE, config: configOf() });
  const operators = linesOf(runs.folder, "generations.jsonl").flatMap(({ selection }) =>
    Object.keys(selection.operators),
  );
  expect(new Set(operators)).toEqual(new Set(["crossover", "insertNode", "addConnection", "mutateWeights"]));
  const { champion, file } = parseChampion(JSON.parse(runs.bytes()["champion.json"]), "champion.json");
  expect(validate(champion.genome).weights?.length).toBe(champion.genome.sources.length);
  expect(file).toMatchObject({ task: "swingup", seed: 3, weights: [1] });
  expect([champion.genome, champion.score]).toEqual([stage.champion?.genome, stage.champion?.score]);
  // The score is that of its own weights, and so is the row of trained weights.
  const evaluation = parseEvaluation(JSON.parse(readFileSync(join(runs.folder, "evaluation.json"), "utf8")), "there");
  expect(evaluation.figures.validation.mean).toBeCloseTo(champion.score, 9);
  // Its own weights are one set, which has no spread.
  expect(evaluation.figures.validation).not.toHaveProperty("std");
  const network = compile(champion.genome);
  const { scores } = await (await workshop.evaluator()).evaluate([network.program], {
    weights: { kind: "individual", sets: network.weights as Float32Array, count: 1 },
    episodes: Array.from({ length: 60 }, (_, episode) => `1/test/trained-weights/${episode}`),
    split: "test",
    pairing: "all",
  });
  const mean = scores[0].values.reduce((sum, score) => sum + score, 0) / 60;
  expect(evaluation.figures.trainedWeights.mean).toBeCloseTo(mean, 9);
  const { steps } = JSON.parse(readFileSync(join(runs.folder, "lineage.json"), "utf8"));
  expect(steps.at(-1)).toMatchObject({ generation: champion.generation, score: champion.score });
  expect(existsSync(join(runs.folder, "founder.json"))).toBe(false);
  expect(NEAT_STAGE.summarize(runs.folder, configOf())).toMatchObject({
    model: "NEAT, weights evolved",
    score: champion.score,
    size: network.connectionCount,
  });
});

test.each([1, 2])("%i threads leave the bytes of the inline evaluator", async (threads) => {
  const pool = await builtPool({ threads });
  try {
    await startRun({ ...runs.optionsOf(), workshop: { task, evaluator: async () => pool } });
  } finally {
    await pool.close();
  }
  expect(runs.bytes()).toEqual(runs.whole);
});

describe("goes on to the same bytes", () => {
  testKills(runs, configOf, "champion.json");

  test.each([0, 1, 5])("when it was stopped after %i generations", async (count) => {
    const { status } = await startRun(runs.optionsOf(configOf(), count));
    expect(status).toBe("stopped");
    expect(await runs.resume()).toEqual([]);
    expect(runs.bytes()).toEqual(runs.whole);
  });
});

describe("from a champion", () => {
  const founder = randomGenome(6, 25, { inputs: 5, outputs: 1, settings: settingsWith({ insertNode: 0.5 }) });
  const from = (extra: object) => ({ ...workshop, founder: { genome: founder, ...extra } });
  const SEEDED = [...NAMES, "founder.json", "survival.jsonl"];
  const bytesOf = (folder: string) => SEEDED.map((name) => readFileSync(join(folder, name), "utf8"));

  test("begins with its trained weights, else with its best shared weight on every connection", async () => {
    const started = async (extra: object) => {
      const folder = `${runs.folder}-${JSON.stringify(extra).length}`;
      const options = { ...runs.optionsOf(configOf({ generations: 1 })), folder, workshop: from(extra) };
      await startRun(options);
      return decodeGenome(JSON.parse(readFileSync(join(folder, "founder.json"), "utf8")).genome);
    };
    const trainedWeights = Array.from(founder.innovations, (_, gene) => gene / 8);
    const first = await started({ trainedWeights, bestSharedWeight: 2 });
    expect(Array.from(first.weights ?? [])).toEqual(trainedWeights);
    expect(Array.from((await started({ bestSharedWeight: -0.5 })).weights ?? [])).toEqual(
      trainedWeights.map(() => -0.5),
    );
    // Where none is known it is looked for: one weight between -3 and 3 for all.
    const [weight, ...others] = new Set((await started({})).weights);
    expect(others).toEqual([]);
    expect(Math.abs(weight)).toBeLessThanOrEqual(3);
  });

  test.each([
    ["neat", NEAT_STAGE, configOf()],
    ["evolution", SEARCH_STAGE, smallConfig(3, { population: 16, generations: GENERATIONS })],
  ])("%s tells how many genomes still have each of its genes, the same after a stop", async (_, kind, config) => {
    const options = {
      ...runs.optionsOf(),
      kind,
      config,
      workshop: from({ bestSharedWeight: 1.5 }),
    } as never as Parameters<typeof startRun>[0];
    await startRun(options);
    const whole = bytesOf(runs.folder);
    const genome = decodeGenome(JSON.parse(readFileSync(join(runs.folder, "founder.json"), "utf8")).genome);
    expect(genome.innovations).toEqual(founder.innovations);
    const genes = founderGenes(genome);
    const shown = readRunDocument(runs.folder);
    expect([shown.founder, shown.survival?.length]).toEqual([{ format: 1, genome: encodeGenome(genome) }, GENERATIONS]);
    const records = linesOf(runs.folder, "survival.jsonl") as SurvivalRecord[];
    expect(records.map(({ generation }) => generation)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const { genomes, connections, nodes } of records) {
      expect([genomes, connections.length, nodes.length]).toEqual([16, genes.connections.length, genes.nodes.length]);
      for (const count of [...connections, ...nodes]) expect(count).toBeLessThanOrEqual(16);
    }
    // The founder itself is among the first.
    expect(Math.min(...records[0].connections, ...records[0].nodes)).toBeGreaterThanOrEqual(1);
    const folder = `${runs.folder}-resumed`;
    let done = 0;
    await startRun({ ...options, folder, shouldStop: () => done >= 2, onStep: () => void done++ });
    await resumeRun({ ...options, folder, workshop }, () => {});
    expect(bytesOf(folder)).toEqual(whole);
  });

  test("a gene counts where the network has it, a node where it has the founder's activation", () => {
    const genes = founderGenes(founder);
    expect(genes.connections.length).toBe(compile(founder).genes.length);
    const other = { ...founder, enabled: founder.enabled.slice(), activations: founder.activations.slice() };
    const gene = founder.innovations.indexOf(genes.connections[0]);
    other.enabled[gene] = 0;
    const output = founder.ids.indexOf(genes.nodes[0]);
    other.activations[output] = (founder.activations[output] % 11) + 1;
    const { connections, nodes } = survivalOf(genes, [founder, other], [founder, other].map(compile), 0);
    expect([connections[0], nodes[0]]).toEqual([1, 1]);
    expect(Math.max(...connections)).toBe(2);
  });

  test("of very large founders not every generation is told", () => {
    const many = { connections: new Int32Array(500), nodes: new Int32Array(1), activations: new Uint8Array(1) };
    expect([0, 1, 2, 3, 4].map((generation) => isTold(many, generation))).toEqual([true, false, false, true, false]);
  });
});

test("starts are those that the task has for NEAT, and settings are checked", () => {
  expect(configOf({}).starts).toEqual({ hang: 0.25, up: 0.75 });
  expect(completeNeatConfig({ task: "cartpole" }).starts).toBe(null);
  expect(() => configOf({ starts: { sideways: 1 } })).toThrow(/Unknown swingup start "sideways"/);
  expect(() => configOf({ stagnation: 0 })).toThrow("Expected stagnation to be an integer from 1 to 1000000, got 0.");
});
