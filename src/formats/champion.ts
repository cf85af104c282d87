/** champion.json: the champion of a run with its scores; and the same as lines of champions.jsonl. */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { decodeGenome, encodeGenome, firstIssue, genomeSchema } from "../genome/codec.ts";
import type { Champion } from "../run/champion.ts";
import type { RunConfig } from "../run/config.ts";
import type { TaskInfo } from "../tasks/task.ts";

/** Version of champion.json. */
export const CHAMPION_FORMAT = 1;

const championLineSchema = z.strictObject({
  generation: z.int().nonnegative(),
  score: z.number(),
  scoresByWeight: z.array(z.number()),
  genome: genomeSchema,
});

/** champion.json. */
export const championSchema = z.strictObject({
  format: z.literal(CHAMPION_FORMAT),
  task: z.string(),
  seed: z.union([z.int(), z.string()]),
  weights: z.array(z.number()),
  ...championLineSchema.shape,
  /** Names of the inputs, in order; left out for pixels. */
  inputs: z.array(z.string()).optional(),
  /** Names of the outputs, in order. */
  outputs: z.array(z.string()),
  /** Where the inputs are pixels: the size of the image, whose rows follow each other. */
  image: z.strictObject({ width: z.int().positive(), height: z.int().positive() }).optional(),
  /** One weight for each connection gene, where they were trained. */
  trainedWeights: z.array(z.number()).optional(),
  /** The best shared weight, once a search has ended and looked for it. */
  bestSharedWeight: z.number().optional(),
});

/** The content of champion.json. */
export type ChampionFile = z.infer<typeof championSchema>;
/** A line of champions.jsonl. */
export type ChampionLine = z.infer<typeof championLineSchema>;

/** A champion as a line of champions.jsonl. */
export function championLine({ generation, score, scoresByWeight, genome }: Champion): ChampionLine {
  return { generation, score, scoresByWeight: [...scoresByWeight], genome: encodeGenome(genome) };
}

/** What a task calls its inputs and outputs. */
export type TaskNames = Pick<TaskInfo, "inputs" | "outputs" | "image">;

/** A champion as champion.json. */
export function championFile(
  champion: Champion,
  { task, seed, weights }: RunConfig,
  { inputs, outputs, image }: TaskNames,
): ChampionFile {
  const names = image === undefined ? { inputs: [...inputs], outputs: [...outputs] } : { outputs: [...outputs], image };
  return { format: CHAMPION_FORMAT, task, seed, weights, ...championLine(champion), ...names };
}

/** champion.json as text. */
export function championText(file: ChampionFile): string {
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * Reads champion.json.
 *
 * @throws UsageError if the form is wrong or the genome breaks an invariant
 */
export function parseChampion(json: unknown, path: string): { file: ChampionFile; champion: Champion } {
  const parsed = championSchema.safeParse(json);
  if (!parsed.success) throw new UsageError(`Expected a champion in ${path}: ${firstIssue(parsed.error)}`);
  const { generation, score, scoresByWeight } = parsed.data;
  try {
    const genome = decodeGenome(parsed.data.genome);
    return { file: parsed.data, champion: { generation, score, scoresByWeight, genome } };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${path}: ${error.message}`, { cause: error });
  }
}
