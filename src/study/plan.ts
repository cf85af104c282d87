/** The plan of a study: read from JSON, completed, checked; what is complete is a plan too (docs/study-format.md). */
import { z } from "zod";
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { type LoadOptions, loadOwnTask } from "../evaluation/threads-load.ts";
import { firstIssue } from "../genome/codec.ts";
import { type Budgets, STUDY_FORMAT, type StudyEvaluation } from "../measure/study-record.ts";
import type { StageConfig } from "../run/stage.ts";
import { createTask, type TaskSource, taskDefinition } from "../tasks/registry.ts";
import { BUDGET_FIELDS, parseBudgets, parseSeeds } from "./budgets.ts";
import { studyKind } from "./kinds.ts";
import { combine, completeSettings, type GivenVariant, kindOf, type Settings, taskOf } from "./variants.ts";

/** Settings that are tried with every seed. */
export interface PlannedVariant {
  readonly name: string;
  readonly seeds: readonly number[];
  /** All settings of its runs but the seed and the length. */
  readonly settings: Settings;
}

/** A plan, complete. */
export interface StudyPlan {
  readonly question?: string;
  readonly variants: readonly PlannedVariant[];
  readonly budgets: Budgets;
  readonly evaluation: StudyEvaluation;
  /** Name of the variant that others are compared with. */
  readonly reference: string;
  /** A score: the time until a run reaches it is reported. */
  readonly target?: number;
}

const settings = z.record(z.string(), z.unknown()).default({});
const choices = z.record(z.string(), z.array(z.unknown()).min(1)).optional();
const variant = z.strictObject({ name: z.string().min(1).optional(), settings, seeds: z.unknown().optional() });
const evaluation = z.strictObject({
  episodes: z.int().min(1).default(100),
  seed: z.union([z.int(), z.string()]).default(1),
  weightNoise: z.boolean().optional(),
});

/** A plan as it is written. */
const planSchema = z.strictObject({
  format: z.literal(STUDY_FORMAT).optional(),
  question: z.string().optional(),
  settings,
  variants: z.array(variant).min(1).optional(),
  grid: choices,
  vary: choices,
  seeds: z.unknown().optional(),
  generations: z.unknown().optional(),
  evaluations: z.unknown().optional(),
  maxTime: z.unknown().optional(),
  evaluation: evaluation.prefault({}),
  reference: z.string().optional(),
  target: z.number().optional(),
  quick: z.record(z.string(), z.unknown()).optional(),
});

/** A plan with some of its fields in place of what it has; a budget in place of any other. */
export function changePlan(plan: Settings, changes: Settings): Settings {
  const budgets = Object.values(BUDGET_FIELDS);
  const newBudget = budgets.some((name) => changes[name] !== undefined);
  const kept = Object.entries(plan).filter(([name]) => !(newBudget && budgets.includes(name)));
  return { ...Object.fromEntries(kept), ...changes };
}

/** The small version of a plan, in which the fields of its `quick` stand for its own. @throws UsageError if it has none */
export function quickPlan({ quick, ...plan }: Settings): Settings {
  if (typeof quick === "object" && quick !== null) return changePlan(plan, quick as Settings);
  throw new UsageError('Expected "quick" in the plan, the fields of its small version, got none.');
}

/**
 * Completes a plan: every variant with all its settings, seeds and budgets as lists. Loads modules of tasks.
 *
 * @param json   the plan, with or without a `quick` version, which is left out
 * @param where  it comes from, for messages
 * @throws UsageError that names what is wrong, and the variant whose setting it is
 */
export async function completePlan(json: unknown, where: string, options: LoadOptions = {}): Promise<StudyPlan> {
  const plan = parsePlan(json, where);
  if (plan.grid !== undefined && plan.vary !== undefined) {
    throw new UsageError(`Expected grid or vary in ${where}, got both: name the combinations in variants.`);
  }
  const budgets = parseBudgets(plan);
  const seeds = parseSeeds(plan.seeds ?? 1);
  const variants: PlannedVariant[] = [];
  for (const given of plan.variants ?? [{ settings: {}, seeds: undefined }]) {
    const own = given.seeds === undefined ? seeds : parseSeeds(given.seeds);
    for (const { name = "", settings } of combine([given], plan.grid ?? plan.vary ?? {}, plan.vary !== undefined)) {
      const complete = await completeVariant({ name, settings }, plan.settings, budgets, options);
      variants.push({ name: name || "default", seeds: own, settings: complete });
    }
  }
  const names = variants.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`Expected variants of different names, got "${twice}" twice.`);
  const reference = checkKnown("variant", plan.reference ?? names[0], names);
  const { question, evaluation, target } = plan;
  return { question, variants, budgets, evaluation, reference, target };
}

