/** Makes a task of an environment that another process plays: starts it when it is needed, and again when it dies. */
import { z } from "zod";
import { show } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import type { TaskDefinition } from "../definition.ts";
import { describedDefinition } from "../environments/definitions.ts";
import { environmentInfo, environmentMeasure } from "../environments/task.ts";
import { checkTrial, type Outcome, type Task } from "../task.ts";
import type { Hello } from "./hello.ts";
import { type Connect, type Link, LostProcess, lastWordsOf } from "./link.ts";
import { playInProcess } from "./play.ts";

/** How often in a row a process may die before it has scored anything. */
const DEATHS = 3;

/** A task that a process plays. */
export interface ProcessTask extends Task {
  score(...all: Parameters<Task["score"]>): Promise<Outcome[]>;
  close(): void;
}

/**
 * A task of what a process said of itself.
 *
 * @param name    the command line
 * @param connect starts the process
 */
export function processDefinition(name: string, hello: Hello, connect: Connect): TaskDefinition<undefined> {
  return {
    ...describedDefinition(hello),
    settings: z.strictObject({}),
    process: hello,
    load: async () => undefined,
    create: () => processTask(name, hello, connect),
  };
}

/** Makes the task; nothing is started before it scores. */
export function processTask(name: string, hello: Hello, connect: Connect): ProcessTask {
  const info = { ...environmentInfo(hello), isSlow: true };
  let link: Link | undefined;
  let deaths = 0;
  /** The end of the call before: calls share a process, and a kernel. */
  let before: Promise<unknown> = Promise.resolve();

  /** A process that is what it was. */
  async function open(): Promise<Link> {
    const opened = await connect();
    if (JSON.stringify(opened.hello) === JSON.stringify(hello)) return opened;
    opened.close();
    throw new UsageError(
      `Expected the process ${show(name)} to say the same of itself each time, got ${differences(hello, opened.hello)}.`,
    );
  }

  /** Plays until it is done: what a dead process had begun is played again by the next, from the same seeds. */
  async function play(...[kernel, programs, trial]: Parameters<Task["score"]>): Promise<Outcome[]> {
    for (;;) {
      try {
        link ??= await open();
        const outcomes = await playInProcess(kernel, programs, trial, link);
        deaths = 0;
        return outcomes;
      } catch (error) {
        close();
        if (!(error instanceof LostProcess)) throw error;
        deaths++;
        if (deaths < DEATHS) continue;
        deaths = 0;
        throw new UsageError(
          `Task ${show(hello.name)}: its process ${show(name)} ended ${DEATHS} times before it had scored anything, ` +
            `the last time with ${error.reason}.${lastWordsOf(error)}`,
        );
      }
    }
  }

  function close(): void {
    link?.close();
    link = undefined;
  }

  return {
    info,
    measures: [environmentMeasure(hello)],
    async score(kernel, programs, trial) {
      checkTrial(info, programs, trial);
      const outcomes = before.then(() => play(kernel, programs, trial));
      before = outcomes.catch(() => {});
      return outcomes;
    },
    close,
  };
}

/** What two of them say differently, the first thing in words. */
function differences(first: Hello, second: Hello): string {
  const key = [...new Set([...Object.keys(first), ...Object.keys(second)])].find(
    (name) => JSON.stringify(first[name as keyof Hello]) !== JSON.stringify(second[name as keyof Hello]),
  ) as keyof Hello;
  return `${key} ${show(first[key])} first, then ${show(second[key])}`;
}
