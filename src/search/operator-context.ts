/** What the operators of the search may use besides the parent: random stream, innovations, settings, another parent. */
import type { Rng } from "../base/rng.ts";
import type { Genome } from "../genome/genome.ts";
import type { Innovations } from "../genome/innovation.ts";
import type { SearchSettings } from "./config.ts";

/** Given to every operator. */
export interface OperatorContext {
  readonly rng: Rng;
  readonly innovations: Innovations;
  readonly settings: SearchSettings;
  /** Draws another parent, for crossover. */
  readonly otherParent: () => Genome;
}
