/** What the mistakes of a user's environment are called: task, step and episode are named. */
import { beforeAll, describe, expect, test } from "vitest";
import { UsageError } from "../../src/base/errors.ts";
import type { Rng } from "../../src/base/rng.ts";
import { Kernel } from "../../src/kernel/kernel.ts";
import type { Environment } from "../../src/tasks/environment.ts";
import { environmentTask } from "../../src/tasks/environments/task.ts";
import { Episode } from "../../src/tasks/play/episode.ts";
import { program, trialOf, WALK, type Walk } from "../fixtures/walk.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await Kernel.create();
});

/** WALK with some of its functions replaced, played on episodes "a" and "b"; the mistake is made in "b". */
function mistake(changes: object): () => unknown {
  const task = environmentTask({ ...WALK, actions: { discrete: 3 }, ...changes } as Environment);
  return () => task.score(kernel, [program], trialOf(["a", "b"], 1));
}

/** A start that lets a state know whether it belongs to episode "b". */
let episodes = 0;
const start = (rng: Rng) => ({ position: rng.between(-0.1, 0.1), steps: 0, isSecond: episodes++ % 2 === 1 });
const stay = { reward: 0, terminated: false };

describe("a mistake of an environment names task, step and episode:", () => {
  type State = Walk & { isSecond: boolean };
  /** Does `action` in the 17th step of episode "b". */
  const at17 = (action: (state: State) => unknown) => (state: State) => {
    state.steps++;
    return state.isSecond && state.steps === 17 ? action(state) : stay;
  };
  const fail = (message: string) => () => {
    throw new Error(message);
  };
  test.each<[string, object, string]>([
    [
      "step throws",
      { start, step: at17(fail("off the map.")) },
      'step() threw at step 17 of episode "b": off the map.',
    ],
    [
      "step throws no error",
      {
        start,
        step: at17(() => {
          throw "oh";
        }),
      },
      'step() threw at step 17 of episode "b": "oh".',
    ],
    ["start throws", { start: fail("no map") }, 'start() threw at the start of episode "a": no map.'],
    ["observe throws at once", { observe: fail("fog") }, 'observe() threw at the start of episode "a": fog.'],
    [
      "observe throws later",
      {
        start,
        step: at17(() => stay),
        observe: (state: State) => (state.isSecond && state.steps === 17 ? fail("fog")() : [0, 0]),
      },
      'observe() threw at step 17 of episode "b": fog.',
    ],
    [
      "an observation is NaN",
      { start, step: at17(() => stay), observe: (state: State) => [0, state.isSecond && state.steps === 17 ? NaN : 0] },
      'expected a finite number for input "pace", got NaN at step 17 of episode "b".',
    ],
    [
      "an observation is too large for single precision",
      { observe: () => [1e39, 0] },
      'expected a finite number for input "position", got 1e+39 at the start of episode "a".',
    ],
    [
      "an observation is missing",
      { observe: () => [0] },
      'expected 2 observations (position, pace), got 1 at the start of episode "a".',
    ],
    [
      "observations are no list",
      { observe: () => 3 },
      'expected observe() to fill or return a list of 2 numbers (position, pace), got 3 at the start of episode "a".',
    ],
    [
      "the state is no observation",
      { observe: undefined, start: () => ({ x: 1 }) },
      'expected a state that is a list of 2 numbers (position, pace), got {"x":1} at the start of episode "a": return ' +
        "such a list from start(), or write observe().",
    ],
    [
      "the state is no state",
      { observe: undefined, start: () => undefined },
      'expected a state that is a list of 2 numbers (position, pace), got undefined at the start of episode "a": return',
    ],
    [
      "a reward is NaN",
      { start, step: at17(() => ({ reward: Number.NaN, terminated: false })) },
      'expected a finite reward, got NaN at step 17 of episode "b".',
    ],
    [
      "rewards add up to infinity",
      { start, step: () => ({ reward: 3e38, terminated: false }) },
      'expected a finite sum of rewards, got Infinity at step 2 of episode "a": give smaller rewards.',
    ],
    [
      "step returns nothing",
      { start, step: at17(() => undefined) },
      'expected step() to return { reward, terminated }, a number and a boolean, got undefined at step 17 of episode "b".',
    ],
    [
      "step forgets whether it ended",
      { start, step: at17(() => ({ reward: 1 })) },
      'expected step() to return { reward, terminated }, a number and a boolean, got {"reward":1} at step 17 of',
    ],
    [
      "a reward is a string",
      { start, step: at17(() => ({ reward: "1", terminated: false })) },
      'expected step() to return { reward, terminated }, a number and a boolean, got {"reward":"1","terminated":false} at',
    ],
  ])("%s", (_, changes, message) => {
    episodes = 0;
    const attempt = mistake(changes);
    let error: unknown;
    try {
      attempt();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toContain(`Task "walk": ${message}`);
  });

  test("and those met in an episode of one's own", () => {
    const faulty = { ...WALK, step: () => ({ reward: Number.NaN, terminated: false }) };
    expect(() => new Episode(faulty, "mine").step(1)).toThrow(
      'Task "walk": expected a finite reward, got NaN at step 1 of episode "mine".',
    );
    expect(() => new Episode({ ...WALK, observe: () => [1] }, "mine")).toThrow(
      'Task "walk": expected 2 observations (position, pace), got 1 at the start of episode "mine".',
    );
    expect(() => new Episode(WALK, "mine").step(3)).toThrow(
      'Expected the action of task "walk" to be an integer from 0 to 2, got 3.',
    );
  });
});
