/** One suite for all tasks: every task of ours keeps the contract, and every way to break it is found and named. */
import { BIPED, BIPED_HARDCORE, BIPED_ROLLOUT, environmentTask as builtTask, RACER, racerRollout } from "precocial";
import { describe, expect, test } from "vitest";
import type { Dataset, RegressionDataset } from "../../src/data/dataset.ts";
import { digitsDataset } from "../../src/data/digits.ts";
import { tableDataset } from "../../src/data/table/dataset.ts";
import { createClassification } from "../../src/tasks/classification/classification.ts";
import { type CheckResult, checksFor, checkTask } from "../../src/tasks/contract.ts";
import type { Environment } from "../../src/tasks/environment.ts";
import { ACROBOT, ACROBOT_ROLLOUT } from "../../src/tasks/environments/acrobot.ts";
import { CARTPOLE, CARTPOLE_ROLLOUT } from "../../src/tasks/environments/cartpole.ts";
import { MOUNTAIN_CAR, MOUNTAIN_CAR_ROLLOUT } from "../../src/tasks/environments/mountain-car.ts";
import { PENDULUM, PENDULUM_ROLLOUT } from "../../src/tasks/environments/pendulum.ts";
import { SWINGUP, SWINGUP_ROLLOUT } from "../../src/tasks/environments/swingup.ts";
import { environmentTask } from "../../src/tasks/environments/task.ts";
import { createRegression } from "../../src/tasks/regression/regression.ts";
import type { Task } from "../../src/tasks/task.ts";

const TABLE = [
  "length,colour,kind",
  ...Array.from({ length: 30 }, (_, row) => `${row % 7},${row % 2 ? "red" : "blue"},${row % 3}`),
];

/** The walker, with short episodes, of the built package: plain physics of single files is several times slower. */
const WALK = { ...BIPED, maxSteps: 120 };
const HARD_WALK = { ...BIPED_HARDCORE, maxSteps: 120 };
/** The racer likewise. */
const DRIVE = { ...RACER, maxSteps: 40 };

/** What is wrong among results of checks, by name. */
function wrong(results: readonly CheckResult[]): Record<string, string> {
  return Object.fromEntries(
    results.flatMap(({ name, error, warning }) => ((error ?? warning) ? [[name, (error ?? warning) as string]] : [])),
  );
}

/** What the checks found, by name. */
async function problems(...subject: Parameters<typeof checkTask>): Promise<Record<string, string>> {
  return wrong(await checkTask(...subject));
}

describe("tasks of ours keep the contract", () => {
  test.each<[string, () => Parameters<typeof checkTask>]>([
    ["swingup by its rollout", () => [environmentTask(SWINGUP, {}, SWINGUP_ROLLOUT), SWINGUP as Environment]],
    ["swingup in plain TypeScript", () => [environmentTask(SWINGUP), SWINGUP as Environment]],
    ["cartpole by its rollout", () => [environmentTask(CARTPOLE, {}, CARTPOLE_ROLLOUT), CARTPOLE as Environment]],
    ["cartpole in plain TypeScript", () => [environmentTask(CARTPOLE), CARTPOLE as Environment]],
    ["pendulum", () => [environmentTask(PENDULUM, {}, PENDULUM_ROLLOUT), PENDULUM as Environment]],
    ["mountain-car", () => [environmentTask(MOUNTAIN_CAR, {}, MOUNTAIN_CAR_ROLLOUT), MOUNTAIN_CAR as Environment]],
    ["acrobot", () => [environmentTask(ACROBOT, {}, ACROBOT_ROLLOUT), ACROBOT as Environment]],
    ["biped", () => [builtTask(WALK, {}, BIPED_ROLLOUT) as unknown as Task, WALK as unknown as Environment]],
    [
      "biped-hardcore",
      () => [builtTask(HARD_WALK, {}, BIPED_ROLLOUT) as unknown as Task, HARD_WALK as unknown as Environment],
    ],
    ["racer", () => [builtTask(DRIVE, {}, racerRollout()) as unknown as Task, DRIVE as unknown as Environment]],
    ["digits", () => [createClassification(digitsDataset(), { batchSize: 100 })]],
    [
      "a table",
      () => [
        createClassification(tableDataset(TABLE.join("\n"), { name: "table", target: "kind" }) as Dataset, {
          batchSize: 5,
        }),
      ],
    ],
    [
      "a table with a number to tell",
      () => [
        createRegression(
          tableDataset(TABLE.join("\n"), { target: "length", kind: "regression" }) as RegressionDataset,
          {
            batchSize: 5,
          },
        ),
      ],
    ],
  ])("%s", async (_, make) => {
    const subject = make();
    const results = await checkTask(...subject);
    expect(wrong(results)).toEqual({});
    expect(results).toHaveLength(checksFor(subject[1]).length);
  });
});

interface Drift {
  position: number;
  speed: number;
}

