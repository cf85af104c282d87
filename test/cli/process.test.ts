/** Tasks in Python from the command line: written, checked, searched, killed, gone wrong, mended and gone on with. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { seedOf } from "../../src/tasks/process/play.ts";
import { inProcess, precocial, start, waitForLines } from "../fixtures/command-line.ts";
import { usePython } from "../fixtures/python.ts";
import { bytesOf } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const python = usePython();
const SMALL = ["--population", "8", "--tournament", "2", "--generations", "6", "--episodes", "2"];

/** A program that walks to the middle of a line; each process of it leaves a file called by its number in pids/. */
function walk(step = "", reset = ""): string {
  return `import os, random, time
from precocial_env import serve

open(os.path.join(os.path.dirname(__file__), "pids", str(os.getpid())), "w").close()

class Walk:
    def reset(self, seed=None):
        ${reset}
        self.place = random.Random(seed).uniform(-1, 1)
        self.steps = 0
        return [self.place], {}

    def step(self, action):
        self.steps += 1
        ${step}
        self.place += 0.1 * action[0]
        return [self.place], 1 - abs(self.place), False, False, {}

serve(Walk, inputs=["place"], actions=["push"], low=-1, high=1, max_steps=12, longest_step=1)
`;
}

/** A folder with such a program in it. */
function folderWith(text: string): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "pids"));
  writeFileSync(join(folder, "walk.py"), text);
  return folder;
}

/** Searches it; what is printed, and the run. */
async function search(folder: string, threads: number, out = "run") {
  const run = join(folder, out);
  const words = ["search", `"${python.path}" walk.py`, "--out", run, ...SMALL, "--threads", String(threads)];
  return { ...(await inProcess(words, folder)), run };
}

/** The numbers of the processes that were started and run. */
function running(folder: string): number[] {
  return readdirSync(join(folder, "pids"))
    .map(Number)
    .filter((pid) => {
      const state = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
      return state !== "" && !state.startsWith("Z");
    });
}

async function waitUntilNone(folder: string): Promise<void> {
  for (let look = 0; look < 200 && running(folder).length > 0; look++) await sleep(50);
  expect(running(folder)).toEqual([]);
}

test("new writes a program that is checked, searched, resumed, evaluated, compared, listed and reported as it is", async () => {
  const folder = temporaryFolder();
  const written = await precocial(["new", "my_env.py"], folder);
  expect({ code: written.code, stderr: written.stderr }).toEqual({ code: 0, stderr: "" });
  expect(written.stdout).toMatch(
    /precocial check "python3? my_env\.py"\nprecocial search "python3? my_env\.py" --max-time 20s/,
  );
  const task = `"${python.path}" my_env.py`;
  const checked = await inProcess(["check", task], folder);
  expect(checked.code, checked.stdout).toBe(0);
  expect(checked.stdout).toContain("my_env, an environment in another process: ");
  expect(checked.stdout.match(/^ {2}ok /gm)).toHaveLength(11);
  const searched = await inProcess(["search", task, ...SMALL, "--threads", "2", "--json"], folder);
  expect(searched.code, searched.stderr).toBe(0);
  const run = join("runs", "my_env-1");
  expect(JSON.parse(searched.stdout)).toMatchObject({ run, status: "finished" });
  const config = JSON.parse(readFileSync(join(folder, run, "config.json"), "utf8"));
  expect(config).toMatchObject({ task: `${python.path} ${join(folder, "my_env.py")}`, taskSettings: {} });
  // From another folder, since the paths are whole.
  const there = join(folder, run);
  for (const words of [
    ["resume", there, "--generations", "8", "--threads", "1"],
    ["evaluate", join(there, "champion.json"), "--episodes", "2", "--threads", "1"],
    ["compare", there, "--episodes", "2", "--threads", "1"],
    ["runs", "--runs", join(folder, "runs")],
  ]) {
    const { code, stdout, stderr } = await inProcess(words);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("my_env");
  }
});

