/** The thread side of the pool: builds the task once, scores each job. */
import { workerData } from "node:worker_threads";
import { move, transferableSymbol, valueSymbol } from "piscina";
import { UsageError } from "../base/errors.ts";
import { Kernel } from "../kernel/kernel.ts";
import { createTask } from "../tasks/registry.ts";
import { scoreFamily } from "./evaluator.ts";
import { type Answer, type Job, splitPrograms, type WorkerSetup } from "./protocol.ts";

const setup = workerData as WorkerSetup;
const task = createTask(setup.task);
const kernel = await Kernel.create();

/** Scores one job; every error but a crash comes back as an answer. */
export default function work({ programs, familySizes, indices, trial }: Job): Answer {
  try {
    const all = splitPrograms(programs);
    const parts: Float64Array[] = [];
    let steps = 0;
    let first = 0;
    for (const size of familySizes) {
      const end = first + size;
      for (const outcome of scoreFamily(task, kernel, all.slice(first, end), indices.slice(first, end), trial)) {
        parts.push(outcome.scores);
        steps += outcome.steps;
      }
      first = end;
    }
    const scores = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      scores.set(part, at);
      at += part.length;
    }
    const answer: Answer = { scores, steps };
    return move({ [valueSymbol]: answer, [transferableSymbol]: scores.buffer } as never) as unknown as Answer;
  } catch (error) {
    return { error: (error as Error).message, usage: error instanceof UsageError };
  }
}
