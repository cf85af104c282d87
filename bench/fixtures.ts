/** What the benches work on: the paper's champion, a walker, and populations of large genomes. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Genome, readChampion, readPublishedGenome } from "precocial";

/** The paper's swing-up champion of 29 nodes. */
export function publishedChampion(): Genome {
  const folder = process.env.PRECOCIAL_FIXTURES ?? join(import.meta.dirname, "../../shared");
  const path = join(folder, "fixtures/wannrelease/swing.out");
  if (!existsSync(path)) {
    throw new Error(
      `Expected the paper's champion at ${path}: set PRECOCIAL_FIXTURES to the folder that holds fixtures/.`,
    );
  }
  return readPublishedGenome(readFileSync(path, "utf8"), 5, 1);
}

/** A walker: the one that experiments/biped found, or the one of experiments/biped-rest. */
export function walkingChampion(name: "biped" | "biped-rest"): Genome {
  const path = join(import.meta.dirname, `../docs/champions/${name}.json`);
  return readChampion(readFileSync(path), { path }).genome;
}
