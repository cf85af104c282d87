/** Runs any kind of run from the command line: threads, progress, Ctrl-C, and the words at the end. */
import { UnreachableError, UsageError } from "../base/errors.ts";
import type { PortableChampion } from "../formats/format.ts";
import { STANDARD_EVALUATION } from "../measure/evaluation.ts";
import { readMeta } from "../run/folder.ts";
import { resumeRun, startRun } from "../run/session.ts";
import type { Stage, StageConfig, StageKind } from "../run/stage.ts";
import { loadTaskSource } from "../run/task-source.ts";
import { createWorkshop } from "../run/workshop.ts";
import { writeReport } from "../view/report.ts";
import { CLUSTER_OPTIONS, scorersOf } from "./cluster-options.ts";
import { integerOption, LOAD_OPTIONS, timeOption, type Values } from "./command.ts";
import { createDisplay } from "./display.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { presenterOf } from "./kinds.ts";
import { printResult, say } from "./output.ts";

/** Options that say how to run, not what. */
export const DRIVE_OPTIONS = {
  "max-time": { type: "string", describe: "Stop after this time: 90s, 5m, 1h" },
  threads: { type: "string", describe: "Worker threads; default: all cores. Never changes a result" },
  ...CLUSTER_OPTIONS,
  "evaluation-episodes": {
    type: "string",
    describe:
      "Episodes for each standard weight, or draws of weights, on which what was found is measured at the end; 0: it " +
      `is not. Default: ${STANDARD_EVALUATION.episodes}`,
  },
  report: { type: "boolean", requiresArg: false, describe: "Write report.html into the run folder at the end" },
} as const;

/** What to run. */
export interface Drive {
  readonly folder: string;
  readonly kind: StageKind;
  readonly config: StageConfig;
  /** Whether the folder is there already. */
  readonly resumed: boolean;
  /** A champion to start from. */
  readonly founder?: PortableChampion;
  /** The first line, for so many threads. */
  readonly title: (threads: number) => string;
}

/** Runs it, and prints how it ended. */
export async function drive(values: Values, { folder, kind, config, resumed, founder, title }: Drive): Promise<void> {
  const maxSeconds = timeOption(values, "maxTime");
  const episodes = integerOption(values, "evaluationEpisodes", STANDARD_EVALUATION.episodes, 0);
  const scorers = scorersOf(values, (words) => display.note(`precocial: ${words}`));
  const presenter = presenterOf(kind);
  const workshop = createWorkshop(await loadTaskSource(config, LOAD_OPTIONS), scorers, founder);
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const display = createDisplay(process.stderr);
  const interrupt = listenForInterrupt(presenter.last, display.end);
  let done = 0;
  let seconds = 0;
  let opened = false;
  try {
    const presentation = await presenter.present({ folder, config, workshop, display, elapsed, maxSeconds });
    const options = {
      folder,
      kind,
      config,
      workshop,
      evaluation: () => (episodes > 0 ? { ...STANDARD_EVALUATION, episodes } : undefined),
      shouldStop: () => interrupt.came || elapsed() >= maxSeconds,
      onOpen(stage: Stage) {
        opened = true;
        say(title(stage.threads));
        for (const note of workshop.task.info.table?.notes ?? []) say(note);
      },
      onProgress: presentation.onProgress,
      onStep(...event: Parameters<NonNullable<typeof presentation.onStep>>) {
        done++;
        seconds = elapsed();
        presentation.onStep?.(...event);
      },
    };
    const { status, stage, evaluation } = resumed
      ? await resumeRun(options, (warning) => say(`precocial: ${warning}`))
      : await startRun(options);
    display.stop();
    const { lines, json } = presentation.close(stage, { status, done, seconds, evaluation });
    const report = values.report === true ? writeReport(folder) : undefined;
    const text = [...lines, `Run folder: ${folder}`];
    if (report !== undefined) text.push(`Report: ${report}`);
    text.push(`To see it: precocial view ${folder}${report ? "" : `, or as a file: precocial report ${folder}`}`);
    if (status === "stopped") {
      const unlimited = (config as unknown as Record<string, unknown>)[kind.length] === null;
      text.push(`To go on: precocial resume ${folder}${unlimited ? " --max-time 60s" : ""}`);
    }
    printResult(values, { run: folder, status, seconds, ...json, evaluation, report }, text.join("\n"));
  } catch (error) {
    if (!opened || !(error instanceof UsageError)) throw error;
    const between = error.message.includes("\n") ? "\n" : " ";
    const Kind = error instanceof UnreachableError ? UnreachableError : UsageError;
    throw new Kind(`${error.message}${between}${goingOn(folder, error)}`, { cause: error });
  } finally {
    display.stop();
    interrupt.close();
    await workshop.close();
  }
}

/** What to do when that is mended for which a run broke off. */
function goingOn(folder: string, error: UsageError): string {
  const when = error instanceof UnreachableError ? "When this is mended, or without --cluster" : "When this is mended";
  return readMeta(folder).status === "finished"
    ? `The run itself is done. ${when}: precocial evaluate ${folder}`
    : `The run keeps what was done before. ${when}: precocial resume ${folder}`;
}
