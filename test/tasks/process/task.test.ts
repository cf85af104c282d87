/** The task of a process that dies, lies or goes wrong, played by links that do. */
import { beforeAll, describe, expect, test } from "vitest";
import { derive } from "../../../src/base/rng.ts";
import { createGenome } from "../../../src/genome/genome.ts";
import { Kernel } from "../../../src/kernel/kernel.ts";
import { compile } from "../../../src/network/compile.ts";
import { checkTask } from "../../../src/tasks/contract.ts";
import type { Environment } from "../../../src/tasks/environment.ts";
import { type Link, LostProcess } from "../../../src/tasks/process/link.ts";
import { type Frame, KINDS } from "../../../src/tasks/process/protocol.ts";
import { processTask } from "../../../src/tasks/process/task.ts";
import type { Trial } from "../../../src/tasks/task.ts";
import { createLink } from "../../fixtures/link.ts";

let kernel: Kernel;
beforeAll(async () => {
  kernel = await Kernel.create();
});

/** A place that a network moves; the first action is to stay. */
const MOVE = {
  name: "move",
  inputs: ["place"],
  actions: { names: ["push"], low: -1, high: 1 },
  maxSteps: 12,
  start: (rng) => [rng.uniform()],
  step(state: number[], action: Float32Array) {
    state[0] += 0.1 * action[0];
    return { reward: 1 - Math.abs(state[0]), terminated: false };
  },
} as Environment as Environment<number[]>;

const { program } = compile(createGenome(1, 1, 1, 1, derive("task")));
const TRIAL: Trial = {
  weights: { kind: "shared", values: Float32Array.of(-1, 1) },
  episodes: ["one", "two"],
  split: "train",
  pairing: "all",
};

/** A link to MOVE whose answers are changed: `count` is that of the requests since it was opened, from 1. */
function linkWith(change: (frame: Frame, count: number) => Frame | Promise<Frame>, changes: object = {}): Link {
  const link = createLink(MOVE as Environment, 8);
  let count = 0;
  return {
    ...link,
    hello: { ...link.hello, ...changes },
    async ask(...all) {
      return change(await link.ask(...all), ++count);
    },
  };
}

/** A task of links that are opened one after the other. */
function taskOf(links: readonly Link[], told: string[] = []) {
  let next = 0;
  const connect = async () => links[Math.min(next++, links.length - 1)];
  return processTask("python move.py", links[0].hello, connect, (words) => told.push(words));
}

const sound = linkWith((frame) => frame);
const dying = (at: number) =>
  linkWith((frame, count) => {
    if (count === at) throw new LostProcess("signal SIGKILL", "out of memory\nand so on");
    return frame;
  });
const fault = (told: object) =>
  linkWith((frame, count) =>
    count === 4 ? { kind: KINDS.fault, payload: new TextEncoder().encode(JSON.stringify(told)) } : frame,
  );

describe("a process that dies", () => {
  test("is started again, and the scores are those of one that did not", async () => {
    const expected = await taskOf([sound]).score(kernel, [program], TRIAL);
    const told: string[] = [];
    const task = taskOf([dying(5), dying(9), sound], told);
    expect(await task.score(kernel, [program], TRIAL)).toEqual(expected);
    const words = 'The process "python move.py" ended with signal SIGKILL, and is started again.';
    expect(told).toEqual([words, words]);
  });

  test("three times without a score is given up, and tried again when it is asked again", async () => {
    const task = taskOf([dying(1), dying(2), dying(3), sound]);
    await expect(task.score(kernel, [program], TRIAL)).rejects.toThrow(
      'Task "move": its process "python move.py" ended 3 times before it had scored anything, the last time with signal ' +
        "SIGKILL. Its last words:\n    out of memory\n    and so on",
    );
    expect(await task.score(kernel, [program], TRIAL)).toHaveLength(1);
  });

  test("now and then is no reason to give up, as long as it scores in between", async () => {
    // 13 requests score once, so each lives for one call and a half.
    const task = taskOf(Array.from({ length: 8 }, () => dying(20)).concat(sound));
    for (let call = 0; call < 8; call++) expect(await task.score(kernel, [program], TRIAL)).toHaveLength(1);
  });

  test("without a word says none", async () => {
    const silent = linkWith(() => {
      throw new LostProcess("exit code 1", "");
    });
    await expect(taskOf([silent]).score(kernel, [program], TRIAL)).rejects.toThrow(/ with exit code 1\.$/);
  });
});

test("a process that says other things of itself later is refused", async () => {
  const other = linkWith((frame) => frame, { maxSteps: 13 });
  const links = [dying(3), other];
  await expect(taskOf(links).score(kernel, [program], TRIAL)).rejects.toThrow(
    'Expected the process "python move.py" to say the same of itself each time, got maxSteps 12 first, then 13.',
  );
});

