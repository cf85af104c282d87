/** Runs any kind of run from the command line: threads, progress, Ctrl-C, and the words at the end. */
import { UsageError } from "../base/errors.ts";
import type { Genome } from "../genome/genome.ts";
import { readMeta } from "../run/folder.ts";
import { resumeRun, type SessionResult, startRun } from "../run/session.ts";
import type { Stage, StageConfig, StageKind } from "../run/stage.ts";
import { loadTaskSource } from "../run/task-source.ts";
import { createWorkshop } from "../run/workshop.ts";
import { writeReport } from "../view/report.ts";
import { integerOption, LOAD_OPTIONS, timeOption, type Values } from "./command.ts";
import { createDisplay } from "./display.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { presenterOf } from "./kinds.ts";
import { printResult, say } from "./output.ts";
import type { Ending, Presentation } from "./presenter.ts";

/** Options that say how to run, not what. */
export const DRIVE_OPTIONS = {
  "max-time": { type: "string", describe: "Stop after this time: 90s, 5m, 1h" },
  threads: { type: "string", describe: "Worker threads; default: all cores. Never changes a result" },
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
  readonly founder?: Genome;
  /** The first line, for so many threads. */
  readonly title: (threads: number) => string;
}

/** What is known when it has ended. */
type Ended = Awaited<ReturnType<Presentation<Stage>["close"]>> & Pick<Ending, "status" | "seconds">;

/** Runs it, and prints how it ended. */
export async function drive(values: Values, { folder, kind, config, resumed, founder, title }: Drive): Promise<void> {
  const maxSeconds = timeOption(values, "maxTime");
  const threads = values.threads === undefined ? undefined : integerOption(values, "threads", 1, 1);
  const presenter = presenterOf(kind);
  const workshop = createWorkshop(await loadTaskSource(config, LOAD_OPTIONS), threads, founder);
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const display = createDisplay(process.stderr);
  const interrupt = listenForInterrupt(presenter.last, display.end);
  let done = 0;
  let opened = false;
  let ended: Ended | undefined;
  try {
    const presentation = await presenter.present({ config, workshop, display, elapsed, maxSeconds });
    const options = {
      folder,
      kind,
      config,
      workshop,
      shouldStop: () => interrupt.came || elapsed() >= maxSeconds,
      onOpen(stage: Stage) {
        opened = true;
        say(title(stage.threads));
        for (const note of workshop.task.info.table?.notes ?? []) say(note);
      },
      onProgress: presentation.onProgress,
      onStep(...event: Parameters<NonNullable<typeof presentation.onStep>>) {
        done++;
        presentation.onStep?.(...event);
      },
      async onEnd({ status, stage }: SessionResult<Stage>) {
        display.stop();
        const seconds = elapsed();
        const interrupted = interrupt.came;
        const closing = await presentation.close(stage, { folder, status, done, seconds, interrupted });
        ended = { status, seconds, ...closing };
      },
    };
    if (resumed) await resumeRun(options, (warning) => say(`precocial: ${warning}`));
    else await startRun(options);
    const { status, seconds, lines, json } = ended as unknown as Ended;
    const report = values.report === true ? writeReport(folder) : undefined;
    const text = [...lines, `Run folder: ${folder}`];
    if (report !== undefined) text.push(`Report: ${report}`);
    text.push(`To see it: precocial view ${folder}${report ? "" : `, or as a file: precocial report ${folder}`}`);
    if (status === "stopped") {
      const unlimited = (config as unknown as Record<string, unknown>)[kind.length] === null;
      text.push(`To go on: precocial resume ${folder}${unlimited ? " --max-time 60s" : ""}`);
    }
    printResult(values, { run: folder, status, seconds, ...json, report }, text.join("\n"));
  } catch (error) {
    if (!opened || !(error instanceof UsageError)) throw error;
    const between = error.message.includes("\n") ? "\n" : " ";
    throw new UsageError(`${error.message}${between}${goingOn(folder)}`, { cause: error });
  } finally {
    display.stop();
    interrupt.close();
    await workshop.close();
  }
}

/** What to do when that is mended for which a run broke off. */
function goingOn(folder: string): string {
  return readMeta(folder).status === "finished"
    ? `The run itself is done. When this is mended: precocial evaluate ${folder}`
    : `The run keeps what was done before. When this is mended: precocial resume ${folder}`;
}
