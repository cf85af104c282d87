/** Lanes of one program that begin together in a process and go on in lock-step, until the last has ended. */
import type { Kernel } from "../../kernel/kernel.ts";
import type { createChooser } from "../actions.ts";
import { observationFault, type Place, stepFault } from "../play/faults.ts";
import { compact, type LaneBlock, type ProgramLanes, runNetworks } from "../play/lanes.ts";
import type { Hello } from "./hello.ts";
import type { PlayAnswer } from "./protocol.ts";

/** Some lanes of a program: what a group plays. */
export interface Part extends ProgramLanes {
  /** The number of the program, and of the first of these lanes among all of it. */
  readonly index: number;
  readonly first: number;
}

/** Lanes that are played. */
export class Group {
  readonly part: Part;
  /** The seat of each lane that has not ended, in the order of the block. */
  readonly seats: number[];
  /** Steps taken. */
  #steps = 0;
  readonly #hello: Hello;
  readonly #block: LaneBlock;
  readonly #episodes: readonly string[];

  constructor(hello: Hello, part: Part, block: LaneBlock, episodes: readonly string[], seats: number[]) {
    this.part = part;
    this.seats = seats;
    this.#hello = hello;
    this.#block = block;
    this.#episodes = episodes;
  }

  /** Lanes that have not ended. */
  get running(): number {
    return this.seats.length;
  }

  /** The scores, once all lanes have ended. */
  get scores(): Float32Array {
    return this.#block.results.subarray(0, this.part.lanes.length);
  }

  /** The episode of a lane, and the step it is at. */
  placeOf(lane: number, step = this.#steps): Place {
    return { episode: this.#episodes[this.part.lanes[this.#block.numbers[lane]].episode], step };
  }

  /** Where a lane will be when it has taken its next step. */
  nextPlaceOf(lane: number): Place {
    return this.placeOf(lane, this.#steps + 1);
  }

  /** Runs the network of each lane. @returns the actions, one after the other */
  decide(kernel: Kernel, choose: ReturnType<typeof createChooser>): number[] {
    const { values, width, outputs } = this.#block;
    runNetworks(kernel, this.#block, this.running);
    const chosen = new Float32Array(outputs.length);
    const actions: number[] = [];
    for (let lane = 0; lane < this.running; lane++) {
      outputs.forEach((slot, output) => {
        chosen[output] = values[slot * width + lane];
      });
      const action = choose(chosen);
      if (typeof action === "number") actions.push(action);
      else actions.push(...action);
    }
    return actions;
  }

  /**
   * Takes what the process answered to the starts of the lanes.
   *
   * @param from the first of them in the answer
   * @throws EnvironmentFault if an observation is not finite
   */
  begin(answer: PlayAnswer, from: number): void {
    this.#observe(
      answer,
      this.seats.map((_, lane) => from + lane),
    );
  }

  /**
   * Takes what the process answered to a step of the lanes.
   *
   * @param from  the first of them in the answer
   * @param start how many lanes of the answer began
   * @returns     the seats of those that ended
   * @throws EnvironmentFault if a reward, their sum or an observation is not finite
   */
  goOn(answer: PlayAnswer, from: number, start: number): number[] {
    const { scores, ended } = this.#block;
    this.#steps++;
    const isLast = this.#steps >= this.#hello.maxSteps;
    const places = this.seats.map((_, lane) => from + lane);
    places.forEach((place, lane) => {
      const reward = answer.rewards[place - start];
      scores[lane] = Math.fround(scores[lane] + reward);
      if (!Number.isFinite(scores[lane])) {
        throw stepFault(this.#hello, this.placeOf(lane), { reward, terminated: false }, scores[lane]);
      }
      ended[lane] = isLast || answer.ends[place - start] !== 0 ? 1 : 0;
    });
    const freed: number[] = [];
    const left = compact(this.#block, this.running, (last, lane) => {
      freed.push(this.seats[lane]);
      this.seats[lane] = this.seats[last];
      places[lane] = places[last];
    });
    this.seats.length = left;
    this.#observe(answer, places.slice(0, left));
    return freed;
  }

  /** Shows each lane what the process saw, at these places of the answer. */
  #observe({ observations }: PlayAnswer, places: readonly number[]): void {
    const { values, width } = this.#block;
    const { length } = this.#hello.inputs;
    places.forEach((place, lane) => {
      let sum = 0;
      for (let input = 0; input < length; input++) {
        const value = observations[place * length + input];
        values[(1 + input) * width + lane] = value;
        sum += value * 0;
      }
      // Zeros add up to 0, unless one of the numbers was not finite.
      if (sum === 0) return;
      const seen = observations.slice(place * length, (place + 1) * length);
      throw observationFault(this.#hello, this.placeOf(lane), seen);
    });
  }
}
