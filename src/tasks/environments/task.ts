/** Makes a task of an environment: plays it with networks, in plain TypeScript or, where there is one, by a rollout. */
import { distinctNodes } from "../../network/merge.ts";
import { type Action, outputNames } from "../actions.ts";
import type { Description, Environment, EnvironmentSettings } from "../environment.ts";
import { LANES_AT_ONCE, lanesOf, placeLanes } from "../play/lanes.ts";
import { createPlainPlayer, type Player } from "../play/plain.ts";
import { scoreBehaviour } from "../play/replay.ts";
import { createRolloutPlayers, type RolloutOf } from "../play/rollout.ts";
import { checkEnvironment, completeSettings } from "../play/settings.ts";
import { checkTrial, type LocalTask, type Measure, type TaskInfo, WATCH_LENGTH } from "../task.ts";

/** What a task of an environment says of itself. */
export function environmentInfo(description: Pick<Description, "name" | "summary" | "inputs" | "actions">): TaskInfo {
  const { name, summary = `The environment ${name}`, inputs, actions } = description;
  return {
    name,
    summary,
    inputs,
    outputs: outputNames(actions),
    outputActivation: "linear",
    reported: "score",
    tested: "episodes",
    validationEpisodes: { screen: 8, confirm: 32 },
  };
}

/** What is measured of an environment: the sum of rewards. */
export function environmentMeasure({ score, maxSteps }: Pick<Description, "score" | "maxSteps">): Measure {
  return { name: "score", description: score ?? `sum of rewards over at most ${maxSteps} steps`, unit: "score" };
}

/**
 * Makes a task of an environment.
 *
 * @param settings what differs from the environment's settings
 * @param rollout  plays it in the kernel, to the same bits; used where the settings are the environment's own
 * @param info     what the task says of itself, where that differs from what the environment says
 * @throws UsageError if it is no environment, or has no such settings
 */
export function environmentTask<State, Settings extends EnvironmentSettings, A extends Action>(
  environment: Environment<State, Settings, A>,
  settings: Partial<Settings> = {},
  rollout?: RolloutOf<State>,
  info: Partial<TaskInfo> = {},
): LocalTask {
  checkEnvironment(environment);
  const complete = completeSettings(environment, settings);
  const isOwn = Object.entries(complete).every(([key, value]) => environment.settings?.[key] === value);
  const rolloutPlayer = rollout !== undefined && isOwn ? createRolloutPlayers(environment, rollout) : undefined;
  const { behaviours = [] } = environment;
  const known: TaskInfo = { ...environmentInfo(environment), starts: environment.starts, ...info };
  return {
    info: known,
    measures: [environmentMeasure(environment), ...behaviours.map(({ of: _, ...measure }) => measure)],
    score(kernel, programs, trial, watch = new Int32Array(WATCH_LENGTH)) {
      checkTrial(known, programs, trial);
      const behaviour = behaviours.find(({ name }) => name === trial.measure);
      if (behaviour !== undefined) {
        return programs.map((program) => scoreBehaviour(environment, complete, program, trial, behaviour));
      }
      const player: Player = rolloutPlayer?.(trial) ?? createPlainPlayer(environment, complete, trial, watch);
      const lanes = lanesOf(trial);
      return programs.map((whole) => {
        // Individual weights are of all connections, those of equal nodes too.
        const program = trial.weights.kind === "individual" ? whole : distinctNodes(whole);
        const scores = new Float64Array(lanes.length);
        let steps = 0;
        for (let first = 0; first < lanes.length; first += LANES_AT_ONCE) {
          const some = lanes.slice(first, first + LANES_AT_ONCE);
          player.hold?.(kernel, some);
          const block = placeLanes(kernel, program, trial.weights, some, player.hiddenCount);
          steps += player.play(kernel, block, some);
          scores.set(block.results.subarray(0, some.length), first);
        }
        return { scores, steps };
      });
    },
  };
}
