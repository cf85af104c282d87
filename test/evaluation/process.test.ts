/** Processes in Python: started, played, gone wrong, killed, and gone when nobody needs them. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createPool, loadTaskSource as loadBuilt } from "precocial";
import { describe, expect, onTestFinished, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { createInlineEvaluator } from "../../src/evaluation/inline.ts";
import { loadOwnTask } from "../../src/evaluation/threads-load.ts";
import { type ProcessOptions, startProcess } from "../../src/evaluation/threads-process.ts";
import { createGenome } from "../../src/genome/genome.ts";
import { compile } from "../../src/network/compile.ts";
import { loadTaskSource } from "../../src/run/task-source.ts";
import { splitWords } from "../../src/tasks/process/command-line.ts";
import type { LostProcess } from "../../src/tasks/process/link.ts";
import { createPlay, decodeAnswer, decodeFault, KINDS, type Start } from "../../src/tasks/process/protocol.ts";
import { createTask } from "../../src/tasks/registry.ts";
import type { Trial } from "../../src/tasks/task.ts";
import { CARTPOLE_PY, usePython } from "../fixtures/python.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const python = usePython();

/** A program that serves an environment with this `reset` and `step`; `more` is given to serve(). */
function program(reset: string, step: string, more = ""): string {
  return `import os, sys, time
from precocial_env import serve

class Own:
    def reset(self, seed=None):
        self.seed = seed
        self.steps = 0
        ${reset}
        return [seed / 2**31], {}

    def step(self, action):
        self.steps += 1
        ${step}
        return [self.steps / 10], 1.0, False, False, {}

serve(Own, inputs=["place"], actions=["stay", "go"], max_steps=6${more})
`;
}

async function start(commandLine: string, options?: ProcessOptions) {
  const link = await startProcess(commandLine, options);
  onTestFinished(() => link.close());
  return link;
}

/** Plays these starts, then a step of each with the same action; what was told of progress. */
async function playStep(link: Awaited<ReturnType<typeof start>>, starts: readonly Start[], action = 0) {
  const progress: number[] = [];
  const begun = createPlay(starts, 0);
  await link.ask(begun.frame, (lanes) => progress.push(lanes));
  const request = createPlay([], starts.length);
  request.seats.set(starts.map(({ seat }) => seat));
  request.actions.fill(action);
  const frame = await link.ask(request.frame, (lanes) => progress.push(lanes));
  return { frame, request, progress };
}

async function waitUntil(isSo: () => boolean): Promise<void> {
  for (let look = 0; look < 400 && !isSo(); look++) await sleep(50);
  expect(isSo()).toBe(true);
}

/** Whether a process runs; one that is only still listed, since the thread that started it has gone, does not. */
function isAlive(pid: number): boolean {
  const state = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  return state !== "" && !state.startsWith("Z");
}

const trial = (count: number): Trial => ({
  weights: { kind: "shared", values: Float32Array.of(-1, 1) },
  episodes: Array.from({ length: count }, (_, episode) => `process/${episode}`),
  split: "train",
  pairing: "all",
});

test("a process says what it is, and ends when it is closed", async () => {
  const link = await start(python.run(CARTPOLE_PY));
  expect(link.hello).toEqual({
    version: 1,
    name: "cartpole",
    inputs: ["x", "x_dot", "theta", "theta_dot"],
    actions: { discrete: ["push left", "push right"] },
    maxSteps: 500,
    timeStep: 0.02,
    score: "steps until the pole falls or the cart leaves the track, 1 to 500",
    presets: { population: 64, generations: 64 },
    lanes: 64,
    longestStep: 10,
  });
  link.close();
  await expect(link.ask(createPlay([], 0).frame, () => {})).rejects.toThrow("The process ended with exit code 0.");
});

