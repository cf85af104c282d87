/** Loads tasks of one's own: modules in a thread of their own first, where one that never ends can be stopped. */
import { Worker } from "node:worker_threads";
import { UsageError } from "../base/errors.ts";
import type { PlainDataset } from "../data/plain.ts";
import type { TaskSettings } from "../tasks/definition.ts";
import { fileUrl } from "../tasks/module-errors.ts";
import { isCommandLine } from "../tasks/process/command-line.ts";
import type { Hello } from "../tasks/process/hello.ts";
import { LostProcess, lastWordsOf } from "../tasks/process/link.ts";
import { processDefinition } from "../tasks/process/task.ts";
import { isTaskLoaded, keepTask, loadTaskModule } from "../tasks/registry.ts";
import { startProcess } from "./threads-process.ts";

/** Milliseconds after which a task is slow to load, and after which it is given up. */
const SLOW = 2000;
const LONGEST = 60_000;

/** How long a task of one's own may take to load. */
export interface LoadOptions {
  /** Told once, in words, if it takes longer than that. */
  readonly onSlow?: (words: string) => void;
  /** Milliseconds after which that is so. Default: 2,000. */
  readonly slow?: number;
  /** Milliseconds after which it is given up. Default: 60,000. */
  readonly longest?: number;
}

/** What is done in the thread. */
interface Attempt {
  readonly url: string;
  /** Settings for the module's `dataset`, if that is to be called too. */
  readonly settings?: TaskSettings;
}

/** What the thread says when it is done; nothing if it is for the caller to import, and to say what is wrong. */
interface Attempted {
  readonly dataset?: PlainDataset;
  /** What `dataset` threw. */
  readonly error?: Error;
}

/** The thread's program: text, so that it needs no file of its own beside the sources or the built package. */
const PROGRAM = `
  const { parentPort, workerData } = require("node:worker_threads");
  async function attempt({ url, settings }) {
    let module;
    try {
      module = await import(url);
    } catch {
      return {};
    }
    const dataset = module.default?.dataset ?? module.dataset;
    if (settings === undefined || typeof dataset !== "function") return {};
    try {
      return { dataset: await dataset(settings) };
    } catch (error) {
      return { error };
    }
  }
  attempt(workerData).then((attempted) => {
    try {
      parentPort.postMessage(attempted);
    } catch {
      // What cannot be sent is made again by the caller.
      parentPort.postMessage({});
    }
  });
`;

/**
 * Loads the task of one's own that `name` is the module or the command line of, once; nothing to do for a built-in name.
 *
 * @throws UsageError if it never ends, or cannot be used
 */
export async function loadOwnTask(name: string, options: LoadOptions = {}): Promise<void> {
  if (isTaskLoaded(name)) return;
  if (isCommandLine(name)) return keepProcess(name, await helloOf(name, options));
  await attempt(name, { url: fileUrl(name) }, "load", options);
  await loadTaskModule(name);
}

/** Makes the task of a process known in this thread, from what it said of itself in any. */
export function keepProcess(name: string, hello: Hello): void {
  // What it prints is shown where it plays.
  const onPrint = (text: string) => void process.stderr.write(text);
  const connect = () => startProcess(name, { onPrint });
  const definition = processDefinition(name, hello, connect, (words) => onPrint(`precocial: ${words}\n`));
  keepTask(name, definition);
}

/** What a process says of itself; it is ended again. @throws UsageError if it ends first, or says nothing */
async function helloOf(name: string, { onSlow = () => {}, slow = SLOW, longest = LONGEST }: LoadOptions) {
  const timer = setTimeout(() => onSlow(`${name} has taken ${slow / 1000} s to start, and goes on.`), slow);
  try {
    const link = await startProcess(name, { longest });
    link.close();
    return link.hello;
  } catch (error) {
    if (!(error instanceof LostProcess)) throw error;
    throw new UsageError(
      `Could not load the task "${name}": it ended with ${error.reason} before it had called serve() of ` +
        `precocial_env.${lastWordsOf(error)}`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What the `dataset` of a module gives; undefined if it cannot leave its thread.
 *
 * @throws UsageError if it never ends, else what it throws itself
 */
export async function callOwnDataset(
  path: string,
  settings: TaskSettings,
  options: LoadOptions = {},
): Promise<PlainDataset | undefined> {
  const { dataset, error } = await attempt(path, { url: fileUrl(path), settings }, "make its data set", options);
  if (error !== undefined) throw error;
  return dataset;
}

/** Does it in a thread. @param what the task is to do, for messages */
async function attempt(path: string, work: Attempt, what: string, options: LoadOptions): Promise<Attempted> {
  const { onSlow = () => {}, slow = SLOW, longest = LONGEST } = options;
  // What it prints, it prints again where it is used.
  const worker = new Worker(PROGRAM, { eval: true, workerData: work, stdout: true, stderr: true });
  const timers: ReturnType<typeof setTimeout>[] = [];
  const after = (milliseconds: number, action: () => void) => timers.push(setTimeout(action, milliseconds));
  try {
    return await new Promise((resolve, refuse) => {
      const giveUp = (reason: string) => refuse(new UsageError(`The task ${path} did not ${what}: ${reason}.`));
      worker.once("message", resolve);
      worker.once("error", (error: Error) => giveUp(`${error.name}: ${error.message}`));
      worker.once("exit", () => giveUp("it waits for what never comes, or calls process.exit()"));
      after(slow, () => onSlow(`${path} has taken ${slow / 1000} s to ${what}, and goes on.`));
      after(longest, () => giveUp(`it has not ended after ${longest / 1000} s: look for a loop without an end`));
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
    await worker.terminate();
  }
}
