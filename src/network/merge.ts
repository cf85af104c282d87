/**
 * Merges the programs of related networks into one, in which every node they share is computed once.
 *
 * Two nodes are the same when they have the same activation and the same sources in the same order (value numbering,
 * Cocke & Schwartz 1970), so a merged program gives the same bits as its parts. A child keeps the order of its
 * parent's genes, hence shares every node that is not downstream of its mutation.
 */
import { InternalError } from "../base/errors.ts";
import { HEADER_LENGTH, NODE_LENGTH, PROGRAM_MAGIC, PROGRAM_VERSION, type Program, programHeader } from "./program.ts";

/** A merged program, and how many of the programs given it stands for. */
export interface Group {
  /** Its outputs are those of its programs, one after another. */
  readonly program: Program;
  readonly programCount: number;
}

/** Merges all programs into one, whose outputs are theirs, one after another. */
export function mergePrograms(programs: readonly Program[]): Program {
  return mergeInGroups(programs, Number.POSITIVE_INFINITY)[0].program;
}

/** The program with every node that it has several times once, such as relays of the same source: the same bits. */
export function distinctNodes(program: Program): Program {
  const table = new NodeTable([program]);
  table.add(program);
  return table.nodeCount === programHeader(program).nodeCount ? program : table.take();
}

/**
 * Merges programs, in the order given, into groups of about `nodeLimit` nodes.
 *
 * @param programs  at least one; all with the same number of inputs
 * @param nodeLimit a group is full with the program that reaches it
 */
export function mergeInGroups(programs: readonly Program[], nodeLimit: number): Group[] {
  if (programs.length === 1) return [{ program: programs[0], programCount: 1 }];
  const table = new NodeTable(programs);
  const groups: Group[] = [];
  let first = 0;
  programs.forEach((program, index) => {
    table.add(program);
    if (table.nodeCount < nodeLimit && index < programs.length - 1) return;
    groups.push({ program: table.take(), programCount: index + 1 - first });
    first = index + 1;
  });
  return groups;
}

/** The distinct nodes of a group, found by hashing: open addressing, at most half full. */
class NodeTable {
  nodeCount = 0;
  readonly #inputCount: number;
  /** Activation, input sources, sources: the node table of the merged program. */
  readonly #nodes: Int32Array;
  /** First source of each node, [nodes + 1]. */
  readonly #starts: Int32Array;
  readonly #sources: Int32Array;
  readonly #outputs: Int32Array;
  /** Hash of each node, compared before its sources are. */
  readonly #hashes: Int32Array;
  /** Node + 1 at each place, 0 where free; a power of two long. */
  readonly #places: Int32Array;
  /** Merged slot of each slot of the program that is being added. */
  readonly #slots: Int32Array;
  #outputCount = 0;

  /** @param programs those that will be added, for the size of the table */
  constructor(programs: readonly Program[]) {
    const headers = programs.map((program) => programHeader(program));
    const total = (count: (header: (typeof headers)[0]) => number) =>
      headers.reduce((sum, header) => sum + count(header), 0);
    const nodes = total((header) => header.nodeCount);
    this.#inputCount = headers[0].inputCount;
    this.#nodes = new Int32Array(nodes * NODE_LENGTH);
    this.#starts = new Int32Array(nodes + 1);
    this.#sources = new Int32Array(total((header) => header.connectionCount));
    this.#outputs = new Int32Array(total((header) => header.outputCount));
    this.#hashes = new Int32Array(nodes);
    this.#places = new Int32Array(2 ** Math.ceil(Math.log2(nodes * 2 + 1)));
    this.#slots = new Int32Array(headers.reduce((most, header) => Math.max(most, header.slotCount), 0));
    for (let slot = 0; slot <= this.#inputCount; slot++) this.#slots[slot] = slot;
  }

  /** Adds the nodes of a program that are not there yet, and its outputs. */
  add(program: Program): void {
    const header = programHeader(program);
    if (header.inputCount !== this.#inputCount) {
      throw new InternalError(
        `Expected programs with the same inputs to merge, got ${this.#inputCount} and ${header.inputCount}.`,
      );
    }
    const sources = this.#sources;
    const slots = this.#slots;
    const firstNode = 1 + header.inputCount;
    let source = header.sources;
    for (let node = 0; node < header.nodeCount; node++) {
      const row = HEADER_LENGTH + node * NODE_LENGTH;
      const start = this.#starts[this.nodeCount];
      const end = source + program[row + 2];
      // The sources are written where they would stay if the node is new.
      let hash = Math.imul(program[row], 0x3c6ef372) + program[row + 1];
      let written = start;
      for (; source < end; source++) {
        const slot = slots[program[source]];
        sources[written++] = slot;
        hash = Math.imul(hash ^ slot, 0x9e3779b1);
        hash ^= hash >>> 15;
      }
      slots[firstNode + node] = firstNode + this.#find(program, row, hash, start, written);
    }
    for (let at = header.outputs; at < header.length; at++) this.#outputs[this.#outputCount++] = slots[program[at]];
  }

  /** The merged program; empties the table. */
  take(): Program {
    const nodeWords = this.nodeCount * NODE_LENGTH;
    const connections = this.#starts[this.nodeCount];
    const program = new Int32Array(HEADER_LENGTH + nodeWords + connections + this.#outputCount);
    program.set([PROGRAM_MAGIC, PROGRAM_VERSION, this.#inputCount, this.#outputCount, this.nodeCount, connections]);
    program.set(this.#nodes.subarray(0, nodeWords), HEADER_LENGTH);
    program.set(this.#sources.subarray(0, connections), HEADER_LENGTH + nodeWords);
    program.set(this.#outputs.subarray(0, this.#outputCount), HEADER_LENGTH + nodeWords + connections);
    this.#places.fill(0);
    this.nodeCount = 0;
    this.#outputCount = 0;
    return program;
  }

  /** The node equal to that at `row` of `program` with its sources at [start, end), which becomes one if it is new. */
  #find(program: Program, row: number, hash: number, start: number, end: number): number {
    const places = this.#places;
    const mask = places.length - 1;
    let place = hash & mask;
    for (; places[place] !== 0; place = (place + 1) & mask) {
      const other = places[place] - 1;
      if (this.#hashes[other] === hash && this.#equals(program, row, other, start, end)) return other;
    }
    const node = this.nodeCount++;
    places[place] = node + 1;
    this.#hashes[node] = hash;
    this.#starts[node + 1] = end;
    const to = node * NODE_LENGTH;
    for (let word = 0; word < NODE_LENGTH; word++) this.#nodes[to + word] = program[row + word];
    return node;
  }

  #equals(program: Program, row: number, other: number, start: number, end: number): boolean {
    const nodes = this.#nodes;
    const from = other * NODE_LENGTH;
    for (let word = 0; word < NODE_LENGTH; word++) if (nodes[from + word] !== program[row + word]) return false;
    const sources = this.#sources;
    for (let at = start, to = this.#starts[other]; at < end; at++, to++) if (sources[at] !== sources[to]) return false;
    return true;
  }
}
