/** Kinds of start states by share, and that environments and their kernels begin with the kind that is asked for. */
import { describe, expect, test } from "vitest";
import { Kernel } from "../../src/kernel/kernel.ts";
import { generationTrial } from "../../src/measure/training.ts";
import { compile } from "../../src/network/compile.ts";
import { completeConfig } from "../../src/run/config.ts";
import { CARTPOLE, CARTPOLE_ROLLOUT } from "../../src/tasks/environments/cartpole.ts";
import { SWINGUP, SWINGUP_ROLLOUT } from "../../src/tasks/environments/swingup.ts";
import { environmentTask } from "../../src/tasks/environments/task.ts";
import { Episode } from "../../src/tasks/play/episode.ts";
import { startsOf } from "../../src/tasks/starts.ts";
import { randomGenome } from "../fixtures/genomes.ts";

const count = (kinds: readonly string[], kind: string) => kinds.filter((each) => each === kind).length;

describe("the kinds of a generation's episodes", () => {
  test("have their shares exactly where the episodes can be parted so", () => {
    for (let round = 0; round < 20; round++) {
      expect(startsOf({ hang: 0.5, up: 0.5 }, 2, round)).toEqual(["hang", "up"]);
      const kinds = startsOf({ hang: 0.1, up: 0.2, anywhere: 0.7 }, 10, round);
      expect(["hang", "up", "anywhere"].map((kind) => count(kinds, kind))).toEqual([1, 2, 7]);
      expect(count(startsOf({ hang: 1, up: 1, anywhere: 1 }, 3, round), "up")).toBe(1);
    }
  });

  test("are otherwise rounded up or down, and keep the shares over a few generations", () => {
    const one = Array.from({ length: 8 }, (_, round) => startsOf({ hang: 3, up: 1 }, 1, round)[0]);
    expect(count(one, "up")).toBe(2);
    const three = Array.from({ length: 16 }, (_, round) => startsOf({ hang: 1, up: 1 }, 3, round));
    expect(three.every((kinds) => count(kinds, "up") === 1 || count(kinds, "up") === 2)).toBe(true);
    expect(count(three.flat(), "up")).toBe(24);
  });

  test("never have a kind whose share is 0", () => {
    for (let round = 0; round < 50; round++) expect(startsOf({ hang: 0, up: 2 }, 3, round)).toEqual(["up", "up", "up"]);
  });

  test("stand in the trial of the generation beside the labels, and only there where starts are set", () => {
    const config = completeConfig({ task: "swingup", episodes: 2, starts: { hang: 1, up: 1 }, seed: 3 });
    expect(generationTrial(config, 5)).toMatchObject({
      episodes: ["3/train/5/0", "3/train/5/1"],
      starts: ["hang", "up"],
    });
    expect(generationTrial(completeConfig({ task: "swingup" }, { preset: "paper" }), 5).starts).toBeUndefined();
  });
});

describe("what the setting refuses", () => {
  const complete = (task: string, starts: unknown) => () => completeConfig({ task, starts });

  test("a kind that the task does not have", () => {
    expect(complete("swingup", { hnag: 1 })).toThrow(
      'Unknown swingup start "hnag". Did you mean "hang"? Known: hang, up, anywhere.',
    );
  });

  test("kinds of a task that has none", () => {
    expect(complete("digits", { up: 1 })).toThrow(
      'Expected no starts for task "digits", which has no kinds of start states, got "up": leave them out.',
    );
    expect(complete("digits", null)()).toMatchObject({ task: "digits", starts: null });
  });

  test("shares below 0, all 0, no numbers, or none at all", () => {
    const expected = (got: string) =>
      `Expected starts to be shares by name, none below 0 and not all 0, or null, got ${got}.`;
    expect(complete("swingup", { hang: -1, up: 2 })).toThrow(expected('{"hang":-1,"up":2}'));
    expect(complete("swingup", { hang: 0, up: 0 })).toThrow(expected('{"hang":0,"up":0}'));
    expect(complete("swingup", { hang: "half" })).toThrow(expected('{"hang":"half"}'));
    expect(complete("swingup", {})).toThrow(expected("{}"));
    expect(complete("swingup", "hang")).toThrow(expected('"hang"'));
  });

  test("a trial with another kind, or with another number of starts than episodes", async () => {
    const task = environmentTask(SWINGUP);
    const kernel = await Kernel.create();
    const trial = { weights: { kind: "shared", values: Float32Array.of(1) }, split: "train", pairing: "all" } as const;
    const score = (episodes: string[], starts: string[]) => () =>
      task.score(kernel, [], { ...trial, episodes, starts });
    expect(score(["a"], ["side"])).toThrow('Unknown swingup start "side". Known: hang, up, anywhere.');
    expect(score(["a", "b"], ["up"])).toThrow("Expected a start for each of 2 episodes, got 1.");
  });
});

describe("the kinds of swing-up", () => {
  const angles = (kind: string) =>
    Array.from({ length: 200 }, (_, index) => new Episode(SWINGUP, `start/${index}`, { kind }).state);

  test("hang and stand within a few standard deviations of 0.2, and lie anywhere", () => {
    for (const { cosine, position } of angles("hang")) {
      expect(cosine).toBeLessThan(-0.6);
      expect(Math.abs(position)).toBeLessThan(1);
    }
    for (const { cosine } of angles("up")) expect(cosine).toBeGreaterThan(0.6);
    const anywhere = angles("anywhere");
    expect(anywhere.filter(({ cosine }) => cosine > 0).length).toBeGreaterThan(60);
    expect(anywhere.filter(({ cosine }) => cosine < 0).length).toBeGreaterThan(60);
    expect(Math.max(...anywhere.map(({ position }) => Math.abs(position)))).toBeLessThan(1.2);
  });

  test("begin as hanging where nothing is said", () => {
    expect(new Episode(SWINGUP, "a").state).toEqual(new Episode(SWINGUP, "a", { kind: "hang" }).state);
  });
});

test("the kernel plays every kind to the bits of plain TypeScript, equal labels of other kinds apart", async () => {
  const kernel = await Kernel.create();
  const each = [
    { rollout: environmentTask(SWINGUP, {}, SWINGUP_ROLLOUT), plain: environmentTask(SWINGUP), starts: SWINGUP.starts },
    {
      rollout: environmentTask(CARTPOLE, {}, CARTPOLE_ROLLOUT),
      plain: environmentTask(CARTPOLE),
      starts: CARTPOLE.starts,
    },
  ];
  const labels = Array.from({ length: 8 }, (_, index) => `same/${index}`);
  for (const { rollout, plain, starts = [] } of each) {
    const { inputs, outputs } = rollout.info;
    const { program } = compile(randomGenome(5, 30, { inputs: inputs.length, outputs: outputs.length }));
    const trial = {
      weights: { kind: "shared", values: Float32Array.of(-1.5, 0.7) },
      episodes: labels.flatMap((label) => starts.map(() => label)),
      starts: labels.flatMap(() => starts),
      split: "train",
      pairing: "all",
    } as const;
    const [{ scores }] = rollout.score(kernel, [program], trial);
    expect([...scores]).toEqual([...plain.score(kernel, [program], trial)[0].scores]);
    const byKind = starts.map((_, kind) => scores.filter((_, lane) => lane % starts.length === kind).join());
    expect(new Set(byKind).size).toBe(starts.length);
  }
});
