/** What leads where in a drawn network: all that a node depends on, all that depends on it, and the ways between two nodes. */

/** A connection by its ends, positions in the genome, and its gene. */
export interface Edge {
  readonly source: number;
  readonly target: number;
  readonly gene: number;
}

/** A part of a network. */
export interface Part {
  /** Positions of its nodes. */
  readonly nodes: ReadonlySet<number>;
  /** Genes of its connections. */
  readonly genes: ReadonlySet<number>;
}

/** The ways of a network. */
export interface Ways {
  /** The connections that end, or begin, at a node. */
  into(position: number): readonly Edge[];
  outOf(position: number): readonly Edge[];
  /** A node with all that it depends on, and with all that depends on it. */
  upstream(position: number): Part;
  downstream(position: number): Part;
  /** All connections on a way from one node to another; undefined where none leads there. */
  between(from: number, to: number): Part | undefined;
  /** The nodes of a way with the fewest connections, both ends among them; empty where there is none. */
  shortest(from: number, to: number): readonly number[];
}

export function waysOf(edges: readonly Edge[]): Ways {
  const byTarget = groupBy(edges, ({ target }) => target);
  const bySource = groupBy(edges, ({ source }) => source);
  const into = (position: number) => byTarget.get(position) ?? [];
  const outOf = (position: number) => bySource.get(position) ?? [];
  const reach = (position: number, next: (at: number) => readonly Edge[], far: (edge: Edge) => number): Part => {
    const nodes = new Set([position]);
    const genes = new Set<number>();
    // Nodes that are added while it goes on are visited too.
    for (const at of nodes) {
      for (const edge of next(at)) {
        genes.add(edge.gene);
        nodes.add(far(edge));
      }
    }
    return { nodes, genes };
  };
  const upstream = (position: number) => reach(position, into, ({ source }) => source);
  const downstream = (position: number) => reach(position, outOf, ({ target }) => target);
  return {
    into,
    outOf,
    upstream,
    downstream,
    between(from, to) {
      const [after, before] = [downstream(from), upstream(to)];
      if (!after.nodes.has(to)) return undefined;
      const both = (one: ReadonlySet<number>, other: ReadonlySet<number>) =>
        new Set([...one].filter((item) => other.has(item)));
      return { nodes: both(after.nodes, before.nodes), genes: both(after.genes, before.genes) };
    },
    shortest(from, to) {
      const cameFrom = new Map<number, number>([[from, from]]);
      for (const at of cameFrom.keys()) {
        if (at === to) break;
        for (const { target } of outOf(at)) if (!cameFrom.has(target)) cameFrom.set(target, at);
      }
      if (!cameFrom.has(to)) return [];
      const way = [to];
      while (way[0] !== from) way.unshift(cameFrom.get(way[0]) as number);
      return way;
    },
  };
}

function groupBy(edges: readonly Edge[], keyOf: (edge: Edge) => number): Map<number, Edge[]> {
  const groups = new Map<number, Edge[]>();
  for (const edge of edges) {
    const group = groups.get(keyOf(edge));
    if (group === undefined) groups.set(keyOf(edge), [edge]);
    else group.push(edge);
  }
  return groups;
}
