/** What a check of the contract is, and what it works with: networks, weights and episodes drawn from labels. */
import { derive } from "../../base/rng.ts";
import { activationCode } from "../../genome/activations.ts";
import { createGenome } from "../../genome/genome.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import { compile } from "../../network/compile.ts";
import { type Program, programHeader } from "../../network/program.ts";
import type { Environment, EnvironmentSettings } from "../environment.ts";
import type { Task, Trial, WeightSets } from "../task.ts";

/** What is checked. */
export interface CheckContext {
  readonly task: Task;
  /** The environment the task is made of, if it is. */
  readonly environment?: Environment;
  /** All settings the task was made with. */
  readonly settings: EnvironmentSettings;
  readonly kernel: Kernel;
}

/** One thing that every task, or every environment, must keep to. */
export interface Check {
  /** What is so when nothing is wrong. */
  readonly name: string;
  /** Whether breaking it may be meant: then it is a warning. */
  readonly isAdvice?: boolean;
  /** Whether it is about environments only that are played in this process, or in another one. */
  readonly isOfEnvironment?: boolean;
  readonly isOfProcess?: boolean;
  /** @throws Error whose words say what is wrong, and where */
  run(context: CheckContext): void | Promise<void>;
}

/** A context in which there is an environment. */
export type EnvironmentContext = CheckContext & { readonly environment: Environment };

/** Labels of episodes for one check. */
export function labels(purpose: string, count: number): string[] {
  return Array.from({ length: count }, (_, episode) => `check/${purpose}/${episode}`);
}

/** Networks without hidden nodes, from bounded to unbounded outputs, with few to all connections. */
export function sampleNetworks({ info }: Task): Program[] {
  return ["tanh", "linear", "sin", "linear"].map((activation, index) => {
    const code = activationCode(activation) as number;
    const share = [1, 0.5, 0.7, 0][index];
    return compile(createGenome(info.inputs.length, info.outputs.length, share, code, derive("check", index))).program;
  });
}

/** Three values of a shared weight, or three sets of weights for a program. */
export function sampleWeights(program?: Program): WeightSets {
  if (program === undefined) return { kind: "shared", values: Float32Array.of(-1.5, 0.25, 1) };
  const { connectionCount } = programHeader(program);
  const rng = derive("check", "weights");
  return {
    kind: "individual",
    sets: Float32Array.from({ length: 3 * connectionCount }, () => rng.between(-2, 2)),
    count: 3,
  };
}

/** A trial of three weights on three episodes. */
export function sampleTrial(changes: Partial<Trial> = {}): Trial {
  return { weights: sampleWeights(), episodes: labels("episode", 3), split: "train", pairing: "all", ...changes };
}
