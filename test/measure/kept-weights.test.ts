/** What a tuning keeps: only better weights, and no episode twice for what is known. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Evaluator } from "../../src/evaluation/evaluator.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { weightCountOf } from "../../src/evaluation/trial.ts";
import { type KeptWeights, keepBetter, keepFirst, type Validated } from "../../src/measure/kept-weights.ts";
import { compile } from "../../src/network/compile.ts";
import { createTask } from "../../src/tasks/registry.ts";
import { genomeOf } from "../fixtures/genomes.ts";

/** Pushes the way the pole leans and turns. Inputs 1 to 4: position, velocity, angle, angular velocity; outputs 5 and 6. */
const network = compile(
  genomeOf(
    4,
    2,
    [],
    [
      [3, 6],
      [4, 6],
    ],
  ),
);
const [NONE, WRONG, RIGHT] = [0, -1, 1].map((weight) => new Float32Array(2).fill(weight));

let inline: Evaluator;
beforeAll(async () => {
  inline = await createInlineEvaluator(createTask({ name: "cartpole" }));
});

/** The network, and how many sets of weights have been played on how many episodes, call after call. */
function counted(): { readonly validated: Validated; readonly played: [sets: number, episodes: number][] } {
  const played: [number, number][] = [];
  const evaluator: Evaluator = {
    ...inline,
    evaluate(programs, trial) {
      played.push([weightCountOf(trial), trial.episodes.length]);
      return inline.evaluate(programs, trial);
    },
  };
  return { validated: { evaluator, network, seed: 1 }, played };
}

/** A kept set as it is after a checkpoint. */
const reopened = ({ screened: _, ...kept }: KeptWeights): KeptWeights => kept;

describe("kept weights", () => {
  test("are replaced by better ones only", async () => {
    const { validated } = counted();
    const first = await keepFirst(validated, NONE);
    const second = await keepBetter(validated, first, [WRONG, RIGHT], 1);
    expect(second).toMatchObject({ weights: RIGHT, step: 1 });
    expect(second.score).toBeGreaterThan(first.score);
    const third = await keepBetter(validated, second, [WRONG, NONE], 2);
    expect(third.weights).toBe(second.weights);
    expect(third).toEqual(second);
  });

  test("are tried beside candidates once: after that only the candidates are played", async () => {
    const { validated, played } = counted();
    const { screen, confirm } = inline.task.info.validationEpisodes;
    let kept = await keepFirst(validated, RIGHT);
    kept = await keepBetter(validated, kept, [WRONG, NONE], 1);
    kept = await keepBetter(validated, kept, [WRONG, NONE], 2);
    expect(played).toEqual([
      [1, 4 * confirm],
      [3, 4 * screen],
      [2, 4 * screen],
    ]);
    expect(kept.weights).toBe(RIGHT);
  });

  test("are the same where what they scored is not known any more", async () => {
    const { validated } = counted();
    const kept = await keepBetter(validated, await keepFirst(validated, WRONG), [NONE, WRONG], 1);
    const steps = [[WRONG, NONE], [NONE, RIGHT], [WRONG]];
    let [remembered, forgotten] = [kept, kept];
    for (const [step, candidates] of steps.entries()) {
      remembered = await keepBetter(validated, remembered, candidates, step);
      forgotten = await keepBetter(validated, reopened(forgotten), candidates, step);
      expect(forgotten).toEqual(remembered);
    }
    expect(remembered.weights).toEqual(RIGHT);
  });
});
