/** One epoch of what is trained by epochs, as a step of a run. */
import { setImmediate as breathe } from "node:timers/promises";
import type { EpochRecord } from "../../baseline/trainer.ts";

/** What is trained by epochs. */
interface Epochs {
  epoch(onBatch?: (seen: number, count: number) => void): EpochRecord;
}

/** @param tell called with the share of the epoch that is done */
export async function nextEpoch(trainer: Epochs, tell?: (share: number) => void): Promise<EpochRecord> {
  // An epoch keeps the thread: this lets a Ctrl-C come in.
  await breathe();
  return trainer.epoch(tell && ((seen, count) => tell(seen / count)));
}
