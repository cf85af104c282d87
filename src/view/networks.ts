/** The networks of a run other than its champion, which a page asks for one by one: past champions, and those of the front. */
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { readFront } from "../run/folder.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { type ChampionHead, ChampionLines } from "./champion-lines.ts";

/** Which network: the champion of a generation, or that of the front with so many connections. */
export type NetworkChoice = { readonly generation: number } | { readonly connections: number };

/** The champions.jsonl of a run folder. */
export function championLines(folder: string): ChampionLines {
  return new ChampionLines(join(folder, RUN_FILES.champions));
}

/** The networks of a front without their genomes; what is no front is left as it is. */
export function frontHeads(front: unknown): unknown {
  const { networks } = (front ?? {}) as { networks?: unknown };
  if (!Array.isArray(networks)) return front;
  return { ...(front as object), networks: networks.map(({ genome: _, ...head }) => head) };
}

/** Reads a network of a run, as a line of champions.jsonl has it. @throws UsageError if the run has none of these */
export function readNetwork(folder: string, choice: NetworkChoice, champions = championLines(folder)): ChampionHead {
  if ("connections" in choice) {
    const found = readFront(folder).networks.find(({ connections }) => connections === choice.connections);
    if (found !== undefined) return found;
    throw new UsageError(`There is no network of ${choice.connections} connections on the front of ${folder}.`);
  }
  const found = champions.read().lines.find(({ head }) => head.generation === choice.generation);
  if (found !== undefined) return champions.whole(found);
  throw new UsageError(`There is no champion of generation ${choice.generation} in ${folder}.`);
}
