/** One episode of an environment in plain TypeScript, a step at a time: for tests, pilots and the page. */
import { checkInteger, checkLength } from "../../base/check.ts";
import { derive } from "../../base/rng.ts";
import { createChooser, outputNames } from "../actions.ts";
import type { Environment, EnvironmentSettings, Step } from "../environment.ts";
import type { Part } from "../task.ts";
import { observationFault, stepFault, thrownFault } from "./faults.ts";
import { checkStart, completeSettings, ownStart } from "./settings.ts";

/** What an episode is played with, besides the environment. */
export interface EpisodeOptions<Settings> {
  /** Settings that differ from the environment's. */
  readonly settings?: Partial<Settings>;
  /** The kind of start; the environment's own by default. */
  readonly kind?: string;
}

/** An episode under way. */
export class Episode<State, Settings extends EnvironmentSettings = EnvironmentSettings> {
  /** What a network sees now; the same array each time. */
  readonly observation: Float32Array;
  readonly state: State;
  /** Sum of rewards so far, in single precision. */
  score = 0;
  steps = 0;
  /** Whether the task ended it. */
  terminated = false;
  readonly #environment: Environment<State, Settings>;
  readonly #settings: Settings;
  readonly #label: string;
  readonly #limit: ReturnType<typeof createChooser>;

  /**
   * @param start the label that names the episode, or a state, which is changed
   * @throws UsageError for unknown settings or starts, or if the environment goes wrong
   */
  constructor(
    environment: Environment<State, Settings>,
    start: string | State,
    { settings, kind = ownStart(environment) }: EpisodeOptions<Settings> = {},
  ) {
    this.#environment = environment;
    this.#settings = completeSettings(environment, settings);
    this.#label = typeof start === "string" ? start : "a given state";
    this.#limit = createChooser(environment.actions);
    this.observation = new Float32Array(environment.inputs.length);
    checkStart(environment, kind);
    this.state =
      typeof start === "string"
        ? this.#run("start", () => environment.start(derive(start), kind, this.#settings))
        : start;
    this.#observe();
  }

  /** Whether it is over, by the task or by the step limit. */
  get ended(): boolean {
    return this.terminated || this.steps >= this.#environment.maxSteps;
  }

  /**
   * Takes one step, ended or not.
   *
   * @param action the number of a discrete action, or one number per name, which are limited to their range
   * @throws UsageError if there is no such action, or the environment goes wrong
   */
  step(action: number | ArrayLike<number>): Step {
    const environment = this.#environment;
    const names = outputNames(environment.actions);
    if (typeof action === "number")
      checkInteger(`the action of task "${environment.name}"`, action, 0, names.length - 1);
    else checkLength(`actions of task "${environment.name}"`, action, names.length);
    this.steps++;
    const chosen = typeof action === "number" ? action : this.#limit(action);
    const step = this.#run("step", () => environment.step(this.state, chosen, this.#settings));
    this.score = Math.fround(this.score + step?.reward);
    if (typeof step?.reward !== "number" || typeof step.terminated !== "boolean" || !Number.isFinite(this.score)) {
      throw stepFault(environment, this.#place, step, this.score);
    }
    this.terminated = step.terminated;
    this.#observe();
    return step;
  }

  get #place() {
    return { episode: this.#label, step: this.steps };
  }

  #observe(): void {
    const { observation, state } = this;
    const environment = this.#environment;
    const seen =
      environment.observe === undefined
        ? state
        : (this.#run("observe", () => environment.observe?.(state, observation, this.#settings)) ?? observation);
    const values = seen as ArrayLike<number>;
    if (values?.length !== observation.length) throw observationFault(environment, this.#place, seen);
    observation.set(values);
    if (!observation.every(Number.isFinite)) throw observationFault(environment, this.#place, seen);
  }

  #run<Result>(part: Part, action: () => Result): Result {
    try {
      return action();
    } catch (error) {
      throw thrownFault(this.#environment, part, this.#place, error);
    }
  }
}

/**
 * Plays an episode to its end with a policy.
 *
 * @param start  the label that names the episode, or a state, which is changed
 * @param policy from an observation to an action: a number for discrete ones, one number per name otherwise
 */
export function playEpisode<State, Settings extends EnvironmentSettings>(
  environment: Environment<State, Settings>,
  start: string | State,
  policy: (observation: Float32Array) => number | ArrayLike<number>,
  options: EpisodeOptions<Settings> = {},
): Episode<State, Settings> {
  const episode = new Episode(environment, start, options);
  while (!episode.ended) episode.step(policy(episode.observation));
  return episode;
}
