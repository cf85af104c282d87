/** The commands by name: what the help lists, and where the rest of each is, loaded where it is given. */
import type { Command } from "./command.ts";

/** A command as the help lists it. */
export interface CommandEntry {
  readonly name: string;
  /** Positionals as yargs writes them: "<task>", "[run..]". */
  readonly usage: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

/** All commands, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: "search",
    usage: "<task>",
    summary: "Evolve a network for a task, or choose its topology by gradient",
    load: async () => (await import("./search.ts")).searchCommand,
  },
  {
    name: "resume",
    usage: "<run>",
    summary: "Go on with a run or a study that was stopped or killed",
    load: async () => (await import("./resume.ts")).resumeCommand,
  },
  {
    name: "study",
    usage: "<what>",
    summary: "Repeat runs over seeds and settings, and say what is better and how sure that is",
    load: async () => (await import("./study.ts")).studyCommand,
  },
  {
    name: "evaluate",
    usage: "<champion>",
    summary: "Score a champion with random, shared and trained weights",
    load: async () => (await import("./evaluate.ts")).evaluateCommand,
  },
  {
    name: "tune",
    usage: "<champion>",
    summary: "Train every weight of a champion, from the best one that all can share",
    load: async () => (await import("./tune.ts")).tuneCommand,
  },
  {
    name: "prune",
    usage: "<champion>",
    summary: "Take connections out of a champion for as long as its score does not suffer",
    load: async () => (await import("./prune.ts")).pruneCommand,
  },
  {
    name: "predict",
    usage: "<champion>",
    summary: "Tell the class or the number of new rows of a table, or of new images",
    load: async () => (await import("./predict.ts")).predictCommand,
  },
  {
    name: "baseline",
    usage: "<model> [task]",
    summary: "Train a network by gradient descent, to compare evolved ones with",
    load: async () => (await import("./baseline.ts")).baselineCommand,
  },
  {
    name: "compare",
    usage: "<run..>",
    summary: "Compare runs and studies, evolved and trained, in a table for each task with the paper's figures",
    load: async () => (await import("./compare.ts")).compareCommand,
  },
  {
    name: "runs",
    usage: "[action] [names..]",
    summary: "List runs; rename, archive or delete them",
    load: async () => (await import("./runs.ts")).runsCommand,
  },
  {
    name: "view",
    usage: "[run..]",
    summary: "See runs and studies in the browser, live while they go on",
    load: async () => (await import("./view.ts")).viewCommand,
  },
  {
    name: "report",
    usage: "<run> [others..]",
    summary: "Write a run or a study as one HTML file that opens from disk",
    load: async () => (await import("./report.ts")).reportCommand,
  },
  {
    name: "draw",
    usage: "<champion>",
    summary: "Draw a champion's network as SVG or PNG",
    load: async () => (await import("./draw.ts")).drawCommand,
  },
  {
    name: "play",
    usage: "<champion>",
    summary: "Write an episode of a champion as a GIF",
    load: async () => (await import("./play.ts")).playCommand,
  },
  {
    name: "export",
    usage: "<champion>",
    summary: "Write a champion as ONNX, source code, equations or a graph",
    load: async () => (await import("./export.ts")).exportCommand,
  },
  {
    name: "import",
    usage: "<champion>",
    summary: "Make a run of a champion from elsewhere, such as one of the paper's code",
    load: async () => (await import("./import.ts")).importCommand,
  },
  {
    name: "worker",
    usage: "<address>",
    summary: "Score networks for searches on other machines",
    load: async () => (await import("./worker.ts")).workerCommand,
  },
  {
    name: "workers",
    usage: "<address>",
    summary: "List who scores networks for a cluster, what they do and how fast they are",
    load: async () => (await import("./workers.ts")).workersCommand,
  },
  {
    name: "data",
    usage: "<set>",
    summary: "Download a data set",
    load: async () => (await import("./data.ts")).dataCommand,
  },
  {
    name: "tasks",
    usage: "",
    summary: "List the tasks",
    load: async () => (await import("./tasks.ts")).tasksCommand,
  },
  {
    name: "new",
    usage: "<file>",
    summary: "Write a task of your own to begin with",
    load: async () => (await import("./new.ts")).newCommand,
  },
  {
    name: "check",
    usage: "<task>",
    summary: "Check a task of your own against what every task must do",
    load: async () => (await import("./check.ts")).checkCommand,
  },
];
