/** front.json: the best network of each size that a run keeps, the smallest first; and how one of them is picked. */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import type { Champion } from "../genome/champion.ts";
import { firstIssue } from "../genome/codec.ts";
import type { ChampionOrigin, TaskNames } from "./format.ts";
import {
  CHAMPION_FORMAT,
  type ChampionFile,
  championLine,
  championLineSchema,
  championSchema,
  namesFile,
} from "./json.ts";

/** Version of front.json. */
export const FRONT_FORMAT = 1;

const { task, seed, weights, inputs, outputs, image } = championSchema.shape;
const frontSchema = z.strictObject({
  format: z.literal(FRONT_FORMAT),
  task,
  seed,
  weights,
  inputs,
  outputs,
  image,
  networks: z.array(z.strictObject({ connections: z.int().nonnegative(), ...championLineSchema.shape })).min(1),
});

/** The content of front.json. */
export type FrontFile = z.infer<typeof frontSchema>;

/** A network that is kept, with its size. */
export interface SizedChampion extends Champion {
  readonly connections: number;
}

/** The text of front.json: a line for each network. */
export function frontText(
  networks: readonly SizedChampion[],
  { task, seed, weights }: ChampionOrigin,
  names: TaskNames,
): string {
  const head = JSON.stringify({ format: FRONT_FORMAT, task, seed, weights, ...namesFile(names) });
  const lines = networks.map((network) =>
    JSON.stringify({ connections: network.connections, ...championLine(network) }),
  );
  return `${head.slice(0, -1)},"networks":[\n${lines.join(",\n")}\n]}\n`;
}

/** Checks the content of front.json. @param path where it comes from @throws UsageError if it has another form */
export function parseFront(content: unknown, path: string): FrontFile {
  const parsed = frontSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new UsageError(`Expected the networks of a front in ${path}: ${firstIssue(parsed.error)}`);
}

/**
 * The best network with at most so many connections, as champion.json has it.
 *
 * @throws UsageError naming the sizes there are, if all are larger
 */
export function pickNetwork({ networks, ...head }: FrontFile, connections: number): ChampionFile {
  const picked = networks.findLast((network) => network.connections <= connections);
  if (picked === undefined) {
    const sizes = networks.map((network) => network.connections).join(", ");
    throw new UsageError(
      `Expected --pick to be at least ${networks[0].connections}, the connections of the smallest network that is kept, ` +
        `got ${connections}. There are networks of ${sizes}.`,
    );
  }
  const { connections: _, ...line } = picked;
  return { ...head, format: CHAMPION_FORMAT, ...line };
}
