/** What a network's outputs mean: they become an action here, and nowhere else. */
import { clamp32, f32 } from "../base/float32.ts";

/**
 * The actions of an environment: one of several, by name or number, or one number per name, each within its range.
 * A network has one output for each.
 */
export type Actions =
  | { readonly discrete: readonly string[] | number }
  | {
      readonly names: readonly string[];
      readonly low: number | readonly number[];
      readonly high: number | readonly number[];
    };

/** The number of a discrete action, from 0; or one single per name, within its range, the same array each time. */
export type Action = number | Float32Array;

/** Names of the outputs a network has for these actions, in order. */
export function outputNames(actions: Actions): readonly string[] {
  if (!("discrete" in actions)) return actions.names;
  const { discrete } = actions;
  return typeof discrete === "number" ? Array.from({ length: discrete }, (_, index) => `action ${index}`) : discrete;
}

/** Lowest and highest value of each output of continuous actions, in single precision. */
export function actionRange(actions: Exclude<Actions, { discrete: unknown }>): {
  low: Float32Array;
  high: Float32Array;
} {
  const each = (limit: number | readonly number[]) =>
    Float32Array.from(actions.names, (_, index) => (typeof limit === "number" ? limit : limit[index]));
  return { low: each(actions.low), high: each(actions.high) };
}

/**
 * Makes the function from outputs to an action: the number of the largest output, the lowest of equals, for discrete
 * actions; each output limited to its range otherwise.
 *
 * @returns a function of [outputs] finite numbers; its array is the same each time
 */
export function createChooser(actions: Actions): (outputs: ArrayLike<number>) => Action {
  if ("discrete" in actions) return largest;
  const { low, high } = actionRange(actions);
  const action = new Float32Array(low.length);
  return (outputs) => {
    for (let index = 0; index < action.length; index++) {
      action[index] = clamp32(f32(outputs[index]), low[index], high[index]);
    }
    return action;
  };
}

function largest(outputs: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < outputs.length; index++) if (outputs[index] > outputs[best]) best = index;
  return best;
}
