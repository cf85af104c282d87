/**
 * A toy of each thing one may add, through the public interfaces alone: an environment, one with a rollout, a backend, a
 * format, a tuner as a stage. Rankings, objectives and operators: test/search/own-tables.test.ts; modules:
 * test/cli/own-task.test.ts; pictures: test/extend/picture.test.ts.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Backend,
  compile,
  completeConfig,
  createEvaluator,
  createInlineBackend,
  createInlineEvaluator,
  createTask,
  derive,
  type Environment,
  environmentDefinition,
  environmentTask,
  FORMATS,
  type Format,
  growGenome,
  Kernel,
  meanScore,
  RUN_FILES,
  RUN_FORMAT,
  readChampion,
  readMeta,
  resumeRun,
  runSearch,
  type Stage,
  type StageConfig,
  type StageKind,
  SWINGUP,
  SWINGUP_ROLLOUT,
  startRun,
  type Trial,
  type Workshop,
  writeChampion,
} from "precocial";
import { expect, test } from "vitest";
import { temporaryFolder } from "../fixtures/temporary.ts";

/** Walk to the middle of a line. */
const WALK: Environment<number[]> = {
  name: "walk",
  inputs: ["place"],
  actions: { names: ["speed"], low: -1, high: 1 },
  maxSteps: 40,
  start: (rng) => [rng.between(-1, 1)],
  step(state, action) {
    state[0] += 0.1 * (action as Float32Array)[0];
    return { reward: 1 - Math.abs(state[0]), terminated: Math.abs(state[0]) > 2 };
  },
};

const trial: Trial = {
  weights: { kind: "shared", values: Float32Array.of(-1, 0.5, 2) },
  episodes: ["a", "b", "c", "d"],
  split: "train",
  pairing: "all",
};

test("an environment is searched, and what is found walks to the middle", async () => {
  const definition = environmentDefinition(WALK);
  const small = { task: "walk", population: 32, generations: 30, weights: [0.5, 1, 2], seed: 1 };
  const config = completeConfig(small, { definition });
  const evaluator = await createInlineEvaluator(environmentTask(WALK));
  const { champion } = await runSearch({ config, evaluator });
  expect(champion?.score).toBeGreaterThan(34);
});

test("an environment with a rollout scores as it does without, bit for bit", async () => {
  const kernel = await Kernel.create();
  const toy = { ...SWINGUP, name: "toy" };
  const config = completeConfig({ task: "swingup" });
  const shape = { inputCount: 5, outputCount: 1, outputActivation: 1 };
  const { program } = compile(growGenome(shape, config, 30, "toy"));
  const played = environmentTask(toy).score(kernel, [program], trial);
  expect(environmentTask(toy, {}, SWINGUP_ROLLOUT).score(kernel, [program], trial)).toEqual(played);
});

test("a backend that answers out of order and loses every fifth job changes no score", async () => {
  const task = createTask({ name: "cartpole" });
  const inline = await createInlineBackend(task);
  let count = 0;
  let lost = 0;
  const toy: Backend = {
    slots: 3,
    jobCount: () => 2,
    async submit(job) {
      const number = count++;
      for (let turn = 0; turn < (number * 7) % 11; turn++) await Promise.resolve();
      if (number % 5 === 4) {
        lost++;
        throw new Error("the line went dead");
      }
      return inline.submit(job);
    },
    close: () => inline.close(),
  };
  const config = completeConfig({ task: "cartpole", generations: 4, population: 20, seed: 2 });
  const expected = await runSearch({ config, evaluator: await createInlineEvaluator(task) });
  const found = await runSearch({ config, evaluator: createEvaluator(task, toy) });
  expect(lost).toBeGreaterThan(2);
  expect(found).toEqual(expected);
});

test("a format is written and read by the ending of its files", async () => {
  const toy: Format = {
    name: "backwards",
    summary: "champion.json from its end to its beginning",
    endings: [".back"],
    namesTask: true,
    read: (bytes, info) => readChampion(bytes.toReversed(), { ...info, path: "champion.json" }),
    write: async (champion) => (await writeChampion(champion, "champion.json")).toReversed(),
  };
  const formats = { ...FORMATS, toy };
  const file = join(import.meta.dirname, "../../docs/champions/swingup.json");
  const champion = readChampion(readFileSync(file), { path: file });
  const bytes = await writeChampion(champion, "net.back", {}, formats);
  expect(String.fromCharCode(bytes.at(-1) as number)).toBe("{");
  expect(readChampion(bytes, { path: "net.back" }, formats)).toEqual(champion);
  await expect(writeChampion(champion, "net.back")).rejects.toThrow("Expected a champion's file to end in .json");
});

