/** Innovation numbers: the same split or new connection gets the same number within a run, whoever finds it. */
import { UsageError } from "../base/errors.ts";
import { findConnection, fixedNodeCount, type Genome } from "./genome.ts";

/** The table as plain data: keys and numbers in order of discovery. */
export interface InnovationState {
  /** Flat triples: source id, target id, number. */
  readonly connections: Int32Array;
  /**
   * Flat triples: innovation of the split connection, how often the genome had split it before, node id. Of a copy of a
   * node the first is -1 less the id of that node.
   */
  readonly splits: Int32Array;
  /** The number of the next new connection. Default: follows from how many there are. */
  readonly nextConnection?: number;
  /** The id of the next new node. Default: follows from how many there are. */
  readonly nextNode?: number;
}

/** Pairs of 26-bit numbers as one exact double. */
const PAIR = 2 ** 26;
/** Numbers that a genome may bring with it are smaller: half of the 26 bits are left for what a run finds. */
const BROUGHT = 2 ** 25;

/** The table of a run; grows as the search finds new structure. */
export class Innovations {
  readonly #connections = new Map<number, number>();
  readonly #splits = new Map<number, number>();
  /** Numbers of possible first connections that a genome brought with it for other structure. */
  readonly #taken = new Set<number>();
  readonly #firstConnection: number;
  readonly #inputCount: number;
  readonly #outputCount: number;
  #nextConnection: number;
  #nextNode: number;

  /**
   * @param inputCount  with `outputCount` the fixed nodes, whose ids and first connections are numbered in advance
   * @param outputCount see `inputCount`
   */
  constructor(inputCount: number, outputCount: number) {
    this.#inputCount = inputCount;
    this.#outputCount = outputCount;
    this.#firstConnection = (1 + inputCount) * outputCount;
    this.#nextConnection = this.#firstConnection;
    this.#nextNode = fixedNodeCount({ inputCount, outputCount });
  }

  /** The number of the connection between two nodes, given by id. */
  connection(sourceId: number, targetId: number): number {
    const key = sourceId * PAIR + targetId;
    const first = this.#numberInAdvance(sourceId, targetId);
    // A first connection is in the table only where a genome brought another number for it, or took its own.
    let value = this.#connections.get(key) ?? (this.#taken.has(first ?? -1) ? undefined : first);
    if (value === undefined) {
      value = this.#nextConnection++;
      this.#connections.set(key, value);
    }
    return value;
  }

  /**
   * The id of the node that splits a connection.
   *
   * @param occurrence how many nodes the genome already has from splits of this connection: a connection that stays
   *                   enabled can be split again, and gets another node
   */
  split(innovation: number, occurrence: number): number {
    const key = innovation * PAIR + occurrence;
    let value = this.#splits.get(key);
    if (value === undefined) {
      value = this.#nextNode++;
      this.#splits.set(key, value);
    }
    return value;
  }

  /**
   * The id of the node that is a copy of another.
   *
   * @param occurrence how many copies of it the genome already has
   */
  copy(nodeId: number, occurrence: number): number {
    return this.split(-1 - nodeId, occurrence);
  }

  /** The table as plain data. */
  get state(): InnovationState {
    return {
      connections: flatten(this.#connections),
      splits: flatten(this.#splits),
      nextConnection: this.#nextConnection,
      nextNode: this.#nextNode,
    };
  }

  /** The table of an earlier `state`. */
  static from(state: InnovationState, inputCount: number, outputCount: number): Innovations {
    const table = new Innovations(inputCount, outputCount);
    restore(state.splits, (key, value) => table.#splits.set(key, value));
    restore(state.connections, (key, value) => table.#bring(key, value));
    table.#nextConnection = state.nextConnection ?? table.#firstConnection + table.#connections.size;
    table.#nextNode = state.nextNode ?? table.#nextNode + table.#splits.size;
    return table;
  }

  /**
   * The table of a run that begins with a genome, whatever run or program it comes from: its connections and nodes
   * keep their numbers, new ones get numbers it does not use. A node is taken for the split of a connection where the
   * order of the genes says so, as in every genome that a search made.
   *
   * @param genome one whose invariants hold
   * @throws UsageError if two of its connections have one number, or a number or id is not from 0 to 2^25 - 1
   */
  static of(genome: Genome): Innovations {
    const table = new Innovations(genome.inputCount, genome.outputCount);
    const seen = new Set<number>();
    genome.innovations.forEach((innovation, gene) => {
      checkBrought("innovation numbers", innovation, seen);
      const [source, target] = [genome.ids[genome.sources[gene]], genome.ids[genome.targets[gene]]];
      table.#nextConnection = Math.max(table.#nextConnection, innovation + 1);
      if (table.#numberInAdvance(source, target) !== innovation) table.#bring(source * PAIR + target, innovation);
    });
    const ids = new Set<number>();
    for (const id of genome.ids) {
      checkBrought("node ids", id, ids);
      table.#nextNode = Math.max(table.#nextNode, id + 1);
    }
    for (const [key, id] of splitsOf(genome)) table.#splits.set(key, id);
    return table;
  }

  #bring(key: number, value: number): void {
    this.#connections.set(key, value);
    if (value < this.#firstConnection) this.#taken.add(value);
  }

  /** The number that a connection from the bias or an input to an output has in every run. */
  #numberInAdvance(sourceId: number, targetId: number): number | undefined {
    const output = targetId - 1 - this.#inputCount;
    return sourceId <= this.#inputCount && output < this.#outputCount
      ? sourceId * this.#outputCount + output
      : undefined;
  }
}

/** The keys and ids of the nodes that split a connection: their first two genes stand together, behind its gene. */
function splitsOf(genome: Genome): [key: number, id: number][] {
  const occurrences = new Map<number, number>();
  const splits: [number, number][] = [];
  for (let node = fixedNodeCount(genome); node < genome.ids.length; node++) {
    const into = genome.targets.indexOf(node);
    if (into < 0 || genome.sources[into + 1] !== node) continue;
    const split = findConnection(genome, genome.sources[into], genome.targets[into + 1]);
    if (split < 0 || split > into) continue;
    const innovation = genome.innovations[split];
    const occurrence = occurrences.get(innovation) ?? 0;
    occurrences.set(innovation, occurrence + 1);
    splits.push([innovation * PAIR + occurrence, genome.ids[node]]);
  }
  return splits;
}

function checkBrought(what: string, value: number, seen: Set<number>): void {
  if (value < 0 || value >= BROUGHT || seen.has(value)) {
    throw new UsageError(
      `Expected ${what} from 0 to ${BROUGHT - 1}, each once, got ${value}${seen.has(value) ? " twice" : ""}: ` +
        "number the genome anew.",
    );
  }
  seen.add(value);
}

function flatten(table: Map<number, number>): Int32Array {
  const triples = new Int32Array(table.size * 3);
  let at = 0;
  for (const [key, value] of table) {
    const first = Math.floor(key / PAIR);
    triples[at++] = first;
    triples[at++] = key - first * PAIR;
    triples[at++] = value;
  }
  return triples;
}

function restore(triples: Int32Array, set: (key: number, value: number) => void): void {
  for (let at = 0; at < triples.length; at += 3) set(triples[at] * PAIR + triples[at + 1], triples[at + 2]);
}
