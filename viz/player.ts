/** Plays swing-up episodes of one champion: whole ones by the kernel, one step at a time in plain TypeScript. */
import {
  compile,
  createForward,
  createTask,
  decodeGenome,
  Episode as EnvironmentEpisode,
  type Genome,
  type GenomeJson,
  type Kernel,
  type Network,
  outputSlots,
  SWINGUP,
  type SwingupState,
  type Trial,
  type Weights,
} from "../src/index.ts";
import type { ProfilePoint } from "./profile.ts";

/** What a champion plays with: a value of the shared weight, or its trained weights. */
export type Choice = { readonly kind: "shared"; readonly weight: number } | { readonly kind: "trained" };

/** A champion made ready to play. */
export interface Player {
  readonly genome: Genome;
  readonly network: Network;
  /** Trained weights in the order of the program, where the champion has them. */
  readonly trained?: Float32Array;
}

/** Labels of the fixed episodes that the profile is taken over; the first is the one that is shown. */
export const SHOWN_EPISODES: readonly string[] = Array.from({ length: 8 }, (_, index) => `view/${index}`);

/** One step of an episode that is shown. */
export interface Moment {
  readonly position: number;
  readonly angle: number;
  readonly force: number;
  /** Sum of rewards after this step, in single precision. */
  readonly score: number;
  /** Reward of this step; 0 at the start. */
  readonly reward: number;
  readonly ended: boolean;
}

/** @throws UsageError if the genome breaks an invariant */
export function createPlayer(champion: { genome: GenomeJson; trainedWeights?: readonly number[] }): Player {
  const genome = decodeGenome(champion.genome);
  const network = compile(genome);
  const { trainedWeights } = champion;
  return {
    genome,
    network,
    trained: trainedWeights && Float32Array.from(network.genes, (gene) => trainedWeights[gene]),
  };
}

/** Scores of whole episodes by the kernel, row-major [weights x episodes]. */
export function scoreEpisodes(
  kernel: Kernel,
  player: Player,
  weights: Trial["weights"],
  episodes: readonly string[],
): Float64Array {
  const trial: Trial = { weights, episodes, split: "test", pairing: "all" };
  return createTask({ name: "swingup" }).score(kernel, [player.network.program], trial)[0].scores;
}

/** The weights of a choice as a trial wants them. */
export function weightsOf(player: Player, choice: Choice): Trial["weights"] {
  if (choice.kind === "trained" && player.trained) return { kind: "individual", sets: player.trained, count: 1 };
  return { kind: "shared", values: Float32Array.of(choice.kind === "shared" ? choice.weight : 1) };
}

/** The profile from -3 to 3 in steps of 1/20, over the fixed episodes. */
export function profileOf(kernel: Kernel, player: Player): ProfilePoint[] {
  const weights = Array.from({ length: 121 }, (_, index) => (index - 60) / 20);
  const scores = scoreEpisodes(kernel, player, { kind: "shared", values: Float32Array.from(weights) }, SHOWN_EPISODES);
  return weights.map((weight, index) => {
    const some = scores.subarray(index * SHOWN_EPISODES.length, (index + 1) * SHOWN_EPISODES.length);
    return {
      weight,
      mean: some.reduce((sum, score) => sum + score, 0) / some.length,
      low: Math.min(...some),
      high: Math.max(...some),
    };
  });
}

/** An episode that is shown step by step, with the values of the network's nodes. */
export class Episode {
  readonly #play: EnvironmentEpisode<SwingupState>;
  readonly #forward: ReturnType<typeof createForward>;
  readonly #weights: Weights;
  readonly #outputs: Int32Array;
  readonly #slots: Map<number, number>;
  #values: Float32Array;
  #reward = 0;
  #force = 0;

  constructor(player: Player, choice: Choice, episode: string) {
    this.#forward = createForward(player.network.program);
    this.#outputs = outputSlots(player.network.program);
    this.#weights =
      choice.kind === "trained" && player.trained ? player.trained : choice.kind === "shared" ? choice.weight : 1;
    this.#slots = new Map(Array.from(player.network.positions, (position, slot) => [position, slot]));
    this.#play = new EnvironmentEpisode(SWINGUP, episode);
    this.#values = this.#forward(this.#play.observation, this.#weights);
  }

  get maxSteps(): number {
    return SWINGUP.maxSteps;
  }

  get steps(): number {
    return this.#play.steps;
  }

  /** Where the episode stands. */
  get moment(): Moment {
    const { state, score, ended } = this.#play;
    return { position: state.position, angle: state.angle, force: this.#force, score, reward: this.#reward, ended };
  }

  /** The last value of the node at this position of the genome; 0 for one that is not part of the network. */
  value(position: number): number {
    const slot = this.#slots.get(position);
    return slot === undefined ? 0 : this.#values[slot];
  }

  /** Takes one step, unless the episode has ended. */
  step(): Moment {
    if (this.#play.ended) return this.moment;
    this.#values = this.#forward(this.#play.observation, this.#weights);
    const action = Array.from(this.#outputs, (slot) => this.#values[slot]);
    this.#reward = this.#play.step(action).reward;
    this.#force = Math.max(-1, Math.min(1, action[0]));
    return this.moment;
  }
}

/** The rewards of a whole episode, step by step, for the strip below the cart. */
export function traceEpisode(player: Player, choice: Choice, episode: string): number[] {
  const play = new Episode(player, choice, episode);
  const rewards: number[] = [];
  while (!play.moment.ended) rewards.push(play.step().reward);
  return rewards;
}
