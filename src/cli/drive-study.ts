/** Conducts a study from the command line: progress, Ctrl-C, the tables and the page at the end. */
import { checkKnown, checkNumber } from "../base/check.ts";
import { counted } from "../base/numbers.ts";
import { writeTables } from "../base/table.ts";
import { FIGURE_NAMES } from "../measure/figures.ts";
import { summarizeStudy } from "../measure/study-summary.ts";
import { studyTables } from "../measure/study-tables.ts";
import type { StudyOutcome, StudyProgress } from "../study/conduct.ts";
import type { StudyOptions } from "../study/study.ts";
import { writeReport } from "../view/report.ts";
import { CLUSTER_OPTIONS, clusterOf } from "./cluster-options.ts";
import { integerOption, numberOrText, type Values } from "./command.ts";
import { createDisplay } from "./display.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { printResult, say } from "./output.ts";
import { timeLeft } from "./progress.ts";

/** Options that say how to conduct and show a study. */
export const DRIVE_STUDY_OPTIONS = {
  target: { type: "string", describe: "Score whose time to reach is shown. Default: what the reference ends with" },
  figure: {
    type: "string",
    describe: `What differences and main effects are of: ${FIGURE_NAMES.join(", ")}; default: the first that all have`,
  },
  parallel: {
    type: "string",
    describe: "Runs at once. Default: as many as cores, of a thread each; with --max-time one, with all of them",
  },
  threads: { type: "string", describe: "Worker threads of each run" },
  ...CLUSTER_OPTIONS,
} as const;

/**
 * Conducts a study, prints what it found, and writes its page.
 *
 * @param conduct starts it or goes on with it
 */
export async function driveStudy(
  values: Values,
  folder: string,
  conduct: (options: StudyOptions) => Promise<StudyOutcome>,
): Promise<void> {
  const target = values.target === undefined ? undefined : checkNumber("--target", numberOrText(String(values.target)));
  const figure = values.figure === undefined ? undefined : checkKnown("figure", String(values.figure), FIGURE_NAMES);
  const number = (name: string) => (values[name] === undefined ? undefined : integerOption(values, name, 1, 1));
  const display = createDisplay(process.stderr);
  const stopping = new AbortController();
  const interrupt = listenForInterrupt("Finishing the generations at hand", (line) => {
    display.end(line);
    stopping.abort();
  });
  const start = performance.now();
  let first: number | undefined;
  const onProgress = ({ runs, done, share, working }: StudyProgress) => {
    const seconds = (performance.now() - start) / 1000;
    first ??= share;
    if (share === first) return;
    const stretch = (share - first) / (1 - first);
    display.show(share, () => [
      { text: `${done}/${counted(runs, "run")}`, worth: 6 },
      ...working.map(({ variant, seed }) => ({ text: `${variant}, seed ${seed}`, worth: 1 })),
      timeLeft(seconds, stretch, Number.POSITIVE_INFINITY),
    ]);
  };
  const options: StudyOptions = {
    folder,
    parallel: number("parallel"),
    threads: number("threads"),
    cluster: clusterOf(values),
    signal: stopping.signal,
    onProgress,
    warn: (message) => say(`precocial: ${message}`),
  };
  try {
    const { status, record, timings } = await conduct(options);
    display.stop();
    const summary = summarizeStudy(record, timings, { target, figure });
    const page = writeReport(folder);
    const text = writeTables(studyTables(summary), "table");
    const lines = [text, "", `Study folder: ${folder}`, `Its page: ${page}`];
    if (status === "stopped") lines.push(`To go on: precocial study ${folder}`);
    printResult(values, { study: folder, status, page, record, timings, summary }, lines.join("\n"));
  } finally {
    display.stop();
    interrupt.close();
  }
}
