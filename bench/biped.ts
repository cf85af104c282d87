/** Bench of the walker: physics and network in the kernel on flat and on hardcore ground, plain TypeScript beside it, threads. */
import {
  ACTIVATION_NAMES,
  BIPED,
  BIPED_HARDCORE,
  BIPED_ROLLOUT,
  type BipedState,
  compile,
  createGenome,
  createPool,
  derive,
  type Environment,
  environmentInfo,
  environmentTask,
  type Genome,
  Kernel,
  type Program,
  searchShape,
  type Trial,
} from "precocial";
import { walkingChampion } from "./fixtures.ts";
import { type Line, measure } from "./measure.ts";
import { grownPrograms, trialOf } from "./played.ts";
import { kernelProfile } from "./profile.ts";

/** Networks of a search that is under way: at six weights some stand and others thrash about. */
const NETWORKS = 8;
const CONNECTIONS = 40;
/** Files of the kernel by the part of a step that they do; what they inline is theirs. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  velocity: ["biped/velocity", "biped/hinge-velocities", "biped/contact-velocities"],
  position: [
    "biped/position",
    "biped/hinge-positions",
    "biped/contact-positions",
    "biped/places",
    "biped/motion",
    "physics/sine",
  ],
  contacts: [
    "biped/contacts",
    "biped/manifolds",
    "biped/polygon-manifolds",
    "biped/clipping",
    "biped/boxes",
    "biped/ends",
    "biped/prepare",
  ],
  "continuous collision": ["biped/continuous", "biped/impact", "biped/apart", "physics/distance"],
  rays: ["biped/rays"],
  network: ["forward", "activations", "math"],
};

/** Runs all and yields the lines of the table. */
export async function* benchBiped(): AsyncGenerator<Line> {
  const kernel = await Kernel.create();
  const networks = grownPrograms("biped", BIPED, NETWORKS, CONNECTIONS);
  const flat = secondsPerStep(kernel, BIPED, networks, trialOf(10));
  yield {
    name: "biped, network in the kernel, one core",
    value: 1e-3 / (await flat),
    unit: "k steps/s",
    target: "at least 100",
    note: `${NETWORKS} random networks of ${CONNECTIONS} connections, 6 weights x 10 episodes`,
  };
  yield {
    name: "biped, 4 episodes as a search plays, one core",
    value: 1e-3 / (await secondsPerStep(kernel, BIPED, networks, trialOf(4))),
    unit: "k steps/s",
  };
  const walking = compile(walkingChampion("biped")).program;
  const resting = compile(walkingChampion("biped-rest")).program;
  for (const [name, file, program] of [
    ["walking champion", "biped", walking],
    ["walking champion whose motors rest", "biped-rest", resting],
  ] as const) {
    yield {
      name: `biped, ${name}, one core`,
      value: 1e-3 / (await secondsPerStep(kernel, BIPED, [program], trialOf(60, [1]))),
      unit: "k steps/s",
      target: "at least 100",
      note: `docs/champions/${file}.json at a weight of 1, 60 episodes`,
    };
  }
  const wild = [compile(wildGenome()).program];
  yield {
    name: "biped, actions as good as random, one core",
    value: 1e-3 / (await secondsPerStep(kernel, BIPED, wild, trialOf(60, [300]))),
    unit: "k steps/s",
    note: "sines of 300 times sums of what is seen, 60 episodes",
  };
  yield {
    name: "biped-hardcore, network in the kernel, one core",
    value: 1e-3 / (await secondsPerStep(kernel, BIPED_HARDCORE, networks, trialOf(10))),
    unit: "k steps/s",
  };
  const plain = await secondsPerStep(kernel, BIPED, networks, trialOf(1), false);
  yield {
    name: "biped: kernel over plain TypeScript",
    value: plain / (await flat),
    unit: "x",
    note: `plain ${(1e-3 / plain).toFixed(1)} k steps/s, same bits`,
  };
  yield* shares(kernel, walking);
  yield await threadsLine();
}

/** A network of whose actions nothing can be foretold: sines of sums of all that is seen, at a large weight. */
function wildGenome(): Genome {
  const { inputCount, outputCount } = searchShape(environmentInfo(BIPED));
  return createGenome(inputCount, outputCount, 0.5, 1 + ACTIVATION_NAMES.indexOf("sin"), derive("bench"));
}

async function secondsPerStep(
  kernel: Kernel,
  environment: Environment<BipedState>,
  networks: readonly Program[],
  trial: Trial,
  isKernel = true,
): Promise<number> {
  const task = environmentTask(environment, {}, isKernel ? BIPED_ROLLOUT : undefined);
  const steps = task.score(kernel, networks, trial).reduce((sum, outcome) => sum + outcome.steps, 0);
  const { min } = await measure(isKernel ? 10 : 2, () => task.score(kernel, networks, trial));
  return min / steps;
}

/** Which share of the time each part of a step of a walking champion takes, by a sampling profile of the kernel's functions. */
async function* shares(kernel: Kernel, program: Program): AsyncGenerator<Line> {
  const task = environmentTask(BIPED, {}, BIPED_ROLLOUT);
  const seconds = await kernelProfile(() => {
    for (let round = 0; round < 5; round++) task.score(kernel, [program], trialOf(60, [1]));
  });
  const total = [...seconds.values()].reduce((sum, value) => sum + value, 0);
  for (const [part, files] of Object.entries(PARTS)) {
    const share = files.reduce((sum, file) => sum + (seconds.get(file) ?? 0), 0) / total;
    yield { name: `biped, walking champion: ${part}`, value: 100 * share, unit: "% of the kernel's time" };
  }
}

async function threadsLine(): Promise<Line> {
  const networks = grownPrograms("biped", BIPED, 96, CONNECTIONS);
  const seconds: number[] = [];
  for (const threads of [1, 2]) {
    const evaluator = await createPool({ name: "biped" }, { threads });
    seconds.push((await measure(5, () => evaluator.evaluate(networks, trialOf(4)))).min);
    await evaluator.close();
  }
  return {
    name: "biped, 2 threads over 1, 96 networks",
    value: seconds[0] / seconds[1],
    unit: "x",
    target: "at least 1.85",
  };
}
