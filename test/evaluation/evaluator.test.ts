/** What an evaluator says when a task goes wrong, and how programs are grouped and joined. */
import { describe, expect, test } from "vitest";
import { InternalError, UsageError } from "../../src/base/errors.ts";
import { groupFamilies, scoreFamily } from "../../src/evaluation/evaluator.ts";
import { joinPrograms, splitPrograms } from "../../src/evaluation/protocol.ts";
import type { Kernel } from "../../src/kernel/kernel.ts";
import { SWINGUP } from "../../src/tasks/environments/swingup.ts";
import { environmentInfo } from "../../src/tasks/environments/task.ts";
import type { Task, Trial } from "../../src/tasks/task.ts";
import { standardTrial, swingupNetworks } from "../fixtures/swingup-programs.ts";

const programs = swingupNetworks(3, "protocol").map(({ program }) => program);
const kernel = undefined as unknown as Kernel;

/** A task whose scores, or error, are given. */
function taskOf(score: () => Float64Array[]): Task {
  return { info: environmentInfo(SWINGUP), score: () => score().map((scores) => ({ scores, steps: 1 })) };
}

describe("a score that is not finite", () => {
  test.each([
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
  ])("%s names task, genome, weight and episode seed", (text, value) => {
    const values = new Float64Array(12);
    values[7] = value;
    const task = taskOf(() => [new Float64Array(12), values]);
    const attempt = () => scoreFamily(task, kernel, programs.slice(0, 2), [4, 9], standardTrial(2));
    expect(attempt).toThrow(InternalError);
    expect(attempt).toThrow(
      `Expected a finite score, got ${text} (task "swingup", genome 9, weight 0.5, episode seed "test/1").`,
    );
  });

  test("names the episode of the same number with pairing each, and the set of individual weights", () => {
    const values = new Float64Array(3);
    values[2] = Number.NaN;
    const weights = { kind: "individual", sets: new Float32Array(3), count: 3 } as const;
    const each: Trial = { ...standardTrial(3), weights, pairing: "each" };
    expect(() =>
      scoreFamily(
        taskOf(() => [values]),
        kernel,
        [programs[0]],
        [5],
        each,
      ),
    ).toThrow('got NaN (task "swingup", genome 5, weight set 2, episode seed "test/2").');
  });
});

test("an error in a task arrives with what is needed to play it again; the user's errors arrive as they are", () => {
  const fails = (error: Error) => () =>
    scoreFamily(
      taskOf(() => {
        throw error;
      }),
      kernel,
      programs,
      [3, 4, 5],
      standardTrial(1),
    );
  expect(fails(new RangeError("off by one."))).toThrow(
    'Scoring failed (task "swingup", genomes 3, 4, 5, weights -2, -1, -0.5, 0.5, 1, 2, episodes test/0): off by one. This is',
  );
  expect(fails(new UsageError("Expected labels."))).toThrow(/^Expected labels\.$/);
});

test("families are grouped in order of first appearance; without numbers all are unrelated", () => {
  expect(groupFamilies(5, Int32Array.of(7, 2, 7, 0, 2))).toEqual([[0, 2], [1, 4], [3]]);
  expect(groupFamilies(3)).toEqual([[0], [1], [2]]);
  expect(groupFamilies(0)).toEqual([]);
});

test("joined programs come apart as they were", () => {
  expect(splitPrograms(joinPrograms(programs))).toEqual(programs);
  expect(splitPrograms(joinPrograms([]))).toEqual([]);
});
