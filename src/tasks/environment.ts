/** What an environment is in plain TypeScript: the readable twin of a kernel that plays whole episodes. */

/** What follows an action. */
export interface Step {
  /** Score gained by this step. */
  readonly reward: number;
  /** Whether the task ended the episode; the step limit is the player's business. */
  readonly terminated: boolean;
}

/** One environment; holds the state of one episode. Observations and actions are singles. */
export interface Environment {
  /** Observation after the last `reset` or `step`; the same array each time. */
  readonly observation: Float32Array;
  /** State after the last `reset` or `step`, for drawing; the same array each time. */
  readonly state: Float32Array;
  readonly maxSteps: number;
  /** Puts the environment into a start state. */
  reset(state: ArrayLike<number>): void;
  /** @param action one value per output, limited to the environment's range */
  step(action: ArrayLike<number>): Step;
}

/**
 * Plays one episode with a policy.
 *
 * @param policy from an observation to an action
 * @returns      the sum of rewards in single precision, and the steps taken
 */
export function playEpisode(
  environment: Environment,
  start: ArrayLike<number>,
  policy: (observation: Float32Array) => ArrayLike<number>,
): { score: number; steps: number } {
  environment.reset(start);
  let score = 0;
  let steps = 0;
  while (steps < environment.maxSteps) {
    const { reward, terminated } = environment.step(policy(environment.observation));
    score = Math.fround(score + reward);
    steps++;
    if (terminated) break;
  }
  return { score, steps };
}
