/** `precocial runs`: lists the runs there are; renames, archives and deletes them; keeps what is said of them. */
import { isAbsolute, relative } from "node:path";
import { createInterface } from "node:readline";
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { counted, formatMeasure, formatScore } from "../base/numbers.ts";
import { alignColumns } from "../base/table.ts";
import { checkUnlocked } from "../files/lock.ts";
import { SEARCH_STAGE } from "../run/stages/search-stage.ts";
import { type RunSummary, summarizeRuns } from "../view/run-list.ts";
import { archiveRun, deleteRun, findRun, renameRun } from "../view/run-manage.ts";
import { type RunNotes, readNotes, writeNotes } from "../view/run-notes.ts";
import type { Command, Values } from "./command.ts";
import { printResult } from "./output.ts";

const ACTIONS = ["list", "rename", "archive", "delete", "note", "tag", "untag", "star", "unstar"] as const;

/** What is said of a run by an action, after what was said of it and with the words that follow its name. */
const SAYINGS: Readonly<Record<string, (before: RunNotes, words: readonly string[]) => Partial<RunNotes>>> = {
  note: (_, words) => ({ note: words.join(" ") }),
  tag: ({ tags }, words) => ({ tags: [...tags, ...words] }),
  untag: ({ tags }, words) => ({ tags: tags.filter((tag) => !words.includes(tag)) }),
  star: () => ({ star: true }),
  unstar: () => ({ star: false }),
};

/** Columns of words, which stand to the left. */
const WORDS = [0, 1, 3, 9];

export const runsCommand: Command = {
  name: "runs",
  positionals: {
    action: { type: "string", default: "list", describe: `One of ${ACTIONS.join(", ")}` },
    names: {
      type: "string",
      array: true,
      describe:
        "Run folders, or names of runs in --runs; to rename, a run and its new name; to note or tag, a run and words",
    },
  },
  options: {
    runs: { type: "string", describe: "Folder of run folders", default: "runs" },
    yes: { type: "boolean", requiresArg: false, describe: "Delete without asking" },
  },
  examples: [
    ["precocial runs", "all runs in runs/, the newest last"],
    ["precocial runs rename swingup-1 first-try", "runs/first-try"],
    [
      "precocial runs archive swingup-2 swingup-3",
      "runs/archive/swingup-2, ...; see: precocial runs --runs runs/archive",
    ],
    ["precocial runs delete swingup-4", "for good; asks first"],
    ['precocial runs note swingup-5 "the first that stands"', "kept in the run, and shown by view"],
    ["precocial runs tag swingup-5 mixed-starts good", "likewise; also untag, star, unstar"],
  ],
  async run(values) {
    const action = checkKnown("action of runs", String(values.action), ACTIONS);
    const names = ((values.names ?? []) as unknown[]).map(String);
    const parent = String(values.runs);
    if (action === "list") {
      if (names.length > 0)
        throw new UsageError(`Expected no names to list, got ${names.join(", ")}: --runs says where.`);
      await list(values, parent);
    } else if (action === "rename") {
      if (names.length !== 2)
        throw new UsageError(`Expected a run and its new name, got ${counted(names.length, "name")}.`);
      const run = findRun(names[0], parent);
      const to = await renameRun(run, names[1]);
      printResult(values, { run, to }, `${run} is now ${to}.`);
    } else if (action in SAYINGS) {
      if (names.length === 0) throw new UsageError(`Expected a run to ${action}, got none. See: precocial runs`);
      const [name, ...words] = names;
      checkWords(action, words);
      const run = findRun(name, parent);
      const notes = writeNotes(run, SAYINGS[action](readNotes(run), words));
      printResult(values, { run, ...notes }, `${run}: ${notesText(notes)}`);
    } else {
      if (names.length === 0) throw new UsageError(`Expected runs to ${action}, got none. See: precocial runs`);
      const runs = [...new Set(names.map((name) => findRun(name, parent)))];
      // All or none.
      for (const run of runs) checkUnlocked(run);
      await (action === "archive" ? archive : remove)(values, runs);
    }
  },
};

