/** The thread side of the thread backend: builds the task once, scores each job. */
import { workerData } from "node:worker_threads";
import { move, transferableSymbol, valueSymbol } from "piscina";
import { UsageError } from "../base/errors.ts";
import { Kernel } from "../kernel/kernel.ts";
import { createTask, loadTaskModule } from "../tasks/registry.ts";
import type { Task } from "../tasks/task.ts";
import { scoreJob } from "./backend.ts";
import type { Answer, Job } from "./job.ts";
import type { ThreadWork } from "./threads.ts";
import { keepProcess } from "./threads-load.ts";

const kernel = await Kernel.create();
const task = await makeTask(workerData as ThreadWork);

/** The task; or, since a module may be changed while a search goes on, what is wrong with it. */
async function makeTask({ source, hello }: ThreadWork): Promise<Task | UsageError> {
  try {
    if (hello) keepProcess(source.name, hello);
    else await loadTaskModule(source.name);
    return createTask(source);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

/** Scores one job; every error but a crash comes back as an answer. */
export default async function work(job: Job): Promise<Answer> {
  if (task instanceof UsageError) return { error: task.message, usage: true };
  const answer = await scoreJob(task, kernel, job);
  if ("error" in answer) return answer;
  return move({ [valueSymbol]: answer, [transferableSymbol]: answer.scores.buffer } as never) as unknown as Answer;
}
