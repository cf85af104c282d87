/** The loop of a run: ask, compile, evaluate, tell, record. Files, printing and signals are its listeners' business. */
import { argmax } from "../base/stats.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { Genome } from "../genome/genome.ts";
import { compile, type Network } from "../network/compile.ts";
import { Search, type SearchState } from "../search/search.ts";
import type { Trial } from "../tasks/task.ts";
import { type Champion, ChampionChooser } from "./champion.ts";
import { type RunConfig, searchSettings, searchShape } from "./config.ts";
import { type GenerationRecord, generationRecord } from "./record.ts";

/** Where a run stands between two generations: all that a checkpoint holds. */
export interface RunState {
  readonly search: SearchState;
  readonly champion: Champion | undefined;
}

/** What listeners are told after each generation. */
export interface GenerationEvent {
  readonly record: GenerationRecord;
  /** The champion, if this generation gave a new one. */
  readonly newChampion: Champion | undefined;
  /** Seconds spent in evaluation (that of the champion's candidates included), and in all. */
  readonly evaluationSeconds: number;
  readonly totalSeconds: number;
  /** Makes the state after this generation; costs time, so only who needs it asks. */
  readonly state: () => RunState;
}

/** What drives a run. */
export interface RunOptions {
  readonly config: RunConfig;
  readonly evaluator: Evaluator;
  /** Where to continue; default: from the first generation. */
  readonly from?: RunState;
  /** Asked before each generation; true ends the run there. */
  readonly shouldStop?: () => boolean;
  readonly onGeneration?: (event: GenerationEvent) => void;
}

/** Runs a search until its generations are done or `shouldStop` says so; returns where it stands. */
export async function runSearch(options: RunOptions): Promise<RunState> {
  const { config, evaluator, from, shouldStop = () => false, onGeneration = () => {} } = options;
  const search = from
    ? Search.from(from.search)
    : new Search(searchShape(evaluator.task.info), searchSettings(config), config.seed);
  const chooser = new ChampionChooser(evaluator, config, from?.champion);
  // Elites go through several generations unchanged.
  const compiled = new WeakMap<Genome, Network>();
  const compileOnce = (genome: Genome): Network => {
    const network = compiled.get(genome) ?? compile(genome);
    compiled.set(genome, network);
    return network;
  };
  const state = (): RunState => ({ search: search.state, champion: chooser.champion });

  while (search.generation < lastGeneration(config) && !shouldStop()) {
    const start = performance.now();
    const generation = search.generation;
    const families = search.families;
    const genomes = search.ask();
    const networks = genomes.map(compileOnce);
    const evaluationStart = performance.now();
    const programs = networks.map((network) => network.program);
    const { scores, steps } = await evaluator.evaluate(programs, generationTrial(config, generation), families);
    const evaluationEnd = performance.now();
    const ranking = search.tell(scores);
    const best = genomes[argmax(ranking.objectives.first)];
    const validationStart = performance.now();
    const isNew = await chooser.consider(best, generation);
    const validationEnd = performance.now();
    const record = generationRecord(ranking, networks, steps, chooser.champion as Champion);
    onGeneration({
      record,
      newChampion: isNew ? chooser.champion : undefined,
      evaluationSeconds: (evaluationEnd - evaluationStart + validationEnd - validationStart) / 1000,
      totalSeconds: (performance.now() - start) / 1000,
      state,
    });
  }
  return state();
}

/** The number of generations a run is to reach; infinite where none is set. */
export function lastGeneration({ generations }: RunConfig): number {
  return generations ?? Number.POSITIVE_INFINITY;
}

/** What all genomes of a generation face: its own episodes, at the weights of the run. */
export function generationTrial(config: RunConfig, generation: number): Trial {
  return {
    weights: { kind: "shared", values: Float32Array.from(config.weights) },
    episodes: Array.from({ length: config.episodes }, (_, episode) => `${config.seed}/train/${generation}/${episode}`),
    split: "train",
    pairing: "all",
  };
}
