/** An environment that says where it is while it is checked, for a watchman outside. */
import type { Environment } from "../environment.ts";
import { PARTS, WATCH } from "../task.ts";

const [START, OBSERVE, STEP] = PARTS.keys();

/** The same environment, whose functions write `WATCH` cells when they are called. */
export function watchEnvironment<State>(environment: Environment<State>, watch: Int32Array): Environment<State> {
  const steps = new WeakMap<object, number>();
  const enter = (part: number, step: number) => {
    watch[WATCH.part] = part;
    watch[WATCH.step] = step;
    watch[WATCH.beat]++;
  };
  const { observe } = environment;
  const watched: Pick<Environment<State>, "start" | "observe" | "step"> = {
    start(...all) {
      enter(START, 0);
      return environment.start(...all);
    },
    observe:
      observe &&
      ((state, ...all) => {
        enter(OBSERVE, steps.get(state as object) ?? 0);
        return observe.call(environment, state, ...all);
      }),
    step(state, ...all) {
      const step = (steps.get(state as object) ?? 0) + 1;
      if (typeof state === "object" && state !== null) steps.set(state, step);
      enter(STEP, step);
      return environment.step(state, ...all);
    },
  };
  return Object.assign(Object.create(environment), watched);
}
