/** Makes a task of an environment that another process plays: starts it when it is needed, and again when it dies. */
import { z } from "zod";
import { show } from "../../base/check.ts";
import { UsageError } from "../../base/errors.ts";
import type { TaskDefinition } from "../definition.ts";
import { describedDefinition } from "../environments/definition.ts";
import { environmentInfo, environmentMeasure } from "../environments/task.ts";
import { checkTrial, type Outcome, type Task } from "../task.ts";
import type { Hello } from "./hello.ts";
import { type Connect, type Link, LostProcess, lastWordsOf } from "./link.ts";
import { playInProcess, startInProcess } from "./play.ts";

/** How often in a row a process may die before it has scored anything. */
const DEATHS = 3;

/** A task that a process plays. */
export interface ProcessTask extends Task {
  score(...all: Parameters<Task["score"]>): Promise<Outcome[]>;
  /** What there is to see at the start of each of these episodes. */
  starts(episodes: readonly string[]): Promise<Float32Array[]>;
  close(): void;
}

/** Whether a task is played by a process. */
export function isProcessTask(task: Task): task is ProcessTask {
  return "starts" in task;
}

/**
 * A task of what a process said of itself.
 *
 * @param name    the command line
 * @param connect starts the process
 * @param onDeath told in words when it died and is started again
 */
export function processDefinition(
  name: string,
  hello: Hello,
  connect: Connect,
  onDeath?: (words: string) => void,
): TaskDefinition<undefined> {
  return {
    ...describedDefinition(hello),
    settings: z.strictObject({}),
    process: hello,
    load: async () => undefined,
    create: () => processTask(name, hello, connect, onDeath),
  };
}

/** Makes the task; nothing is started before it scores. */
export function processTask(
  name: string,
  hello: Hello,
  connect: Connect,
  onDeath: (words: string) => void = () => {},
): ProcessTask {
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
      `Expected the process "${name}" to say the same of itself each time, got ${differences(hello, opened.hello)}.`,
    );
  }

  /** Does it, after all before it, until it is done: what a dead process had begun is done again by the next. */
  function inTurn<Result>(action: (link: Link) => Promise<Result>): Promise<Result> {
    const result = before.then(() => persist(action));
    before = result.catch(() => {});
    return result;
  }

  async function persist<Result>(action: (link: Link) => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        link ??= await open();
        const result = await action(link);
        deaths = 0;
        return result;
      } catch (error) {
        close();
        if (!(error instanceof LostProcess)) throw error;
        deaths++;
        if (deaths < DEATHS) {
          onDeath(`The process "${name}" ended with ${error.reason}, and is started again.`);
          continue;
        }
        deaths = 0;
        throw new UsageError(
          `Task ${show(hello.name)}: its process "${name}" ended ${DEATHS} times before it had scored anything, ` +
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
      return inTurn((link) => playInProcess(kernel, programs, trial, link));
    },
    starts: (episodes) => inTurn((link) => startInProcess(episodes, link)),
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