/** A sound environment, to be broken. */
const DRIFT: Environment<Drift, { wind: number }, Float32Array> = {
  name: "drift",
  inputs: ["position", "speed"],
  actions: { names: ["push"], low: -1, high: 1 },
  maxSteps: 30,
  settings: { wind: 0.01 },
  starts: ["left", "right"],
  pilot: { act: ([position, speed]) => [-position - speed], reaches: -10 },
  start: (rng, kind) => ({ position: rng.uniform() * (kind === "left" ? -1 : 1), speed: 0 }),
  observe: ({ position, speed }) => [position, speed],
  step(state, action, { wind }) {
    state.speed += 0.1 * action[0] + wind;
    state.position += state.speed;
    return { reward: -Math.abs(state.position), terminated: Math.abs(state.position) > 3 };
  },
};

/** DRIFT with some of its functions replaced. */
function broken(changes: object): Environment {
  return { ...DRIFT, ...changes } as Environment;
}

let shared: Drift = { position: 0, speed: 0 };
let count = 0;
let noise = 0;

describe("an environment that breaks it is found:", () => {
  test("none of it is broken before", async () => {
    expect(await problems(environmentTask(DRIFT), DRIFT as Environment)).toEqual({});
  });

  test.each<[string, object, string, RegExp]>([
    [
      "random numbers from elsewhere",
      {
        step(state: Drift) {
          // A sequence of its own, as a clock or random numbers from elsewhere would be; always the same one.
          noise = (noise * 16807 + 1) % 2147483647;
          state.position += noise / 2147483647 - 0.5;
          return { reward: 0, terminated: false };
        },
      },
      "an episode is the same when it is played again",
      /^Expected input "position" to be -?[\d.e-]+ at step 1 of episode "check\/again\/0" again, got -?[\d.e-]+: draw random numbers from the rng of start\(\) alone, and keep nothing outside the state\.$/,
    ],
    [
      "one state for all episodes",
      {
        start(rng: { uniform(): number }) {
          shared.position = -rng.uniform();
          shared.speed = 0;
          return shared;
        },
      },
      "start makes a new state each time",
      /^Expected start\(\) to return a new state each time, got the same one twice: make it inside start\(\)\.$/,
    ],
    [
      "a state kept outside of the state",
      {
        start(rng: { uniform(): number }) {
          shared = { position: -rng.uniform(), speed: 0 };
          return {};
        },
        observe: () => [shared.position, shared.speed],
        step: (_: Drift, action: Float32Array, settings: { wind: number }) => DRIFT.step(shared, action, settings),
      },
      "an episode is the same beside others",
      /^Expected input "position" to be -?[\d.e-]+ at step \d+ of episode "check\/beside\/0" again, got -?[\d.e-]+: keep all that changes in the state, nothing outside it\.$/,
    ],
    [
      "a counter that goes on from episode to episode",
      {
        step(state: Drift, action: Float32Array, settings: { wind: number }) {
          count++;
          return { ...DRIFT.step(state, action, settings), terminated: count % 50 === 0 };
        },
      },
      "an episode is the same when it is played again",
      /^Expected the end to be [01] at step \d+ of episode "check\/again\/\d" again, got [01]: draw random/,
    ],
    [
      "an observation that is written in part",
      {
        observe({ position }: Drift, observation: Float32Array) {
          observation[0] = position;
        },
      },
      "observe writes every input",
      /^Expected observe\(\) to write all 2 inputs, got no "speed": what stands there is of another state\.$/,
    ],
    [
      "a kind of start that throws",
      {
        start(rng: never, kind: string, settings: { wind: number }) {
          if (kind === "right") throw new Error("nothing there");
          return DRIFT.start(rng, kind, settings);
        },
      },
      "every kind of start can be played",
      /^Task "drift": start\(\) threw at the start of episode "check\/right\/0": nothing there\.$/,
    ],
    [
      "an action that gives NaN",
      {
        step(state: Drift, action: Float32Array, settings: { wind: number }) {
          return { ...DRIFT.step(state, action, settings), reward: Math.sqrt(0.999 - action[0]) };
        },
      },
      "every action can be played to the end",
      /^Task "drift": expected a finite reward, got NaN at step 1 of episode "check\/constant"\.$/,
    ],
    [
      "the wrong number of observations",
      { observe: () => [1] },
      "networks score as plain TypeScript plays them",
      /^Task "drift": expected 2 observations \(position, speed\), got 1 at the start of episode "check\/episode\/0"\.$/,
    ],
    [
      "observations that are not finite",
      { observe: ({ position }: Drift) => [position, 1 / 0] },
      "there is a finite score for each weight and episode",
      /^Task "drift": expected a finite number for input "speed", got Infinity at the start of episode "check\/episode\/0"\.$/,
    ],
    [
      "a pilot that is worse than it says",
      { pilot: { act: () => [0], reaches: 0 } },
      "the pilot reaches what it says",
      /^Expected the pilot to reach a mean score of 0 over 20 episodes, got -[\d.]+\.$/,
    ],
    [
      "episodes that start alike",
      { start: () => ({ position: 0.5, speed: 0 }) },
      "episodes start differently",
      /^Expected episodes to start differently, got 5 that start alike \(position 0\.5, speed 0\): a search sees one start only, unless random numbers come later\.$/,
    ],
    [
      "a setting that changes nothing",
      { settings: { wind: 0.01, calm: true } },
      "every setting changes something",
      /^Expected setting "calm" to change something, got the same episodes at true and false\.$/,
    ],
  ])("%s", async (_, changes, name, words) => {
    const environment = broken(changes);
    expect((await problems(environmentTask(environment), environment))[name]).toMatch(words);
  });

  test("what may be meant is a warning, the rest are errors", async () => {
    const environment = broken({ start: () => ({ position: 0.5, speed: 0 }), pilot: { act: () => [0], reaches: 0 } });
    const results = await checkTask(environmentTask(environment), environment);
    expect(results.filter(({ warning }) => warning).map(({ name }) => name)).toEqual(["episodes start differently"]);
    expect(results.filter(({ error }) => error).map(({ name }) => name)).toEqual(["the pilot reaches what it says"]);
  });
});