describe("what goes wrong at a lane is said with step and episode:", () => {
  const patched = (patch: (payload: DataView) => void) =>
    linkWith((frame, count) => {
      const payload = frame.payload.slice();
      if (count === 4) patch(new DataView(payload.buffer));
      return { ...frame, payload };
    });

  // The fourth request is the third step of four lanes: one and two at the first weight, then at the second.
  test.each<[string, Link, string]>([
    [
      "an exception",
      fault({
        lane: 1,
        message: "ValueError: boom (move.py, line 3)",
        traceback: "  File move.py\nValueError: boom\n",
      }),
      'Task "move": step() raised at step 3 of episode "two": ValueError: boom (move.py, line 3).\n' +
        "      File move.py\n    ValueError: boom",
    ],
    [
      "a wrong return",
      fault({ lane: 2, message: "expected 1 observations (place), got 2" }),
      'Task "move": expected 1 observations (place), got 2 at step 3 of episode "one".',
    ],
    [
      "a lane that is none",
      fault({ lane: 4, message: "what?" }),
      "Expected a lane of the request from the process, got lane 4: it must keep to version 1",
    ],
    [
      "a reward that is not finite",
      patched((view) => view.setFloat64(8, Number.NaN, true)),
      'Task "move": expected a finite reward, got NaN at step 3 of episode "two".',
    ],
    [
      "rewards that add up to more than singles hold",
      linkWith((frame, count) => {
        if (count > 1) new DataView(frame.payload.buffer).setFloat64(0, 3e38, true);
        return frame;
      }),
      'Task "move": expected a finite sum of rewards, got Infinity at step 2 of episode "one": give smaller rewards.',
    ],
    [
      "an observation that is not finite",
      patched((view) => view.setFloat32(8 * 4 + 4, Number.POSITIVE_INFINITY, true)),
      'Task "move": expected a finite number for input "place", got Infinity at step 3 of episode "two".',
    ],
    [
      "a call that does not end",
      linkWith((frame, count) => {
        if (count === 4) throw new LostProcess("signal SIGKILL", "", true);
        return frame;
      }),
      'Task "move": step() has not ended after 10 s at step 3 of episode "one": look for a loop without an end.',
    ],
  ])("%s", async (_, link, words) => {
    await expect(taskOf([link]).score(kernel, [program], TRIAL)).rejects.toThrow(words);
  });

  test("an exception at the start", async () => {
    const told = { lane: 3, message: "KeyError: 'map'", traceback: "KeyError: 'map'" };
    const link = linkWith(() => ({ kind: KINDS.fault, payload: new TextEncoder().encode(JSON.stringify(told)) }));
    await expect(taskOf([link]).score(kernel, [program], TRIAL)).rejects.toThrow(
      'Task "move": reset() raised at the start of episode "two": KeyError: \'map\'.',
    );
  });
});

describe("the contract of a process", () => {
  /** What the checks found, by name. */
  const problems = async (links: readonly Link[]) => {
    const results = await checkTask(taskOf(links));
    return Object.fromEntries(
      results.flatMap(({ name, error, warning }) => ((error ?? warning) ? [[name, error ?? warning]] : [])),
    );
  };

  test("is kept by one that plays by its seeds", async () => {
    expect(await problems([sound])).toEqual({});
    expect(await checkTask(taskOf([sound]))).toHaveLength(9);
  });

  test("finds one that plays otherwise when it is started anew", async () => {
    const other = linkWith((frame) => {
      const payload = frame.payload.slice();
      if (payload.length > 8) new DataView(payload.buffer).setFloat64(0, 0.25, true);
      return { ...frame, payload };
    });
    expect((await problems([sound, other]))["a process that is started anew scores the same"]).toMatch(
      /^Expected network 0 to score [\d.]+ in a new process too, got [\d.]+: let all chance come from the seed of reset\(\)\.$/,
    );
  });

  test("tells of episodes that start alike", async () => {
    const alike = createLink({ ...MOVE, start: () => [0.5] } as Environment, 8);
    expect((await problems([alike]))["episodes start differently"]).toBe(
      "Expected episodes to start differently, got 5 that start alike (place 0.5): a search sees one start only, unless " +
        "chance comes later.",
    );
  });

  test("plays every action, at its limits too", async () => {
    const seen = new Set<number>();
    const step = (_: number[], action: Float32Array) => {
      seen.add(action[0]);
      return { reward: 0, terminated: false };
    };
    await problems([createLink({ ...MOVE, step } as Environment, 8)]);
    expect(seen).toContain(-1);
    expect(seen).toContain(1);
  });

  test("ends with a call that would not", async () => {
    const hanging = linkWith(() => {
      throw new LostProcess("signal SIGKILL", "", true);
    });
    const results = await checkTask(taskOf([hanging]));
    expect(results).toEqual([
      {
        name: "there is a finite score for each weight and episode",
        error:
          'Task "move": reset() has not ended after 10 s at the start of episode "check/episode/0": look for a loop ' +
          "without an end. The checks after it were not run.",
      },
    ]);
  });
});
