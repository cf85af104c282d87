/**
 * What a run has come to, measured on what it never saw: the content of evaluation.json, alike for runs of every kind.
 *
 * A champion is measured under the conditions of the paper's Table 1 (conditions.ts), a trained network on each part of
 * its data. Either way `figures` holds the means by name.
 */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { firstIssue } from "../genome/codec.ts";
import type { Network } from "../network/compile.ts";
import { measureOf, type Task } from "../tasks/task.ts";
import { type ConditionOptions, scoreConditions } from "./conditions.ts";
import { NOISE_LEVELS, scoreNoise } from "./noise.ts";
import { type Validation, validationFigures } from "./validation.ts";

/** Version of evaluation.json. */
export const EVALUATION_FORMAT = 1;

/** How much is measured, and on which episodes. */
export interface EvaluationOptions {
  /** Episodes for each standard weight; of tasks with a test set, draws of weights (conditions.ts). */
  readonly episodes: number;
  readonly seed: number | string;
  /** Whether to measure too what noise of each weight does, at every level (noise.ts). Default: no. */
  readonly weightNoise?: boolean;
}

/** The paper's number of trials; one seed for all runs, so that all are measured on the same episodes. */
export const STANDARD_EVALUATION = { episodes: 100, seed: 1 } as const satisfies EvaluationOptions;

/** A share of correct examples that no example counts for is NaN, which JSON writes as null. */
const share = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);

const figureSchema = z.strictObject({
  mean: z.number(),
  /** Over weights, and over episodes where the task has them; absent where there is one value. */
  std: z.number().optional(),
  /** Episodes played, or examples that each value was measured on. */
  count: z.int(),
  /** The best shared weight. */
  weight: z.number().optional(),
});

const evaluationSchema = z.strictObject({
  format: z.literal(EVALUATION_FORMAT),
  /** The kind of run: `stage` of config.json. */
  kind: z.string(),
  task: z.string(),
  /** What the figures are means of: what the task reports. */
  measure: z.strictObject({ name: z.string(), unit: z.enum(["score", "share"]), decimals: z.int().optional() }),
  /** Of a champion: how it was measured. */
  episodes: z.int().optional(),
  seed: z.union([z.int(), z.string()]).optional(),
  /** The generation the champion came from; of a trained network its best epoch. */
  generation: z.int(),
  /** Connections; of a trained network weights and biases. */
  size: z.int(),
  figures: z.record(z.string(), figureSchema),
  /** Of trained networks, mean losses in nats by part of the data. */
  losses: z.record(z.string(), z.number()).optional(),
  /** Of a champion at its best shared weight: what else the task measures, such as whether a pole is balanced. */
  behaviour: z
    .array(
      z.strictObject({
        name: z.string(),
        description: z.string(),
        unit: z.enum(["score", "share"]),
        decimals: z.int().optional(),
        mean: figureSchema.shape.mean,
        std: figureSchema.shape.std,
        count: figureSchema.shape.count,
      }),
    )
    .optional(),
  /** Of a champion at random shared weights by their size: |w| below 0.1, from there to 0.5, to 1, to 2. */
  bands: z.array(z.strictObject({ below: z.number(), mean: z.number(), count: z.int() })).optional(),
  /** Of a champion, where asked for: weights drawn around the shared one, by standard deviation; 0 first. */
  noise: z.array(z.strictObject({ noise: z.number(), standard: figureSchema, best: figureSchema })).optional(),
  /** Of champions that classify: accuracy by class at each standard weight, and of their vote. */
  byClass: z.array(z.strictObject({ name: z.string(), byWeight: z.array(share), ensemble: share })).optional(),
  /** Of champions that classify, the vote's confusion matrix: rows are right classes, columns predicted ones. */
  confusion: z.array(z.array(z.int())).optional(),
});

/** The content of evaluation.json. */
export type RunEvaluation = z.infer<typeof evaluationSchema>;
/** A figure of it. */
export type Figure = z.infer<typeof figureSchema>;

/** A champion to measure. */
export interface MeasuredChampion extends Omit<ConditionOptions, "episodes" | "seed"> {
  /** The kind of run it is of. */
  readonly kind: string;
  readonly network: Network;
  readonly generation: number;
  /** The validation data of its run. */
  readonly validation: Validation;
}

/** Measures the champion of a run. @throws UsageError if `episodes` is not at least 1, or trained weights do not fit */
export async function evaluateChampion(
  { kind, generation, validation: data, ...champion }: MeasuredChampion,
  { episodes, seed, weightNoise }: EvaluationOptions,
): Promise<RunEvaluation> {
  const { evaluator, network } = champion;
  const { task } = evaluator;
  const { behaviour, bands, byClass, confusion, ...conditions } = await scoreConditions({
    ...champion,
    episodes,
    seed,
  });
  const bestWeight = conditions.bestShared.weight;
  const noise = weightNoise
    ? await scoreNoise({ evaluator, network, bestWeight, levels: NOISE_LEVELS, episodes, seed })
    : undefined;
  const [validation] = await validationFigures(evaluator, [network], data);
  return {
    format: EVALUATION_FORMAT,
    kind,
    task: task.info.name,
    measure: reportedMeasure(task),
    episodes,
    seed,
    generation,
    size: network.connectionCount,
    figures: { validation, ...conditions },
    ...(behaviour && { behaviour: [...behaviour] }),
    bands: [...bands],
    ...(noise && { noise }),
    ...(byClass && { byClass: byClass.map((row) => ({ ...row, byWeight: [...row.byWeight] })) }),
    ...(confusion && { confusion: confusion.map((row) => [...row]) }),
  };
}

/** What a task reports, as evaluation.json says it. */
export function reportedMeasure(task: Task): RunEvaluation["measure"] {
  const { name, unit, decimals } = measureOf(task, task.info.reported);
  return { name, unit, ...(decimals !== undefined && { decimals }) };
}

/** The text of evaluation.json. */
export function evaluationText(evaluation: RunEvaluation): string {
  return `${JSON.stringify(evaluation, null, 1)}\n`;
}

/** Checks the content of evaluation.json. @param path where it comes from @throws UsageError if it has another form */
export function parseEvaluation(content: unknown, path: string): RunEvaluation {
  const parsed = evaluationSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new UsageError(`Expected an evaluation in ${path}: ${firstIssue(parsed.error)}`);
}
