/** The record of a generation: one line of generations.jsonl, the same bytes on every machine. */
import { argmax, median, quantile } from "../base/stats.ts";
import type { Champion } from "../genome/champion.ts";
import type { Network } from "../network/compile.ts";
import { paretoFronts } from "../search/rankings/nsga2.ts";
import type { RankedGeneration } from "../search/searcher.ts";
import type { Selection } from "../search/selection.ts";

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
  /** Environment steps taken, or examples seen; none for scores that elites keep. */
  readonly steps: number;
  /** The champion after this generation. */
  readonly champion: { readonly generation: number; readonly score: number };
  /** What selection did. Optional: earlier versions did not write it. */
  readonly selection?: Selection;
}

/** Makes the record of a generation. */
export function generationRecord(
  {
    generation,
    second,
    objectives,
    selection,
  }: Pick<RankedGeneration, "generation" | "second" | "objectives" | "selection">,
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
    selection,
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
