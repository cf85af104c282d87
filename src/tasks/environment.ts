/**
 * What an environment is: a task that is played step by step, written in Gymnasium's words as plain functions of
 * plain data. One is all a user writes; environments/task.ts makes a task of it that scores networks.
 *
 * @example The whole of an environment: walk to the middle of a line.
 *
 *     export default {
 *       name: "walk",
 *       inputs: ["position"],
 *       actions: { names: ["speed"], low: -1, high: 1 },
 *       maxSteps: 100,
 *       start: (rng) => [rng.between(-1, 1)],
 *       step(state, [speed]) {
 *         state[0] += 0.1 * speed;
 *         return { reward: -Math.abs(state[0]), terminated: Math.abs(state[0]) > 2 };
 *       },
 *     };
 */
import type { Rng } from "../base/rng.ts";
import type { Action, Actions } from "./actions.ts";
import type { Preset } from "./preset.ts";
import type { Measure } from "./task.ts";

/** What follows an action. */
export interface Step {
  /** Score gained by this step, finite. */
  readonly reward: number;
  /** Whether the task ended the episode; the step limit is the player's business. */
  readonly terminated: boolean;
}

/** Settings of an environment by name. */
export type EnvironmentSettings = Readonly<Record<string, number | string | boolean>>;

/** A policy written by hand, and the mean score that it must reach over episodes of the task's own start. */
export interface Pilot {
  /**
   * @param observation [inputs], the same array each time
   * @returns           the number of a discrete action, or one number per name, which are limited to their range
   */
  act(observation: Float32Array): number | ArrayLike<number>;
  readonly reaches: number;
}

/** An episode that was played to its end. */
export interface Replay {
  readonly steps: number;
  /** What the network saw after each step, [steps], each [inputs]. */
  readonly observations: readonly Float32Array[];
  /** [steps] */
  readonly rewards: readonly number[];
}

/** Something that networks do besides what they score, told from an episode: a measure of the task, never selected by. */
export interface Behaviour extends Measure {
  /** A finite number, 0 to 1 where the unit is a share. */
  of(replay: Replay): number;
}

/** What there is to see of an episode at one moment. */
export interface Moment<State = unknown> {
  readonly state: State;
  /** What the network sees of the state, [inputs]; the same array each time. */
  readonly observation: Float32Array;
  /** What the network does about it; at the end, what it would do. The same array each time, if it is one. */
  readonly action: Action;
}

/**
 * How an environment looks on the page: a picture of one's own, in SVG, HTML or a canvas. `currentColor` is ink, and
 * the page's colours are custom properties that turn with light and dark: --ink, --ink-soft, --ink-faint, --accent, ...
 */
export interface Scene<State = unknown> {
  /** Makes the picture, once: it is as wide as there is room, and as high as its own shape says. */
  draw(document: Document): Element;
  /** Puts the picture that `draw` made into a moment: called at the start, and after each step that is shown. */
  show(element: Element, moment: Moment<State>): void;
}

/** What an environment says of itself, wherever it is played. */
export interface Description {
  readonly name: string;
  /** What it is, in one sentence. */
  readonly summary?: string;
  /** Names of the observations, in order: a network has one input for each. */
  readonly inputs: readonly string[];
  readonly actions: Actions;
  /** Steps after which an episode ends, at least 1. */
  readonly maxSteps: number;
  /** Duration of a step in s, to play at real speed. */
  readonly timeStep?: number;
  /** What one score (the sum of an episode's rewards, in single precision) is, with its range. */
  readonly score?: string;
  /** Settings of a search that suit this environment. */
  readonly presets?: Partial<Preset>;
}

/**
 * An environment. It holds no state of its own: a state is made by `start` and changed by `step`, so that many
 * episodes can be played side by side. Random numbers come from the `rng` of `start`, which a state may keep; then
 * equal labels give equal episodes. SI units and radians.
 */
export interface Environment<State = unknown, Settings extends EnvironmentSettings = EnvironmentSettings, A = Action>
  extends Description {
  /** Kinds of start states, the first the task's own; "default" alone if not given. */
  readonly starts?: readonly string[];
  /** Settings with their defaults; the given ones are of the same types. */
  readonly settings?: Settings;
  /** What draws it on the page: a scene of its own, or the name of one in viz/scenes; bars of its numbers without it. */
  readonly scene?: string | Scene<State>;
  readonly pilot?: Pilot;
  /** What `evaluate` tells of a champion at its best shared weight, by different names. */
  readonly behaviours?: readonly Behaviour[];
  /** A new state of the given kind, a value of its own each time. */
  start(rng: Rng, kind: string, settings: Settings): State;
  /**
   * What a network sees of a state: writes it into `observation` [inputs] or returns a list of as many numbers, all
   * finite in single precision. Without it the state is the observation: a list of as many numbers.
   */
  observe?(state: State, observation: Float32Array, settings: Settings): ArrayLike<number> | undefined;
  /**
   * Changes a state by one action.
   *
   * @param action the number of a discrete action from 0, or one single per name, already within its range; the same
   *               array each time
   */
  step(state: State, action: A, settings: Settings): Step;
}
