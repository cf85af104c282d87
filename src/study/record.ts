/** What a study has found so far: grows by measured runs, in the order of its plan whatever the order they come in. */
import type { StudyCurve, StudyRecord, StudyResult, StudyTimings } from "../measure/study-record.ts";
import { STUDY_FORMAT } from "../measure/study-record.ts";
import { taskDefinition } from "../tasks/registry.ts";
import type { Measure } from "../tasks/task.ts";
import type { StudyPlan } from "./plan.ts";
import { differences } from "./variants.ts";

/** A run of a study. */
export interface StudyRun {
  readonly variant: string;
  readonly seed: number;
}

/** A run as it was measured at a budget. */
export interface MeasuredRun {
  readonly result: StudyResult;
  /** What its task reports, which may follow from the data. */
  readonly measure: Measure;
  /** Until then. */
  readonly curve: StudyCurve;
  /** Spent in its loop until then, and at each point of the curve. */
  readonly seconds: number;
  readonly curveSeconds: readonly number[];
}

/** What was found, and its seconds. */
export interface Findings {
  readonly record: StudyRecord;
  readonly timings: StudyTimings;
}

/** What a study has found before it begins. */
export function emptyFindings(plan: StudyPlan): Findings {
  const { question, budgets, evaluation, reference, target, variants } = plan;
  const differing = differences(variants.map(({ settings }) => settings));
  const described = variants.map(({ name, settings, seeds }, index) => ({
    name,
    task: taskDefinition(String(settings.task)).name,
    stage: String(settings.stage),
    settings: differing[index],
    seeds,
  }));
  const tasks = variants.map(({ settings }) => {
    const { name, reported } = taskDefinition(String(settings.task));
    return [name, reported] as const;
  });
  const record: StudyRecord = {
    format: STUDY_FORMAT,
    question,
    budgets,
    evaluation,
    reference,
    target,
    tasks: Object.fromEntries(tasks),
    variants: described,
    results: [],
    curves: [],
  };
  return { record, timings: { results: [], curves: [] } };
}

/** What is known once a run was measured; what was known of it at this budget, and its curve, is replaced. */
export function withRun(
  { record, timings }: Findings,
  { result, measure, curve, seconds, curveSeconds }: MeasuredRun,
): Findings {
  const { variant, seed, budget } = result;
  const task = record.variants.find(({ name }) => name === variant)?.task as string;
  const order = record.variants.flatMap(({ name, seeds }) => seeds.map((own) => keyOf({ variant: name, seed: own })));
  const places = new Map(order.map((key, place) => [key, place]));
  const place = (run: StudyRun) => places.get(keyOf(run)) as number;
  const isOther = (other: StudyRun) => keyOf(other) !== keyOf(result);
  const isOtherResult = (other: StudyRun & { budget: number }) => isOther(other) || other.budget !== budget;
  const byPlan = (a: StudyRun, b: StudyRun) => place(a) - place(b);
  const byBudget = (a: StudyRun & { budget: number }, b: StudyRun & { budget: number }) =>
    byPlan(a, b) || a.budget - b.budget;
  return {
    record: {
      ...record,
      tasks: { ...record.tasks, [task]: measure },
      results: [...record.results.filter(isOtherResult), result].sort(byBudget),
      curves: [...record.curves.filter(isOther), curve].sort(byPlan),
    },
    timings: {
      results: [...timings.results.filter(isOtherResult), { variant, seed, budget, seconds }].sort(byBudget),
      curves: [...timings.curves.filter(isOther), { variant, seed, seconds: curveSeconds }].sort(byPlan),
    },
  };
}

function keyOf({ variant, seed }: StudyRun): string {
  return `${seed} ${variant}`;
}