test("two threads score as this one, and their processes end with them", async () => {
  const folder = temporaryFolder();
  const text = readFileSync(CARTPOLE_PY, "utf8").replace(
    'if __name__ == "__main__":',
    'import os\nopen(os.path.join(r"FOLDER", str(os.getpid())), "w").close()\nif True:'.replace("FOLDER", folder),
  );
  const task = python.run(text);
  const programs = Array.from({ length: 9 }, (_, index) => compile(createGenome(4, 2, 0.5, 1, derive(index))).program);
  const inline = await createInlineEvaluator(createTask(await loadTaskSource({ task })));
  const expected = await inline.evaluate(programs, trial(3), new Int32Array(9));
  await inline.close();
  expect(new Set(expected.scores.flatMap(({ values }) => [...values])).size).toBeGreaterThan(5);
  const pool = await createPool(await loadBuilt({ task }), { threads: 2 });
  expect(
    await pool.evaluate(
      programs,
      trial(3),
      Int32Array.from(programs, (_, index) => index),
    ),
  ).toEqual(expected);
  await pool.close();
  await waitUntil(() => !readdirSync(folder).some((pid) => isAlive(Number(pid))));
  // One to say what it is, here and there; one that played here, two there.
  expect(readdirSync(folder)).toHaveLength(5);
});

describe("what is printed", () => {
  test("before serve() or after it, by anybody, is no part of a frame", async () => {
    const before = 'import os\nprint("hello from", "a library")\nos.system("echo and from its child")\n';
    const noisy = before + program("print('begin', seed)", 'os.write(1, b"raw\\n"); os.system("echo child")');
    const told: string[] = [];
    const link = await start(python.run(noisy), { onPrint: (text) => told.push(text) });
    const { frame, request } = await playStep(link, [{ seat: 0, seed: 5 }]);
    expect([...decodeAnswer(frame, request, 1).rewards]).toEqual([1]);
    await waitUntil(() => told.join("").split("\n").length > 3);
    expect(told.join("").split("\n").sort()).toEqual(["", "begin 5", "child", "raw"]);
  });

  test("reading gives an end at once", async () => {
    const link = await start(python.run(program("self.read = sys.stdin.read()", "assert self.read == ''")));
    expect((await playStep(link, [{ seat: 0, seed: 5 }])).frame.kind).toBe(KINDS.answer);
  });
});

describe("a program that cannot be served", () => {
  const served = (words: string) => `from precocial_env import serve\nclass Own: pass\n${words}`;
  const space = (parts: string) => `class Space: ${parts}\n`;

  test.each<[string, string, RegExp]>([
    [
      "raises at its top level",
      "import no_such_package",
      /ended with exit code 1 [\s\S]*No module named 'no_such_package'$/,
    ],
    [
      "never serves",
      "print('done')",
      /ended with exit code 0 before it had called serve\(\) of precocial_env\. Its last words:\n {4}done$/,
    ],
    [
      "has no inputs",
      served("serve(Own)"),
      /TypeError: Expected inputs, the names of the observations, since there is no observation_space\.$/,
    ],
    [
      "has no actions",
      served("serve(Own, inputs=2)"),
      /TypeError: Expected actions, the names of the actions, since there is no action_space\.$/,
    ],
    [
      "has no end",
      served("serve(Own, inputs=2, actions=2)"),
      /TypeError: Expected max_steps, the steps after which an episode ends: serve\(\.\.\., max_steps=500\)\.$/,
    ],
    [
      "has limits that are none",
      served('serve(Own, inputs=1, actions=1, low=-1, high=float("inf"), max_steps=3)'),
      /ValueError: Expected high of the actions to be finite numbers, got inf\.$/,
    ],
    [
      "has one limit only",
      served("serve(Own, inputs=1, actions=1, low=-1, max_steps=3)"),
      /ValueError: Expected high of the actions to be finite numbers, got None\.$/,
    ],
    [
      "names too few observations",
      `${space("shape = (3,); dtype = float")}${served("Own.observation_space = Space()\nserve(Own, inputs=['a', 'b'], actions=2, max_steps=3)")}`,
      /ValueError: Expected 3 names of inputs, got 2\.$/,
    ],
    [
      "sees what is no number",
      `${space("pass")}${served("Own.observation_space = Space()\nserve(Own, actions=2, max_steps=3)")}`,
      /TypeError: Expected an observation_space of numbers \(Box, Discrete, MultiBinary\), got Space: wrap the environment in gymnasium\.wrappers\.FlattenObservation\.$/,
    ],
    [
      "does what is no number",
      `${space("pass")}${served("Own.action_space = Space()\nserve(Own, inputs=2, max_steps=3)")}`,
      /TypeError: Expected an action_space that is Discrete or Box, got Space\.$/,
    ],
    [
      "says what the host refuses",
      served("serve(Own, inputs=['a', 'a'], actions=2, max_steps=3)"),
      /^Expected inputs of task "own_env" to be a list of different names, got \["a","a"\]\.$/,
    ],
  ])("because it %s says so", async (_, text, words) => {
    await expect(loadOwnTask(python.run(text))).rejects.toThrow(words);
  });

  test("because it waits is said to take long, then given up", async () => {
    const told: string[] = [];
    const task = python.run("import time\ntime.sleep(60)");
    const options = { slow: 100, longest: 400, onSlow: (words: string) => void told.push(words) };
    await expect(loadOwnTask(task, options)).rejects.toThrow(
      "has not said what it is after 0.4 s: it must call serve() of precocial_env.",
    );
    expect(told).toEqual([`${task} has taken 0.1 s to start, and goes on.`]);
  });

  test.each<[string, string, RegExp]>([
    [
      "there is no such program",
      "no-such-python env.py",
      /^Could not start "no-such-python env\.py": there is no program "no-such-python"\.$/,
    ],
    [
      "a quote is open",
      "python 'env.py --x",
      /^Expected each quote of the command python 'env\.py --x to be closed\.$/,
    ],
  ])("because %s", async (_, task, words) => {
    await expect(loadOwnTask(task)).rejects.toThrow(words);
  });

  test("because another frame comes first, or one that nobody asked for", async () => {
    const raw = (lines: string) =>
      python.run(`import json, struct, sys, time
from precocial_env import MAGIC
def send(kind, text=""):
    sys.stdout.buffer.write(struct.pack("<II", len(text), kind) + text.encode())
    sys.stdout.flush()
sys.stdout.buffer.write(MAGIC)
${lines}
sys.stdin.read()
`);
    await expect(startProcess(raw("send(17)"))).rejects.toThrow(
      "Expected a frame of kind 16 from the process, got kind 17: it must keep to version 1 of docs/process-protocol.md.",
    );
    const actions = { discrete: ["a", "b"] };
    const hello = { version: 1, name: "a", inputs: ["a"], actions, maxSteps: 1, lanes: 1, longestStep: 10 };
    const link = await start(
      raw(`send(16, json.dumps(${JSON.stringify(hello)}))\nsend(17)\nprint(1, file=sys.stderr)`),
      {
        onPrint: () => sent(),
      },
    );
    let sent = () => {};
    await new Promise<void>((resolve) => {
      sent = resolve;
      setTimeout(resolve, 500);
    });
    await expect(link.ask(createPlay([], 0).frame, () => {})).rejects.toThrow(
      "Expected silence from the process, got a frame of kind 17 before it was asked: it must keep to version 1",
    );
  });
});

