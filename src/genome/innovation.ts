/** Innovation numbers: the same split or new connection gets the same number within a run, whoever finds it. */

/** The table as plain data: keys and numbers in order of discovery. */
export interface InnovationState {
  /** Flat triples: source id, target id, number. */
  connections: Int32Array;
  /** Flat triples: innovation of the split connection, how often the genome had split it before, node id. */
  splits: Int32Array;
}

/** Pairs of 26-bit numbers as one exact double. */
const PAIR = 2 ** 26;

/** The table of a run; grows as the search finds new structure. */
export class Innovations {
  readonly #connections = new Map<number, number>();
  readonly #splits = new Map<number, number>();
  readonly #firstConnection: number;
  readonly #firstNode: number;
  readonly #inputCount: number;
  readonly #outputCount: number;

  /** @param inputCount, outputCount the fixed nodes, whose ids and first connections are numbered in advance */
  constructor(inputCount: number, outputCount: number) {
    this.#inputCount = inputCount;
    this.#outputCount = outputCount;
    this.#firstConnection = (1 + inputCount) * outputCount;
    this.#firstNode = 1 + inputCount + outputCount;
  }

  /** The number of the connection between two nodes, given by id. */
  connection(sourceId: number, targetId: number): number {
    const output = targetId - 1 - this.#inputCount;
    if (sourceId <= this.#inputCount && output < this.#outputCount) return sourceId * this.#outputCount + output;
    return number(this.#connections, sourceId * PAIR + targetId, this.#firstConnection);
  }

  /**
   * The id of the node that splits a connection.
   *
   * @param occurrence how many nodes the genome already has from splits of this connection: a connection that stays
   *                   enabled can be split again, and gets another node
   */
  split(innovation: number, occurrence: number): number {
    return number(this.#splits, innovation * PAIR + occurrence, this.#firstNode);
  }

  /** The table as plain data. */
  get state(): InnovationState {
    return { connections: flatten(this.#connections), splits: flatten(this.#splits) };
  }

  /** The table of an earlier `state`. */
  static from(state: InnovationState, inputCount: number, outputCount: number): Innovations {
    const table = new Innovations(inputCount, outputCount);
    restore(table.#connections, state.connections);
    restore(table.#splits, state.splits);
    return table;
  }
}

function number(table: Map<number, number>, key: number, first: number): number {
  let value = table.get(key);
  if (value === undefined) {
    value = first + table.size;
    table.set(key, value);
  }
  return value;
}

function flatten(table: Map<number, number>): Int32Array {
  const triples = new Int32Array(table.size * 3);
  let at = 0;
  for (const [key, value] of table) {
    triples[at++] = Math.floor(key / PAIR);
    triples[at++] = key % PAIR;
    triples[at++] = value;
  }
  return triples;
}

function restore(table: Map<number, number>, triples: Int32Array): void {
  for (let at = 0; at < triples.length; at += 3) table.set(triples[at] * PAIR + triples[at + 1], triples[at + 2]);
}
