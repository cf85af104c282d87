/** What the benches work on: the paper's champion, and populations of large genomes. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Genome, readPublishedGenome } from "precocial";

/** The paper's swing-up champion of 29 nodes. */
export function publishedChampion(): Genome {
  const folder = process.env.PRECOCIAL_FIXTURES ?? join(import.meta.dirname, "../../shared/fixtures");
  const path = join(folder, "wannrelease/swing.out");
  if (!existsSync(path)) {
    throw new Error(`Expected the paper's champion at ${path}: set PRECOCIAL_FIXTURES to the folder of the fixtures.`);
  }
  return readPublishedGenome(readFileSync(path, "utf8"), 5, 1);
}
