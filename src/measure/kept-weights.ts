/**
 * The weights that a tuning keeps: the best on validation data, which no step has seen and which is the same for all, as
 * the champion of a search is chosen (front.ts).
 */
import { meanScore, scoresByWeight } from "../base/scores.ts";
import { argmax } from "../base/stats.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Network } from "../network/compile.ts";
import { type Trial, WHOLE } from "../tasks/task.ts";
import { individual } from "../tuning/weights.ts";
import { reportedTrial, reportsOther, validationTrial } from "./validation.ts";

/** Individual weights with what they scored on validation data. */
export interface KeptWeights {
  /** Of the connections of the program, in its order. */
  readonly weights: Float32Array;
  /** Steps that the tuning had done when it gave them; 0 are those that it began with. */
  readonly step: number;
  /** Mean score on all validation episodes. */
  readonly score: number;
  /** Mean of what the task reports on validation data, where that is not the score. */
  readonly reported?: number;
  /** What they scored on what candidates are tried on, once that is known: it is the same after every step. */
  readonly screened?: number;
}

/** A network with the seed that its validation episodes follow from. */
export interface Validated {
  readonly evaluator: Evaluator;
  readonly network: Network;
  readonly seed: number;
}

/**
 * Times the episodes that a champion of a search is chosen on: sets of weights of one network differ less than networks
 * do, and the best of them fail in one episode of fifty.
 */
const TIMES = 4;

/** The first weights, which are kept until there are better ones. */
export function keepFirst(validated: Validated, weights: Float32Array): Promise<KeptWeights> {
  return confirm(validated, weights, 0);
}

/**
 * Tries candidates on a few validation episodes (of a data set on the whole validation part), and the best of them on all
 * if it is better than what is kept there. What the task reports decides, as for the best epoch of a training: a network
 * that is ever surer of itself may lose likelihood while it is right ever more often.
 *
 * @returns what is to be kept now: the weights that are kept, or the better candidate
 */
export async function keepBetter(
  validated: Validated,
  kept: KeptWeights,
  candidates: readonly Float32Array[],
  step: number,
): Promise<KeptWeights> {
  const known = kept.screened === undefined ? [] : [kept.screened];
  const unknown = known.length > 0 ? candidates : [kept.weights, ...candidates];
  const scores = [...known, ...(await screen(validated, unknown))];
  const best = argmax(scores);
  const before = { ...kept, screened: scores[0] };
  if (best === 0) return before;
  const candidate = { ...(await confirm(validated, candidates[best - 1], step)), screened: scores[best] };
  return decisive(candidate) > decisive(before) ? candidate : before;
}

/** What decides which weights are kept. */
function decisive({ score, reported = score }: KeptWeights): number {
  return reported;
}

/** Tries sets of weights on what candidates are tried on. @returns their mean scores */
async function screen(validated: Validated, sets: readonly Float32Array[]) {
  const { evaluator, network } = validated;
  const { reported: measure } = evaluator.task.info;
  const trial = { ...trialOf(validated, "screen"), measure, weights: individual(sets) };
  return scoresByWeight((await evaluator.evaluate([network.program], trial)).scores[0]);
}

/** Plays weights on all validation episodes. */
async function confirm(validated: Validated, weights: Float32Array, step: number): Promise<KeptWeights> {
  const { evaluator, network, seed } = validated;
  const { task } = evaluator;
  const measure = async (trial: Trial) => {
    const { scores } = await evaluator.evaluate([network.program], { ...trial, weights: individual([weights]) });
    return meanScore(scores[0]);
  };
  const score = await measure(trialOf(validated, "confirm"));
  if (!reportsOther(task)) return { weights, step, score };
  return { weights, step, score, reported: await measure(reportedTrial(task, { seed, weights: [] })) };
}

/** What candidates are tried on: a few validation episodes or all of them, or the whole validation part of a data set. */
function trialOf({ evaluator, seed }: Validated, part: "screen" | "confirm"): Trial {
  const { tested, isSlow, validationEpisodes } = evaluator.task.info;
  const trial = validationTrial({ seed, weights: [] }, validationEpisodes[part] * (isSlow ? 1 : TIMES));
  return tested === "whole" ? { ...trial, episodes: [WHOLE] } : trial;
}
