/** Nodes and connections that a genome is to gain, numbered as they come: how genomes are built that nothing is bred from. */
import type { Additions, ConnectionGene, NodeGene } from "./genome.ts";

/** Collects nodes and connections; `extend` adds them to a genome of fixed nodes alone. */
export class Growth implements Additions {
  readonly nodes: NodeGene[] = [];
  readonly connections: ConnectionGene[] = [];
  readonly #first: number;

  /** @param first the position of the first node: how many the genome has */
  constructor(first: number) {
    this.#first = first;
  }

  /** Adds a node; gives its position, which is its id too. */
  node(activation: number): number {
    const position = this.#first + this.nodes.length;
    this.nodes.push({ id: position, activation });
    return position;
  }

  /** Adds a connection; its innovation is its place. */
  connect(source: number, target: number): void {
    this.connections.push({ source, target, innovation: this.connections.length });
  }
}
