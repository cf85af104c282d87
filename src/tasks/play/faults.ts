/** The words for what an environment does wrong: they name the task, the step and the episode. */
import { show } from "../../base/check.ts";
import { indent, reasonOf, UsageError } from "../../base/errors.ts";
import type { Environment } from "../environment.ts";

/** A mistake of an environment, already in words. */
export class EnvironmentFault extends UsageError {}

/** A call of an environment that would not end. */
export class EndlessFault extends EnvironmentFault {}

/** Where in an episode it happened; step 0 is the start. */
export interface Place {
  readonly episode: string;
  readonly step: number;
}

/** An environment, for messages. */
type Named = Pick<Environment, "name">;

function where({ episode, step }: Place): string {
  return `${step === 0 ? "the start" : `step ${step}`} of episode ${show(episode)}`;
}

/**
 * What a process tells of its environment: that the function `part` raised an exception, or, without a traceback, what
 * was expected and what came.
 */
export function toldFault(
  { name }: Named,
  part: string,
  place: Place,
  { message, traceback }: { readonly message: string; readonly traceback?: string },
): EnvironmentFault {
  const task = `Task ${show(name)}:`;
  if (traceback === undefined) return new EnvironmentFault(`${task} ${message} at ${where(place)}.`);
  return new EnvironmentFault(`${task} ${part}() raised at ${where(place)}: ${message}.\n${indent(traceback)}`);
}

/** The environment's own code was given up after so many seconds in one call of the function `part`. */
export function endlessFault(name: string, part: string, place: Place, seconds: number): EndlessFault {
  return new EndlessFault(
    `Task ${show(name)}: ${part}() has not ended after ${seconds} s at ${where(place)}: look for a loop without an end.`,
  );
}

/** An error thrown by the environment's own code; one that is in words already stays as it is. */
export function thrownFault({ name }: Named, part: string, place: Place, error: unknown): EnvironmentFault {
  if (error instanceof EnvironmentFault) return error;
  const reason = error instanceof Error ? reasonOf(error) || error.name : show(error);
  return new EnvironmentFault(`Task ${show(name)}: ${part}() threw at ${where(place)}: ${reason}.`, { cause: error });
}

/** What `step` returned is no step, or its reward is not finite. */
export function stepFault({ name }: Named, place: Place, result: unknown, score: number): EnvironmentFault {
  const { reward, terminated } = (result ?? {}) as { reward?: unknown; terminated?: unknown };
  if (typeof reward !== "number" || typeof terminated !== "boolean") {
    return new EnvironmentFault(
      `Task ${show(name)}: expected step() to return { reward, terminated }, a number and a boolean, got ` +
        `${show(result)} at ${where(place)}.`,
    );
  }
  return Number.isFinite(Math.fround(reward))
    ? new EnvironmentFault(
        `Task ${show(name)}: expected a finite sum of rewards, got ${score} at ${where(place)}: give smaller rewards.`,
      )
    : new EnvironmentFault(`Task ${show(name)}: expected a finite reward, got ${reward} at ${where(place)}.`);
}

/** A state or what `observe` returned is not one finite number per input. */
export function observationFault(
  environment: Named & Pick<Environment, "inputs" | "observe">,
  place: Place,
  observation: unknown,
): EnvironmentFault {
  const { name, inputs } = environment;
  const length = (observation as ArrayLike<unknown> | null | undefined)?.length;
  if (typeof observation !== "object" || length === undefined) {
    return new EnvironmentFault(
      environment.observe === undefined
        ? `Task ${show(name)}: expected a state that is a list of ${inputs.length} numbers (${inputs.join(", ")}), ` +
            `got ${show(observation)} at ${where(place)}: return such a list from start(), or write observe().`
        : `Task ${show(name)}: expected observe() to fill or return a list of ${inputs.length} numbers ` +
            `(${inputs.join(", ")}), got ${show(observation)} at ${where(place)}.`,
    );
  }
  if (length !== inputs.length) {
    return new EnvironmentFault(
      `Task ${show(name)}: expected ${inputs.length} observations (${inputs.join(", ")}), got ${length} at ${where(place)}.`,
    );
  }
  const values = observation as ArrayLike<unknown>;
  const bad = inputs.findIndex((_, input) => !Number.isFinite(Math.fround(values[input] as number)));
  return new EnvironmentFault(
    `Task ${show(name)}: expected a finite number for input ${show(inputs[bad])}, got ${show(values[bad])} at ${where(place)}.`,
  );
}