test("the examples of the documents are checked, or at least compiled where they need Gymnasium", async () => {
  const folder = temporaryFolder();
  const texts = ["README.md", "docs/tasks.md"].flatMap((document) => {
    const text = readFileSync(join(import.meta.dirname, "../..", document), "utf8");
    return [...text.matchAll(/^```python\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
  });
  expect(texts).toHaveLength(3);
  texts.forEach((code, index) => {
    const file = join(folder, `example${index}.py`);
    writeFileSync(file, code);
    expect(spawnSync(python.path, ["-m", "py_compile", file]).status).toBe(0);
  });
  const own = texts.findIndex((code) => !code.includes("gymnasium"));
  const checked = await inProcess(["check", `"${python.path}" example${own}.py`], folder);
  expect(checked.stdout).toContain(`example${own} does all of it.`);
});

/** Kills the process itself at this step of the episode of this label, the first time that it is played. */
function killOnce(label: string): [step: string, reset: string] {
  const mark = 'os.path.join(os.path.dirname(__file__), "killed")';
  const step = `if self.seed == ${seedOf(label)} and self.steps == 7 and not os.path.exists(${mark}):
            open(${mark}, "w").close()
            os.kill(os.getpid(), 9)`;
  return [step, "self.seed = seed"];
}

test.skipIf(process.platform === "win32")(
  "killed in the middle of a search, a process is started again, and the run has the bytes of one that was not",
  async () => {
    const folder = folderWith(walk(...killOnce("1/train/3/1")));
    const killed = await search(folder, 2, "killed-run");
    expect(killed.code, killed.stderr).toBe(0);
    expect(
      killed.stderr.match(/precocial: The process ".*walk\.py" ended with signal SIGKILL, and is started again\./g),
    ).toHaveLength(1);
    const whole = await search(folder, 1, "whole-run");
    expect(whole.stderr).not.toContain("started again");
    expect(bytesOf(killed.run)).toEqual(bytesOf(whole.run));
    await waitUntilNone(folder);
  },
);

test("one that dies each time is given up with its last words, and the run can be resumed", async () => {
  const folder = folderWith(walk("print('no way'); os._exit(3)"));
  const { code, stderr, run } = await search(folder, 1);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /Task "walk": its process ".*walk\.py" ended 3 times before it had scored anything, the last time with exit code 3\. Its last words:\n {4}no way\nThe run keeps what was done before\. When this is mended: precocial resume /,
  );
  expect(JSON.parse(readFileSync(join(run, "meta.json"), "utf8")).status).toBe("stopped");
  await waitUntilNone(folder);
});

test("an exception late in a search arrives with its words, episode and step; mended, the run goes on to the same bytes", async () => {
  const folder = folderWith(walk());
  const whole = await search(folder, 2, "whole-run");
  expect(whole.code, whole.stderr).toBe(0);
  // The fourth generation is the first to have an episode of this seed.
  const step = `if self.seed == ${seedOf("1/train/3/1")} and self.steps == 7: raise ValueError("late.")`;
  writeFileSync(join(folder, "walk.py"), walk(step, "self.seed = seed"));
  const broken = await search(folder, 2, "broken-run");
  expect({ code: broken.code, stdout: broken.stdout }).toEqual({ code: 2, stdout: "" });
  expect(broken.stderr).toMatch(
    /precocial: Task "walk": step\(\) raised at step 7 of episode "1\/train\/3\/1": ValueError: late \(walk\.py, line 15\)\.\n {6}File ".*walk\.py", line 15, in step\n[\s\S]*ValueError: late\.\nThe run keeps what was done before\. When this is mended: precocial resume /,
  );
  const { status, generations } = JSON.parse(readFileSync(join(broken.run, "meta.json"), "utf8"));
  expect({ status, generations }).toEqual({ status: "stopped", generations: 3 });
  writeFileSync(join(folder, "walk.py"), walk());
  const resumed = await precocial(["resume", broken.run, "--threads", "1"]);
  expect(resumed.code, resumed.stderr).toBe(0);
  expect(resumed.stderr).toMatch(
    /walk\.py has changed since .* was last at work: what follows is played by what it is now\./,
  );
  expect(bytesOf(broken.run)).toEqual(bytesOf(whole.run));
});

test("a call without an end is named, and its process is gone", async () => {
  const folder = folderWith(walk("while self.steps == 5: pass"));
  const { code, stderr } = await search(folder, 1);
  expect(code).toBe(2);
  expect(stderr).toContain(
    'Task "walk": step() has not ended after 1 s at step 5 of episode "1/train/0/0": look for a loop without an end.',
  );
  await waitUntilNone(folder);
  const checked = await precocial(["check", `"${python.path}" walk.py`], folder);
  expect(checked.code).toBe(1);
  expect(checked.stdout).toContain(
    'Task "walk": step() has not ended after 1 s at step 5 of episode "check/episode/0": look for a loop without an ' +
      "end. The checks after it were not run.\nwalk fails 1 of 3 checks.",
  );
});

describe.skipIf(process.platform === "win32")("when the search ends,", () => {
  /** Starts a search without an end, as a terminal does: a group of processes of its own. */
  async function begin() {
    const folder = folderWith(walk());
    const run = join(folder, "run");
    const words = [
      "search",
      `"${python.path}" walk.py`,
      "--out",
      run,
      ...SMALL,
      "--generations",
      "10000",
      "--threads",
      "2",
    ];
    const search = start(words, folder, {}, true);
    await waitForLines(join(run, "generations.jsonl"), 1, search);
    expect(running(folder).length).toBeGreaterThan(1);
    return { search, folder, run };
  }

  test("by Ctrl-C, which the processes get too, the generation is finished and they are gone", async () => {
    const { search, folder, run } = await begin();
    process.kill(-(search.child.pid as number), "SIGINT");
    const { code, stderr } = await search.done;
    expect(code).toBe(130);
    expect(stderr).not.toContain("started again");
    expect(JSON.parse(readFileSync(join(run, "meta.json"), "utf8")).status).toBe("stopped");
    await waitUntilNone(folder);
  });

  test("by kill -9, they are gone too", async () => {
    const { search, folder } = await begin();
    search.child.kill("SIGKILL");
    await search.done;
    await waitUntilNone(folder);
  });
});

test("where Python is called otherwise, that is said", async () => {
  for (const [called, other] of [
    ["python", "python3"],
    ["python3", "python"],
  ]) {
    const { stderr } = await start(["check", `${called} my_env.py`], temporaryFolder(), { PATH: "/nowhere" }).done;
    expect(stderr).toBe(
      `precocial: Could not start "${called} my_env.py": there is no program "${called}"; try ${other}.\n`,
    );
  }
});

test.each<[string, string[], string]>([
  [
    "a file without its command",
    ["search", "walk.py"],
    'Expected the command that runs walk.py, in quotes, got the file alone: "',
  ],
  [
    "a command without quotes",
    ["search", "python3", "walk.py"],
    'Unknown argument: walk.py. A command that plays a task is to be in quotes: "python3 walk.py". Known options of search:',
  ],
  ["a program that is none", ["check", "no-such-python walk.py"], "Could not start "],
  [
    "a data set in Python",
    ["new", "data.py", "--dataset"],
    "Expected a .js or .ts file for a data set, since a process only plays, got .py.",
  ],
])("%s is refused with the remedy, and leaves nothing", async (_, words, message) => {
  const folder = folderWith(walk());
  const { code, stdout, stderr } = await inProcess(words, folder);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(`precocial: ${message}`);
  expect(existsSync(join(folder, "runs"))).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(["pids", "walk.py"]);
});
