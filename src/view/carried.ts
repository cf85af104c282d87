/** What a report carries of a long run's networks: as many as there is room for, since a page from disk cannot ask for more. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RUN_FILES } from "../run/run-files.ts";
import type { ChampionHead, ChampionLine } from "./champion-lines.ts";
import type { RunDocument } from "./document.ts";
import { championLines } from "./networks.ts";

/** Bytes of past champions, and of networks of the front, at most. */
const ROOM = 2_500_000;

/** The document of a run folder with the genomes of past champions and of the front that a report carries. */
export function withNetworks(document: RunDocument, folder: string, room = ROOM): RunDocument {
  const champions = championLines(folder);
  const { lines } = champions.read();
  const carried = new Set(spread(lines, ({ length }) => length, room));
  const whole = (line: ChampionLine) => (carried.has(line) ? champions.whole(line) : line.head);
  return { ...document, champions: lines.map(whole), front: withGenomes(document.front, folder, room) };
}

/** A front without genomes with those that there is room for; what is no front is left as it is. */
function withGenomes(front: unknown, folder: string, room: number): unknown {
  const { networks: heads } = (front ?? {}) as { networks?: readonly ChampionHead[] };
  if (!Array.isArray(heads)) return front;
  const { networks } = JSON.parse(readFileSync(join(folder, RUN_FILES.front), "utf8")) as { networks: ChampionHead[] };
  const carried = new Set(spread(networks, (network) => JSON.stringify(network).length, room));
  return {
    ...(front as object),
    networks: networks.map((network, place) => (carried.has(network) ? network : heads[place])),
  };
}

/** As many of some things as there is room for, spread evenly, the first and the last among them. */
function spread<Thing>(things: readonly Thing[], sizeOf: (thing: Thing) => number, room: number): Thing[] {
  const sizes = new Map(things.map((thing) => [thing, sizeOf(thing)]));
  for (let count = things.length; count > 1; count = Math.min(count - 1, Math.floor(count * 0.9))) {
    const step = (things.length - 1) / (count - 1);
    const some = Array.from({ length: count }, (_, place) => things[Math.round(place * step)]);
    if (some.reduce((sum, thing) => sum + (sizes.get(thing) as number), 0) <= room) return some;
  }
  return things.slice(-1);
}
