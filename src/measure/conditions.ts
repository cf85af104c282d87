/**
 * The conditions of the paper's Table 1, for a task of any kind: one network with random weights, a random shared
 * weight, the best shared weight, and trained weights where there are any; and the standard six weights.
 *
 * Gaier & Ha 2019, section 4 and Table 1 (100 trials each; weights drawn from U(-2, 2)); for classifiers section 4.3
 * and its figure of digit accuracy by weight, where the six weights also vote.
 */
import { checkFinite, checkInteger } from "../base/check.ts";
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import { mean, summarize } from "../base/stats.ts";
import { answerLinear, fitLinear } from "../baseline/least-squares.ts";
import type { RegressionDataset } from "../data/dataset.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Network } from "../network/compile.ts";
import { r2Of } from "../tasks/regression/report.ts";
import { type Measure, type Split, type Vote, type WeightSets, WHOLE } from "../tasks/task.ts";
import { findBestWeight } from "../tuning/best-weight.ts";
import { randomSets, shared, stratifiedWeights } from "../tuning/weights.ts";

/** Values of the task's reported measure under one condition. */
export interface Condition {
  readonly mean: number;
  /** Standard deviation over weights, and over episodes where the task has them; absent where there is one value. */
  readonly std?: number;
  /** Episodes played, or test examples that each value was measured on. */
  readonly count: number;
}

/** All conditions. */
export interface Conditions {
  /** The standard six weights, each on all episodes. */
  readonly standard: Condition;
  /** Individual weights drawn from U(-2, 2): each episode with a set of its own, or each set on all test examples. */
  readonly randomWeights: Condition;
  /** A shared weight drawn from U(-2, 2), likewise. */
  readonly randomShared: Condition;
  /** The vote of the standard weights, of tasks on examples; of numbers their mean. */
  readonly ensemble?: Condition;
  /** The best shared weight, found on what does not test it (tuning/best-weight.ts). */
  readonly bestShared: Condition & { readonly weight: number };
  /** Trained individual weights, where given. */
  readonly trainedWeights?: Condition;
  /** Linear regression by least squares on the training examples, where a number is told: to compare with. */
  readonly linear?: Condition;
  /** What else the task measures of the best shared weight, such as whether a pole is balanced; absent where nothing. */
  readonly behaviour?: readonly BehaviourFigure[];
  /** The random shared weights by size: below 0.1, from there to 0.5, to 1, to 2; those without a draw are left out. */
  readonly bands: readonly Band[];
  /** Of classifiers, accuracy by class at each standard weight, and of the vote. */
  readonly byClass?: Vote["byClass"];
  /** Of classifiers, the vote's confusion matrix: rows are right classes, columns predicted ones. */
  readonly confusion?: Vote["confusion"];
}

/** A measure of the task that is neither selected by nor reported, with its mean over episodes. */
export interface BehaviourFigure extends Measure, Condition {}

/** What a network comes to at random shared weights of about one size, of either sign. */
export interface Band {
  /** |w| is below this, and not below that of the band before. */
  readonly below: number;
  readonly mean: number;
  /** Draws of weights. */
  readonly count: number;
}

/** Ends of the bands; the last is that of the range. */
const BANDS = [0.1, 0.5, 1, 2];

/** The conditions that are one figure each. */
export const CONDITION_NAMES = [
  "standard",
  "randomWeights",
  "randomShared",
  "ensemble",
  "bestShared",
  "trainedWeights",
  "linear",
] as const;

/** A condition by name. */
export type ConditionName = (typeof CONDITION_NAMES)[number];

/** What to score. */
export interface ConditionOptions {
  readonly evaluator: Evaluator;
  readonly network: Network;
  /**
   * Episodes of `standard` for each weight, at least 1; the other conditions play twenty times as many, or twice as
   * many where steps take long. Of tasks that
   * are tested on a whole data set the draws of random weights. The paper: 100.
   */
  readonly episodes: number;
  readonly seed: number | string;
  /** One weight per connection gene of the genome; disabled genes' are not read. Default: those that evolved with it. */
  readonly trainedWeights?: ArrayLike<number>;
}

/** Episodes of the other conditions for each episode of `standard`: they vary more, and cost a sixth. */
const REPEATS = 20;
/** The same for tasks whose steps take long. */
const SLOW_REPEATS = 2;

/**
 * Scores a network under all conditions, on test episodes or test examples.
 *
 * Differs from the paper: random shared weights are drawn one from each of equally many slices of the range
 * (stratified), and of episodes twenty times as many (twice as many where steps take long), so that the mean varies
 * less from seed to seed.
 *
 * @throws UsageError if `episodes` is not at least 1, or the trained weights do not fit
 */
