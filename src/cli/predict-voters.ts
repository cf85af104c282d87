/** Who answers: the standard weights of a champion together, one weight of it, or a trained network. */
import { existsSync, statSync } from "node:fs";
import { UsageError } from "../base/errors.ts";
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import { shapeName } from "../baseline/weights.ts";
import type { PortableChampion } from "../formats/format.ts";
import { formatOf } from "../formats/index.ts";
import { denseVoter, networkVoters, type Voter } from "../measure/predict.ts";
import { compile } from "../network/compile.ts";
import type { Weights } from "../network/forward.ts";
import { readRun } from "../run/read-config.ts";
import type { TrainConfig } from "../run/stages/train-config.ts";
import { TRAINING_STAGE } from "../run/stages/training-stage.ts";
import { readChampionFile } from "../study/read-champion.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { LOAD_OPTIONS, numberOrText, taskNamed } from "./command.ts";
import { readBaselineWeights } from "./evaluate-baseline.ts";
import { readTrainedWeights } from "./load-champion.ts";
import { type Question, questionOf } from "./predict-question.ts";

/** What answers a question. */
export interface Predictor extends Voters {
  /** Name of the task. */
  readonly task: string;
  readonly question: Question;
}

interface Voters {
  /** Each gives an answer; several vote. */
  readonly voters: readonly Voter[];
  /** What the voters are called: by their shared weights, or "trained". */
  readonly names: readonly string[];
  /** Who answers, in words. */
  readonly who: string;
  readonly inputCount: number;
  readonly outputCount: number;
}

/** What the user says besides the path. */
export interface VoterOptions {
  /** One weight in place of the vote: a number, "best" or "trained". */
  readonly weight?: string;
  /** A file of trained weights. */
  readonly weights?: string;
  readonly weightBias?: number;
  /** The task, for files that do not name it. */
  readonly task?: string;
}

/**
 * Loads what answers, and leaves the data of its task alone where it can.
 *
 * @throws UsageError if it is missing or broken, or there is no such weight
 */
export async function loadPredictor(path: string, options: VoterOptions): Promise<Predictor> {
  const isThere = existsSync(path);
  const isFolder = isThere && statSync(path).isDirectory();
  const run = isFolder ? await readRun(path, LOAD_OPTIONS) : undefined;
  if (run?.kind.name === TRAINING_STAGE.name) return loadBaseline(path, run.config as TrainConfig, options);
  const named = options.task === undefined ? undefined : await taskNamed(options.task);
  const isUnnamed = isThere && !isFolder && !formatOf(path).namesTask;
  if (named === undefined && isUnnamed) {
    throw new UsageError(
      `Expected --task, since ${path} does not name the task it was evolved for. See: precocial tasks`,
    );
  }
  const ends = named !== undefined && isUnnamed ? taskDefinition(named).ends : undefined;
  const champion = await readChampionFile(path, { ends });
  const task = (named ?? run?.config.task ?? champion.task) as string;
  const taskSettings = run?.config.task === task ? run.config.taskSettings : {};
  const question = await questionOf(path, { task, taskSettings }, { ...champion, ...ends });
  const isNumber = question.kind === "rows" && question.table.target.kind === "number";
  return { task, question, ...votersOf(path, champion, task, options, isNumber ? "mean" : "vote") };
}

async function loadBaseline(path: string, config: TrainConfig, options: VoterOptions): Promise<Predictor> {
  if (options.weight !== undefined) {
    throw new UsageError(
      `Expected a champion with a shared weight for --weight, got ${path}, whose weights are trained each for itself: leave it out.`,
    );
  }
  const weights = readBaselineWeights(path, options.weights);
  const { task, taskSettings } = config;
  const question = await questionOf(path, { task, taskSettings }, taskDefinition(task).ends ?? {});
  const { inputs, classes } = weights.shape;
  const who = `the ${shapeName(weights.shape)} network`;
  const voters = [denseVoter(weights)];
  return { task, question, voters, names: ["trained"], who, inputCount: inputs, outputCount: classes };
}

/** @param together how several weights answer */
function votersOf(
  path: string,
  champion: PortableChampion,
  task: string,
  options: VoterOptions,
  together: "vote" | "mean",
): Voters {
  const { genome, bestSharedWeight } = champion;
  const network = compile(genome);
  const { inputCount, outputCount } = genome;
  const voters = (weights: readonly Weights[], names: readonly string[], who: string): Voters => ({
    voters: networkVoters(network, weights),
    names,
    who,
    inputCount,
    outputCount,
  });
  const { weight, weights: file, weightBias } = options;
  if (file !== undefined && weight !== undefined && weight !== "trained") {
    throw new UsageError(`Expected --weight or --weights, got both (${weight} and ${file}): leave one out.`);
  }
  if (file !== undefined || weight === "trained") {
    const trained = file === undefined ? champion.trainedWeights : readTrainedWeights(file, genome, task, weightBias);
    if (trained === undefined) {
      throw new UsageError(`Expected trained weights in ${path}, got none: give a file of them with --weights.`);
    }
    const values = Float32Array.from(network.genes, (gene) => trained[gene]);
    return voters([values], ["trained"], "the trained weights");
  }
  if (weight === undefined) {
    return voters(STANDARD_WEIGHTS, STANDARD_WEIGHTS.map(String), `the ${together} of the six standard weights`);
  }
  const value = weight === "best" ? bestSharedWeight : numberOrText(weight);
  if (typeof value === "number") return voters([value], [String(value)], `the shared weight ${value}`);
  throw new UsageError(
    weight === "best"
      ? `Expected the best shared weight in ${path}, got none, since no search ended there: name a weight, such as --weight 1.`
      : `Expected --weight to be a number, "best" or "trained", got ${JSON.stringify(weight)}.`,
  );
}
