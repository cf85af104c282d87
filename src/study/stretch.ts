/** One stretch of work of a study: a run started or gone on with until a budget is used up, and then measured. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import type { EvaluationOptions, RunEvaluation } from "../measure/evaluation.ts";
import { noiseFigure } from "../measure/figures.ts";
import type { StudyCurve, StudyResult } from "../measure/study-record.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { resumeRun, startRun } from "../run/session.ts";
import type { Stage, StageConfig, Workshop } from "../run/stage.ts";
import { measureOf } from "../tasks/task.ts";
import { runPoints, secondsOf, studyKind } from "./kinds.ts";
import type { MeasuredRun, StudyRun } from "./record.ts";
import { kindOf } from "./variants.ts";

/** What is to be done. Plain data. */
export interface Order extends StudyRun {
  /** Of the run. */
  readonly folder: string;
  /** Its settings, the length that of the last budget. */
  readonly config: StageConfig;
  /** The budget, in its unit. */
  readonly budget: number;
  /** When it is used up: after so many steps, and so many seconds, but one step at least. */
  readonly until: { readonly steps: number } | { readonly seconds: number };
  readonly evaluation: EvaluationOptions;
}

/** Who watches. */
export interface StretchOptions {
  /** Asked before each step; true ends the stretch there. */
  shouldStop(): boolean;
  /** Told after each step. */
  onStep(steps: number, seconds: number): void;
  warn(message: string): void;
}

/**
 * Works on a run.
 *
 * @returns what it came to at the budget; undefined if it was stopped before
 * @throws UsageError if the run has gone on past the budget by other ways, is being written, or the disk refuses
 */
export async function runStretch(
  order: Order,
  workshop: Workshop,
  { shouldStop, onStep, warn }: StretchOptions,
): Promise<MeasuredRun | undefined> {
  const { folder, config, until, evaluation: how } = order;
  const kind = kindOf({ ...config });
  let steps = 0;
  let seconds = 0;
  const isUsedUp = () => ("steps" in until ? steps >= until.steps : steps > 0 && seconds >= until.seconds);
  const options = {
    folder,
    kind,
    config,
    workshop,
    evaluation: () => (isUsedUp() ? how : undefined),
    shouldStop: () => isUsedUp() || shouldStop(),
    onOpen(stage: Stage) {
      steps = stage.count;
      seconds = secondsOf(folder).at(-1) ?? 0;
      if ("steps" in until && steps > until.steps) {
        throw new UsageError(
          `Expected at most ${until.steps} ${kind.length} in ${folder}, got ${steps}: it was gone on with apart from its study. Remove it to have it made again.`,
        );
      }
    },
    onStep(_: object, spent: number, stage: Stage) {
      steps = stage.count;
      seconds += spent;
      onStep(steps, seconds);
    },
  };
  const isBegun = existsSync(join(folder, RUN_FILES.config));
  const { evaluation } = isBegun ? await resumeRun(options, warn) : await startRun(options);
  return evaluation && measured(order, workshop, evaluation);
}

/** What a run came to. */
function measured(
  order: Order,
  { task }: Workshop,
  { figures, behaviour = [], noise = [] }: RunEvaluation,
): MeasuredRun {
  const { variant, seed, budget, folder, config } = order;
  const points = runPoints(config.stage, folder);
  const { whole, ...kind } = studyKind(config.stage);
  const evaluationsOf = kind.evaluations?.of;
  const examples = task.dataset?.train.count ?? Number.NaN;
  const corners = points.filter(
    ({ champion }, index) => whole || index === points.length - 1 || champion !== points[index - 1]?.champion,
  );
  const evaluations = evaluationsOf && corners.map(({ generation }) => Math.round(evaluationsOf(config, generation)));
  const steps = corners.map(({ generation, steps }) => steps ?? generation * examples);
  const curve: StudyCurve = {
    variant,
    seed,
    generations: corners.map(({ generation }) => generation),
    ...(evaluations && { evaluations }),
    steps,
    score: corners.map(({ score }) => score),
    connections: corners.map(({ connections }) => connections),
    ...Object.fromEntries((whole ?? []).map((name) => [name, corners.map(({ others }) => others[name])])),
  };
  const measure = measureOf(task, task.info.reported);
  const measures = Object.entries(figures);
  const last = corners[corners.length - 1];
  const result: StudyResult = {
    variant,
    seed,
    budget,
    figures: {
      generations: last.generation,
      ...(evaluations && { evaluations: evaluations[evaluations.length - 1] }),
      steps: steps[steps.length - 1],
      score: last.score,
      connections: last.connections,
      ...Object.fromEntries(behaviour.map(({ name, mean }) => [name, mean])),
      ...Object.fromEntries(measures.map(([name, { mean }]) => [name, mean])),
      ...Object.fromEntries(noise.map(({ noise, best }) => [noiseFigure(noise), best.mean])),
    },
    deviations: Object.fromEntries(measures.flatMap(([name, { std }]) => (std === undefined ? [] : [[name, std]]))),
  };
  return { result, measure, curve, seconds: last.seconds, curveSeconds: corners.map(({ seconds }) => seconds) };
}
