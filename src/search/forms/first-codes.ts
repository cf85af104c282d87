/** The first population of a search over codes: codes drawn at random, or that of a champion and changed ones. */
import { derive } from "../../base/rng.ts";
import type { Genome } from "../../genome/genome.ts";
import type { SearchShape } from "../config.ts";
import { checkChampion } from "../first.ts";
import { Ancestor } from "../lineage.ts";
import { founder, gather, type Member, type Population } from "../population.ts";
import { change, firstCode } from "./codes.ts";
import { codeOf } from "./decode.ts";
import { type Code, type Form, genomeOf } from "./form.ts";
import type { FormSettings } from "./settings.ts";

/** Codes, and the genomes that they mean, in the same order. */
export interface CodedPopulation {
  readonly codes: readonly Code[];
  readonly population: Population;
}

/** Codes at random, each of a family of its own. */
export function randomCodes(form: Form, { population, density }: FormSettings, seed: string): CodedPopulation {
  const codes = Array.from({ length: population }, (_, index) =>
    firstCode(form, density, derive(seed, "first", index)),
  );
  return { codes, population: gather(codes.map((code, index) => founder(genomeOf(form, code), index))) };
}

/**
 * The code of a champion as it is, then children of it by changes alone: all one family.
 *
 * @throws UsageError if the champion has other inputs and outputs, or as `codeOf` does
 */
export function codesFrom(
  champion: Genome,
  shape: SearchShape,
  form: Form,
  { population, changes }: FormSettings,
  seed: string,
): CodedPopulation {
  const genome = champion.grades === undefined ? "any" : "graded";
  const first = codeOf(form, checkChampion(champion, shape, { genome }));
  const parent = founder(genomeOf(form, first), 0);
  const codes = [first];
  const members: Member[] = [parent];
  for (let index = 1; index < population; index++) {
    const code = change(form, first, changes, derive(seed, "first", index));
    const child = genomeOf(form, code);
    const line = { parent: parent.ancestor, generation: 0, operators: ["change"] };
    codes.push(code);
    members.push({ ...parent, genome: child, ancestor: new Ancestor(line, { from: parent.genome, to: child }) });
  }
  return { codes, population: gather(members) };
}