export async function scoreConditions(options: ConditionOptions): Promise<Conditions> {
  const { evaluator, network, seed, trainedWeights } = options;
  const count = checkInteger("episodes", options.episodes, 1);
  const { task } = evaluator;
  const { reported: measure, tested, isSlow } = task.info;
  const whole = tested === "whole";
  const many = whole ? count : count * (isSlow ? SLOW_REPEATS : REPEATS);

  const test = async (weights: WeightSets, labels: readonly string[], pairing: "all" | "each", behaviour?: boolean) => {
    const trial = { weights, episodes: labels, split: "test", pairing, measure, behaviour } as const;
    const evaluation = await evaluator.evaluate([network.program], trial);
    const [{ values }] = evaluation.scores;
    return { condition: conditionOf(values, task.dataset?.test.count), values, behaviour: evaluation.behaviours?.[0] };
  };
  /** Every weight on all episodes. */
  const onAll = (name: string, weights: WeightSets, episodes: number) =>
    test(weights, whole ? [WHOLE] : episodeLabels(seed, "test", name, episodes), "all");
  /** Each draw of weights on an episode of its own. */
  const onOneEach = (name: string, weights: WeightSets) =>
    whole ? onAll(name, weights, 1) : test(weights, episodeLabels(seed, "test", name, many), "each");

  const labels = whole ? [WHOLE] : episodeLabels(seed, "test", "standard", count);
  const standard = await test(shared(STANDARD_WEIGHTS), labels, "all", task.vote !== undefined);
  const vote = standard.behaviour && task.vote?.(standard.behaviour as Uint8Array);
  const randomWeights = await onOneEach("random-weights", randomSets(network, many, seed));
  const drawn = stratifiedWeights(many, seed);
  const randomShared = await onOneEach("random-shared", shared(drawn));
  const weight = await findBestWeight(evaluator, network.program, seed, count);
  const bestShared = await onAll("best-shared", shared([weight]), many);
  const behaviour = await behaviourOf(evaluator, network, weight, episodeLabels(seed, "test", "best-shared", count));
  const individual = trainedWeights ? trainedSet(network, trainedWeights) : ownSet(network);
  const trained = individual && (await onAll("trained-weights", individual, many));
  return {
    standard: standard.condition,
    randomWeights: randomWeights.condition,
    randomShared: randomShared.condition,
    ...(vote && { ensemble: { mean: vote.value, count: standard.condition.count } }),
    bestShared: { ...bestShared.condition, weight },
    ...(behaviour.length > 0 && { behaviour }),
    ...(trained && { trainedWeights: trained.condition }),
    ...(task.dataset && "target" in task.dataset && { linear: linearCondition(task.dataset) }),
    bands: bandsOf(drawn, randomShared.values),
    ...(vote?.byClass && { byClass: vote.byClass, confusion: vote.confusion }),
  };
}

/** What else there is to measure, at one shared weight. @param episodes labels */
async function behaviourOf(
  evaluator: Evaluator,
  { program }: Network,
  weight: number,
  episodes: readonly string[],
): Promise<BehaviourFigure[]> {
  const { measures, info } = evaluator.task;
  const figures: BehaviourFigure[] = [];
  for (const measure of measures.slice(1)) {
    if (measure.name === info.reported) continue;
    const trial = {
      weights: shared([weight]),
      episodes,
      split: "test",
      pairing: "all",
      measure: measure.name,
    } as const;
    const [{ values }] = (await evaluator.evaluate([program], trial)).scores;
    figures.push({ ...measure, ...conditionOf(values, undefined) });
  }
  return figures;
}

/** Labels of the episodes of one purpose. */
export function episodeLabels(seed: number | string, split: Split, name: string, count: number): string[] {
  return Array.from({ length: count }, (_, episode) => `${seed}/${split}/${name}/${episode}`);
}

/** Means of the values, one for each weight, by size of the weight. */
function bandsOf(weights: Float32Array, values: Float64Array): Band[] {
  return BANDS.flatMap((below, band) => {
    const isIn = (weight: number) => Math.abs(weight) < below && (band === 0 || Math.abs(weight) >= BANDS[band - 1]);
    const members = values.filter((_, index) => isIn(weights[index]));
    return members.length === 0 ? [] : [{ below, mean: mean(members), count: members.length }];
  });
}

/** Values under one condition. @param examples that each was measured on; undefined where each is an episode */
export function conditionOf(values: Float64Array, examples?: number): Condition {
  const summary = summarize(values);
  return { mean: summary.mean, ...(values.length > 1 && { std: summary.std }), count: examples ?? values.length };
}

/** R2 of linear regression on the test examples. */
function linearCondition({ train, test }: RegressionDataset): Condition {
  return { mean: r2Of(answerLinear(fitLinear(train), test), test.targets), count: test.count };
}

/** Weights of connection genes as the one set that a program takes. */
function trainedSet(network: Network, weights: ArrayLike<number>): WeightSets {
  const sets = Float32Array.from(network.genes, (gene) => weights[gene]);
  checkFinite("trained weights, one for each connection gene", sets);
  return { kind: "individual", sets, count: 1 };
}

/** The weights that evolved with a network as the one set that its program takes. */
function ownSet({ weights }: Network): WeightSets | undefined {
  return weights && { kind: "individual", sets: weights, count: 1 };
}
