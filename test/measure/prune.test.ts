/** Pruning: what is left scores what it has to, and nothing more may go. */
import { beforeAll, describe, expect, test } from "vitest";
import { mean } from "../../src/base/stats.ts";
import type { Evaluator } from "../../src/evaluation/evaluator.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { extend, type Genome } from "../../src/genome/genome.ts";
import { episodeLabels } from "../../src/measure/conditions.ts";
import { type PruneOptions, prune } from "../../src/measure/prune.ts";
import { compile } from "../../src/network/compile.ts";
import { reduce } from "../../src/network/reduce.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { shared } from "../../src/tuning/weights.ts";
import { genomeOf } from "../fixtures/genomes.ts";

let evaluator: Evaluator;
let options: PruneOptions;
beforeAll(async () => {
  evaluator = await createInlineEvaluator(createTask({ name: "cartpole" }));
  options = { evaluator, seed: 1, weights: [1, 2], episodes: 8, tolerance: 1 };
});

/**
 * Pushes the way the pole leans and turns, against nothing; beside it nodes and connections that only disturb, one of
 * which adds a constant 0. Inputs 1 to 4: position, velocity, angle, angular velocity; outputs 5 and 6: left, right.
 */
const balancer = (): Genome =>
  genomeOf(
    4,
    2,
    ["tanh", "gaussian", "relu"],
    [
      [3, 6],
      [4, 6],
      [1, 7],
      [7, 6],
      [2, 8],
      [8, 9],
      [9, 5],
    ],
  );

async function scoreOf(genome: Genome): Promise<number> {
  const { seed, weights, episodes } = options;
  const labels = episodeLabels(seed, "validation", "prune", episodes);
  const trial = { weights: shared(weights), episodes: labels, split: "validation", pairing: "all" } as const;
  return mean((await evaluator.evaluate([compile(genome).program], trial)).scores[0].values);
}

describe("prune", () => {
  test("leaves a network whose score stays within the bound, and of which no connection may go", async () => {
    const rounds: [number, number][] = [];
    const onRound = (connections: number, score: number) => void rounds.push([connections, score]);
    const { genome, before, after, bound } = await prune(balancer(), { ...options, onRound });
    expect(before.mean).toBeCloseTo(await scoreOf(balancer()), 9);
    expect(bound).toBeCloseTo(before.mean - before.standardError, 9);
    expect(after).toBeCloseTo(await scoreOf(genome), 9);
    expect(after).toBeGreaterThanOrEqual(bound);
    expect(genome.sources.length).toBeLessThan(7);
    for (const gene of genome.sources.keys()) {
      expect(await scoreOf(reduce(genome, new Set([gene])))).toBeLessThan(bound);
    }
    expect(rounds.at(-1)).toEqual([genome.sources.length, after]);
  });

  test("leaves more out where more may be lost, and all where everything may", async () => {
    const strict = await prune(balancer(), { ...options, tolerance: 0 });
    const lenient = await prune(balancer(), { ...options, tolerance: 1e9 });
    expect(strict.after).toBeGreaterThanOrEqual(strict.before.mean);
    expect(lenient.genome.sources.length).toBe(0);
    expect(strict.genome.sources.length).toBeGreaterThan(0);
  });

  test("plays genomes that have weights at these, and keeps those of what is left", async () => {
    const weights = Float32Array.of(2, 2, 0, 0, 0, 0, 0);
    const { genome, before } = await prune({ ...balancer(), weights }, { ...options, weights: [-3] });
    expect(before.mean).toBeGreaterThan(100);
    expect(genome.weights?.every((weight) => weight === 2)).toBe(true);
    expect(genome.sources.length).toBeLessThanOrEqual(2);
  });

  test("has nothing to do with a network without connections", async () => {
    const genome = extend(genomeOf(4, 2, [], []));
    expect((await prune(genome, options)).genome).toEqual(genome);
  });
});