/** @throws UsageError if there are no words where there must be some, or some where there are none */
function checkWords(action: string, words: readonly string[]): void {
  const isTagging = action.endsWith("tag");
  if (isTagging && words.length === 0)
    throw new UsageError(`Expected a run and tags to ${action}, got no tag: precocial runs ${action} <run> <tag> ...`);
  if (!isTagging && action !== "note" && words.length > 0)
    throw new UsageError(`Expected one run to ${action}, got ${counted(words.length + 1, "name")}.`);
}

/** What is said of a run, in a line. */
function notesText({ star, tags, note }: RunNotes): string {
  const parts = [star ? "starred" : "", tags.length > 0 ? `tags ${tags.join(", ")}` : "", note].filter(Boolean);
  return parts.length > 0 ? parts.join("; ") : "nothing is said of it";
}

async function list(values: Values, parent: string): Promise<void> {
  const { runs, unreadable } = await summarizeRuns(parent);
  const head = ["run", "task", "seed", "status", "done", "score", "test", "size", "started", "settings"];
  const table = runs.length > 0 ? alignColumns([head, ...runs.map(cellsOf)], WORDS) : `There are no runs in ${parent}.`;
  const notes = unreadable.map(({ run, problem }) => `${run} cannot be read. ${problem}`);
  printResult(values, { runs, unreadable }, [table, ...(notes.length > 0 ? ["", ...notes] : [])].join("\n"));
}

function cellsOf(summary: RunSummary): string[] {
  const { run, stage, model, task, seed, status, generations, limit, test, size, started, settings } = summary;
  return [
    run,
    stage === SEARCH_STAGE.name ? task : `${task}, ${model}`,
    String(seed),
    status,
    limit === null ? String(generations) : `${generations}/${limit}`,
    scoreOf(summary),
    test === undefined ? "-" : formatMeasure(test.value, test.measure),
    size === undefined ? "-" : size.toLocaleString("en-US"),
    new Date(started).toLocaleString("sv-SE", { dateStyle: "short", timeStyle: "short" }),
    Object.entries(settings)
      .map(([name, value]) => `${name} ${textOf(value)}`)
      .join(", "),
  ];
}

function scoreOf({ score, measure }: RunSummary): string {
  if (score === undefined) return "-";
  return measure.name === "score" ? formatScore(score) : `${measure.name} ${formatMeasure(score, measure)}`;
}

function textOf(value: unknown): string {
  if (value === null) return "unlimited";
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "string" && isAbsolute(value) ? shorter(value) : String(value);
}

/** A path as it is from here, if that is shorter. */
function shorter(path: string): string {
  const fromHere = relative(process.cwd(), path) || ".";
  return fromHere.length < path.length ? fromHere : path;
}

async function archive(values: Values, runs: readonly string[]): Promise<void> {
  const archived: { run: string; to: string }[] = [];
  for (const run of runs) archived.push({ run, to: await archiveRun(run) });
  printResult(values, { runs: archived }, archived.map(({ run, to }) => `${run} is now ${to}.`).join("\n"));
}

async function remove(values: Values, runs: readonly string[]): Promise<void> {
  if (values.yes !== true && !(await confirm(`Delete ${runs.join(", ")} for good?`))) {
    printResult(values, { deleted: [] }, "Nothing was deleted.");
    return;
  }
  for (const run of runs) await deleteRun(run);
  printResult(values, { deleted: runs }, runs.map((run) => `${run} is deleted.`).join("\n"));
}

/** Asks on the terminal; anything but yes is no. @throws UsageError if there is none */
function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError("Expected --yes, since there is no terminal to ask whether the runs may be deleted.");
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((answered) => {
    // Also when Ctrl-C or Ctrl-D closes it.
    terminal.on("close", () => answered(false));
    terminal.question(`${question} [y/N] `, (answer) => {
      answered(/^y(es)?$/i.test(answer.trim()));
      terminal.close();
    });
  });
}
