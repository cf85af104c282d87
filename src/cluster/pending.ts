/** Jobs that were sent and are not answered: a job is answered once, whoever does it and however often. */
import { InternalError, type UsageError } from "../base/errors.ts";
import { costOf } from "../evaluation/deal.ts";
import { type Answer, type Job, splitPrograms } from "../evaluation/job.ts";
import { packJob, type Reply, scoresOf } from "./pack.ts";

/** A job that waits for its answer. */
export interface PendingJob {
  readonly id: string;
  /** As it is put into the queue: bytes in base64, since data of BullMQ are JSON. */
  readonly data: string;
  /** What it costs (`costOf`), and whether its programs are related, since those share work. */
  readonly cost: number;
  readonly related: boolean;
  /** When it was last put into the queue, as `performance.now()` has it; undefined: it is being put. */
  sent?: number;
  /** Whether it was not found at the last look. */
  isMissing: boolean;
}

interface Waiting extends PendingJob {
  readonly scores: number;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** The jobs of one sender. */
export class PendingJobs {
  readonly #jobs = new Map<string, Waiting>();
  #count = 0;
  #end: Error | undefined;

  /** Takes a job up. @returns what is to be sent, and what will come of it */
  add(job: Job): { readonly job: PendingJob; readonly answer: Promise<Answer> } {
    if (this.#end !== undefined) throw this.#end;
    // BullMQ takes no number for an id.
    const id = `job-${++this.#count}`;
    const cost = costOf(splitPrograms(job.programs), job.trial);
    const { promise: answer, resolve, reject } = withResolvers<Answer>();
    const data = packJob(job).toString("base64");
    const waiting = { id, data, cost, related: job.related, isMissing: false, scores: scoresOf(job), resolve, reject };
    this.#jobs.set(id, waiting);
    return { job: waiting, answer };
  }

  /** Those that were put into the queue at least so many milliseconds ago. */
  sentBefore(milliseconds: number): PendingJob[] {
    const latest = performance.now() - milliseconds;
    return [...this.#jobs.values()].filter(({ sent }) => sent !== undefined && sent <= latest);
  }

  /**
   * Takes what came of a job.
   *
   * @returns the job; undefined if it is not waited for, such as one that was answered already
   */
  settle(reply: Reply): PendingJob | undefined {
    const job = this.#jobs.get(reply.job);
    if (job === undefined) return undefined;
    this.#jobs.delete(reply.job);
    if ("lost" in reply) job.reject(new Error(reply.lost));
    else if ("scores" in reply && reply.scores.length !== job.scores) {
      job.reject(new InternalError(`Expected ${job.scores} scores of a worker, got ${reply.scores.length}.`));
    } else job.resolve(reply);
    return job;
  }

  /** Ends all that waits, and whatever is added from now on, with an error. */
  fail(error: UsageError): void {
    this.#end = error;
    for (const { reject } of this.#jobs.values()) reject(error);
    this.#jobs.clear();
  }
}

/** As `Promise.withResolvers` of later Nodes. */
function withResolvers<Value>() {
  let resolve!: (value: Value) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<Value>((take, refuse) => {
    resolve = take;
    reject = refuse;
  });
  return { promise, resolve, reject };
}
