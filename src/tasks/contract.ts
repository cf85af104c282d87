/**
 * The contract of tasks, as data: the tests run it over all tasks of ours, and `precocial check` over a user's. A task
 * that keeps it can be searched on any number of threads and machines with the same result.
 */
import { Kernel } from "../kernel/kernel.ts";
import type { Check, CheckContext } from "./checks/check.ts";
import { ENVIRONMENT_CHECKS } from "./checks/environment-checks.ts";
import { PROCESS_CHECKS } from "./checks/process-checks.ts";
import { TASK_CHECKS } from "./checks/task-checks.ts";
import type { Environment, EnvironmentSettings } from "./environment.ts";
import { EndlessFault } from "./play/faults.ts";
import { completeSettings } from "./play/settings.ts";
import { isProcessTask } from "./process/task.ts";
import type { Task } from "./task.ts";

/** All checks, in the order in which they are run: those of an environment say more exactly what is wrong. */
export const CHECKS: readonly Check[] = [...ENVIRONMENT_CHECKS, ...TASK_CHECKS, ...PROCESS_CHECKS];

/** How one check went: well if there is neither an error nor a warning. */
export interface CheckResult {
  /** What is so when nothing is wrong. */
  readonly name: string;
  /** What is wrong, and where. */
  readonly error?: string;
  /** What may be meant, but seldom is. */
  readonly warning?: string;
}

/** The checks of a task that is made of an environment, or is not; that another process plays, or does not. */
export function checksFor(environment: object | undefined, process?: object): readonly Check[] {
  return CHECKS.filter(
    ({ isOfEnvironment, isOfProcess }) =>
      (environment !== undefined || !isOfEnvironment) && (process !== undefined || !isOfProcess),
  );
}

/**
 * Runs all checks that apply.
 *
 * @param environment the environment the task is made of, if it is
 * @param settings    what the task was made with that differs from the environment's settings
 * @param onResult    told how each check went, as soon as it has ended
 * @returns           the results; a check that would not end is the last of them
 */
export async function checkTask<State, Settings extends EnvironmentSettings, A>(
  task: Task,
  environment?: Environment<State, Settings, A>,
  settings: Partial<Settings> = {},
  onResult: (result: CheckResult) => void = () => {},
): Promise<CheckResult[]> {
  const context: CheckContext = {
    task,
    environment: environment as Environment | undefined,
    settings: environment === undefined ? {} : completeSettings(environment, settings),
    kernel: await Kernel.create(),
  };
  const results: CheckResult[] = [];
  for (const check of checksFor(environment, isProcessTask(task) ? task : undefined)) {
    const { isEndless, ...result } = await runCheck(check, context);
    onResult(result);
    results.push(result);
    if (isEndless) break;
  }
  return results;
}

async function runCheck(
  { name, isAdvice, run }: Check,
  context: CheckContext,
): Promise<CheckResult & { readonly isEndless?: boolean }> {
  try {
    await run(context);
    return { name };
  } catch (error) {
    const words = (error as Error).message;
    if (error instanceof EndlessFault)
      return { name, error: `${words} The checks after it were not run.`, isEndless: true };
    return isAdvice ? { name, warning: words } : { name, error: words };
  }
}
