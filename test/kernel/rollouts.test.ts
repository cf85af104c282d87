/** Every rollout of the kernel against its environment in plain TypeScript, bit for bit. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { programHeader } from "../../src/network/program.ts";
import { createChooser, outputNames } from "../../src/tasks/actions.ts";
import type { Environment } from "../../src/tasks/environment.ts";
import { ACROBOT, ACROBOT_ROLLOUT } from "../../src/tasks/environments/acrobot.ts";
import { CARTPOLE, CARTPOLE_ROLLOUT } from "../../src/tasks/environments/cartpole.ts";
import { MOUNTAIN_CAR, MOUNTAIN_CAR_ROLLOUT } from "../../src/tasks/environments/mountain-car.ts";
import { PENDULUM, PENDULUM_ROLLOUT } from "../../src/tasks/environments/pendulum.ts";
import { SWINGUP, SWINGUP_ROLLOUT } from "../../src/tasks/environments/swingup.ts";
import { environmentTask } from "../../src/tasks/environments/task.ts";
import { playEpisode } from "../../src/tasks/play/episode.ts";
import type { RolloutOf } from "../../src/tasks/play/rollout.ts";
import type { Trial } from "../../src/tasks/task.ts";
import { genomeOf, randomGenome } from "../fixtures/genomes.ts";

const ROLLOUTS = [
  [SWINGUP, SWINGUP_ROLLOUT],
  [CARTPOLE, CARTPOLE_ROLLOUT],
  [PENDULUM, PENDULUM_ROLLOUT],
  [MOUNTAIN_CAR, MOUNTAIN_CAR_ROLLOUT],
  [ACROBOT, ACROBOT_ROLLOUT],
] as unknown as [Environment, RolloutOf<unknown>][];
const cases = ROLLOUTS.map(([environment, rollout]) => ({
  name: environment.name,
  environment,
  task: environmentTask(environment, {}, rollout),
  plain: environmentTask(environment),
}));
const labels = (count: number) => Array.from({ length: count }, (_, index) => `test/${index}`);

function randomProgram({ inputs, actions }: Environment, seed: number, steps: number) {
  return compile(randomGenome(seed, steps, { inputs: inputs.length, outputs: outputNames(actions).length })).program;
}

/** Plays an episode with the network in plain TypeScript too. */
function play(
  environment: Environment,
  program: Int32Array<ArrayBuffer>,
  label: string,
  weights: number | Float32Array,
) {
  const forward = createForward(program);
  const outputs = outputSlots(program);
  const choose = createChooser(environment.actions);
  return playEpisode(environment, label, (seen) => {
    const values = forward(seen, weights);
    return choose(Array.from(outputs, (slot) => values[slot]));
  });
}

/** Trials of both pairings with shared and individual weights. */
const TRIALS: [string, "shared" | "individual", "all" | "each"][] = [
  ["shared weights, every weight on every episode", "shared", "all"],
  ["shared weights, one to one", "shared", "each"],
  ["individual weights, every set on every episode", "individual", "all"],
  ["individual weights, one to one", "individual", "each"],
];

function randomTrial(seed: number, connections: number, kind: "shared" | "individual", pairing: "all" | "each"): Trial {
  const rng = derive("trial", seed);
  // More lanes than are played at once, or fewer.
  const count = pairing === "each" ? 1 + rng.integer(90) : 1 + rng.integer(9);
  const episodes = labels(pairing === "each" ? count : 1 + rng.integer(9));
  const singles = (length: number) => Float32Array.from({ length }, () => rng.between(-2, 2));
  const weights =
    kind === "shared"
      ? ({ kind, values: singles(count) } as const)
      : ({ kind, sets: singles(count * connections), count } as const);
  return { weights, episodes, split: "train", pairing };
}

