/** Progress of a run on standard error: a bar on a terminal, a plain line every few seconds otherwise. */
import { SingleBar } from "cli-progress";
import type { GenerationEvent } from "../run/loop.ts";

/** Seconds between plain lines. */
const LINE_INTERVAL = 5;

/** Shows how a search goes. */
export interface Progress {
  update(event: GenerationEvent): void;
  stop(): void;
}

/** What the display must know of the run. */
export interface ProgressOptions {
  /** Generations to reach. */
  readonly generations: number;
  /** Seconds the run may take. */
  readonly maxSeconds: number;
  /** Lanes of a generation: genomes x weights x episodes. */
  readonly episodesPerGeneration: number;
  readonly stream: NodeJS.WriteStream;
}

/** Shows the progress of a search. */
export function createProgress(options: ProgressOptions): Progress {
  const { generations, maxSeconds, episodesPerGeneration, stream } = options;
  const display = createDisplay(stream);
  const start = performance.now();
  let first = -1;

  const describe = ({ record }: GenerationEvent): [share: number, text: string] => {
    const seconds = (performance.now() - start) / 1000;
    if (first < 0) first = record.generation;
    const done = record.generation + 1 - first;
    const share = Math.max((record.generation + 1) / generations, seconds / maxSeconds);
    const perGeneration = seconds / done;
    const left = Math.min(perGeneration * (generations - record.generation - 1), maxSeconds - seconds);
    const parts = [
      `generation ${record.generation + 1}${generations < 1e6 ? `/${generations}` : ""}`,
      `best ${formatScore(record.scores.best)}`,
      `median ${formatScore(record.scores.median)}`,
      `champion ${formatScore(record.champion.score)}`,
      `${record.connections.best} connections`,
      `${count((done * episodesPerGeneration) / seconds)} episodes/s`,
      `${time(Math.max(0, left))} left`,
    ];
    return [share, parts.join(" | ")];
  };

  return { update: (event) => display.show(...describe(event)), stop: display.stop };
}

/** A bar or lines. */
export interface Display {
  /** @param share what is done, 0 to 1; @param always print a line even if one was printed just before */
  show(share: number, text: string, always?: boolean): void;
  stop(): void;
}

/** Makes a display for `stream`. */
export function createDisplay(stream: NodeJS.WriteStream): Display {
  let lastLine = Number.NEGATIVE_INFINITY;
  let bar: SingleBar | undefined;
  return {
    show(share, text, always = false) {
      if (stream.isTTY) {
        if (bar === undefined) {
          bar = new SingleBar({
            format: "{bar} {percentage}% {text}",
            stream,
            barsize: 20,
            hideCursor: true,
            fps: 8,
            barCompleteChar: "█",
            barIncompleteChar: "░",
          });
          bar.start(100, 0, { text });
        }
        bar.update(Math.min(100, Math.floor(share * 100)), { text });
        return;
      }
      const now = performance.now() / 1000;
      if (now - lastLine < LINE_INTERVAL && !always) return;
      lastLine = now;
      stream.write(`${text}\n`);
    },
    stop() {
      bar?.stop();
    },
  };
}

/** A score with about four digits. */
export function formatScore(score: number): string {
  return Math.abs(score) >= 100 ? score.toFixed(0) : score.toFixed(3);
}

/** A share as a percentage with two decimals. */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** A loss, nats. */
export function formatLoss(loss: number): string {
  return loss.toFixed(4);
}

function count(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)}M`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(0)}k` : value.toFixed(0);
}

/** Seconds as 1h 02m, 2m 05s or 12s. */
export function time(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const whole = Math.round(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  if (whole >= 3600) return `${Math.floor(whole / 3600)}h ${two(Math.floor((whole % 3600) / 60))}m`;
  return whole >= 60 ? `${Math.floor(whole / 60)}m ${two(whole % 60)}s` : `${whole}s`;
}
