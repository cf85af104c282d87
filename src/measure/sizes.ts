/** Score against size: every network of a comparison as a point, with those that others have published. */

import type { Sample } from "./samples.ts";
import type { TaskSummary } from "./study-summary.ts";

/** Networks of one kind, or one that was published. */
export interface SizeSeries {
  readonly name: string;
  /** Size: connections, of a trained network weights and biases. Value: what the task reports; a share as a fraction. */
  readonly points: readonly { readonly size: number; readonly value: number; readonly label: string }[];
  readonly published: boolean;
}

/** What a network is worth where no figure is named: its best shared weight, or its trained weights. */
const WORTH = ["bestShared", "trainedWeights", "test"] as const;

/**
 * The points of a picture; samples and published networks whose size or figure is not known are left out.
 *
 * @param figure a name in figures.ts; default: of each what it has at its best shared weight, or else by its trained weights
 */
export function sizeSeries(
  samples: readonly Sample[],
  { references }: Pick<TaskSummary, "references">,
  figure?: string,
): SizeSeries[] {
  const names = figure === undefined ? WORTH : [figure];
  const worth = (figures: Readonly<Record<string, number | undefined>>) =>
    names.map((name) => figures[name]).find((value) => value !== undefined);
  const own = samples.map(({ name, runs }) => ({
    name,
    published: false,
    points: runs.flatMap(({ seed, figures }) => {
      const [size, value] = [figures.connections, worth(figures)];
      return size > 0 && value !== undefined ? [{ size, value, label: `seed ${seed}` }] : [];
    }),
  }));
  const others = references.map(({ name, scores, size }) => {
    const value = worth(scores);
    return { name, published: true, points: size && value !== undefined ? [{ size, value, label: "published" }] : [] };
  });
  return [...own, ...others].filter(({ points }) => points.length > 0);
}
