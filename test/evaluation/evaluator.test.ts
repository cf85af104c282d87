/** What an evaluator says when a task goes wrong, and how programs are grouped and joined. */
import { describe, expect, test } from "vitest";
import { InternalError, UsageError } from "../../src/base/errors.ts";
import { scoreJob } from "../../src/evaluation/backend.ts";
import { deal, groupFamilies, type Share } from "../../src/evaluation/deal.ts";
import { type Answer, joinPrograms, splitPrograms } from "../../src/evaluation/job.ts";
import { weightCountOf } from "../../src/evaluation/trial.ts";
import type { Kernel } from "../../src/kernel/kernel.ts";
import { SWINGUP } from "../../src/tasks/environments/swingup.ts";
import { environmentInfo, environmentMeasure } from "../../src/tasks/environments/task.ts";
import { scoreNow, type Task, type Trial } from "../../src/tasks/task.ts";
import { standardTrial, swingupNetworks } from "../fixtures/swingup-programs.ts";

const programs = swingupNetworks(3, "protocol").map(({ program }) => program);
const kernel = undefined as unknown as Kernel;

/** A task whose scores, or error, are given. */
function taskOf(score: () => Float64Array[]): Task {
  return {
    info: environmentInfo(SWINGUP),
    measures: [environmentMeasure(SWINGUP)],
    score: () => score().map((scores) => ({ scores, steps: 1 })),
  };
}

/** What scoring related programs of these numbers answers. */
function answerOf(task: Task, count: number, indices: number[], trial: Trial, firstWeight = 0): Promise<Answer> {
  const job = { programs: joinPrograms(programs.slice(0, count)), related: true, indices, trial, firstWeight };
  return scoreJob(task, kernel, job);
}

describe("a score that is not finite", () => {
  test.each([
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
  ])("%s names task, genome, weight and episode seed", async (text, value) => {
    const values = new Float64Array(12);
    values[7] = value;
    const task = taskOf(() => [new Float64Array(12), values]);
    expect(await answerOf(task, 2, [4, 9], standardTrial(2))).toEqual({
      error: new InternalError(
        `Expected a finite score, got ${text} (task "swingup", genome 9, weight 0.5, episode seed "test/1").`,
      ).message,
      usage: false,
    });
  });

  test("names the episode of the same number with pairing each, and the set of individual weights in the whole trial", async () => {
    const values = new Float64Array(3);
    values[2] = Number.NaN;
    const weights = { kind: "individual", sets: new Float32Array(3), count: 3 } as const;
    const each: Trial = { ...standardTrial(3), weights, pairing: "each" };
    const task = taskOf(() => [values]);
    expect(await answerOf(task, 1, [5], each, 40)).toMatchObject({
      error: expect.stringContaining('got NaN (task "swingup", genome 5, weight set 42, episode seed "test/2").'),
    });
  });
});

test("an error in a task arrives with what is needed to play it again; the user's errors arrive as they are", async () => {
  const fails = (error: Error) => {
    const task = taskOf(() => {
      throw error;
    });
    return answerOf(task, 3, [3, 4, 5], standardTrial(1));
  };
  expect(await fails(new RangeError("off by one."))).toEqual({
    error: expect.stringMatching(
      /^Scoring failed \(task "swingup", genomes 3, 4, 5, weights -2, -1, -0\.5, 0\.5, 1, 2, episodes test\/0\): off by one\. This is/,
    ),
    usage: false,
  });
  expect(await fails(new UsageError("Expected labels."))).toEqual({ error: "Expected labels.", usage: true });
});

describe("a task whose outcomes come later", () => {
  const later: Task = { ...taskOf(() => []), score: async () => [{ scores: new Float64Array(6).fill(2), steps: 3 }] };

  test("is waited for", async () => {
    expect(await answerOf(later, 1, [0], standardTrial(1))).toEqual({ scores: new Float64Array(6).fill(2), steps: 3 });
  });

  test("is refused where they are needed at once", () => {
    expect(() => scoreNow(later, kernel, programs, standardTrial(1))).toThrow(
      'Expected outcomes of task "swingup" at once, but they come later.',
    );
  });
});

describe("dealing", () => {
  const trial = standardTrial(5);
  /** Which pairs of weight and episode of the whole trial the shares cover, in order of weight and episode. */
  const covered = (shares: readonly Share[], program: number) =>
    shares
      .filter(({ indices }) => indices.includes(program))
      .flatMap(({ trial: part, firstWeight, firstEpisode }) =>
        Array.from({ length: weightCountOf(part) }, (_, weight) =>
          part.episodes.map((label, episode) => {
            expect(label).toBe(trial.episodes[firstEpisode + episode]);
            return (firstWeight + weight) * 5 + firstEpisode + episode;
          }),
        ).flat(),
      )
      .sort((a, b) => a - b);

  test.each([
    ["many programs by programs", 3, {}, 2, 3],
    ["one program by episodes", 1, {}, 2, 2],
    ["one program on one episode by weights", 1, { episodes: ["test/0"] }, 4, 3],
    ["one program whose behaviour is asked for by weights", 1, { episodes: ["test/0"], behaviour: true }, 2, 2],
    ["one program on one slot not at all", 1, {}, 1, 1],
  ])("%s, each pair of weight and episode once", (_, count, changes, slots, shareCount) => {
    const whole: Trial = { ...trial, ...changes };
    const shares = deal(programs.slice(0, count), whole, undefined, slots, 100);
    expect(shares).toHaveLength(shareCount);
    const expected = Array.from({ length: 6 }, (_, weight) => whole.episodes.map((_, episode) => weight * 5 + episode));
    for (let program = 0; program < count; program++) expect(covered(shares, program)).toEqual(expected.flat());
  });

  test("pairs of weight and episode stay together", () => {
    const values = Float32Array.of(1, 2, 3, 4, 5);
    const each: Trial = { ...trial, weights: { kind: "shared", values }, pairing: "each" };
    const shares = deal([programs[0]], each, undefined, 2, 100);
    expect(shares.map(({ trial: part, firstWeight }) => [firstWeight, part.episodes.length])).toEqual([
      [0, 3],
      [3, 2],
    ]);
    expect(shares[1].trial.weights).toEqual({ kind: "shared", values: Float32Array.of(4, 5) });
  });

  test("individual weights are copied, so that a message holds no others", () => {
    const weights = { kind: "individual", sets: Float32Array.from({ length: 8 }, (_, i) => i), count: 4 } as const;
    const shares = deal([programs[0]], { ...trial, weights, episodes: ["test/0"] }, undefined, 2, 100);
    const parts = shares.map((share) => share.trial.weights as typeof weights);
    expect(parts.map(({ sets, count }) => [[...sets], count])).toEqual([
      [[0, 1, 2, 3], 2],
      [[4, 5, 6, 7], 2],
    ]);
    expect(parts.every(({ sets }) => sets.buffer.byteLength === sets.byteLength)).toBe(true);
  });
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
