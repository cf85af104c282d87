/** The tuners by name: a table, so that a row adds one. */
import type { Task } from "../tasks/task.ts";
import { ADAM } from "./adam.ts";
import { CMAES } from "./cma-tuner.ts";
import type { TunerKind } from "./tuner.ts";

/** All kinds of tuners; the last suits every task. */
export const TUNERS: readonly TunerKind[] = [ADAM, CMAES];

/** What a task is best tuned by: the first kind that says so. */
export function tunerFor(task: Pick<Task, "info" | "dataset">): TunerKind {
  return TUNERS.find((kind) => kind.suits(task)) as TunerKind;
}
