/** The contract of a format: bytes to a champion, a champion to bytes. Files and folders are others' business. */
import type { z } from "zod";
import type { Champion } from "../genome/champion.ts";
import type { Genome } from "../genome/genome.ts";
import type { TaskInfo } from "../tasks/task.ts";

/** Where a champion comes from: its task, and the seed and shared weights of its search. */
export interface ChampionOrigin {
  readonly task: string;
  readonly seed: number | string;
  /** The shared weights it was scored at. */
  readonly weights: readonly number[];
}

/** What a task calls its inputs and outputs; pixels have no names but the size of their image. Of a table, how it is read. */
export type TaskNames = Pick<TaskInfo, "inputs" | "outputs" | "image" | "table">;

/** A champion outside a run: a genome, and as much about it as is known. */
export interface PortableChampion extends Partial<Champion>, Partial<ChampionOrigin>, Partial<TaskNames> {
  readonly genome: Genome;
  /** One weight for each connection gene, where they were trained. */
  readonly trainedWeights?: readonly number[];
  /** The best shared weight, where it was looked for. */
  readonly bestSharedWeight?: number;
  /** The version of Precocial that writes it, for formats that say so. */
  readonly version?: string;
}

/** What a reader is told besides the bytes. */
export interface ReadInfo {
  /** Where the bytes come from, for messages. */
  readonly path: string;
  /** Inputs and outputs of the task, for formats that do not say them. */
  readonly ends?: Pick<Genome, "inputCount" | "outputCount">;
}

/** What a file holds. */
type Content = Uint8Array | string;

/** A way to keep a champion. A format reads, writes, or does both. */
export interface Format<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** Its name in the table of formats. */
  readonly name: string;
  /** What it is and whose, in a few words. */
  readonly summary: string;
  /** Endings of its files in small letters, with their dots; of two formats that fit a path the longer ending decides. */
  readonly endings: readonly string[];
  /** Whether a file says which task its champion is of. */
  readonly namesTask: boolean;
  /** Settings of `write`, each with default and description. */
  readonly settings?: Shape;
  /**
   * Reads a champion and checks every invariant of its genome.
   *
   * @throws UsageError that names `info.path` or what is wrong in it
   */
  read?(bytes: Uint8Array, info: ReadInfo): PortableChampion;
  /**
   * Writes a champion.
   *
   * @param settings complete, by `settings`
   * @returns        the content of the file, text being UTF-8; later, where a library is loaded for it first
   * @throws UsageError if the format needs something that is not known of the champion, or cannot state it
   */
  write?(champion: PortableChampion, settings: z.infer<z.ZodObject<Shape>>): Content | Promise<Content>;
}