describe.each(cases)("$name", ({ environment, task, plain }) => {
  test.each(TRIALS)(
    "plays as plain TypeScript does, the network in the kernel or not: %s",
    async (_, kind, pairing) => {
      const kernel = await Kernel.create();
      for (let seed = 0; seed < 8; seed++) {
        const program = randomProgram(environment, seed, 8 * seed);
        const { connectionCount } = programHeader(program);
        const trial = randomTrial(seed, connectionCount, kind, pairing);
        const [expected] = plain.score(kernel, [program], trial);
        expect(task.score(kernel, [program], trial), `seed ${seed}`).toEqual([expected]);
        for (let lane = seed; lane < expected.scores.length; lane += 19) {
          const weight = pairing === "each" ? lane : Math.floor(lane / trial.episodes.length);
          const { weights } = trial;
          const own =
            weights.kind === "shared"
              ? weights.values[weight]
              : weights.sets.subarray(weight * connectionCount, (weight + 1) * connectionCount);
          const played = play(environment, program, trial.episodes[lane % trial.episodes.length], own);
          expect(expected.scores[lane], `seed ${seed}, lane ${lane}`).toBe(played.score);
        }
      }
    },
  );

  test("counts the steps of all lanes, and gives each program the scores it has alone", async () => {
    const kernel = await Kernel.create();
    const programs = [3, 5, 8].map((seed) => randomProgram(environment, seed, 30));
    const values = Float32Array.of(-1.5, -0.5, 0.5, 1.5);
    const trial = { weights: { kind: "shared", values }, episodes: labels(4), split: "train", pairing: "all" } as const;
    const together = task.score(kernel, programs, trial);
    expect(together).toEqual(programs.map((program) => task.score(kernel, [program], trial)[0]));
    together.forEach(({ steps }, index) => {
      const taken = [...values].flatMap((weight) =>
        trial.episodes.map((label) => play(environment, programs[index], label, weight).steps),
      );
      expect(steps).toBe(taken.reduce((sum, count) => sum + count, 0));
    });
  });

  test("its constants are those of the plain environment by name, or plain numbers", () => {
    const source = (path: string) => readFileSync(join(import.meta.dirname, "../../src", path), "utf8");
    const named = (path: string, pattern: RegExp) => [...source(path).matchAll(pattern)].map(([, name]) => name);
    const constants = named(`kernel/assembly/${environment.name}.ts`, /^const (\w+): usize = memory\.data</gm);
    const twin = named(`tasks/environments/${environment.name}.ts`, /^const (\w+) = /gm);
    expect(constants.length).toBeGreaterThan(8);
    // A limit on both sides is one constant there and two here.
    const missing = constants.filter((name) => !twin.includes(name) && !twin.includes(name.replace("MIN_", "MAX_")));
    expect(missing).toEqual(environment.name === "swingup" ? ["THREE", "FOUR", "SIX"] : []);
  });
});

test("of equal outputs the lowest is the action, as in plain TypeScript", async () => {
  const kernel = await Kernel.create();
  const [acrobot] = cases.filter(({ name }) => name === "acrobot");
  const weights = { kind: "shared", values: Float32Array.of(1, -1) } as const;
  const trial = { weights, episodes: labels(5), split: "train", pairing: "all" } as const;
  // The bias feeds the last two of three outputs: equal and larger than the first at weight 1, smaller at -1.
  const { program } = compile(
    genomeOf(
      6,
      3,
      [],
      [
        [0, 8],
        [0, 9],
      ],
    ),
  );
  const always = (action: number) => trial.episodes.map((label) => playEpisode(ACROBOT, label, () => action).score);
  const [{ scores }] = acrobot.task.score(kernel, [program], trial);
  expect([...scores]).toEqual([...always(1), ...always(0)]);
  const [cartpole] = cases.filter(({ name }) => name === "cartpole");
  const { program: unconnected } = compile(genomeOf(4, 2, [], []));
  const [{ scores: fallen }] = cartpole.task.score(kernel, [unconnected], trial);
  const left = trial.episodes.map((label) => playEpisode(CARTPOLE, label, () => 0).score);
  expect([...fallen]).toEqual([...left, ...left]);
});
