/** `precocial worker <address>`: scores networks for searches on other machines, until it is stopped. */
import { resolve } from "node:path";
import { counted } from "../base/numbers.ts";
import { startWorker } from "../cluster/host.ts";
import { type Command, optionalInteger, taskNamed } from "./command.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { printResult, say } from "./output.ts";

export const ADDRESS_POSITIONAL = {
  address: {
    type: "string",
    demandOption: true,
    describe: "A Redis: redis://host:6379, or rediss:// with TLS; its password is taken from PRECOCIAL_REDIS_PASSWORD",
  },
} as const;

export const workerCommand: Command = {
  name: "worker",
  positionals: ADDRESS_POSITIONAL,
  options: {
    threads: { type: "string", describe: "Worker threads; default: all cores" },
    name: { type: "string", describe: "What to call it; default: the name of this machine" },
    task: {
      type: "string",
      array: true,
      describe: "A module or command of your own that it may use, if a search names one; may be given several times",
    },
    data: {
      type: "string",
      array: true,
      describe: "A table, or a folder of data, that it may use, if a search names one; may be given several times",
    },
  },
  examples: [
    ["precocial worker redis://lab:6379", "with all cores, for every task that comes with Precocial"],
    ["precocial worker redis://lab:6379 --threads 4 --task ./my-task.js", "for a task of your own too"],
    ["precocial search biped --cluster redis://lab:6379", "a search that has its networks scored by workers"],
    ["precocial workers redis://lab:6379", "who is there"],
  ],
  async run(values) {
    const tasks: string[] = [];
    for (const word of (values.task ?? []) as unknown[]) tasks.push(await taskNamed(String(word)));
    const worker = await startWorker({
      address: String(values.address),
      threads: optionalInteger(values, "threads", 1),
      name: values.name === undefined ? undefined : String(values.name),
      tasks,
      data: ((values.data ?? []) as unknown[]).map((path) => resolve(String(path))),
      onNotice: (words) => say(words),
    });
    const { name, threads } = worker;
    await new Promise<void>((stop) => {
      listenForInterrupt("Finishing the jobs at hand", (line) => {
        say(line);
        stop();
      });
      say(`Worker ${name} with ${counted(threads, "thread")}; Ctrl-C ends it after the jobs at hand.`);
    });
    await worker.close();
    // To be stopped is its good end.
    process.exitCode = 0;
    printResult(values, { worker: name, done: worker.done }, `Worker ${name} did ${counted(worker.done, "job")}.`);
  },
};
