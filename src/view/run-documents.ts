/** Documents of runs that are asked for again: a long run is read anew only when one of its files has changed. */
import { join } from "node:path";
import { RUN_FILES } from "../run/run-files.ts";
import type { ChampionLines } from "./champion-lines.ts";
import { LINE_FILES, type RunDocument, readRunDocument, WHOLE_FILES } from "./document.ts";
import { type Position, positionOf, stampOf } from "./follow.ts";
import { championLines } from "./networks.ts";
import { runStatus } from "./status.ts";

/** A document, and how far the files that grow were read for it: what is written from there on is told by events. */
export interface ReadRun {
  readonly document: RunDocument;
  readonly position: Position;
}

/** The runs of a server. */
export class RunDocuments {
  readonly #champions = new Map<string, ChampionLines>();
  /** The document that was asked for last, one being as much as a page shows, and what it was read from. */
  #last: (ReadRun & { readonly stamp: string }) | undefined;

  /** The champions.jsonl of a run folder, as far as it is known from before. */
  champions(folder: string): ChampionLines {
    const lines = this.#champions.get(folder) ?? championLines(folder);
    this.#champions.set(folder, lines);
    return lines;
  }

  /** Reads a run (document.ts). @throws UsageError if there is none, or no network to pick */
  read(folder: string, pick?: number): ReadRun {
    const files = ([...LINE_FILES, ...WHOLE_FILES, "config"] as const).map((file) => join(folder, RUN_FILES[file]));
    const stamp = JSON.stringify([folder, pick, [folder, ...files].map(stampOf)]);
    if (this.#last?.stamp === stamp) {
      const { document, position } = this.#last;
      return { document: document.only ? document : { ...document, status: runStatus(folder) }, position };
    }
    const position = positionOf(folder);
    const document = readRunDocument(folder, { pick, ends: position, champions: this.champions(folder) });
    // A task's module is a file of its own, which may change.
    this.#last = document.module === undefined ? { document, position, stamp } : undefined;
    return { document, position };
  }
}
