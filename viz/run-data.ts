/** The data that the page and the drawings of a run read: what a run folder holds (docs/run-format.md). */
import type { GenomeJson, LineageStep, RunEvaluation, Selection, SurvivalRecord, TableEncoding } from "../src/index.ts";
import type { StudyData } from "./study-data.ts";

/** Best, median, and the 5 % and 95 % quantiles, as the run recorded them. */
export interface Spread {
  readonly best: number;
  readonly median: number;
  readonly low?: number;
  readonly high?: number;
}

/** One line of generations.jsonl of a search. */
export interface GenerationRecord {
  readonly generation: number;
  readonly objective?: string;
  readonly scores: Spread;
  readonly connections: Spread;
  readonly nodes?: { readonly best: number; readonly median: number };
  /** Pairs of connections and score: the genomes that no other beats in both. */
  readonly front?: readonly (readonly [connections: number, score: number])[];
  readonly steps?: number;
  readonly champion?: { readonly generation: number; readonly score: number };
  readonly selection?: Selection;
}

/** Share of examples that are right, 0 to 1, and mean cross-entropy in nats. */
export interface Quality {
  readonly accuracy: number;
  readonly loss: number;
}

/** One line of generations.jsonl of a trained baseline. */
export interface EpochRecord {
  readonly epoch: number;
  readonly train: Quality;
  readonly validation: Quality;
}

/** One line of generations.jsonl of a tuning. */
export interface TuningRecord {
  readonly step: number;
  /** What is kept after the step: the step that gave it, and its score on validation data. */
  readonly champion: { readonly generation: number; readonly score: number };
}

/** One line of timings.jsonl. */
export interface TimingRecord {
  readonly generation: number;
  readonly evaluationSeconds?: number;
  readonly totalSeconds?: number;
}

/** One line of champions.jsonl. */
export interface ChampionRecord {
  readonly generation: number;
  readonly score: number;
  readonly scoresByWeight?: readonly number[];
  /** Mean of what the task reports on validation data, where that is not the score. */
  readonly reported?: number;
  readonly genome: GenomeJson;
}

/** champion.json. */
export interface Champion extends ChampionRecord {
  readonly task?: string;
  readonly seed?: number | string;
  readonly weights?: readonly number[];
  /** Names of the inputs (left out for pixels) and outputs, in order; a line of champions.jsonl has neither. */
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  /** Where the inputs are pixels: the size of the image. */
  readonly image?: { readonly width: number; readonly height: number };
  /** Where the inputs come from a table: how rows become inputs. */
  readonly table?: TableEncoding;
  /** One weight per connection gene, in the order of the genome. */
  readonly trainedWeights?: readonly number[];
  /** Of a tuned champion, whose score is that of its trained weights: how they were found. */
  readonly tuning?: { readonly method: string; readonly settings: Readonly<Record<string, unknown>> };
  /** The best shared weight, where a search ended and looked for it. */
  readonly bestSharedWeight?: number;
}

/** front.json: the best network of each size, the smallest first; names and weights as in champion.json. */
export interface FrontData extends Omit<Champion, keyof ChampionRecord> {
  readonly networks: readonly (ChampionRecord & { readonly connections: number })[];
}

/** One run, as much of it as there is. */
export interface RunData {
  readonly name: string;
  /** There is no run folder, only a champion.json. */
  readonly only?: "champion";
  readonly config?: {
    readonly task?: string;
    readonly taskSettings?: Readonly<Record<string, unknown>>;
    readonly seed?: number | string;
    readonly [key: string]: unknown;
  };
  readonly meta?: { readonly version?: string; readonly status?: string; readonly [key: string]: unknown };
  readonly generations: readonly (GenerationRecord | EpochRecord | TuningRecord)[];
  readonly timings: readonly TimingRecord[];
  readonly champions: readonly ChampionRecord[];
  readonly champion?: Champion;
  /** tuned.json: a champion of this run with trained weights, today's or an earlier one. */
  readonly tuned?: Champion;
  readonly front?: FrontData;
  /** lineage.json. */
  readonly lineage?: { readonly steps: readonly LineageStep[] };
  readonly evaluation?: RunEvaluation;
  /** founder.json, of a search that started from a champion; and survival.jsonl. */
  readonly founder?: { readonly genome: GenomeJson };
  readonly survival?: readonly SurvivalRecord[];
  /** Connections of the network to show in place of the champion, at most. */
  readonly pick?: number;
  /** The text of the task's module, in JavaScript, where the task is one of the user's own. */
  readonly module?: string;
  /** How it stands: "died" is one that was running and whose process is gone. */
  readonly status?: "running" | "finished" | "stopped" | "died" | null;
  /** Name of the study that it is a run of, where it is. */
  readonly study?: string;
  /** How far a served run was read; where following it goes on. */
  readonly position?: string;
  /** What could not be read, in words. */
  readonly problems?: readonly string[];
}

/** The document embedded in a report. */
export interface PageDocument {
  readonly runs: readonly RunData[];
  readonly studies?: readonly StudyData[];
}

/** The generations of a search, in order, leaving out lines that are something else. */
export function generationsOf(run: RunData): GenerationRecord[] {
  return run.generations.filter(
    (line): line is GenerationRecord => "scores" in line && typeof line.scores?.best === "number",
  );
}

/** The epochs of a trained baseline, in order, leaving out lines that are something else. */
export function epochsOf(run: RunData): EpochRecord[] {
  return run.generations.filter(
    (line): line is EpochRecord =>
      "train" in line && typeof line.train?.accuracy === "number" && typeof line.validation?.accuracy === "number",
  );
}

/** The steps of a tuning, in order; none of a run of another kind. */
export function tuningOf(run: RunData): TuningRecord[] {
  if (run.champion?.tuning === undefined) return [];
  return run.generations.filter((line): line is TuningRecord => "step" in line);
}

/**
 * The champion to show: the run's, or the last one found when the run has not written it yet; with the weights that it
 * was tuned to, unless what was tuned is another one.
 */
export function championOf({ champion, champions, tuned }: RunData): Champion | undefined {
  const shown = champion ?? champions.at(-1);
  const fits = tuned !== undefined && JSON.stringify(tuned.genome) === JSON.stringify(shown?.genome);
  return fits && shown ? { ...shown, trainedWeights: tuned.trainedWeights } : shown;
}

/**
 * The best network of a run with at most so many connections, as a champion; undefined where that is the champion, or
 * none is kept.
 */
export function networkOf({ front }: RunData, connections = Infinity): Champion | undefined {
  if (front === undefined) return undefined;
  const { networks, ...names } = front;
  const picked = networks.findLast((network) => network.connections <= connections);
  return picked === networks.at(-1) ? undefined : picked && { ...names, ...picked };
}