describe("what an environment returns that it should not", () => {
  const step =
    "return {1: 3, 2: (1, 2), 3: ([1], None, False, False, {}), 4: ([1, 2], 1.0, False, False, {}), " +
    "5: (['a'], 1.0, False, False, {}), 6: (7, 1.0, False, False, {}), 7: ([1e300], 1.0, False, False, {}), " +
    "8: ([1], 1.0, False, False), 9: ([0.5], True, 1, 0, None)}[self.seed]";
  const reset = "if seed == 11: return [1]\n        if seed == 12: raise KeyError('no map')";

  test("is said in words that name what was expected and what came", async () => {
    const link = await start(python.run(program(reset, step)));
    const told: Record<number, string> = {};
    for (let seed = 1; seed <= 8; seed++) {
      const { frame } = await playStep(link, [
        { seat: 0, seed: 9 },
        { seat: 1, seed },
      ]);
      const { lane, message, traceback } = decodeFault(frame);
      expect({ lane, traceback }).toEqual({ lane: 1, traceback: undefined });
      told[seed] = message;
    }
    const five = "(observation, reward, terminated, truncated, info)";
    expect(told).toEqual({
      1: `expected step() to return ${five}, got 3`,
      2: `expected step() to return ${five}, got (1, 2)`,
      3: "expected numbers as reward and ends, got (None, False, False)",
      4: "expected 1 observations (place), got 2",
      5: "expected an observation that is a list of numbers in single precision, got ['a']",
      6: "expected an observation that is a list of numbers in single precision, got 7",
      7: "expected an observation that is a list of numbers in single precision, got [1e+300]",
      8: `expected step() to return ${five}, got ([1], 1.0, False, False)`,
    });
    const { frame, request } = await playStep(link, [{ seat: 2, seed: 9 }]);
    expect(decodeAnswer(frame, request, 1)).toEqual({
      rewards: Float64Array.of(1),
      observations: Float32Array.of(0.5),
      ends: Uint8Array.of(1),
    });
  });

  test("at the start, and an exception with its place", async () => {
    const link = await start(python.run(program(reset, step)));
    const begin = async (seed: number) =>
      decodeFault(await link.ask(createPlay([{ seat: 0, seed }], 0).frame, () => {}));
    expect(await begin(11)).toEqual({ lane: 0, message: "expected reset() to return (observation, info), got [1]" });
    const { message, traceback } = await begin(12);
    expect(message).toBe("KeyError: 'no map' (own_env.py, line 9)");
    expect(traceback).toMatch(/^ {2}File ".*own_env\.py", line 9, in reset\n[\s\S]*KeyError: 'no map'\n$/);
  });
});

