/** `precocial view [run..]`: serves the page of runs and studies on this machine, and follows them as they go on. */
import { startView } from "../view/server.ts";
import { type Command, integerOption, optionalInteger, PICK_OPTION } from "./command.ts";
import { printResult, say } from "./output.ts";

export const viewCommand: Command = {
  name: "view",
  positionals: {
    run: {
      type: "string",
      array: true,
      describe:
        "Run folders, a champion.json each, or study folders; default: all in --runs and --studies, as they come",
    },
  },
  options: {
    ...PICK_OPTION,
    runs: { type: "string", describe: "Folder of run folders", default: "runs" },
    studies: { type: "string", describe: "Folder of study folders", default: "studies" },
    cluster: { type: "string", describe: "Show who works at this Redis too, as redis://host:6379" },
    port: { type: "string", describe: "Port on 127.0.0.1; default: a free one" },
    open: { type: "boolean", requiresArg: false, describe: "Open the page in the browser" },
  },
  examples: [
    ["precocial view --open", "all runs in runs/ and studies in studies/, the newest first"],
    ["precocial view studies/swingup-1", "a study, and from it each of its runs"],
    ["precocial view runs/swingup-1 runs/swingup-2", "two runs, compared"],
    ["precocial view runs/swingup-1 --pick 30", "its best network with at most 30 connections"],
    ["precocial view --cluster redis://lab:6379", "and the workers of a cluster (see: precocial worker)"],
    ["precocial view --port 8080", "at an address that stays"],
  ],
  async run(values) {
    const folders = ((values.run ?? []) as unknown[]).map(String);
    const parent = String(values.runs);
    const studies = String(values.studies);
    const view = await startView({
      folders,
      parent,
      studies,
      port: integerOption(values, "port", 0, 0),
      pick: optionalInteger(values, "pick", 0),
      cluster: values.cluster === undefined ? undefined : String(values.cluster),
    });
    const stopped = new Promise<void>((stop) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
    });
    try {
      const { url, port } = view;
      printResult(values, { url, port, runs: folders.length > 0 ? folders : parent }, url);
      const shown = folders.length > 0 ? folders.join(", ") : `the runs in ${parent} and the studies in ${studies}`;
      say(`Showing ${shown}; Ctrl-C ends it.`);
      if (values.open === true) {
        const { default: open } = await import("open");
        await open(url).catch((error: Error) => say(`precocial: no browser could be opened (${error.message}).`));
      }
      await stopped;
    } finally {
      await view.close();
    }
  },
};
