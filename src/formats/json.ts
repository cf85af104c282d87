/** Our own format, champion.json: the champion of a run with its scores; and the same as lines of champions.jsonl. */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { tableEncodingSchema } from "../data/table/encoding.ts";
import type { Champion } from "../genome/champion.ts";
import { decodeGenome, encodeGenome, firstIssue, type GenomeJson, genomeSchema } from "../genome/codec.ts";
import type { Genome } from "../genome/genome.ts";
import type { ChampionOrigin, Format, PortableChampion, TaskNames } from "./format.ts";

/** Version of champion.json. */
export const CHAMPION_FORMAT = 1;

/** A line of champions.jsonl. */
export const championLineSchema = z.strictObject({
  generation: z.int().nonnegative(),
  score: z.number(),
  scoresByWeight: z.array(z.number()),
  /** Mean of what the task reports on validation data, where that is not the score. */
  reported: z.number().optional(),
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
  /** Where the inputs come from a table: how rows become inputs, and what the outputs mean. */
  table: tableEncodingSchema.optional(),
  /** One weight for each connection gene, where they were trained. */
  trainedWeights: z.array(z.number()).optional(),
  /** Of a tuned champion, whose score is that of its trained weights: how they were found. */
  tuning: z.strictObject({ method: z.string(), settings: z.record(z.string(), z.unknown()) }).optional(),
  /** The best shared weight, once a search has ended and looked for it. */
  bestSharedWeight: z.number().optional(),
});

/** The content of champion.json. */
export type ChampionFile = z.infer<typeof championSchema>;
/** A line of champions.jsonl. */
export type ChampionLine = z.infer<typeof championLineSchema>;

/** A champion as a line of champions.jsonl. */
export function championLine({ generation, score, scoresByWeight, reported, genome }: Champion): ChampionLine {
  const scores = { score, scoresByWeight: [...scoresByWeight], ...(reported !== undefined && { reported }) };
  return { generation, ...scores, genome: encodeGenome(genome) };
}

/** A champion as champion.json. */
export function championFile(
  champion: Champion,
  { task, seed, weights }: ChampionOrigin,
  names: TaskNames,
): ChampionFile {
  return { format: CHAMPION_FORMAT, task, seed, weights: [...weights], ...championLine(champion), ...namesFile(names) };
}

/** The names of inputs and outputs as they stand in champion.json. */
export function namesFile({
  inputs,
  outputs,
  image,
  table,
}: TaskNames): Pick<ChampionFile, "inputs" | "outputs" | "image" | "table"> {
  return image === undefined ? { inputs: [...inputs], outputs: [...outputs], table } : { outputs: [...outputs], image };
}

/** The text of champion.json. */
export function championText(file: ChampionFile): string {
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * Reads the content of champion.json.
 *
 * @param path where it comes from, for messages
 * @throws UsageError if the form is wrong, the genome breaks an invariant, or trained weights are not one for each gene
 */
export function parseChampion(content: unknown, path: string): { file: ChampionFile; champion: Champion } {
  const parsed = championSchema.safeParse(content);
  if (!parsed.success) throw new UsageError(`Expected a champion in ${path}: ${firstIssue(parsed.error)}`);
  const { generation, score, scoresByWeight, reported, trainedWeights } = parsed.data;
  const genome = decodeNamed(parsed.data.genome, path);
  if (trainedWeights !== undefined && trainedWeights.length !== genome.enabled.length) {
    throw new UsageError(
      `Expected ${genome.enabled.length} trained weights, one for each connection gene, got ${trainedWeights.length} in ${path}.`,
    );
  }
  return {
    file: parsed.data,
    champion: { generation, score, scoresByWeight, ...(reported !== undefined && { reported }), genome },
  };
}

/** A genome from its JSON; errors begin with the path. */
function decodeNamed(genome: GenomeJson, path: string): Genome {
  try {
    return decodeGenome(genome);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${path}: ${error.message}`, { cause: error });
  }
}

/** Precocial's own format: champion.json, and champion.json of a run with trained weights added. */
export const json: Format = {
  name: "json",
  summary: "champion.json, as runs write it",
  endings: [".json"],
  namesTask: true,
  read(bytes, { path }) {
    const { file, champion } = parseChampion(parseJson(bytes, path), path);
    const { task, seed, weights, inputs, outputs, image, table, bestSharedWeight } = file;
    const trainedWeights = file.trainedWeights ?? (champion.genome.weights && [...champion.genome.weights]);
    return { ...champion, task, seed, weights, inputs, outputs, image, table, trainedWeights, bestSharedWeight };
  },
  write(champion) {
    const { genome, trainedWeights, bestSharedWeight } = champion;
    const known = (name: keyof typeof champion) => champion[name] !== undefined;
    const needed = ["task", "seed", "weights", "generation", "score", "scoresByWeight", "outputs"] as const;
    const missing = [...needed, ...(known("image") ? [] : (["inputs"] as const))].filter((name) => !known(name));
    if (missing.length > 0) {
      throw new UsageError(
        `Expected a champion of a run to write as champion.json, got one without ${missing.join(", ")}: add them.`,
      );
    }
    const whole = champion as Required<PortableChampion>;
    return championText({
      ...championFile({ ...whole, genome }, whole, whole),
      ...(trainedWeights && { trainedWeights: [...trainedWeights] }),
      ...(bestSharedWeight !== undefined && { bestSharedWeight }),
    });
  },
};

function parseJson(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new UsageError(`Expected a champion as JSON in ${path}, got text that is not: ${(error as Error).message}.`);
  }
}
