/** Plays episodes of one champion: whole ones by its task, one step at a time in plain TypeScript. */
import {
  type Action,
  compile,
  completeTaskSettings,
  createChooser,
  createForward,
  decodeGenome,
  type Environment,
  Episode as EnvironmentEpisode,
  type EnvironmentSettings,
  type Genome,
  type GenomeJson,
  type Kernel,
  type Moment,
  type Network,
  outputSlots,
  scoreNow,
  type Task,
  type TaskDefinition,
  type TaskSettings,
  type Trial,
  type Weights,
} from "../src/index.ts";
import type { ProfilePoint } from "./profile.ts";

/** A task that is played: the environment to look at, and what scores whole episodes. */
export interface Playable {
  readonly environment: Environment;
  /** All of the environment's settings. */
  readonly settings: EnvironmentSettings;
  readonly task: Task;
}

/** What a champion plays with: a value of the shared weight, or its trained weights. */
export type Choice = { readonly kind: "shared"; readonly weight: number } | { readonly kind: "trained" };

/** A champion made ready to play. */
export interface Player {
  readonly genome: Genome;
  readonly network: Network;
  /** Trained weights, or those that evolved with it, in the order of the program, where the champion has them. */
  readonly trained?: Float32Array;
}

/** Labels of the fixed episodes that the profile is taken over; the first is the one that is shown. */
export const SHOWN_EPISODES: readonly string[] = Array.from({ length: 8 }, (_, index) => `view/${index}`);

/** Shared weights of the profile: -3 to 3 in steps of 1/20. */
const PROFILE_WEIGHTS: readonly number[] = Array.from({ length: 121 }, (_, index) => (index - 60) / 20);

/** A task made ready to play; undefined for one that has no environment. @throws UsageError for settings it has not */
export function createPlayable(definition: TaskDefinition, settings: TaskSettings = {}): Playable | undefined {
  const complete = completeTaskSettings(definition, settings);
  const { environmentOf } = definition;
  const environment = environmentOf === undefined ? definition.environment : environmentOf(complete);
  if (environment === undefined) return undefined;
  const task = definition.create(undefined, complete);
  return { environment, settings: environmentOf === undefined ? (complete as EnvironmentSettings) : {}, task };
}

/** @throws UsageError if the genome breaks an invariant */
export function createPlayer(champion: { genome: GenomeJson; trainedWeights?: readonly number[] }): Player {
  const genome = decodeGenome(champion.genome);
  const network = compile(genome);
  const trainedWeights = champion.trainedWeights ?? genome.weights;
  return {
    genome,
    network,
    trained: trainedWeights && Float32Array.from(network.genes, (gene) => trainedWeights[gene]),
  };
}

/** The champion without what leaves a node: to all others it is as if its value were 0. */
export function withoutNode({ genome, network, trained }: Player, position: number): Player {
  const enabled = genome.enabled.map((isEnabled, gene) => (genome.sources[gene] === position ? 0 : isEnabled));
  const cut = { ...genome, enabled };
  const rest = compile(cut);
  const weights = new Map(Array.from(network.genes, (gene, place) => [gene, trained?.[place] ?? 0]));
  const kept = trained && Float32Array.from(rest.genes, (gene) => weights.get(gene) ?? 0);
  return { genome: cut, network: rest, trained: kept };
}

/** Prepares the values of all nodes for one example at one weight, by position in the genome; 0 for those not in use. */
export function createNodeValues({ network }: Player) {
  const forward = createForward(network.program);
  const slotOf = new Map(Array.from(network.positions, (position, slot) => [position, slot]));
  return (inputs: ArrayLike<number>, weight: number): ((position: number) => number) => {
    const values = Float32Array.from(forward(inputs, weight));
    return (position) => values[slotOf.get(position) ?? -1] ?? 0;
  };
}

