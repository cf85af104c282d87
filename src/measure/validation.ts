/** Validation data of a run: the episodes and weights on which what it keeps is chosen, and what is reported there. */
import { meanScore, scoresByWeight } from "../base/scores.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Champion } from "../genome/champion.ts";
import type { Genome } from "../genome/genome.ts";
import { compile, type Network } from "../network/compile.ts";
import { type Task, type Trial, WHOLE } from "../tasks/task.ts";
import { shared } from "../tuning/weights.ts";
import { type Condition, conditionOf } from "./conditions.ts";
import { withOwnWeights } from "./training.ts";

/** Where the validation episodes of a run come from, and the shared weights they are played at. */
export interface Validation {
  readonly seed: number;
  readonly weights: readonly number[];
}

/** The first so many validation episodes of a run, at its weights; always the same ones. */
export function validationTrial({ seed, weights }: Validation, count: number): Trial {
  return {
    weights: shared(weights),
    episodes: Array.from({ length: count }, (_, episode) => `${seed}/validation/${episode}`),
    split: "validation",
    pairing: "all",
  };
}

/** Whether a task reports something else than selection goes by: accuracy, where selection goes by the likelihood. */
export function reportsOther({ info, measures: [selected] }: Task): boolean {
  return info.reported !== selected.name;
}

/** What the task reports, at the weights of a run: on all validation episodes, or on the whole validation part. */
export function reportedTrial({ info }: Task, validation: Validation): Trial {
  const trial = validationTrial(validation, info.validationEpisodes.confirm);
  return { ...trial, ...(info.tested === "whole" && { episodes: [WHOLE] }), measure: info.reported };
}

/** What the task reports of networks on validation data: mean and spread over the weights, if several, and the count of episodes or examples. */
export async function validationFigures(
  evaluator: Evaluator,
  networks: readonly Network[],
  validation: Validation,
): Promise<Condition[]> {
  const { task } = evaluator;
  const trial = reportedTrial(task, validation);
  const { scores } = await evaluator.evaluate(
    networks.map(({ program }) => program),
    withOwnWeights(trial, networks),
  );
  const count = task.dataset?.validation.count ?? trial.episodes.length;
  return scores.map((values) => conditionOf(scoresByWeight(values), count));
}

/** A genome as the champion of a run, with what it scores on all its validation episodes. */
export async function validatedChampion(
  evaluator: Evaluator,
  genome: Genome,
  generation: number,
  validation: Validation,
): Promise<Champion> {
  const { task } = evaluator;
  const network = compile(genome);
  const trial = withOwnWeights(validationTrial(validation, task.info.validationEpisodes.confirm), [network]);
  const [scores] = (await evaluator.evaluate([network.program], trial)).scores;
  const [figure] = reportsOther(task) ? await validationFigures(evaluator, [network], validation) : [];
  return {
    genome,
    generation,
    score: meanScore(scores),
    scoresByWeight: [...scoresByWeight(scores)],
    ...(figure && { reported: figure.mean }),
  };
}
