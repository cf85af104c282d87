/**
 * Plays the lanes of several programs in a process, the networks in the kernel: the lanes of a program in lock-step, as
 * many programs side by side as the process has seats for, the next one as soon as there are seats again.
 */
import { derive } from "../../base/rng.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { Program } from "../../network/program.ts";
import { createChooser } from "../actions.ts";
import { endlessFault, type Place, toldFault } from "../play/faults.ts";
import { LANES_AT_ONCE, type Lane, lanesOf, placeBlocks } from "../play/lanes.ts";
import type { Outcome, Trial } from "../task.ts";
import { Group, type Part } from "./group.ts";
import { type Link, LostProcess } from "./link.ts";
import {
  createPlay,
  decodeAnswer,
  decodeFault,
  KINDS,
  type PlayAnswer,
  type PlayRequest,
  protocolError,
  type Start,
} from "./protocol.ts";

/** Seeds are below this, so that they are nowhere taken for negative numbers. */
const SEEDS = 2 ** 31;

/** The seed of an episode, from its label. */
export function seedOf(label: string): number {
  return derive(label).integer(SEEDS);
}

/**
 * Plays a trial.
 *
 * @returns the outcome of each program
 * @throws EnvironmentFault naming step and episode if the environment goes wrong
 * @throws LostProcess, UsageError as the link does
 */
export async function playInProcess(
  kernel: Kernel,
  programs: readonly Program[],
  trial: Trial,
  link: Link,
): Promise<Outcome[]> {
  const { hello } = link;
  const choose = createChooser(hello.actions);
  const actionSize = "discrete" in hello.actions ? undefined : hello.actions.names.length;
  const lanes = lanesOf(trial);
  const outcomes = programs.map(() => ({ scores: new Float64Array(lanes.length), steps: 0 }));
  const parts = partsOf(programs, lanes, Math.min(LANES_AT_ONCE, hello.lanes));
  const blocks = placeBlocks(kernel, trial.weights, parts, 0);
  const free = Array.from({ length: hello.lanes }, (_, seat) => seat).reverse();
  let groups: Group[] = [];
  for (let next = 0; next < parts.length || groups.length > 0; ) {
    const begun: Group[] = [];
    for (; next < parts.length && parts[next].lanes.length <= free.length; next++) {
      const seats = parts[next].lanes.map(() => free.pop() as number);
      begun.push(new Group(hello, parts[next], blocks[next], trial.episodes, seats));
    }
    const request = createPlay(begun.flatMap(startsOf), countOf(groups), actionSize);
    let at = 0;
    for (const group of groups) {
      request.seats.set(group.seats, at);
      group.decide(kernel, choose, request.actions.subarray(at * (actionSize ?? 1)));
      at += group.running;
    }
    const answer = await ask(link, request, (lane) => placeOf(lane, begun, groups));
    at = 0;
    for (const group of begun) {
      group.begin(answer, at);
      at += group.running;
    }
    for (const group of groups) {
      const { running, part } = group;
      outcomes[part.index].steps += running;
      group.goOn(answer, at, request.starts, free);
      at += running;
      if (group.running === 0) outcomes[part.index].scores.set(group.scores, part.first);
    }
    groups = [...groups, ...begun].filter(({ running }) => running > 0);
  }
  return outcomes;
}

/** How the lanes of a group begin. */
function startsOf(group: Group): Start[] {
  return Array.from(group.seats, (seat, lane) => ({ seat, seed: seedOf(group.placeOf(lane).episode) }));
}

function countOf(groups: readonly Group[]): number {
  return groups.reduce((count, { running }) => count + running, 0);
}

/** The first observation of each episode. @throws as `playInProcess` does */
export async function startInProcess(episodes: readonly string[], link: Link): Promise<Float32Array[]> {
  const seen: Float32Array[] = [];
  for (const episode of episodes) {
    const request = createPlay([{ seat: 0, seed: seedOf(episode) }], 0);
    const { observations } = await ask(link, request, () => ({ episode, step: 0 }));
    seen.push(observations.slice());
  }
  return seen;
}

/** The lanes of all programs in parts that begin together. @param most lanes of a part */
function partsOf(programs: readonly Program[], lanes: readonly Lane[], most: number): Part[] {
  const firsts = Array.from({ length: Math.ceil(lanes.length / most) }, (_, part) => part * most);
  return programs.flatMap((program, index) =>
    firsts.map((first) => ({ program, index, first, lanes: lanes.slice(first, first + most) })),
  );
}

/** Sends a request and takes the answer; what goes wrong at a lane is said with its episode and step. */
async function ask(link: Link, request: PlayRequest, placeOf: (lane: number) => Place): Promise<PlayAnswer> {
  const { hello } = link;
  const partOf = (lane: number) => (lane < request.starts ? "reset" : "step");
  let done = 0;
  try {
    const frame = await link.ask(request.frame, (lanes) => {
      done = lanes;
    });
    if (frame.kind !== KINDS.fault) return decodeAnswer(frame, request, hello.inputs.length);
    const fault = decodeFault(frame);
    throw toldFault(hello, partOf(fault.lane), placeOf(fault.lane), fault);
  } catch (error) {
    if (!(error instanceof LostProcess && error.hangs)) throw error;
    throw endlessFault(hello.name, partOf(done), placeOf(done), hello.longestStep);
  }
}

/** The episode and step of a lane of a request: those that begin come first. */
function placeOf(lane: number, begun: readonly Group[], groups: readonly Group[]): Place {
  let left = lane;
  for (const group of begun) {
    if (left < group.running) return group.placeOf(left);
    left -= group.running;
  }
  for (const group of groups) {
    if (left < group.running) return group.nextPlaceOf(left);
    left -= group.running;
  }
  throw protocolError("a lane of the request", `lane ${lane}`);
}
