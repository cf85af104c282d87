/** `precocial evaluate`: scores a champion under the conditions of the paper's Table 1. */
import { checkNumber } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { scoreConditions } from "../measure/conditions.ts";
import { STANDARD_EVALUATION } from "../measure/evaluation.ts";
import { NOISE_LEVELS, scoreNoise } from "../measure/noise.ts";
import { compile } from "../network/compile.ts";
import { readRun } from "../run/read-config.ts";
import type { TrainConfig } from "../run/stages/train-config.ts";
import { TRAINING_STAGE } from "../run/stages/training-stage.ts";
import { createWorkshop } from "../run/workshop.ts";
import { measureOf } from "../tasks/task.ts";
import { CLUSTER_OPTIONS } from "./cluster-options.ts";
import {
  CHAMPION_POSITIONAL,
  type Command,
  LOAD_OPTIONS,
  numberOrText,
  optionalInteger,
  PICK_OPTION,
  taskNamed,
  taskSettingsOf,
  type Values,
} from "./command.ts";
import { conditionsTable } from "./conditions.ts";
import { evaluateBaseline } from "./evaluate-baseline.ts";
import { evaluateFront, measuringOptions } from "./evaluate-front.ts";
import { isFolder, loadChampion, taskOf, taskOfChampion } from "./load-champion.ts";
import { printResult } from "./output.ts";
import { qualityTable } from "./present-training.ts";

export const evaluateCommand: Command = {
  name: "evaluate",
  positionals: CHAMPION_POSITIONAL,
  options: {
    task: { type: "string", describe: "The task; needed for a .out file, which does not name it" },
    weights: {
      type: "string",
      describe: "A JSON file of trained weights, as the paper's code writes it; for a baseline, another weights.json",
    },
    "weight-bias": {
      type: "string",
      describe: "Added to every trained weight; default: the published table's, by task",
    },
    episodes: {
      type: "string",
      describe:
        "Episodes for each standard weight (other conditions: 20 times as many); for classification, draws of weights",
      default: String(STANDARD_EVALUATION.episodes),
    },
    seed: { type: "string", describe: "Seed of weights and episodes", default: String(STANDARD_EVALUATION.seed) },
    "weight-noise": {
      type: "string",
      describe: `Its score where each weight is drawn around the shared one: standard deviations such as 0.1,0.3, or all: ${NOISE_LEVELS.join(",")}`,
    },
    ...PICK_OPTION,
    front: { type: "boolean", requiresArg: false, describe: "Of a run: every network it keeps, a row for each size" },
    threads: { type: "string", describe: "Worker threads; default: all cores" },
    ...CLUSTER_OPTIONS,
  },
  examples: [
    ["precocial evaluate runs/swingup-1", "the champion of a run"],
    ["precocial evaluate runs/swingup-1 --pick 30", "its best network with at most 30 connections"],
    ["precocial evaluate runs/swingup-1 --front --episodes 20", "score against size"],
    ["precocial evaluate runs/swingup-1 --weight-noise all", "what it bears where its weights are not quite alike"],
    ["precocial evaluate runs/two-layer-1", "a trained baseline: accuracy on each part of the data"],
    ["precocial evaluate runs/csv-1 --data moved.csv", "where the table is elsewhere now"],
    ["precocial evaluate swing.out --task swingup --weights swing.wann.json --json", "a champion of the paper's code"],
  ],
  task: taskOfChampion,
  async run(values) {
    const path = String(values.champion);
    const known = isFolder(path) ? await readRun(path, LOAD_OPTIONS) : undefined;
    const task = values.task === undefined ? await taskOf(path) : String(values.task);
    const taskSettings = task === undefined ? {} : taskSettingsOf(values, await taskNamed(task));
    const weights = values.weights === undefined ? undefined : String(values.weights);
    const pick = optionalInteger(values, "pick", 0);
    const noise = noiseLevels(values);
    if (values.front === true) {
      if (pick !== undefined) throw new UsageError("Expected --front or --pick, got both: --front is every network.");
      if (noise !== undefined) throw new UsageError(ONE_NETWORK);
      await evaluateFront(values, path, taskSettings);
      return;
    }
    if (known?.kind.name === TRAINING_STAGE.name && pick === undefined) {
      const options = { task: values.task === undefined ? undefined : task, taskSettings, weights };
      if (noise !== undefined) throw new UsageError(ONE_NETWORK);
      const baseline = await evaluateBaseline(path, known.config as TrainConfig, options);
      const { qualities, shape, weightCount } = baseline;
      const json = { champion: path, task: baseline.task, weights: weightCount, ...qualities };
      printResult(values, json, `${path}: ${shape} network, task ${baseline.task}\n\n${qualityTable(qualities)}`);
      return;
    }
    await evaluateChampion(values, path, {
      task: values.task === undefined ? undefined : task,
      taskSettings,
      weights,
      pick,
      noise,
    });
  },
};

const ONE_NETWORK = "Expected --weight-noise with one network that was evolved: leave out --front, and baselines.";

/** The standard deviations to sweep, or undefined. @throws UsageError if they are not numbers of at least 0 */
function noiseLevels({ weightNoise }: Values): readonly number[] | undefined {
  if (weightNoise === undefined) return undefined;
  if (weightNoise === "all") return NOISE_LEVELS;
  return String(weightNoise)
    .split(",")
    .map((level) => checkNumber("--weight-noise", numberOrText(level), 0));
}

async function evaluateChampion(
  values: Values,
  path: string,
  {
    noise: levels,
    ...options
  }: {
    readonly task?: string;
    readonly taskSettings: object;
    readonly weights?: string;
    readonly pick?: number;
    readonly noise?: readonly number[];
  },
): Promise<void> {
  const bias = values.weightBias;
  const { genome, source, trainedWeights } = await loadChampion(path, {
    ...options,
    taskSettings: { ...options.taskSettings },
    weightBias: bias === undefined ? undefined : checkNumber("--weight-bias", numberOrText(String(bias))),
  });
  const { episodes, seed, scorers } = measuringOptions(values);
  const workshop = createWorkshop(source, scorers);
  try {
    const network = compile(genome);
    const { info } = workshop.task;
    const evaluator = await workshop.evaluator();
    const conditions = await scoreConditions({ evaluator, network, episodes, seed, trainedWeights });
    const noise =
      levels &&
      (await scoreNoise({ evaluator, network, levels, episodes, seed, bestWeight: conditions.bestShared.weight }));
    const { behaviour, bands, byClass, confusion: _, ...figures } = conditions;
    const title = `${path}: ${network.connectionCount} connections, task ${info.name}`;
    const json = { champion: path, task: info.name, connections: network.connectionCount, ...conditions, noise };
    const table = conditionsTable(
      { figures, behaviour, bands, byClass, noise },
      measureOf(workshop.task, info.reported),
    );
    printResult(values, json, `${title}\n\n${table}`);
  } finally {
    await workshop.close();
  }
}
