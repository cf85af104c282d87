/** What the generations of a run face: weights of the settings or drawn, trials that are held, elites that are not played again. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Evaluator } from "../../src/evaluation/evaluator.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import type { PopulationTrial } from "../../src/evaluation/trial.ts";
import type { GenerationRecord } from "../../src/measure/generation.ts";
import { episodesUntil, generationTrial, isHeld } from "../../src/measure/training.ts";
import { evaluationsOf, generationsWithin } from "../../src/run/config.ts";
import { createSearchStage } from "../../src/run/stages/search-steps.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { smallConfig } from "../fixtures/runs.ts";

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = await createInlineEvaluator(createTask({ name: "swingup" }));
});

/** The shared weights of a generation. */
function weightsAt(changes: Readonly<Record<string, unknown>>, generation: number): number[] {
  const { weights } = generationTrial(smallConfig(1, changes), generation);
  return weights.kind === "shared" ? [...weights.values] : [];
}

describe("the weights of a generation", () => {
  const six = { weights: [-2, -1, -0.5, 0.5, 1, 2] };

  test("are those of the setting where nothing else is said", () => {
    expect(weightsAt(six, 0)).toEqual(six.weights);
    expect(weightsAt(six, 7)).toEqual(six.weights);
  });

  test("are drawn from equal slices of -2 to 2, others in each generation, always the same ones", () => {
    const drawn = Array.from({ length: 10 }, (_, generation) => weightsAt({ ...six, draws: "stratified" }, generation));
    for (const weights of drawn) {
      expect(weights.map((weight) => Math.floor((weight + 2) / (4 / 6)))).toEqual([0, 1, 2, 3, 4, 5]);
    }
    expect(new Set(drawn.flat()).size).toBe(60);
    expect(weightsAt({ ...six, draws: "stratified" }, 3)).toEqual(drawn[3]);
    expect(weightsAt({ ...six, draws: "stratified", seed: 4 }, 3)).not.toEqual(drawn[3]);
  });

  test("are both in turn, each as long as its trial is held", () => {
    const isFixed = (generation: number, hold: number) =>
      weightsAt({ ...six, draws: "turns", hold }, generation).every((weight, index) => weight === six.weights[index]);
    expect([0, 1, 2, 3].map((generation) => isFixed(generation, 1))).toEqual([true, false, true, false]);
    expect([0, 1, 2, 3, 4, 5].map((generation) => isFixed(generation, 3))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test("are refused by another name", () => {
    expect(() => smallConfig(1, { draws: "stratifid" })).toThrow(
      'Expected draws to be one of fixed, stratified, turns, got "stratifid". Did you mean "stratified"?',
    );
  });
});

describe("a trial that is held", () => {
  test("is the same for so many generations: episodes, starts and weights", () => {
    const changes = { hold: 3, draws: "stratified", starts: { hang: 1, up: 1 } };
    const trials = Array.from({ length: 7 }, (_, generation) => generationTrial(smallConfig(1, changes), generation));
    expect(trials[2]).toEqual(trials[0]);
    expect(trials[5]).toEqual(trials[3]);
    expect(trials[3]).not.toEqual(trials[2]);
    expect(trials[3].episodes).toEqual(["3/train/3/0"]);
    expect(new Set([0, 3, 6].map((generation) => trials[generation].starts?.join())).size).toBe(2);
    expect([0, 1, 2, 3].map((generation) => isHeld({ hold: 3 }, generation))).toEqual([false, true, true, false]);
  });

  test("needs a whole number of generations", () => {
    expect(() => smallConfig(1, { hold: 0 })).toThrow("Expected hold to be an integer from 1 to 10000, got 0.");
  });

  /** The lines of so many generations, and the trials of whole generations that were asked for, with their programs. */
  async function play(changes: Readonly<Record<string, unknown>>, isResumed: boolean) {
    const config = smallConfig(9, { elites: 0.25, ...changes });
    const played: { trial: PopulationTrial; programs: number; steps: number }[] = [];
    const watching: Evaluator = {
      ...evaluator,
      async evaluate(programs, trial, families) {
        const evaluation = await evaluator.evaluate(programs, trial, families);
        if (trial.split === "train") played.push({ trial, programs: programs.length, steps: evaluation.steps });
        return evaluation;
      },
    };
    const lines: GenerationRecord[] = [];
    let stage = createSearchStage(config, watching);
    while (!stage.done) {
      // What a stage that goes on from a checkpoint knows: no scores.
      if (isResumed) stage = createSearchStage(config, watching, stage.runState);
      lines.push((await stage.step()).line);
    }
    return { lines, played, state: stage.runState };
  }

  test("is not played again by elites, and steps count what is played", async () => {
    const { lines, played } = await play({ hold: 3 }, false);
    expect(played.map(({ programs }) => programs)).toEqual([16, 12, 12, 16, 12, 12, 16, 12, 12]);
    expect(lines.map(({ steps }) => steps)).toEqual(played.map(({ steps }) => steps));
  });

  test("gives the same bytes when elites are played again, as after each resume", async () => {
    const changes = { hold: 3, draws: "turns", starts: { hang: 1, up: 1 } };
    const kept = await play(changes, false);
    const again = await play(changes, true);
    expect(again.played.map(({ programs }) => programs)).toEqual([
      16, 12, 4, 12, 4, 16, 12, 4, 12, 4, 16, 12, 4, 12, 4,
    ]);
    expect(JSON.stringify(again.lines)).toBe(JSON.stringify(kept.lines));
    expect(again.state).toEqual(kept.state);
  });

  test("plays every genome in each generation where it is held for one only", async () => {
    const { played } = await play({}, false);
    expect(played.map(({ programs }) => programs)).toEqual(new Array(9).fill(16));
    expect(new Set(played.map(({ trial }) => trial.episodes[0])).size).toBe(9);
  });

  test("costs fewer evaluations, of which more generations fit into as many", () => {
    const [usual, held] = [1, 4].map((hold) => smallConfig(1, { hold, elites: 0.25 }));
    expect(evaluationsOf(usual, 1)).toBe(16 * 2);
    expect(evaluationsOf(held, 4)).toBe((16 + 12 + 12 + 12) * 2);
    expect([generationsWithin(usual, 1040), generationsWithin(held, 1040)]).toEqual([32, 40]);
    expect(() => generationsWithin(held, 31)).toThrow(
      "Expected evaluations of at least 32, those of one generation, got 31.",
    );
  });
});

describe("episodes that double", () => {
  const growing = { episodes: 2, episodesDouble: 3 };
  const numbers = (changes: Readonly<Record<string, unknown>>, count: number) =>
    Array.from({ length: count }, (_, generation) => {
      const { episodes, starts } = generationTrial(smallConfig(1, changes), generation);
      if (starts) expect(starts).toHaveLength(episodes.length);
      return episodes.length;
    });

  test("are twice as many after so many generations, again and again, up to 64 times", () => {
    expect(numbers(growing, 10)).toEqual([2, 2, 2, 4, 4, 4, 8, 8, 8, 16]);
    expect(numbers({ ...growing, starts: { hang: 1, up: 1 } }, 4)).toEqual([2, 2, 2, 4]);
    expect(numbers({ ...growing, episodesDouble: 1 }, 9)).toEqual([2, 4, 8, 16, 32, 64, 128, 128, 128]);
    expect(numbers({ ...growing, episodesDouble: null }, 9)).toEqual(new Array(9).fill(2));
  });

  test("change with the next trial where one is held", () => {
    expect(numbers({ ...growing, hold: 2 }, 9)).toEqual([2, 2, 2, 2, 4, 4, 8, 8, 8]);
  });

  test("are counted as they are played", () => {
    for (const episodesDouble of [null, 1, 3]) {
      const config = smallConfig(1, { ...growing, episodesDouble });
      let sum = 0;
      for (let generation = 0; generation < 30; generation++) {
        expect(episodesUntil(config, generation)).toBe(sum);
        expect(evaluationsOf(config, generation)).toBe(32 * sum);
        sum += generationTrial(config, generation).episodes.length;
        expect([0, 1, 31].map((more) => generationsWithin(config, 32 * sum + more))).toEqual(
          new Array(3).fill(generation + 1),
        );
      }
    }
  });

  test("give the same bytes when a run goes on from a checkpoint", async () => {
    const run = async (changes: Readonly<Record<string, unknown>>, isResumed: boolean) => {
      const config = smallConfig(9, changes);
      let stage = createSearchStage(config, evaluator);
      const lines: string[] = [];
      while (!stage.done) {
        if (isResumed) stage = createSearchStage(config, evaluator, stage.runState);
        lines.push(JSON.stringify((await stage.step()).line));
      }
      return { lines, genomes: stage.runState.search.genomes };
    };
    const whole = await run(growing, false);
    expect(await run(growing, true)).toEqual(whole);
    const constant = await run({ ...growing, episodesDouble: null }, false);
    expect(constant.lines.slice(0, 3)).toEqual(whole.lines.slice(0, 3));
    expect(constant.lines[3]).not.toBe(whole.lines[3]);
  });

  test("need a whole number of generations", () => {
    expect(() => smallConfig(1, { episodesDouble: 0 })).toThrow(
      "Expected episodesDouble to be an integer from 1 to 1000000, or null, got 0.",
    );
  });
});