function parsePlan(json: unknown, where: string): z.infer<typeof planSchema> {
  const parsed = planSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue.code === "unrecognized_keys" && issue.path.length === 0) {
    checkKnown("field of a plan", issue.keys[0], Object.keys(planSchema.shape));
  }
  throw new UsageError(`Expected the plan of a study in ${where}: ${firstIssue(parsed.error)}`);
}

/** All settings of a variant, over those of all variants. */
async function completeVariant(
  { name, settings }: GivenVariant,
  common: Settings,
  budgets: Budgets,
  options: LoadOptions,
): Promise<Settings> {
  try {
    const given = { ...common, ...settings, ...nested(common, settings) };
    const task = taskOf(given);
    await loadOwnTask(task, options);
    const complete = completeSettings(given, taskDefinition(task));
    for (const budget of budgets.values) stepsOf(complete, budgets.unit, budget);
    return complete;
  } catch (error) {
    if (!(error instanceof UsageError) || !name) throw error;
    throw new UsageError(`Variant "${name}": ${error.message}`, { cause: error });
  }
}

/** Settings of the task that both give. */
function nested({ taskSettings: common }: Settings, { taskSettings: own }: Settings): Settings {
  return common === undefined && own === undefined
    ? {}
    : { taskSettings: { ...(common as Settings | undefined), ...(own as Settings | undefined) } };
}

/**
 * The generations (epochs) at which a run of some settings has used a budget up; infinite where time says so.
 *
 * @throws UsageError if not one generation fits, or evaluations are not counted
 */
export function stepsOf(settings: Settings, unit: Budgets["unit"], budget: number): number {
  const { title, name } = kindOf(settings);
  const { evaluations, unlimited, length } = studyKind(name);
  if (length !== undefined) return length;
  if (unit === "seconds" && unlimited === undefined) {
    throw new UsageError(`Expected a budget of generations, since ${title} goes by how many epochs there are.`);
  }
  if (unit !== "evaluations") return unit === "generations" ? budget : Number.POSITIVE_INFINITY;
  if (evaluations !== undefined) return evaluations.within(settings as unknown as StageConfig, budget);
  throw new UsageError(`Expected a budget of generations or maxTime, since evaluations of ${title} are not counted.`);
}

/** A complete plan as JSON: what plan.json of a study folder holds. */
export function planJson(plan: StudyPlan): object {
  const { question, variants, budgets, evaluation, reference, target } = plan;
  const budget = { [BUDGET_FIELDS[budgets.unit]]: budgets.values };
  return { format: STUDY_FORMAT, question, ...budget, evaluation, reference, target, variants };
}

/**
 * Checks that runs of every variant can be made of their tasks.
 *
 * @param load gives what a task needs
 * @throws UsageError if data are missing, or do not fit; or one task reports other things of two variants; naming them
 */
export async function checkTasks(
  { variants }: StudyPlan,
  load: (settings: StageConfig) => Promise<TaskSource>,
): Promise<void> {
  const sources = new Map<string, TaskSource>();
  const reported = new Map<string, { readonly measure: string; readonly name: string }>();
  for (const { name, settings } of variants) {
    const config = settings as unknown as StageConfig;
    const key = JSON.stringify([config.task, config.taskSettings]);
    try {
      const source = sources.get(key) ?? (await load(config));
      sources.set(key, source);
      const task = createTask(source);
      studyKind(config.stage).check?.(config, task);
      const measure = task.info.reported;
      const first = reported.get(config.task) ?? { measure, name };
      reported.set(config.task, first);
      if (first.measure !== measure) {
        throw new UsageError(
          `Expected ${first.measure} to be what "${config.task}" reports, as in "${first.name}", got ${measure}: ` +
            "make a study of each.",
        );
      }
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new UsageError(`Variant "${name}": ${error.message}`, { cause: error });
    }
  }
}
