/** What tells the operator `followGradient` which changes promise most: gradients on training examples of the task. */
import { UsageError } from "../base/errors.ts";
import { derive } from "../base/rng.ts";
import { activationCode } from "../genome/activations.ts";
import type { Genome } from "../genome/genome.ts";
import { Kernel } from "../kernel/kernel.ts";
import { compile } from "../network/compile.ts";
import { createKernelEffects, type Proposal } from "../network/effects.ts";
import type { Propose } from "../search/vary.ts";
import type { Task } from "../tasks/task.ts";

/** The settings of a run that proposals follow from. */
export interface ProposerSettings {
  readonly seed: number;
  readonly weights: readonly number[];
  readonly activations: readonly string[];
  readonly followGradient: number;
  readonly gradientExamples: number;
}

/** New nodes that are tried for each parent. */
const CANDIDATES = 64;
/** Proposals kept of each parent, for each output and of each kind. */
const MOST = 16;

/**
 * Makes it for a run, or gives undefined where the operator is off. What it proposes for a genome follows from the genome
 * and the generation in which it was made alone; what it remembers only saves time.
 *
 * @throws UsageError if the task has no examples
 */
export async function createProposer(task: Task, config: ProposerSettings): Promise<Propose | undefined> {
  if (config.followGradient === 0) return undefined;
  if (task.lesson === undefined) {
    throw new UsageError(
      `Expected followGradient 0 for task "${task.info.name}", got ${config.followGradient}: only tasks on examples have a gradient.`,
    );
  }
  const lessonOf = task.lesson.bind(task);
  const effects = createKernelEffects(await Kernel.create());
  const activations = config.activations.map((name) => activationCode(name) as number);
  const known = new WeakMap<Genome, readonly Proposal[]>();
  return (genome, birth) => {
    let proposals = known.get(genome);
    if (proposals === undefined) {
      const lesson = lessonOf(`${config.seed}/lesson/${birth}`, config.gradientExamples);
      proposals = effects(compile(genome), {
        lesson,
        weights: config.weights,
        activations,
        candidates: CANDIDATES,
        most: MOST,
        rng: derive(config.seed, "propose", birth, genome.ids.length, genome.sources.length),
      });
      known.set(genome, proposals);
    }
    return proposals;
  };
}
