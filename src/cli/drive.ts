/** What `search` and `resume` share: threads, progress, Ctrl-C, and the words at the end. */
import { createPool } from "../evaluation/pool.ts";
import { compile } from "../network/compile.ts";
import type { RunConfig } from "../run/config.ts";
import { recordBestWeight } from "../run/recorder.ts";
import { writeReport } from "../run/report.ts";
import type { SessionOptions, SessionResult } from "../run/session.ts";
import { loadTaskSource } from "../run/task-source.ts";
import { integerOption, timeOption, UNLIMITED, type Values } from "./command.ts";
import { conditionsTable, measureConditions } from "./conditions.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { printResult } from "./output.ts";
import { createProgress, formatScore, time } from "./progress.ts";

/** Episodes of the closing scores. */
const CLOSING_EPISODES = 100;

/** Options that say how to run, not what. */
export const DRIVE_OPTIONS = {
  "max-time": { type: "string", describe: "Stop after this time: 90s, 5m, 1h" },
  threads: { type: "string", describe: "Worker threads; default: all cores. Never changes a result" },
  report: { type: "boolean", requiresArg: false, describe: "Write report.html into the run folder at the end" },
} as const;

/** Runs a search from the command line, and prints how it ended. */
export async function driveRun(
  values: Values,
  folder: string,
  config: RunConfig,
  run: (options: SessionOptions) => Promise<SessionResult>,
): Promise<void> {
  const maxSeconds = timeOption(values, "maxTime");
  const threads = values.threads === undefined ? undefined : integerOption(values, "threads", 1, 1);
  const source = await loadTaskSource(config);
  const evaluator = await createPool(source, { threads });
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const interrupt = listenForInterrupt("Finishing this generation");
  const progress = createProgress({
    generations: config.generations,
    maxSeconds,
    episodesPerGeneration: config.population * config.weights.length * config.episodes,
    stream: process.stderr,
  });
  let done = 0;
  try {
    const result = await run({
      folder,
      config,
      evaluator,
      shouldStop: () => interrupt.came || elapsed() >= maxSeconds,
      onGeneration(event) {
        done++;
        progress.update(event);
      },
    });
    progress.stop();
    const seconds = elapsed();
    const { champion, search, status } = result;
    const network = champion && compile(champion.genome);
    const conditions =
      network && !interrupt.came
        ? await measureConditions(source, evaluator, network, CLOSING_EPISODES, config.seed)
        : undefined;
    if (champion && conditions) recordBestWeight(folder, champion, conditions.bestShared.weight);
    const summary = champion && {
      generation: champion.generation,
      score: champion.score,
      connections: network?.connectionCount,
    };
    const lines = [
      `${done} generations in ${time(seconds)}${done < search.generation ? `, ${search.generation} in all` : ""}` +
        `${status === "stopped" ? ", stopped before the end" : ""}.`,
    ];
    if (champion) {
      lines.push(
        `Champion of generation ${champion.generation}: ${network?.connectionCount} connections, score ${formatScore(champion.score)} on validation episodes.`,
      );
    }
    if (conditions) lines.push("", "Its scores on what the search never saw:", "", conditionsTable(conditions), "");
    const report = values.report === true ? writeReport(folder) : undefined;
    lines.push(`Run folder: ${folder}`);
    if (report !== undefined) lines.push(`Report: ${report}`);
    lines.push(`To see it: precocial view ${folder}${report ? "" : `, or as a file: precocial report ${folder}`}`);
    if (status === "stopped") {
      const further = config.generations === UNLIMITED ? " --max-time 60s" : "";
      lines.push(`To go on: precocial resume ${folder}${further}`);
    }
    printResult(
      values,
      { run: folder, status, generations: search.generation, seconds, champion: summary, conditions, report },
      lines.join("\n"),
    );
  } finally {
    progress.stop();
    interrupt.close();
    await evaluator.close();
  }
}
