/**
 * Where the genomes of a search come from: each knows its parent and the operators that made it.
 *
 * An ancestor holds its parent, so those without living descendants are forgotten, and it holds the change from its
 * parent in place of its genome, a few hundred bytes. What grows is the trunk, by at most one ancestor a generation.
 */
import { applyChange, changeBetween } from "../genome/change.ts";
import type { Genome, GenomeShape } from "../genome/genome.ts";

/** A genome as a member of a lineage. */
export class Ancestor {
  readonly parent: Ancestor | undefined;
  /** The generation it was born in. */
  readonly generation: number;
  /** The operators that made it of its parent, in turn; none of a first genome, or where none had anything to do. */
  readonly operators: readonly string[];
  #change: Int32Array | { readonly from: Genome | undefined; readonly to: Genome };

  /** @param change what it has that its parent has not (genome/change.ts), or both genomes, from which that follows */
  constructor(
    { parent, generation, operators }: Pick<Ancestor, "parent" | "generation" | "operators">,
    change: Int32Array | { readonly from: Genome | undefined; readonly to: Genome },
  ) {
    this.parent = parent;
    this.generation = generation;
    this.operators = operators;
    this.#change = change;
  }

  /** The change from its parent. From the first call on it holds no genome, so whoever has children is asked. */
  get change(): Int32Array {
    const change = this.#change;
    this.#change = change instanceof Int32Array ? change : changeBetween(change.from, change.to);
    return this.#change;
  }

  /** It and those before it, the first one first. */
  get line(): Ancestor[] {
    const line: Ancestor[] = [];
    for (let at: Ancestor | undefined = this; at !== undefined; at = at.parent) line.push(at);
    return line.reverse();
  }
}

/** The genomes of a line of ancestors, of which the first has no parent. */
export function genomesOf(line: readonly Ancestor[], shape: GenomeShape): Genome[] {
  let genome: Genome | undefined;
  return line.map(({ change }) => {
    genome = applyChange(genome, change, shape);
    return genome;
  });
}

/** Ancestors as plain data; a parent comes before its children. */
export interface LineageState {
  /** Where the parent of each stands in the list, -1 for none, [ancestors]. */
  readonly parents: Int32Array;
  readonly generations: Int32Array;
  /** Places in `names` of the operators of each, one after the other; -1 for none in earlier versions. */
  readonly operators: Int32Array;
  /** How many operators made each, [ancestors]. Default, as in earlier versions: one. */
  readonly operatorCounts?: Int32Array;
  readonly names: readonly string[];
  /** Length of the change of each, [ancestors]; `changes` holds them one after the other. */
  readonly lengths: Int32Array;
  readonly changes: Int32Array;
  /** Where those stand that were asked for. */
  readonly places: Int32Array;
}

/** These ancestors and all before them as plain data. */
export function packLineage(ancestors: readonly Ancestor[]): LineageState {
  const places = new Map<Ancestor, number>();
  for (const ancestor of ancestors) {
    const fresh: Ancestor[] = [];
    for (let at: Ancestor | undefined = ancestor; at !== undefined && !places.has(at); at = at.parent) fresh.push(at);
    for (const one of fresh.reverse()) places.set(one, places.size);
  }
  const all = [...places.keys()];
  const names = [...new Set(all.flatMap(({ operators }) => operators))];
  const lengths = Int32Array.from(all, ({ change }) => change.length);
  const changes = new Int32Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const { change } of all) {
    changes.set(change, at);
    at += change.length;
  }
  const placeOf = (ancestor: Ancestor | undefined) => (ancestor === undefined ? -1 : (places.get(ancestor) as number));
  return {
    parents: Int32Array.from(all, ({ parent }) => placeOf(parent)),
    generations: Int32Array.from(all, ({ generation }) => generation),
    operators: Int32Array.from(all.flatMap(({ operators }) => operators.map((name) => names.indexOf(name)))),
    operatorCounts: Int32Array.from(all, ({ operators }) => operators.length),
    names,
    lengths,
    changes,
    places: Int32Array.from(ancestors, placeOf),
  };
}

/** The ancestors of `packLineage`. */
export function unpackLineage(state: LineageState): Ancestor[] {
  const { parents, generations, operators, operatorCounts, names, lengths, changes, places } = state;
  const all: Ancestor[] = [];
  let at = 0;
  let operator = 0;
  lengths.forEach((length, index) => {
    const drawn = operators.subarray(operator, operator + (operatorCounts?.[index] ?? 1));
    const used = Array.from(drawn, (place) => names[place]).filter((name) => name !== undefined);
    const origin = { parent: all[parents[index]], generation: generations[index], operators: used };
    all.push(new Ancestor(origin, changes.slice(at, at + length)));
    at += length;
    operator += drawn.length;
  });
  return Array.from(places, (place) => all[place]);
}
