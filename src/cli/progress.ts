/** What is shown of a search while it goes on, and how numbers are written. */
import type { Champion } from "../run/champion.ts";
import type { GenerationEvent } from "../run/loop.ts";
import { createDisplay, type Part } from "./display.ts";

/** Shows how a search goes. */
export interface Progress {
  update(event: GenerationEvent): void;
  /** Ends the display and prints a line below it. */
  end(line: string): void;
  stop(): void;
}

/** What the display must know of the run. */
export interface ProgressOptions {
  /** Generations to reach; infinite where only time is limited. */
  readonly generations: number;
  /** Seconds the run may take. */
  readonly maxSeconds: number;
  /** Lanes of a generation: genomes x weights x episodes. */
  readonly episodesPerGeneration: number;
  /** The accuracy of a champion; scores are log-likelihoods where it is given. */
  readonly accuracyOf?: (champion: Champion) => number;
  readonly stream: NodeJS.WriteStream;
}

/** Shows the progress of a search. */
export function createProgress(options: ProgressOptions): Progress {
  const { generations, maxSeconds, episodesPerGeneration, accuracyOf, stream } = options;
  const display = createDisplay(stream);
  const start = performance.now();
  let first = -1;
  let champion: Champion | undefined;
  const describe = onceEach(accuracyOf);

  return {
    update({ record, newChampion, state }) {
      const seconds = (performance.now() - start) / 1000;
      if (first < 0) first = record.generation;
      if (accuracyOf !== undefined) champion = newChampion ?? champion ?? state().champion;
      const reached = record.generation + 1;
      const done = reached - first;
      const score = accuracyOf === undefined ? "" : "log-likelihood ";
      const parts = (): Part[] => [
        { text: `generation ${reached}${generations < Infinity ? `/${generations}` : ""}`, worth: 6 },
        { text: `best ${score}${formatScore(record.scores.best)}`, worth: 4 },
        { text: `median ${score}${formatScore(record.scores.median)}`, worth: 2 },
        { text: describe(champion) ?? `champion ${formatScore(record.champion.score)}`, worth: 5 },
        { text: `${record.connections.best} connections`, worth: 3 },
        { text: `${count((done * episodesPerGeneration) / seconds)} episodes/s`, worth: 1 },
        timeLeft(seconds, done / (generations - first), maxSeconds),
      ];
      display.show(Math.max(reached / generations, seconds / maxSeconds), parts);
    },
    end: display.end,
    stop: display.stop,
  };
}

/** What is said of a champion's accuracy, measured once for each champion that is shown. */
function onceEach(accuracyOf: ProgressOptions["accuracyOf"]): (champion: Champion | undefined) => string | undefined {
  const texts = new WeakMap<Champion, string>();
  return (champion) => {
    if (champion === undefined || accuracyOf === undefined) return undefined;
    const text = texts.get(champion) ?? `champion accuracy ${(100 * accuracyOf(champion)).toFixed(1)} %`;
    texts.set(champion, text);
    return text;
  };
}

/**
 * How long it will take from now; the part of a line that goes last.
 *
 * @param seconds    since this stretch of the run began
 * @param share      of this stretch that is done, above 0
 * @param maxSeconds that it may take
 */
export function timeLeft(seconds: number, share: number, maxSeconds: number): Part {
  const left = Math.min(seconds / share - seconds, maxSeconds - seconds);
  return { text: `${time(Math.max(0, left))} left`, worth: Number.POSITIVE_INFINITY };
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

/** "1 thread", "2 threads" */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
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
