/** The record of a generation: one line of generations.jsonl, the same bytes on every machine. */
import { argmax, median, quantile } from "../base/stats.ts";
import type { Champion } from "../genome/champion.ts";
import type { Network } from "../network/compile.ts";
import { paretoFronts } from "../search/rankings/nsga2.ts";
import type { RankedGeneration } from "../search/search.ts";
import { type StartShares, startsOf } from "../tasks/starts.ts";
import type { Trial } from "../tasks/task.ts";
import { shared } from "../tuning/weights.ts";

/** Of the settings of a run, those that say what its genomes face. */
export interface Training {
  readonly seed: number;
  readonly weights: readonly number[];
  /** Episodes that each weight is scored on. */
  readonly episodes: number;
  /** Kinds of start states of the episodes by share; the task's own without it. */
  readonly starts?: StartShares;
}

/** Best, median and the 5 % and 95 % quantiles over a generation. */
export interface Spread {
  readonly best: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** One generation, as recorded. */
export interface GenerationRecord {
  readonly generation: number;
  /** What the generation was ranked by besides the mean score. */
  readonly objective: string;
  /** Mean scores over weights and episodes. */
  readonly scores: Spread;
  /** Enabled connections; `best` is that of the genome with the best mean score. */
  readonly connections: Spread;
  /** Hidden and output nodes that reach an output. */
  readonly nodes: { readonly best: number; readonly median: number };
  /** Mean score against connections of the genomes no other beats in both: [connections, score], by connections. */
  readonly front: readonly (readonly [number, number])[];
  /** Environment steps taken, or examples seen. */
  readonly steps: number;
  /** The champion after this generation. */
  readonly champion: { readonly generation: number; readonly score: number };
}

/** What all genomes of a generation face: its own episodes, at the weights of the run. */
export function generationTrial({ seed, weights, episodes, starts }: Training, generation: number): Trial {
  return {
    weights: shared(weights),
    episodes: Array.from({ length: episodes }, (_, episode) => `${seed}/train/${generation}/${episode}`),
    ...(starts && { starts: startsOf(starts, episodes, generation) }),
    split: "train",
    pairing: "all",
  };
}

/** Makes the record of a generation. */
export function generationRecord(
  { generation, second, objectives }: Pick<RankedGeneration, "generation" | "second" | "objectives">,
  networks: readonly Network[],
  steps: number,
  champion: Champion,
): GenerationRecord {
  const scores = objectives.first;
  const best = argmax(scores);
  const connections = networks.map((network) => network.connectionCount);
  const nodes = networks.map((network) => network.positions.length - 1 - network.inputCount);
  const fewer = Float64Array.from(connections, (count) => -count);
  const front = new Map(
    paretoFronts({ first: scores, second: fewer })[0].map((index) => [connections[index], rounded(scores[index])]),
  );
  return {
    generation,
    objective: second,
    scores: spread(scores, scores[best]),
    connections: spread(connections, connections[best]),
    nodes: { best: nodes[best], median: median(nodes) },
    front: [...front].sort((a, b) => a[0] - b[0]),
    steps,
    champion: { generation: champion.generation, score: champion.score },
  };
}

function spread(values: ArrayLike<number>, best: number): Spread {
  return {
    best: rounded(best),
    median: rounded(median(values)),
    low: rounded(quantile(values, 0.05)),
    high: rounded(quantile(values, 0.95)),
  };
}

/** Six decimals are plenty for a record. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
