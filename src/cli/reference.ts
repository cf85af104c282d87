/** The paper's figures and those of the reference network, by task: what `precocial compare` shows beside runs. */
import type { ConditionName } from "./compare-row.ts";

/** Figures of others. Scores as published; accuracies as fractions. */
export interface Reference {
  readonly name: string;
  readonly scores: Readonly<Partial<Record<ConditionName, number>>>;
  /** Connections, or weights and biases. */
  readonly size?: number;
}

/** Gaier & Ha 2019, section 4.3: 16 x 16 deskewed pixels. */
const PAPER_MNIST: Reference = {
  name: "paper's WANN, 16 x 16",
  scores: { randomShared: 0.82, ensemble: 0.916, bestShared: 0.919, trainedWeights: 0.942 },
  size: 1849,
};

/** A 784-128-10 network trained by stochastic gradient descent; see experiments/learning-rates and experiments/tuned. */
const TWO_LAYER: readonly Reference[] = [
  { name: "two-layer, 28 x 28, 10 epochs", scores: { trainedWeights: 0.9248 }, size: 101_770 },
  { name: "two-layer, 28 x 28, tuned", scores: { trainedWeights: 0.9735 }, size: 101_770 },
];

/** Figures by name of the task. */
export const REFERENCES: Readonly<Record<string, readonly Reference[]>> = {
  swingup: [
    // Gaier & Ha 2019, Table 1 (100 trials).
    {
      name: "paper's WANN",
      scores: { randomWeights: 57, randomShared: 515, bestShared: 723, trainedWeights: 932 },
      size: 52,
    },
    {
      name: "paper's fixed topology",
      scores: { randomWeights: 21, randomShared: 7, bestShared: 8, trainedWeights: 918 },
    },
    // The published champion, measured again with the published code.
    {
      name: "paper's champion, re-measured",
      scores: { standard: 611, randomWeights: 52, randomShared: 526, bestShared: 727, trainedWeights: 932 },
      size: 52,
    },
  ],
  mnist: [PAPER_MNIST, ...TWO_LAYER],
  "mnist-full": [PAPER_MNIST, ...TWO_LAYER],
};