describe("spaces as Gymnasium has them", () => {
  test("a state by number is an input of 0 or 1 for each, and actions may count from another number", async () => {
    const spaces = "class Discrete:\n    shape = ()\n    def __init__(self, n, start): self.n, self.start = n, start\n";
    const text = program("", "return self.steps + 1, action, False, self.steps > 1, {}")
      .replace("return [seed / 2**31], {}", "return 3, {}")
      .replace(
        "class Own:",
        `${spaces}\nclass Own:\n    observation_space = Discrete(4, 1)\n    action_space = Discrete(2, 5)`,
      )
      .replace('inputs=["place"], actions=["stay", "go"], ', "");
    const link = await start(python.run(text));
    expect(link.hello).toMatchObject({
      inputs: ["observation 0", "observation 1", "observation 2", "observation 3"],
      actions: { discrete: ["action 0", "action 1"] },
    });
    const { frame, request } = await playStep(link, [{ seat: 0, seed: 3 }], 1);
    expect(decodeAnswer(frame, request, 4)).toEqual({
      rewards: Float64Array.of(6),
      observations: Float32Array.of(0, 1, 0, 0),
      ends: Uint8Array.of(0),
    });
    const next = createPlay([], 1);
    expect(decodeAnswer(await link.ask(next.frame, () => {}), next, 4).ends).toEqual(Uint8Array.of(2));
    await link.ask(createPlay([], 1).frame, () => {});
    expect(decodeFault(await link.ask(createPlay([], 1).frame, () => {})).message).toBe(
      "expected one of 4 states, got 5",
    );
  });

  test("boxes of any shape are rows of numbers, and actions arrays of theirs", async ({ skip }) => {
    if (spawnSync(python.path, ["-c", "import numpy"]).status !== 0) skip("no NumPy");
    const text = `import numpy
from precocial_env import serve

class Box:
    def __init__(self, low, high, shape):
        self.shape, self.dtype = shape, numpy.dtype(numpy.float32)
        self.low, self.high = numpy.full(shape, low, self.dtype), numpy.full(shape, high, self.dtype)

class Own:
    observation_space = Box(-numpy.inf, numpy.inf, (2, 3))
    action_space = Box(-1, 2, (1, 2))
    class spec: id, max_episode_steps = "ALE/Own-v5", 30
    def reset(self, seed=None):
        return numpy.arange(6, dtype=numpy.float64).reshape(2, 3), {}
    def step(self, action):
        assert action.shape == (1, 2) and action.dtype == numpy.float32, action
        return numpy.full((2, 3) if action.sum() > 0 else 5, action.sum()), numpy.float32(0.5), numpy.bool_(True), False, {}

serve(Own)
`;
    const link = await start(python.run(text));
    expect(link.hello).toMatchObject({
      name: "ALE-Own-v5",
      maxSteps: 30,
      actions: { names: ["action 0", "action 1"], low: [-1, -1], high: [2, 2] },
    });
    const begun = createPlay([{ seat: 0, seed: 1 }], 0);
    const first = decodeAnswer(await link.ask(begun.frame, () => {}), begun, 6);
    expect([...first.observations]).toEqual([0, 1, 2, 3, 4, 5]);
    const request = createPlay([], 1, 2);
    request.actions.set([0.25, 1.5]);
    expect(decodeAnswer(await link.ask(request.frame, () => {}), request, 6)).toEqual({
      rewards: Float64Array.of(0.5),
      observations: new Float32Array(6).fill(1.75),
      ends: Uint8Array.of(1),
    });
    expect(decodeFault(await link.ask(createPlay([], 1, 2).frame, () => {})).message).toBe(
      `expected 6 observations (${Array.from({ length: 6 }, (_, input) => `observation ${input}`).join(", ")}), got 5`,
    );
  });
});

