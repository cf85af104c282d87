/** What benches of environments have in common: networks grown for one, and a trial of so many episodes. */
import {
  compile,
  completeConfig,
  type Environment,
  environmentInfo,
  growGenome,
  type Program,
  STANDARD_WEIGHTS,
  searchSettings,
  searchShape,
  type Trial,
} from "precocial";

/** Random networks of so many connections, by the settings of a task's searches. */
export function grownPrograms<State>(
  task: string,
  environment: Environment<State>,
  count: number,
  connections: number,
): Program[] {
  const settings = searchSettings(completeConfig({ task }));
  const shape = searchShape(environmentInfo(environment));
  return Array.from(
    { length: count },
    (_, index) => compile(growGenome(shape, settings, connections, `bench/${index}`)).program,
  );
}

/** Every weight on every one of the same episodes. */
export function trialOf(episodes: number, weights: readonly number[] = STANDARD_WEIGHTS): Trial {
  return {
    weights: { kind: "shared", values: Float32Array.from(weights) },
    episodes: Array.from({ length: episodes }, (_, episode) => `bench/${episode}`),
    split: "train",
    pairing: "all",
  };
}
