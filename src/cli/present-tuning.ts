/** What is shown of a tuning while it goes on, and what it came to. */
import { join } from "node:path";
import { counted, formatScore, time } from "../base/numbers.ts";
import { compile } from "../network/compile.ts";
import type { TuningConfig } from "../run/stages/tuning-config.ts";
import type { TuningStage } from "../run/stages/tuning-stage.ts";
import { conditionsTable } from "./conditions.ts";
import type { Part } from "./display.ts";
import type { Presentation, Presenter, Showing } from "./presenter.ts";
import { timeLeft } from "./progress.ts";

export const TUNING_PRESENTER: Presenter<TuningConfig, TuningStage> = {
  last: "Finishing this step",
  async present(showing) {
    const {
      folder,
      config: { result },
      workshop: { task },
    } = showing;
    return {
      ...showSteps(showing),
      close(stage, { status, done, seconds, evaluation }) {
        const { count, length, kept, beginning } = stage;
        const connections = compile(beginning.genome).connectionCount;
        const lines = [
          `${counted(done, length.slice(0, -1))} in ${time(seconds)}${done < count ? `, ${count} in all` : ""}` +
            `${status === "stopped" ? ", stopped before the end" : ""}.`,
          `${counted(connections, "connection")}: ${task.measures[0].name} ${formatScore(beginning.sharedScore)} with the ` +
            `shared weight ${beginning.weight}, ${formatScore(kept.score)} with weights of ${length.slice(0, -1)} ` +
            `${kept.step}, on validation data.`,
        ];
        if (evaluation) {
          lines.push("", "Its scores on what the tuning never saw:", "");
          lines.push(conditionsTable(evaluation, evaluation.measure), "");
        }
        if (result !== null) lines.push(`Tuned champion: ${join(folder, result)}`);
        const { step, score, reported } = kept;
        const champion = {
          step,
          score,
          ...(reported !== undefined && { [task.info.reported]: reported }),
          connections,
        };
        return {
          lines,
          json: { [length]: count, weight: beginning.weight, sharedScore: beginning.sharedScore, champion },
        };
      },
    };
  },
};

/** A line for each step: its number, what is kept, and the tuner's own figures. */
function showSteps({
  config,
  workshop: { task },
  display,
  elapsed,
  maxSeconds,
}: Showing<TuningConfig>): Pick<Presentation<TuningStage>, "onStep" | "onProgress"> {
  let first = -1;
  return {
    onStep({ line: { step: count, steps: _, champion, ...figures } }, __, { length }) {
      if (first < 0) first = count - 1;
      const total = (config as unknown as Record<string, number | null>)[length] ?? Number.POSITIVE_INFINITY;
      const parts = (): Part[] => [
        { text: `${length.slice(0, -1)} ${count}${total < Infinity ? `/${total}` : ""}`, worth: 6 },
        { text: `kept ${task.measures[0].name} ${formatScore(champion.score)}`, worth: 5 },
        ...Object.entries(figures).map(
          ([name, value]): Part => ({ text: `${name} ${figure(Number(value))}`, worth: 3 }),
        ),
        timeLeft(elapsed(), (count - first) / (total - first), maxSeconds),
      ];
      display.show(Math.max(count / total, elapsed() / maxSeconds), parts);
    },
  };
}

/** A figure of a tuner: a score, or a count as it is. */
function figure(value: number): string {
  return Number.isInteger(value) ? `${value}` : formatScore(value);
}