/** Scores of whole episodes by the task itself, row-major [weights x episodes]. @throws UsageError from the task */
export function scoreEpisodes(
  kernel: Kernel,
  { task }: Playable,
  player: Player,
  weights: Trial["weights"],
  episodes: readonly string[],
): Float64Array {
  const trial: Trial = { weights, episodes, split: "test", pairing: "all" };
  return scoreNow(task, kernel, [player.network.program], trial)[0].scores;
}

/** The weights of a choice as a trial wants them. */
export function weightsOf(player: Player, choice: Choice): Trial["weights"] {
  if (choice.kind === "trained" && player.trained) return { kind: "individual", sets: player.trained, count: 1 };
  return { kind: "shared", values: Float32Array.of(choice.kind === "shared" ? choice.weight : 1) };
}

/** The profile from -3 to 3 over the fixed episodes, weight by weight, so that a slow task does not hold up a page. */
export function* profileOf(kernel: Kernel, playable: Playable, player: Player): Generator<ProfilePoint> {
  for (const weight of PROFILE_WEIGHTS) {
    const values = Float32Array.of(weight);
    const scores = scoreEpisodes(kernel, playable, player, { kind: "shared", values }, SHOWN_EPISODES);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    yield { weight, mean, low: Math.min(...scores), high: Math.max(...scores) };
  }
}

/** An episode that is shown step by step, with the values of the network's nodes. */
export class Episode {
  readonly #play: EnvironmentEpisode<unknown>;
  readonly #forward: ReturnType<typeof createForward>;
  readonly #choose: (outputs: ArrayLike<number>) => Action;
  #weights: Weights;
  readonly #outputs: Int32Array;
  readonly #slots: Map<number, number>;
  #values: Float32Array;
  #action: Action;

  /** @throws UsageError if the environment goes wrong, as `step` does */
  constructor({ environment, settings }: Playable, player: Player, choice: Choice, label: string) {
    this.#forward = createForward(player.network.program);
    this.#outputs = outputSlots(player.network.program);
    this.#choose = createChooser(environment.actions);
    this.#weights =
      choice.kind === "trained" && player.trained ? player.trained : choice.kind === "shared" ? choice.weight : 1;
    this.#slots = new Map(Array.from(player.network.positions, (position, slot) => [position, slot]));
    this.#play = new EnvironmentEpisode(environment, label, { settings });
    this.#values = this.#forward(this.#play.observation, this.#weights);
    this.#action = this.#decide();
  }

  get steps(): number {
    return this.#play.steps;
  }

  /** Sum of rewards so far, in single precision. */
  get score(): number {
    return this.#play.score;
  }

  get ended(): boolean {
    return this.#play.ended;
  }

  /** The shared weight; of trained weights NaN. One that is set is played with from now on. */
  get weight(): number {
    return typeof this.#weights === "number" ? this.#weights : Number.NaN;
  }

  set weight(weight: number) {
    this.#weights = weight;
    this.#values = this.#forward(this.#play.observation, weight);
    this.#action = this.#decide();
  }

  /** What there is to see now. */
  get moment(): Moment {
    return { state: this.#play.state, observation: this.#play.observation, action: this.#action };
  }

  /** The value of the node at this position of the genome now; 0 for one that is not part of the network. */
  value(position: number): number {
    const slot = this.#slots.get(position);
    return slot === undefined ? 0 : this.#values[slot];
  }

  /** Takes one step, unless the episode has ended, and returns its reward. */
  step(): number {
    if (this.#play.ended) return 0;
    const { reward } = this.#play.step(this.#action);
    this.#values = this.#forward(this.#play.observation, this.#weights);
    this.#action = this.#decide();
    return reward;
  }

  #decide(): Action {
    return this.#choose(Array.from(this.#outputs, (slot) => this.#values[slot]));
  }
}

/** The rewards of a whole episode for the strip below the scene, step by step, so that a slow one does not hold up a page. */
export function* traceEpisode(...given: ConstructorParameters<typeof Episode>): Generator<number> {
  const play = new Episode(...given);
  while (!play.ended) yield play.step();
}
