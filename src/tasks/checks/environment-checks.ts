/** What every environment must keep to, so that the task made of it does. */
import { show } from "../../base/check.ts";
import { derive } from "../../base/rng.ts";
import { mean } from "../../base/stats.ts";
import { createForward, outputSlots } from "../../network/forward.ts";
import { actionRange, createChooser, outputNames } from "../actions.ts";
import type { Environment, EnvironmentSettings } from "../environment.ts";
import { environmentTask } from "../environments/task.ts";
import { Episode, playEpisode } from "../play/episode.ts";
import { scoreNow } from "../task.ts";
import { type Check, type EnvironmentContext, labels, sampleNetworks, sampleTrial } from "./check.ts";

/** Episodes over which a pilot is measured. */
const PILOT_EPISODES = 20;

/** Actions at random, the same for the same label: for discrete actions a number, else one per name within its range. */
function randomActions({ actions }: Environment, label: string): () => number | number[] {
  const rng = derive(label, "actions");
  if ("discrete" in actions) {
    const { length } = outputNames(actions);
    return () => rng.integer(length);
  }
  const { low, high } = actionRange(actions);
  return () => Array.from(low, (least, index) => rng.between(least, high[index]));
}

/** An episode that goes on by random actions, and what it said so far. */
class Trace {
  readonly episode: Episode<unknown>;
  readonly lines: number[][] = [];
  readonly #act: () => number | number[];
  readonly #label: string;

  constructor({ environment, settings }: EnvironmentContext, label: string) {
    this.#label = label;
    this.#act = randomActions(environment, label);
    this.episode = new Episode(environment, label, { settings });
    this.lines.push([...this.episode.observation]);
  }

