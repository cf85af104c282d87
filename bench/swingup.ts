/** Bench of the engine on swing-up: kernel against plain TypeScript, generations, threads, time outside evaluation. */
import {
  compile,
  completeConfig,
  createForward,
  createInlineEvaluator,
  createPool,
  createTask,
  type Evaluator,
  environmentInfo,
  type GenerationEvent,
  generationTrial,
  growPopulation,
  outputSlots,
  playEpisode,
  type RunState,
  runSearch,
  Search,
  STANDARD_WEIGHTS,
  SWINGUP,
  searchSettings,
  searchShape,
} from "precocial";
import { publishedChampion } from "./fixtures.ts";
import { type Line, measure } from "./measure.ts";

const EPISODES = Array.from({ length: 3 }, (_, episode) => `bench/${episode}`);

/** Runs all and yields the lines of the table. */
export async function* benchSwingup(): AsyncGenerator<Line> {
  yield* kernelAgainstTwin();
  yield* threadsAgainstOne();
  yield* generations("paper");
  yield* generations("standing");
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
  const twin = await measure(3, () => {
    for (const weight of STANDARD_WEIGHTS) {
      for (const label of EPISODES) {
        playEpisode(SWINGUP, label, (observation) => [forward(observation, weight)[output]]);
      }
    }
  });
  yield { name: "kernel, 29-node champion, one core", value: steps / kernel.min / 1e6, unit: "M steps/s" };
  yield { name: "plain TypeScript twin", value: steps / twin.min / 1e6, unit: "M steps/s" };
  yield { name: "kernel over twin", value: twin.min / kernel.min, unit: "x", target: "at least 10" };
}

/** A generation as large as a late one: 192 networks of the champion's size. */
async function* threadsAgainstOne(): AsyncGenerator<Line> {
  const programs = Array.from({ length: 192 }, () => compile(publishedChampion()).program);
  const trial = generationTrial(completeConfig({ task: "swingup" }, { preset: "paper" }), 0);
  const seconds: number[] = [];
  for (const threads of [1, 2]) {
    const evaluator = await createPool({ name: "swingup" }, { threads });
    seconds.push((await measure(15, () => evaluator.evaluate(programs, trial))).min);
    await evaluator.close();
  }
  const name = "2 threads over 1, 192 networks of 29 nodes";
  yield { name, value: seconds[0] / seconds[1], unit: "x", target: "at least 1.8" };
}

/** How fast generations follow each other with the settings of a preset, the default of today being "standing". */
async function* generations(preset: string): AsyncGenerator<Line> {
  const config = completeConfig({ task: "swingup", generations: 120, seed: 3 }, { preset });
  const evaluator = await createPool({ name: "swingup" }, { threads: 2 });
  await runSearch({ config: { ...config, generations: 20 }, evaluator });
  const events: GenerationEvent[] = [];
  await runSearch({ config, evaluator, onGeneration: (event) => events.push(event) });
  await evaluator.close();
  const evaluation = events.reduce((sum, event) => sum + event.evaluationSeconds, 0);
  const total = events.reduce((sum, event) => sum + event.totalSeconds, 0);
  const name = `population ${config.population}, 2 threads`;
  const note = `preset ${preset}`;
  yield { name: `generations, ${name}`, note, value: events.length / total, unit: "/s" };
  yield {
    name: `outside evaluation, ${name}`,
    note,
    value: (100 * (total - evaluation)) / evaluation,
    unit: "% of evaluation",
    target: "under 15",
  };
}

async function* largeGenomes(): AsyncGenerator<Line> {
  const config = completeConfig({ task: "swingup", population: 960, generations: 3, seed: 4 }, { preset: "paper" });
  const evaluator: Evaluator = await createPool({ name: "swingup" }, { threads: 2 });
  const shape = searchShape(environmentInfo(SWINGUP));
  const state = new Search(shape, searchSettings(config), config.seed).state;
  const grown = growPopulation(shape, searchSettings(config), 2000, "bench");
  const from: RunState = { search: { ...state, ...grown }, champion: undefined };
  let evaluation = 0;
  let outside = 0;
  let connections = 0;
  await runSearch({
    config,
    evaluator,
    from,
    onGeneration({ record, evaluationSeconds, totalSeconds }) {
      connections = record.connections.median;
      evaluation += evaluationSeconds;
      outside += totalSeconds - evaluationSeconds;
    },
  });
  await evaluator.close();
  yield {
    name: `outside evaluation, population 960, ${connections.toFixed(0)} connections`,
    value: (100 * outside) / evaluation,
    unit: "% of evaluation",
    target: "under 15",
  };
}