/** The settings of the toy tuner. */
interface TunerConfig extends StageConfig {
  readonly trials: number;
}

/** Tries random shared weights of one network, and keeps the best. */
class Tuner implements Stage<{ generation: number; weight: number; score: number }> {
  readonly threads = 1;
  count = 0;
  best = { weight: 0, score: Number.NEGATIVE_INFINITY };
  readonly #config: TunerConfig;
  readonly #workshop: Workshop;

  constructor(config: TunerConfig, workshop: Workshop) {
    this.#config = config;
    this.#workshop = workshop;
  }

  get done() {
    return this.count >= this.#config.trials;
  }

  get state() {
    return { count: this.count, best: this.best };
  }

  get files() {
    return { "best.json": this.count > 0 ? JSON.stringify(this.best) : undefined };
  }

  async step() {
    const generation = this.count;
    const weight = derive(this.#config.seed, "tune", generation).between(-2, 2);
    const { program } = compile(
      growGenome({ inputCount: 4, outputCount: 2, outputActivation: 1 }, SETTINGS, 8, "tuned"),
    );
    const evaluator = await this.#workshop.evaluator();
    const weights = { kind: "shared", values: Float32Array.of(weight) } as const;
    const score = meanScore((await evaluator.evaluate([program], { ...trial, weights })).scores[0]);
    const better = score > this.best.score;
    if (better) this.best = { weight, score };
    this.count++;
    return { line: { generation, weight, score }, timing: { generation }, changed: better ? ["best.json"] : [] };
  }
}

const SETTINGS = completeConfig({ task: "cartpole" });

const TUNING: StageKind<TunerConfig, Tuner> = {
  name: "tuning",
  title: "a tuning",
  length: "trials",
  lineFiles: [RUN_FILES.generations, RUN_FILES.timings],
  complete: (settings) => settings as unknown as TunerConfig,
  summarize: (_, config) => ({
    model: "tuned weight",
    measure: { name: "score", description: "steps", unit: "score" },
    defaults: config,
  }),
  isState: (json): json is object => typeof (json as { count?: unknown } | null)?.count === "number",
  async open(config, workshop, state) {
    return Object.assign(new Tuner(config, workshop), state);
  },
};

test("a tuner is a stage: recorded, stopped and resumed to the bytes of one that never stopped", async () => {
  const config: TunerConfig = {
    format: RUN_FORMAT,
    stage: TUNING.name,
    task: "cartpole",
    taskSettings: {},
    seed: 3,
    trials: 12,
  };
  const evaluator = await createInlineEvaluator(createTask({ name: "cartpole" }));
  const workshop = { task: evaluator.task, evaluator: async () => evaluator };
  const parent = temporaryFolder();
  const run = (name: string) => ({ folder: join(parent, name), kind: TUNING, config, workshop });
  const { status, stage } = await startRun(run("whole"));
  expect(status).toBe("finished");
  let steps = 0;
  const stopped = await startRun({ ...run("stopped"), shouldStop: () => steps === 5, onStep: () => void steps++ });
  expect(stopped.status).toBe("stopped");
  const broken = run("broken");
  const failing = {
    ...workshop,
    evaluator: async () => (steps++ < 12 ? evaluator : Promise.reject(new Error("power cut"))),
  };
  await expect(startRun({ ...broken, workshop: failing })).rejects.toThrow("power cut");
  for (const name of ["stopped", "broken"]) {
    expect(readMeta(join(parent, name)).status).toBe("stopped");
    await resumeRun(run(name), () => {});
    for (const file of ["generations.jsonl", "best.json"]) {
      const bytes = (folder: string) => readFileSync(join(parent, folder, file), "utf8");
      expect(bytes(name)).toBe(bytes("whole"));
    }
  }
  expect(JSON.parse(readFileSync(join(parent, "whole", "best.json"), "utf8"))).toEqual(stage.best);
});
