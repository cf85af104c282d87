/** Bench of the engine on swing-up: kernel against plain TypeScript, generations, threads, time outside evaluation. */
import {
  compile,
  completeConfig,
  connectionCount,
  createForward,
  createInlineEvaluator,
  createPool,
  createTask,
  type Evaluator,
  type GenerationEvent,
  generationTrial,
  growPopulation,
  outputSlots,
  playEpisode,
  runSearch,
  Search,
  STANDARD_WEIGHTS,
  SWINGUP,
  Swingup,
  searchSettings,
  searchShape,
  swingupStart,
} from "precocial";
import { publishedChampion } from "./fixtures.ts";
import { type Line, measure } from "./measure.ts";

const EPISODES = Array.from({ length: 3 }, (_, episode) => `bench/${episode}`);

/** Runs all and yields the lines of the table. */
export async function* benchSwingup(): AsyncGenerator<Line> {
  yield* kernelAgainstTwin();
  yield* generations();
  yield* largeGenomes();
}

async function* kernelAgainstTwin(): AsyncGenerator<Line> {
  const { program } = compile(publishedChampion());
  const evaluator = await createInlineEvaluator(createTask({ name: "swingup" }));
  const weights = { kind: "shared" as const, values: Float32Array.from(STANDARD_WEIGHTS) };
  const trial = { weights, episodes: EPISODES, split: "train" as const, pairing: "all" as const };
  const { steps } = await evaluator.evaluate([program], trial);
  const kernel = await measure(200, () => evaluator.evaluate([program], trial));

  const forward = createForward(program);
  const [output] = outputSlots(program);
  const environment = new Swingup();
  const twin = await measure(3, () => {
    for (const weight of STANDARD_WEIGHTS) {
      for (const label of EPISODES) {
        playEpisode(environment, swingupStart(label), (observation) => [forward(observation, weight)[output]]);
      }
    }
  });
  yield { name: "kernel, 29-node champion, one core", value: steps / kernel.min / 1e6, unit: "M steps/s" };
  yield { name: "plain TypeScript twin", value: steps / twin.min / 1e6, unit: "M steps/s" };
  yield { name: "kernel over twin", value: twin.min / kernel.min, unit: "x", target: "at least 10" };
}

async function* generations(): AsyncGenerator<Line> {
  const config = completeConfig({ task: "swingup", generations: 120, seed: 3 });
  const results: Record<number, { evaluation: number; total: number; outside: number }> = {};
  for (const threads of [1, 2]) {
    const evaluator = await createPool({ name: "swingup" }, { threads });
    await runSearch({ config: { ...config, generations: 20 }, evaluator });
    const events: GenerationEvent[] = [];
    await runSearch({ config, evaluator, onGeneration: (event) => events.push(event) });
    const evaluation = events.reduce((sum, event) => sum + event.evaluationSeconds, 0);
    const total = events.reduce((sum, event) => sum + event.totalSeconds, 0);
    results[threads] = { evaluation, total, outside: total - evaluation };
    await evaluator.close();
  }
  yield { name: "generations, population 192, 2 threads", value: config.generations / results[2].total, unit: "/s" };
  yield {
    name: "2 threads over 1, evaluation",
    value: results[1].evaluation / results[2].evaluation,
    unit: "x",
    target: "at least 1.8",
  };
  yield {
    name: "outside evaluation, population 192, 2 threads",
    value: (100 * results[2].outside) / results[2].evaluation,
    unit: "% of evaluation",
    target: "under 15",
  };
}

async function* largeGenomes(): AsyncGenerator<Line> {
  const config = completeConfig({ task: "swingup", population: 960, generations: 3, seed: 4 });
  const evaluator: Evaluator = await createPool({ name: "swingup" }, { threads: 2 });
  const shape = searchShape(SWINGUP);
  const state = new Search(shape, searchSettings(config), config.seed).state;
  const grown = growPopulation(shape, searchSettings(config), 2000, "bench");
  const search = Search.from({ ...state, ...grown });
  let evaluation = 0;
  let outside = 0;
  let connections = 0;
  for (let generation = 0; generation < 2; generation++) {
    const start = performance.now();
    const genomes = search.ask();
    const programs = genomes.map((genome) => compile(genome).program);
    const before = performance.now();
    const { scores } = await evaluator.evaluate(programs, generationTrial(config, generation), search.families);
    const after = performance.now();
    search.tell(scores);
    connections = genomes.reduce((sum, genome) => sum + connectionCount(genome), 0) / genomes.length;
    evaluation += after - before;
    outside += performance.now() - after + (before - start);
  }
  await evaluator.close();
  yield {
    name: `outside evaluation, population 960, ${connections.toFixed(0)} connections`,
    value: (100 * outside) / evaluation,
    unit: "% of evaluation",
    target: "under 15",
  };
}
