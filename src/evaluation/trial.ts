/** What a population is put through: a trial, whose weights may be each program's own; the parts that jobs and tasks take. */
import { UsageError } from "../base/errors.ts";
import { type Program, programHeader } from "../network/program.ts";
import { type Trial, type WeightSets, weightCount } from "../tasks/task.ts";

/** Weights that are each program's own: as many sets for each, in their order, one after the other. */
export interface OwnWeights {
  readonly kind: "own";
  /** Of each program row-major [count x its connections]. */
  readonly sets: Float32Array;
  /** Sets of each program. */
  readonly count: number;
}

/** Weights of their own for programs, in their order. @param sets of each program [count x its connections] */
export function ownWeights(sets: readonly Float32Array[], count = 1): OwnWeights {
  const all = new Float32Array(sets.reduce((length, set) => length + set.length, 0));
  let at = 0;
  for (const set of sets) {
    all.set(set, at);
    at += set.length;
  }
  return { kind: "own", sets: all, count };
}

/** What a population is put through: the same for all, but for weights that may be each program's own. */
export interface PopulationTrial extends Omit<Trial, "weights"> {
  readonly weights: WeightSets | OwnWeights;
}

/** The number of weights that a program is scored at. */
export function weightCountOf({ weights }: PopulationTrial): number {
  return weights.kind === "own" ? weights.count : weightCount(weights);
}

/**
 * The part of a trial that some of its programs see: of weights of their own theirs, copied.
 *
 * @param programs all of the trial
 * @throws UsageError if own weights are not one for each connection of each program
 */
export function trialOfSome(
  trial: PopulationTrial,
  programs: readonly Program[],
  indices: readonly number[],
): PopulationTrial {
  const { weights } = trial;
  if (weights.kind !== "own") return trial;
  const starts = startsOfSets(programs, weights);
  const some = indices.map((index) => weights.sets.subarray(starts[index], starts[index + 1]));
  return { ...trial, weights: ownWeights(some, weights.count) };
}

/** A trial as a task takes it, and the programs that it is for, by their place: each by itself where weights are its own. */
export function* taskTrials(
  trial: PopulationTrial,
  programs: readonly Program[],
  related: boolean,
): Generator<{ readonly places: readonly number[]; readonly trial: Trial }> {
  const { weights } = trial;
  const all = Array.from(programs.keys());
  if (weights.kind !== "own") {
    for (const places of related ? [all] : all.map((place) => [place])) yield { places, trial: { ...trial, weights } };
    return;
  }
  const starts = startsOfSets(programs, weights);
  for (const place of all) {
    const sets = weights.sets.subarray(starts[place], starts[place + 1]);
    yield { places: [place], trial: { ...trial, weights: { kind: "individual", sets, count: weights.count } } };
  }
}

/** Where the set of each program begins, and the last ends, [programs + 1]. */
function startsOfSets(programs: readonly Program[], { sets, count }: OwnWeights): Int32Array {
  const starts = new Int32Array(programs.length + 1);
  for (const [place, program] of programs.entries()) {
    starts[place + 1] = starts[place] + count * programHeader(program).connectionCount;
  }
  if (starts[programs.length] === sets.length) return starts;
  throw new UsageError(
    `Expected ${starts[programs.length]} weights of their own for ${programs.length} programs, ${count} for each connection, ` +
      `got ${sets.length}: take those of compile(), in the order of the programs.`,
  );
}
