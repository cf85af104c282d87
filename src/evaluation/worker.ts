/** The thread side of the thread backend: builds the task once, scores each job. */
import { workerData } from "node:worker_threads";
import { move, transferableSymbol, valueSymbol } from "piscina";
import { Kernel } from "../kernel/kernel.ts";
import { createTask, loadTaskModule, type TaskSource } from "../tasks/registry.ts";
import { scoreJob } from "./backend.ts";
import type { Answer, Job } from "./job.ts";

const source = workerData as TaskSource;
await loadTaskModule(source.name);
const task = createTask(source);
const kernel = await Kernel.create();

/** Scores one job; every error but a crash comes back as an answer. */
export default function work(job: Job): Answer {
  const answer = scoreJob(task, kernel, job);
  if ("error" in answer) return answer;
  return move({ [valueSymbol]: answer, [transferableSymbol]: answer.scores.buffer } as never) as unknown as Answer;
}
