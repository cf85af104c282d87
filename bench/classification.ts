/** Bench of classification: kernel against plain TypeScript, shared work of relatives, and the paper's whole search. */
import {
  compile,
  completeConfig,
  connectionCount,
  createClassification,
  createForward,
  createInlineEvaluator,
  createPool,
  digitsDataset,
  type Evaluator,
  type Genome,
  generationTrial,
  growGenome,
  growPopulation,
  outputSlots,
  type Program,
  Search,
  STANDARD_WEIGHTS,
  searchSettings,
  searchShape,
} from "precocial";
import { type Line, measure } from "./measure.ts";

// As large as the paper's MNIST: 16 x 16 pixels, 10 classes, 1,000 images of an episode.
const DATASET = digitsDataset();
const CONFIG = completeConfig({
  task: "digits",
  population: 960,
  tournament: 32,
  connectProbability: 0.05,
  connectionObjective: 0.8,
  addConnection: 0.2,
});
const SHAPE = searchShape(createClassification(DATASET).info);
const PAPER_GENERATIONS = 4096;
const PAPER_CONNECTIONS = 1849;
/** Generations before a stretch is recorded, so that families are those of a real search. */
const SETTLE = 8;
const STRETCH = 3;

/** Runs all and yields the lines of the table. */
export async function* benchClassification(): AsyncGenerator<Line> {
  for (const connections of [130, 600, PAPER_CONNECTIONS]) yield* kernelAgainstPlain(connections);
  yield* wholeSearch();
}

async function* kernelAgainstPlain(connections: number): AsyncGenerator<Line> {
  const evaluator = await createInlineEvaluator(createClassification(DATASET));
  const genome = growGenome(SHAPE, searchSettings(CONFIG), connections, "bench");
  const { program } = compile(genome);
  const trial = generationTrial(CONFIG, 0);
  const kernel = await measure(20, () => evaluator.evaluate([program], trial));
  const plain = await measure(1, () => plainOutputs(program));
  const name = `${connectionCount(genome)} connections, 1,000 images x 6 weights`;
  yield { name: `kernel, ${name}`, value: kernel.min * 1000, unit: "ms" };
  yield {
    name: `kernel over plain TypeScript, ${name}`,
    value: plain.min / kernel.min,
    unit: "x",
    target: connections === PAPER_CONNECTIONS ? "at least 20" : undefined,
  };
}

/** The outputs of 1,000 images at six weights; the plain version leaves out softmax. */
function plainOutputs(program: Program): number {
  const forward = createForward(program);
  const outputs = outputSlots(program);
  const { features } = DATASET.train;
  let sum = 0;
  for (const weight of STANDARD_WEIGHTS) {
    for (let image = 0; image < 1000; image++) {
      const values = forward(features.subarray(image * SHAPE.inputCount, (image + 1) * SHAPE.inputCount), weight);
      for (const slot of outputs) sum += values[slot];
    }
  }
  return sum;
}

/** A population of this size after a few generations of selection. */
async function settle(connections: number, evaluator: Evaluator): Promise<Search> {
  const settings = searchSettings(CONFIG);
  const first = new Search(SHAPE, settings, 1);
  const search =
    connections === 0
      ? first
      : Search.from({ ...first.state, ...growPopulation(SHAPE, settings, connections, "bench") });
  for (let generation = 0; generation < SETTLE; generation++) await step(search, evaluator);
  return search;
}

/** One generation; returns its parts in seconds. */
async function step(search: Search, evaluator: Evaluator) {
  const start = performance.now();
  const { generation, families } = search;
  const genomes = search.ask();
  const programs = genomes.map((genome) => compile(genome).program);
  const before = performance.now();
  const trial = generationTrial(CONFIG, generation);
  const { scores } = await evaluator.evaluate(programs, trial, families);
  const after = performance.now();
  search.tell(scores);
  const total = (performance.now() - start) / 1000;
  return { total, evaluation: (after - before) / 1000, genomes, programs, trial, families, scores };
}

const meanConnections = (genomes: readonly Genome[]) =>
  genomes.reduce((sum, genome) => sum + connectionCount(genome), 0) / genomes.length;

async function* wholeSearch(): AsyncGenerator<Line> {
  const evaluator = await createPool({ name: "digits", data: DATASET }, { threads: 2 });
  const points: { connections: number; seconds: number }[] = [];
  for (const size of [0, 600, PAPER_CONNECTIONS - 50]) {
    const search = await settle(size, evaluator);
    let shared = 0;
    let alone = 0;
    let seconds = 0;
    let evaluation = 0;
    let connections = 0;
    for (let generation = 0; generation < STRETCH; generation++) {
      const part = await step(search, evaluator);
      const again = performance.now();
      await evaluator.evaluate(part.programs, part.trial, part.families);
      shared += performance.now() - again;
      const start = performance.now();
      const unrelated = await evaluator.evaluate(part.programs, part.trial);
      alone += performance.now() - start;
      if (JSON.stringify(unrelated.scores) !== JSON.stringify(part.scores)) {
        throw new Error("Sharing work changed a score.");
      }
      seconds += part.total / STRETCH;
      evaluation += part.evaluation / STRETCH;
      connections += meanConnections(part.genomes) / STRETCH;
    }
    points.push({ connections, seconds });
    const name = `population 960, ${connections.toFixed(0)} connections`;
    yield { name: `generation, ${name}`, value: seconds * 1000, unit: "ms" };
    yield {
      name: `outside evaluation, ${name}`,
      value: (100 * (seconds - evaluation)) / evaluation,
      unit: "% of evaluation",
    };
    yield {
      name: `sharing of relatives' work, ${name}`,
      value: alone / shared,
      unit: "x",
      target: "at least 4",
      note: "same bytes",
    };
  }
  yield {
    name: "the paper's whole search, 4,096 generations",
    value: wholeMinutes(points),
    unit: "minutes",
    target: "under 60",
  };
  yield {
    name: "memory of this process at the end",
    value: process.memoryUsage().rss / 2 ** 30,
    unit: "GiB",
    target: "under 1.5",
  };
  await evaluator.close();
}

/** Minutes of a search whose connections grow evenly from the first point's to the last's. */
function wholeMinutes(points: readonly { connections: number; seconds: number }[]): number {
  const range = points[points.length - 1].connections - points[0].connections;
  let seconds = 0;
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1], points[index]];
    seconds += ((to.connections - from.connections) / range) * PAPER_GENERATIONS * ((from.seconds + to.seconds) / 2);
  }
  return seconds / 60;
}
