/** How a champion came about: its ancestors, the operator that made each, and what that gained on validation episodes. */
import { meanScore } from "../base/scores.ts";
import type { Evaluator } from "../evaluation/evaluator.ts";
import type { GenomeShape } from "../genome/genome.ts";
import { compile } from "../network/compile.ts";
import { type Ancestor, genomesOf } from "../search/lineage.ts";
import { withOwnWeights } from "./training.ts";
import { type Validation, validationTrial } from "./validation.ts";

/** Version of lineage.json. */
export const LINEAGE_FORMAT = 1;

/** An ancestor of a champion, or the champion itself. */
export interface LineageStep {
  /** The generation it was born in. */
  readonly generation: number;
  /** What made it of the one before, of several operators "a + b"; null of the first, or where none had anything to do. */
  readonly operator: string | null;
  /** Connections of the network. */
  readonly connections: number;
  /** Mean score on the run's validation episodes, the same for all. */
  readonly score: number;
  /** Score less that of the one before; null of the first. */
  readonly gain: number | null;
}

/** Measures a line of ancestors, the first one first: all on the same episodes, so that what one gains is no luck. */
export async function measureLineage(
  evaluator: Evaluator,
  line: readonly Ancestor[],
  validation: Validation,
  shape: GenomeShape,
): Promise<LineageStep[]> {
  const networks = genomesOf(line, shape).map((genome) => compile(genome));
  const { isSlow, validationEpisodes } = evaluator.task.info;
  const shared = validationTrial(validation, isSlow ? validationEpisodes.screen : validationEpisodes.confirm);
  const trial = withOwnWeights(shared, networks);
  const programs = networks.map(({ program }) => program);
  // All one family, of which the nearest stand together.
  const { scores } = await evaluator.evaluate(programs, trial, new Int32Array(programs.length));
  const means = scores.map(meanScore);
  return line.map(({ generation, operators }, step) => ({
    generation,
    operator: operators.length > 0 ? operators.join(" + ") : null,
    connections: networks[step].connectionCount,
    score: means[step],
    gain: step === 0 ? null : means[step] - means[step - 1],
  }));
}

/** The text of lineage.json: a line for each step. */
export function lineageText(steps: readonly LineageStep[]): string {
  const lines = steps.map((step) => JSON.stringify(step));
  return `{"format":${LINEAGE_FORMAT},"steps":[\n${lines.join(",\n")}\n]}\n`;
}
