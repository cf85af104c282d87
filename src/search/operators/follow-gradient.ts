/** Follow gradient: makes those changes of a genome that promise most, as far as the task can tell by a gradient. */
import { z } from "zod";
import { extend, type Genome } from "../../genome/genome.ts";
import type { Proposal } from "../../network/effects.ts";
import { idOfSplit } from "./insert-node.ts";
import { connect, legalConnections, mayLeadTo, withEnabled } from "./legal.ts";
import type { Operator, OperatorContext } from "./operator.ts";

/** Draws for a change that can be made. */
const DRAWS = 64;

/**
 * Makes several changes at once, each drawn mostly from those that promise most (network/effects.ts), at most one for each
 * output: a connection to it added or removed, or a node with up to three sources put before it. What would close a cycle
 * is drawn again. Has nothing to do where there are no proposals: for tasks without examples, for parents
 * beyond the first `gradientParents` of a generation, in graded genomes.
 */
export const followGradient = {
  weight: 0,
  description:
    "Weight of the operator that makes the changes which the gradient of the score promises most of, for tasks on examples. Ours: 0, off.",
  settings: {
    gradientChanges: z
      .number()
      .min(1)
      .max(100)
      .default(3)
      .describe("With followGradient, mean number of changes of a child, of geometric distribution. Ours."),
    gradientParents: z
      .int()
      .min(1)
      .max(10_000)
      .default(8)
      .describe("With followGradient, parents of a generation, on each island, whose gradient is taken. Ours."),
    gradientExamples: z
      .int()
      .min(1)
      .max(10_000)
      .default(64)
      .describe("With followGradient, training examples on which the gradient is taken, at every weight. Ours."),
  },
  makeChild(parent: Genome, context: OperatorContext) {
    if (parent.grades !== undefined) return undefined;
    const proposals = context.proposals?.(parent) ?? [];
    const { rng, settings } = context;
    const another = 1 - 1 / (settings.gradientChanges as number);
    const targets = new Set<number>();
    let child: Genome | undefined;
    for (let draw = 0; draw < DRAWS && proposals.length > 0; draw++) {
      const proposal = proposals[Math.floor(proposals.length * cube(rng.uniform()))];
      const next = targets.has(proposal.target) ? undefined : make(child ?? parent, proposal, context);
      if (next === undefined) continue;
      child = next;
      targets.add(proposal.target);
      if (rng.uniform() >= another) break;
    }
    return child;
  },
} satisfies Operator;

/** Of a uniform number: so a half of the draws come from the first eighth of a list. */
function cube(value: number): number {
  return value * value * value;
}

/** A child with a proposed change, or undefined where it cannot be made. */
function make(parent: Genome, proposal: Proposal, { innovations }: OperatorContext): Genome | undefined {
  switch (proposal.kind) {
    case "connect": {
      const { source, target } = proposal;
      return legalConnections(parent)(source, target) ? connect(parent, source, target, innovations) : undefined;
    }
    case "disconnect":
      return withEnabled(parent, proposal.gene, 0);
    case "insert": {
      const { target, activation } = proposal;
      const sources = proposal.sources.filter(mayLeadTo(parent, target));
      if (sources.length === 0) return undefined;
      // The number of the node that would split a connection of its first source: siblings have the same.
      const split = innovations.connection(parent.ids[sources[0]], parent.ids[target]);
      const id = idOfSplit(parent, split, innovations);
      const node = parent.ids.length;
      const into = sources.map((source) => ({
        source,
        target: node,
        innovation: innovations.connection(parent.ids[source], id),
      }));
      const out = { source: node, target, innovation: innovations.connection(id, parent.ids[target]) };
      return extend(parent, { nodes: [{ id, activation }], connections: [...into, out] });
    }
  }
}
