/** Measures a network by what its task reports, where selection goes by something else: the accuracy of classifiers. */
import { mean } from "../base/stats.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Program } from "../network/program.ts";
import { type Measure, measureOf, scoreNow, type Task, WHOLE } from "../tasks/task.ts";
import { shared } from "../tuning/weights.ts";

/** Measures networks in this thread. */
export interface Meter {
  readonly measure: Measure;
  /** The mean over the shared weights, on all validation examples. */
  read(program: Program): number;
}

/** A meter of a task; undefined where selection goes by what is reported. */
export async function createMeter(task: Task, weights: readonly number[]): Promise<Meter | undefined> {
  const measure = measureOf(task, task.info.reported);
  if (measure === task.measures[0]) return undefined;
  const kernel = await Kernel.create();
  const trial = {
    weights: shared(weights),
    episodes: [WHOLE],
    split: "validation",
    pairing: "all",
    measure: measure.name,
  } as const;
  return { measure, read: (program) => mean(scoreNow(task, kernel, [program], trial)[0].scores) };
}
