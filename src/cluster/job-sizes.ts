/** Into how many jobs work is dealt, by what such work has cost so far. */

/** Seconds that a job takes at least, where there is more than one for each slot, and at most. */
const SHORTEST = 0.2;
const LONGEST = 2;
/** Jobs of each slot that are enough for all slots to finish together. */
const ENOUGH = 8;
/** What a new measurement leaves of the weight of those before it: about the last twenty count. */
const KEPT = 0.95;
/** Jobs of each slot while nothing has been measured. */
const AT_FIRST = 4;

/** Learns from jobs that are done. */
export interface JobSizes {
  /** Takes down what a job has cost (`costOf`), and the seconds it took a thread. */
  learn(cost: number, seconds: number): void;
  /** Jobs for so much work on so many slots: each of 0.2 to 2 s where there is that much, else one for each slot. */
  countFor(cost: number, slots: number): number;
}

/** Makes one that knows nothing yet. */
export function createJobSizes(): JobSizes {
  let costs = 0;
  let seconds = 0;
  return {
    learn(cost, taken) {
      costs = costs * KEPT + cost;
      seconds = seconds * KEPT + taken;
    },
    countFor(cost, slots) {
      if (costs === 0) return slots * AT_FIRST;
      const each = (cost * seconds) / costs / slots;
      const most = Math.floor(each / SHORTEST);
      return slots * Math.max(1, Math.min(most, Math.max(ENOUGH, Math.ceil(each / LONGEST))));
    },
  };
}