describe("a task that breaks it is found:", () => {
  const sound = environmentTask(DRIFT);
  /** `sound` with its scores changed. */
  const altered = (
    change: (scores: Float64Array, network: number, episodes: readonly string[]) => Float64Array,
  ): Task => ({
    ...sound,
    score: (kernel, programs, trial, watch) =>
      sound
        .score(kernel, programs, trial, watch)
        .map((outcome, network) => ({ ...outcome, scores: change(outcome.scores, network, trial.episodes) })),
  });
  let calls = 0;

  test.each<[string, Task, string, RegExp]>([
    [
      "a score that is not finite",
      altered((scores) => scores.with(2, Number.NaN)),
      "there is a finite score for each weight and episode",
      /^Expected finite scores of network 0, got NaN at index 2\.$/,
    ],
    [
      "a score too few",
      altered((scores) => scores.slice(1)),
      "there is a finite score for each weight and episode",
      /^Expected 9 scores of network 0 for pairing "all", got 8\.$/,
    ],
    [
      "an outcome too few",
      { ...sound, score: (...all) => sound.score(...all).slice(1) },
      "there is a finite score for each weight and episode",
      /^Expected an outcome for each of 4 networks, got 3\.$/,
    ],
    [
      "scores that change from time to time",
      altered((scores) => scores.with(0, calls++)),
      "scores are the same each time",
      /^Expected network 0 to score \d+ again, got \d+ \(weight and episode 0\)\.$/,
    ],
    [
      "scores that depend on the place of a network",
      altered((scores, network) => scores.map((score) => score + network)),
      "a network scores the same alone, among others and in another order",
      /^Expected network 1 to score -[\d.]+ alone, got -[\d.]+ \(weight and episode 0\)\.$/,
    ],
    [
      "scores that depend on the number of episodes",
      altered((scores, _, episodes) => scores.map((score) => score / episodes.length)),
      "an episode scores the same alone, among others and in another order",
      /^Expected network 0 to score -[\d.]+ on an episode alone, got -[\d.]+ \(weight and episode 0\)\.$/,
    ],
    [
      "pairs that are not the pairs",
      altered((scores) => (scores.length === 3 ? scores.reverse() : scores)),
      "weights and episodes paired one to one score as the same pairs do",
      /^Expected network 0 to score -[\d.]+ in a pair, got -[\d.]+ \(weight and episode 0\)\.$/,
    ],
    [
      "wrong use that is not refused",
      { ...sound, score: (_, programs) => programs.map(() => ({ scores: new Float64Array(9), steps: 1 })) },
      "wrong use is refused",
      /^Expected a network with an input too many to be refused, got scores\.$/,
    ],
  ])("%s", async (_, task, name, words) => {
    expect((await problems(task))[name]).toMatch(words);
  });

  test("a rollout that is not its environment's twin, or counts other steps", async () => {
    const name = "networks score as plain TypeScript plays them";
    const drifted = altered((scores) => scores.with(4, scores[4] + 1));
    expect((await problems(drifted, DRIFT as Environment))[name]).toMatch(
      /^Expected network 0 to score -[\d.]+ at weight 0\.25 in episode "check\/episode\/1", as in plain TypeScript, got -?[\d.]+\.$/,
    );
    const long: Task = {
      ...sound,
      score: (...all) => sound.score(...all).map((outcome) => ({ ...outcome, steps: 271 })),
    };
    expect((await problems(long, DRIFT as Environment))[name]).toMatch(
      /^Expected network 0 to take \d+ steps \(at most 270\), got 271\.$/,
    );
  });

  test("a task that was made with other settings than it says", async () => {
    expect(await problems(environmentTask(DRIFT, { wind: 0.2 }), DRIFT as Environment, { wind: 0.2 })).toEqual({});
    expect(
      (await problems(environmentTask(DRIFT, { wind: 0.2 }), DRIFT as Environment))[
        "settings spelled out are the settings"
      ],
    ).toMatch(/^Expected network 0 to score -[\d.]+ with settings spelled out, got -[\d.]+\.$/);
  });
});