  step(): void {
    if (this.episode.ended) return;
    const { reward, terminated } = this.episode.step(this.#act());
    this.lines.push([...this.episode.observation, reward, Number(terminated)]);
  }

  toEnd(): this {
    while (!this.episode.ended) this.step();
    return this;
  }

  /** Finds the first number that differs from `other`'s. @throws Error naming it */
  compare(other: Trace, { inputs }: Environment, advice: string): void {
    this.lines.forEach((line, step) => {
      line.forEach((value, index) => {
        const got = other.lines[step]?.[index];
        if (Object.is(got, value)) return;
        const what =
          index < inputs.length ? `input ${show(inputs[index])}` : index === inputs.length ? "the reward" : "the end";
        throw new Error(
          `Expected ${what} to be ${value} at step ${step} of episode ${show(this.#label)} again, got ${got}: ${advice}`,
        );
      });
    });
  }
}

function ofEnvironment(name: string, run: (context: EnvironmentContext) => void, isAdvice = false): Check {
  return { name, isAdvice, isOfEnvironment: true, run: (context) => run(context as EnvironmentContext) };
}

/** The checks, cheap ones first. */
export const ENVIRONMENT_CHECKS: readonly Check[] = [
  ofEnvironment("start makes a new state each time", ({ environment, settings }) => {
    const start = () => new Episode(environment, "check/start", { settings }).state;
    const state = start();
    if (typeof state !== "object" || state === null || state !== start()) return;
    throw new Error(
      "Expected start() to return a new state each time, got the same one twice: make it inside start().",
    );
  }),
  ofEnvironment("an episode is the same when it is played again", (context) => {
    for (const label of labels("again", 3)) {
      const advice = "draw random numbers from the rng of start() alone, and keep nothing outside the state.";
      new Trace(context, label).toEnd().compare(new Trace(context, label).toEnd(), context.environment, advice);
    }
  }),
  ofEnvironment("an episode is the same beside others", (context) => {
    const names = labels("beside", 4);
    const alone = names.map((label) => new Trace(context, label).toEnd());
    const together = names.map((label) => new Trace(context, label));
    while (together.some(({ episode }) => !episode.ended)) for (const trace of together) trace.step();
    const advice = "keep all that changes in the state, nothing outside it.";
    alone.forEach((trace, index) => {
      trace.compare(together[index], context.environment, advice);
    });
  }),
  ofEnvironment("observe writes every input", ({ environment, settings }) => {
    const { state } = new Episode(environment, "check/observe", { settings });
    const blank = new Float32Array(environment.inputs.length).fill(Number.NaN);
    if (environment.observe === undefined || environment.observe(state, blank, settings) !== undefined) return;
    const left = environment.inputs.filter((_, input) => Number.isNaN(blank[input]));
    if (left.length === 0) return;
    throw new Error(
      `Expected observe() to write all ${blank.length} inputs, got no ${left.map(show).join(", ")}: what stands there is of another state.`,
    );
  }),
  ofEnvironment("every kind of start can be played", ({ environment, settings }) => {
    for (const kind of environment.starts ?? []) {
      for (const label of labels(kind, 3)) {
        playEpisode(environment, label, randomActions(environment, label), { kind, settings });
      }
    }
  }),
  ofEnvironment("every action can be played to the end", ({ environment, settings }) => {
    const { actions } = environment;
    const count = outputNames(actions).length;
    const constant: (number | ArrayLike<number>)[] =
      "discrete" in actions
        ? Array.from({ length: count }, (_, action) => action)
        : Object.values(actionRange(actions));
    for (const action of constant) playEpisode(environment, "check/constant", () => action, { settings });
  }),
  ofEnvironment("networks score as plain TypeScript plays them", playsAsPlain),
  ofEnvironment("settings spelled out are the settings", (context) => {
    const { environment, task, settings, kernel } = context;
    const spelled = environmentTask(environment, settings);
    const programs = sampleNetworks(task);
    const expected = scoreNow(task, kernel, programs, sampleTrial());
    spelled.score(kernel, programs, sampleTrial()).forEach(({ scores }, network) => {
      const bad = scores.findIndex((value, index) => value !== expected[network].scores[index]);
      if (bad < 0) return;
      throw new Error(
        `Expected network ${network} to score ${expected[network].scores[bad]} with settings spelled out, got ${scores[bad]}.`,
      );
    });
  }),
  ofEnvironment("the pilot reaches what it says", ({ environment }) => {
    const { pilot } = environment;
    if (pilot === undefined) return;
    const scores = labels("pilot", PILOT_EPISODES).map(
      (label) => playEpisode(environment, label, (seen) => pilot.act(seen)).score,
    );
    if (mean(scores) >= pilot.reaches) return;
    throw new Error(
      `Expected the pilot to reach a mean score of ${pilot.reaches} over ${PILOT_EPISODES} episodes, got ${mean(scores)}.`,
    );
  }),
  ofEnvironment(
    "episodes start differently",
    (context) => {
      const starts = labels("start", 5).map((label) => new Trace(context, label).lines[0].join(" "));
      if (new Set(starts).size > 1) return;
      throw new Error(
        `Expected episodes to start differently, got 5 that start alike (${context.environment.inputs
          .map((name, input) => `${name} ${starts[0].split(" ")[input]}`)
          .join(", ")}): a search sees one start only, unless random numbers come later.`,
      );
    },
    true,
  ),
  ofEnvironment("every setting changes something", changesSomething, true),
];

/** Every lane against an episode of its own, with the network in plain TypeScript. */
function playsAsPlain({ environment, task, settings, kernel }: EnvironmentContext): void {
  const trial = sampleTrial();
  const weights = trial.weights.kind === "shared" ? [...trial.weights.values] : [];
  const choose = createChooser(environment.actions);
  const programs = sampleNetworks(task);
  scoreNow(task, kernel, programs, trial).forEach(({ scores, steps }, network) => {
    const forward = createForward(programs[network]);
    const outputs = outputSlots(programs[network]);
    let taken = 0;
    weights.forEach((weight, row) => {
      trial.episodes.forEach((label, column) => {
        const policy = (seen: Float32Array) => {
          const values = forward(seen, weight);
          return choose(Array.from(outputs, (slot) => values[slot]));
        };
        const played = playEpisode(environment, label, policy, { settings });
        taken += played.steps;
        const score = scores[row * trial.episodes.length + column];
        if (score === played.score) return;
        throw new Error(
          `Expected network ${network} to score ${played.score} at weight ${weight} in episode ${show(label)}, as in ` +
            `plain TypeScript, got ${score}.`,
        );
      });
    });
    const most = environment.maxSteps * scores.length;
    if (steps === taken && steps <= most) return;
    throw new Error(`Expected network ${network} to take ${taken} steps (at most ${most}), got ${steps}.`);
  });
}

/** Each setting by itself, moved away from its default. */
function changesSomething(context: EnvironmentContext): void {
  const { environment, settings } = context;
  const tell = (changed: EnvironmentSettings) =>
    labels("setting", 3).map((label) => new Trace({ ...context, settings: changed }, label).toEnd().lines.join());
  const usual = tell(settings).join();
  for (const [name, value] of Object.entries(environment.settings ?? {})) {
    if (typeof value === "string") continue;
    const other = typeof value === "number" ? value * 1.5 + 0.5 : !value;
    if (tell({ ...settings, [name]: other }).join() !== usual) continue;
    throw new Error(
      `Expected setting ${show(name)} to change something, got the same episodes at ${value} and ${other}.`,
    );
  }
}
