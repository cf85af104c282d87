/** The data that the page and the drawings of a run read: what a run folder holds (docs/run-format.md). */
import {
  addTotals,
  type CoursePoint,
  courseOf,
  type GenomeJson,
  type LineageStep,
  NO_TOTALS,
  type RunEvaluation,
  type RunTotals,
  type Selection,
  type SurvivalRecord,
  type TableEncoding,
  thinLines,
} from "../src/index.ts";
import type { StudyData } from "./study-data.ts";

/** Lines of a run that is followed, at most. */
const MOST_LINES = 2500;

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

/** One line of champions.jsonl, of which a page has the genome only when it has asked for it (page/source.ts). */
export interface ChampionHead {
  readonly generation: number;
  readonly score: number;
  readonly scoresByWeight?: readonly number[];
  /** Mean of what the task reports on validation data, where that is not the score. */
  readonly reported?: number;
  readonly genome?: GenomeJson;
}

/** The same, whole. */
export interface ChampionRecord extends ChampionHead {
  readonly genome: GenomeJson;
}

/** A network of a run other than its champion: the champion of a generation, or the one of the front of a size. */
export type NetworkChoice = { readonly generation: number } | { readonly connections: number };

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

/** A network of the front. */
export type FrontHead = ChampionHead & { readonly connections: number };

/** front.json: the best network of each size, the smallest first; names and weights as in champion.json. */
export interface FrontData extends Omit<Champion, keyof ChampionRecord> {
  readonly networks: readonly FrontHead[];
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
  /** What all lines of both come to, where some of them are left out. */
  readonly totals?: RunTotals;
  /** What had been spent at each of the generations. */
  readonly course?: readonly CoursePoint[];
  readonly champions: readonly ChampionHead[];
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

/** What all generations of a run come to. */
export function totalsOf({ totals, generations, timings }: RunData): RunTotals {
  return totals ?? addTotals(NO_TOTALS, generations as GenerationRecord[], timings);
}

/** What had been spent at each generation of a run. */
export function courseOfRun({ course, generations, timings }: RunData): readonly CoursePoint[] {
  return course ?? courseOf(generations as GenerationRecord[], timings);
}

/** The run after another line of generations.jsonl or timings.jsonl; of very many lines some are left out. */
export function withLine(run: RunData, kind: "generations" | "timings", line: unknown): RunData {
  const lines = [...run[kind], line];
  const [generations, timings] = kind === "generations" ? [[line], []] : [[], [line]];
  const totals = addTotals(totalsOf(run), generations as GenerationRecord[], timings as TimingRecord[]);
  const spent = { steps: totals.steps, seconds: totals.seconds };
  // The times of a generation are told after it.
  const course = [...courseOfRun(run).slice(0, kind === "generations" ? undefined : -1), spent];
  const thin = <Line>(all: readonly Line[]) => (lines.length > MOST_LINES ? thinLines(all) : all);
  return { ...run, totals, course: kind === "generations" ? thin(course) : course, [kind]: thin(lines) };
}

/** The champion to show: with the weights that it was tuned to, unless what was tuned is another one. */
export function championOf({ champion, tuned }: RunData): Champion | undefined {
  const fits = tuned !== undefined && JSON.stringify(tuned.genome) === JSON.stringify(champion?.genome);
  return fits && champion ? { ...champion, trainedWeights: tuned.trainedWeights } : champion;
}

/** The best network of a run with at most so many connections; undefined where that is the champion, or none is kept. */
export function choiceOf({ front }: RunData, connections = Infinity): NetworkChoice | undefined {
  const networks = front?.networks ?? [];
  const picked = networks.findLast((network) => network.connections <= connections);
  return picked === undefined || picked === networks.at(-1) ? undefined : { connections: picked.connections };
}

/** A network of a run as a champion, which has the names and weights of the run's. */
export function asChampion({ champion }: RunData, record: ChampionRecord): Champion {
  const { task, seed, weights, inputs, outputs, image, table } = champion ?? {};
  return { task, seed, weights, inputs, outputs, image, table, ...record };
}
