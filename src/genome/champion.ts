/** A champion: the genome that a run keeps as its best, with what it scored. */
import type { Genome } from "./genome.ts";

/** A genome with what it scored on the validation episodes. */
export interface Champion {
  readonly genome: Genome;
  /** The generation it came from. */
  readonly generation: number;
  /** Mean score over the weights of the run and all validation episodes. */
  readonly score: number;
  /** Mean score at each weight of the run, [weights]. */
  readonly scoresByWeight: readonly number[];
  /** Mean of what the task reports on validation data, over the weights of the run; where that is not the score. */
  readonly reported?: number;
}
