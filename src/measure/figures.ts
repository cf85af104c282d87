/** The figures of runs: how they are called, and what they count. */
import type { FigureKind } from "./writing.ts";

/** What networks are called whose topology was chosen by gradient; tables say then that nothing was evolved. */
export const CHOSEN_NETWORK = "graph chosen by gradient";

/** What a figure is. */
export interface FigureInfo {
  readonly title: string;
  readonly kind: FigureKind;
  /** What runs cost rather than what they come to: tables have its median alone. */
  readonly isCost?: boolean;
}

/** All that tables and pages know, in the order of their columns; conditions are those of conditions.ts. */
export const FIGURES: Readonly<Record<string, FigureInfo>> = {
  standard: { title: "six weights", kind: "measure" },
  randomWeights: { title: "random weights", kind: "measure" },
  randomShared: { title: "random shared", kind: "measure" },
  ensemble: { title: "vote", kind: "measure" },
  bestShared: { title: "best shared", kind: "measure" },
  trainedWeights: { title: "trained", kind: "measure" },
  linear: { title: "linear regression", kind: "measure" },
  balances: { title: "balances", kind: "share" },
  train: { title: "training", kind: "measure" },
  validation: { title: "validation", kind: "measure" },
  test: { title: "test", kind: "measure" },
  connections: { title: "size", kind: "count" },
  generations: { title: "generations", kind: "count", isCost: true },
  steps: { title: "seen", kind: "count", isCost: true },
  seconds: { title: "time", kind: "time", isCost: true },
};