describe("a process that ends", () => {
  const lostBy = async (step: string, more = "") => {
    const link = await start(python.run(program("", step, more)));
    const progress: number[] = [];
    const starts = [0, 1, 2].map((seat) => ({ seat, seed: seat }));
    await link.ask(createPlay(starts, 0).frame, () => {});
    const request = createPlay([], 3);
    request.seats.set([0, 1, 2]);
    const lost: LostProcess = await link.ask(request.frame, (lanes) => progress.push(lanes)).catch((error) => error);
    return { lost, progress, link };
  };

  test("says how, and what it said last", async () => {
    const { lost } = await lostBy("print('so long'); sys.exit(7)");
    expect(lost).toMatchObject({ name: "LostProcess", reason: "exit code 7", lastWords: "so long", hangs: false });
  });

  test("because it does not know what it is asked says so", async () => {
    const link = await start(python.run(CARTPOLE_PY));
    const lost: LostProcess = await link.ask(Uint8Array.of(0, 0, 0, 0, 9, 0, 0, 0), () => {}).catch((error) => error);
    expect(lost).toMatchObject({
      reason: "exit code 1",
      lastWords: "Expected a frame of kind 1 from Precocial, got 9.",
    });
  });

  test.skipIf(process.platform === "win32")("by a signal says which, and where it was", async () => {
    const { lost, link } = await lostBy("import ctypes; ctypes.string_at(0)");
    expect(lost).toMatchObject({ reason: "signal SIGSEGV", hangs: false });
    expect(lost.lastWords).toMatch(/Segmentation fault[\s\S]*own_env\.py", line 13 in step/);
    await expect(link.ask(createPlay([], 0).frame, () => {})).rejects.toBe(lost);
  });

  test("because a call would not: the lanes before it are done", async () => {
    const { lost, progress } = await lostBy("time.sleep(0.3)\n        while self.seed == 2: pass", ", longest_step=1");
    expect(lost).toMatchObject({ hangs: true });
    expect(progress.at(-1)).toBe(2);
  });

  test("not, while its calls are merely slow", async () => {
    const link = await start(python.run(program("", "time.sleep(0.5)", ", longest_step=2")));
    const starts = Array.from({ length: 5 }, (_, seat) => ({ seat, seed: seat }));
    const { frame, request, progress } = await playStep(link, starts);
    expect([...decodeAnswer(frame, request, 1).rewards]).toEqual([1, 1, 1, 1, 1]);
    expect(progress.at(-1)).toBe(4);
  });
});

test.skipIf(process.platform === "win32")(
  "started by hand, in a terminal, it says how it is meant to be started",
  () => {
    const words = splitWords(python.run(CARTPOLE_PY)) as string[];
    const program = `import pty, sys; sys.exit(pty.spawn(${JSON.stringify(words)}) >> 8)`;
    const env = { ...process.env, PYTHONPATH: join(import.meta.dirname, "../../src/tasks/process") };
    const { status, stdout } = spawnSync(python.path, ["-c", program], { encoding: "utf8", env });
    expect(stdout.trim()).toBe(
      "This program serves an environment to Precocial and is started by it: precocial search " +
        `"python ${CARTPOLE_PY}"`,
    );
    expect(status).toBe(1);
  },
);

test.skipIf(process.platform === "win32")("an endless call ends when the thread that asked does", async () => {
  const folder = temporaryFolder();
  const pidFile = join(folder, "pid");
  const hanging = program(
    "",
    `open(${JSON.stringify(pidFile)}, "w").write(str(os.getpid()))\n        while True: pass`,
  );
  const task = python.run(
    hanging.replace(
      "from precocial_env import serve",
      "import precocial_env\nfrom precocial_env import serve\nprecocial_env.CLOSING_SECONDS = 0.1",
    ),
  );
  const pool = await createPool(await loadBuilt({ task }), { threads: 1 });
  const { program: network } = compile(createGenome(1, 2, 1, 1, derive("hang")));
  void pool.evaluate([network], trial(1)).catch(() => {});
  await waitUntil(() => existsSync(pidFile) && readFileSync(pidFile, "utf8") !== "");
  const pid = Number(readFileSync(pidFile, "utf8"));
  expect(isAlive(pid)).toBe(true);
  await pool.close();
  await waitUntil(() => !isAlive(pid));
});
