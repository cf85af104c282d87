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
  /** Lanes that have not ended. */
  running: number;
  /** Steps taken. */
  #steps = 0;
  readonly #hello: Hello;
  readonly #block: LaneBlock;
  readonly #episodes: readonly string[];
  /** Of each lane that runs, in the order of the block: its seat, and its place among them before the last step. */
  readonly #seats: Uint32Array;
  readonly #places: Uint32Array;
  readonly #outputs: Float32Array;

  /** @param episodes labels of those of the trial */
  constructor(hello: Hello, part: Part, block: LaneBlock, episodes: readonly string[], seats: readonly number[]) {
    this.part = part;
    this.running = seats.length;
    this.#hello = hello;
    this.#block = block;
    this.#episodes = episodes;
    this.#seats = Uint32Array.from(seats);
    this.#places = new Uint32Array(seats.length);
    this.#outputs = new Float32Array(block.outputs.length);
  }

  /** The seats of the lanes that run. */
  get seats(): Uint32Array {
    return this.#seats.subarray(0, this.running);
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

  /** Runs the network of each lane and writes the actions, one after the other. */
  decide(kernel: Kernel, choose: ReturnType<typeof createChooser>, actions: Uint32Array | Float32Array): void {
    const { values, width, outputs } = this.#block;
    const chosen = this.#outputs;
    runNetworks(kernel, this.#block, this.running);
    for (let lane = 0; lane < this.running; lane++) {
      for (let output = 0; output < chosen.length; output++) chosen[output] = values[outputs[output] * width + lane];
      const action = choose(chosen);
      if (typeof action === "number") actions[lane] = action;
      else actions.set(action, lane * action.length);
    }
  }

  /**
   * Takes what the process answered to the starts of the lanes.
   *
   * @param from the first of them in the answer
   * @throws EnvironmentFault if an observation is not finite
   */
  begin(answer: PlayAnswer, from: number): void {
    for (let lane = 0; lane < this.running; lane++) this.#places[lane] = lane;
    this.#observe(answer, from);
  }

  /**
   * Takes what the process answered to a step of the lanes.
   *
   * @param from  the first of them in the answer
   * @param start how many lanes of the answer began
   * @param free  receives the seats of those that ended
   * @throws EnvironmentFault if a reward, their sum or an observation is not finite
   */
  goOn(answer: PlayAnswer, from: number, start: number, free: number[]): void {
    const { rewards, ends } = answer;
    const { scores, ended } = this.#block;
    const places = this.#places;
    const seats = this.#seats;
    this.#steps++;
    const isLast = this.#steps >= this.#hello.maxSteps;
    for (let lane = 0; lane < this.running; lane++) {
      const step = from - start + lane;
      places[lane] = lane;
      scores[lane] += rewards[step];
      if (!Number.isFinite(scores[lane])) {
        const told = { reward: rewards[step], terminated: false };
        throw stepFault(this.#hello, this.placeOf(lane), told, scores[lane]);
      }
      ended[lane] = isLast || ends[step] !== 0 ? 1 : 0;
    }
    this.running = compact(this.#block, this.running, (last, lane) => {
      free.push(seats[lane]);
      seats[lane] = seats[last];
      places[lane] = places[last];
    });
    this.#observe(answer, from);
  }

  /** Shows each lane what the process saw, which stands at its place from `from` on. */
  #observe({ observations }: PlayAnswer, from: number): void {
    const { values, width } = this.#block;
    const { length } = this.#hello.inputs;
    for (let lane = 0; lane < this.running; lane++) {
      const at = (from + this.#places[lane]) * length;
      let sum = 0;
      for (let input = 0; input < length; input++) {
        const value = observations[at + input];
        values[(1 + input) * width + lane] = value;
        sum += value * 0;
      }
      // Zeros add up to 0, unless one of the numbers was not finite.
      if (sum !== 0) throw observationFault(this.#hello, this.placeOf(lane), observations.slice(at, at + length));
    }
  }
}
