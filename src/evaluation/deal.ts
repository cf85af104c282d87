/** Deals what is to be scored out to jobs of like cost: by programs, or where they are few by episodes or weights. */
import { type Program, programHeader } from "../network/program.ts";
import { type OwnWeights, type PopulationTrial, trialOfSome, weightCountOf } from "./trial.ts";

/** What one job is to do. */
export interface Share {
  /** Of the programs. */
  readonly indices: readonly number[];
  /** The whole trial or a part of it; weights that are the programs' own are those of the share's. */
  readonly trial: PopulationTrial;
  /** Where the part begins within the whole trial. */
  readonly firstWeight: number;
  readonly firstEpisode: number;
}

/** Programs of one family, by their index. */
export type Family = readonly number[];

/** Cost of a node relative to a connection. */
const NODE_COST = 4;

/**
 * Deals programs and a trial out.
 *
 * @param families numbers that near relatives share; they stay together as far as possible
 * @param slots    jobs that can run at the same time
 * @param count    jobs to aim at where there are many programs
 */
export function deal(
  programs: readonly Program[],
  trial: PopulationTrial,
  families: Int32Array | undefined,
  slots: number,
  count: number,
): Share[] {
  if (count === 1) {
    const indices = inFamilies(programs.length, families);
    return [{ indices, trial: trialOfSome(trial, programs, indices), firstWeight: 0, firstEpisode: 0 }];
  }
  const shares = sharePrograms(programs, groupFamilies(programs.length, families), count);
  const partCount = programs.length < slots ? Math.min(slots, Math.ceil(count / shares.length)) : 1;
  const parts = partCount > 1 ? cutTrial(trial, partCount) : [{ trial, firstWeight: 0, firstEpisode: 0 }];
  return parts.flatMap((part) =>
    shares.map((indices) => ({ ...part, indices, trial: trialOfSome(part.trial, programs, indices) })),
  );
}

/** All programs, those of a family together. */
function inFamilies(count: number, families?: Int32Array): number[] {
  if (families !== undefined) return groupFamilies(count, families).flat();
  const indices = new Array<number>(count);
  for (let index = 0; index < count; index++) indices[index] = index;
  return indices;
}

/** Groups programs by family number, in order of first appearance; without numbers all are unrelated. */
export function groupFamilies(count: number, families?: Int32Array): Family[] {
  const groups = new Map<number, number[]>();
  for (let index = 0; index < count; index++) {
    const family = families === undefined ? index : families[index];
    const group = groups.get(family);
    if (group === undefined) groups.set(family, [index]);
    else group.push(index);
  }
  return [...groups.values()];
}

/** What scoring programs on a trial costs, in units that differ from task to task: connections x weights x episodes. */
export function costOf(programs: readonly Program[], trial: PopulationTrial): number {
  const plays = weightCountOf(trial) * (trial.pairing === "each" ? 1 : trial.episodes.length);
  return plays * programs.reduce((sum, program) => sum + programCost(program), 0);
}

function programCost(program: Program): number {
  const { nodeCount, connectionCount } = programHeader(program);
  return 1 + connectionCount + NODE_COST * nodeCount;
}

/** About `count` shares of like cost; a family that is dearer than a share is cut. */
function sharePrograms(programs: readonly Program[], families: readonly Family[], count: number): number[][] {
  const costs = programs.map(programCost);
  const target = costs.reduce((total, cost) => total + cost, 0) / count;
  const shares: number[][] = [];
  let share: number[] = [];
  let cost = 0;
  for (const index of families.flat()) {
    share.push(index);
    cost += costs[index];
    if (cost < target) continue;
    shares.push(share);
    share = [];
    cost = 0;
  }
  if (share.length > 0) shares.push(share);
  return shares;
}

/** At most `count` parts of a trial, of like size: pairs of weight and episode, else episodes, else weights. */
function cutTrial(trial: PopulationTrial, count: number): Omit<Share, "indices">[] {
  const { weights, episodes, starts, pairing } = trial;
  const each = pairing === "each";
  // Pairs that do not match are for the task to refuse.
  if (each && weightCountOf(trial) !== episodes.length) return [{ trial, firstWeight: 0, firstEpisode: 0 }];
  // A behaviour is told on one episode.
  const byEpisodes = each || (episodes.length > 1 && trial.behaviour !== true);
  const byWeights = each || !byEpisodes;
  // Sets that are each program's own stay together.
  if (byWeights && weights.kind === "own") return [{ trial, firstWeight: 0, firstEpisode: 0 }];
  const total = byEpisodes ? episodes.length : weightCountOf(trial);
  const size = Math.max(1, Math.ceil(total / count));
  return Array.from({ length: Math.max(1, Math.ceil(total / size)) }, (_, part) => {
    const [start, end] = [part * size, (part + 1) * size];
    return {
      trial: {
        ...trial,
        weights: byWeights ? sliceWeights(weights, start, end) : weights,
        episodes: byEpisodes ? episodes.slice(start, end) : episodes,
        ...(starts && { starts: byEpisodes ? starts.slice(start, end) : starts }),
      },
      firstWeight: byWeights ? start : 0,
      firstEpisode: byEpisodes && !each ? start : 0,
    };
  });
}

/** The weights from `start` to `end`, copied, since a message takes the whole of what an array is a view of. */
function sliceWeights(weights: PopulationTrial["weights"], start: number, end: number): PopulationTrial["weights"] {
  if (weights.kind === "own") return weights satisfies OwnWeights;
  if (weights.kind === "shared") return { kind: "shared", values: weights.values.slice(start, end) };
  const length = weights.sets.length / weights.count;
  return {
    kind: "individual",
    sets: weights.sets.slice(start * length, end * length),
    count: Math.min(end, weights.count) - start,
  };
}
