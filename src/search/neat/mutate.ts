/** How a child of NEAT comes about: crossover by innovation, changed weights, new nodes and connections (section 3.1, 3.2). */
import type { Rng } from "../../base/rng.ts";
import { extend, type Genome } from "../../genome/genome.ts";
import type { Innovations } from "../../genome/innovation.ts";
import { addConnection, enableConnection } from "../operators/connections.ts";
import { insertNode } from "../operators/insert-node.ts";
import type { NeatSettings } from "./settings.ts";

/** A genome that has weights. */
export type Weighted = Genome & { readonly weights: Float32Array };

/** A genome with these weights, or a copy of one with weights of its own. @param weightOf gives that of a gene */
export function withWeights(genome: Genome, weightOf: (gene: number) => number): Weighted {
  return { ...genome, weights: Float32Array.from(genome.innovations, (_, gene) => weightOf(gene)) };
}

/**
 * The better parent's graph, with the weights, activations and disabled genes that matching genes have in either: so no
 * cycle can arise. Of parents that score alike the one with fewer genes is to be taken for the better one; the paper takes
 * genes of both then, its program the smaller one's.
 */
export function crossOver(
  better: Weighted,
  other: Weighted,
  rng: Rng,
  { keepDisabled }: Pick<NeatSettings, "keepDisabled">,
): Weighted {
  const child = extend(better) as Weighted;
  const places = new Map(Array.from(other.innovations, (innovation, gene) => [innovation, gene]));
  child.innovations.forEach((innovation, gene) => {
    const match = places.get(innovation);
    if (match === undefined) return;
    if (rng.uniform() < 0.5) child.weights[gene] = other.weights[match];
    if (better.enabled[gene] === 1 && other.enabled[match] === 1) return;
    child.enabled[gene] = rng.uniform() < keepDisabled ? 0 : 1;
  });
  const nodes = new Map(Array.from(other.ids, (id, node) => [id, node]));
  child.ids.forEach((id, node) => {
    const match = nodes.get(id);
    if (match === undefined || other.activations[match] === child.activations[node]) return;
    if (rng.uniform() < 0.5) child.activations[node] = other.activations[match];
  });
  return child;
}

/** A child with other weights: each moved, or drawn anew. */
export function mutateWeights(
  parent: Weighted,
  rng: Rng,
  {
    perturb,
    perturbation,
    weightRange,
    weightLimit,
  }: Pick<NeatSettings, "perturb" | "perturbation" | "weightRange" | "weightLimit">,
): Weighted {
  const child = extend(parent) as Weighted;
  child.weights.forEach((weight, gene) => {
    const moved =
      rng.uniform() < perturb
        ? weight + rng.between(-perturbation, perturbation)
        : rng.between(-weightRange, weightRange);
    child.weights[gene] = Math.max(-weightLimit, Math.min(weightLimit, moved));
  });
  return child;
}

/** A child, and the names of what made it, in turn; the parent itself where nothing did. */
export interface Mutated {
  readonly genome: Weighted;
  readonly operators: readonly string[];
}

/**
 * Changes a genome in one way: by a new node, a new connection, one that is enabled again, or other weights, each drawn
 * with its probability in this order. One way alone, as in the paper's program, so that a new structure is tried at the
 * weights that its parent has.
 */
export function mutate(parent: Weighted, rng: Rng, innovations: Innovations, settings: NeatSettings): Mutated {
  const { activations } = settings;
  const none = () => parent;
  const context = {
    rng,
    innovations,
    settings: { activations, keepSplit: "never", operatorsPerChild: 1 },
    otherParent: none,
    relative: none,
  } as const;
  const ways = {
    insertNode: () => insertNode.makeChild(parent, context),
    addConnection() {
      const child = addConnection.makeChild(parent, context);
      // A gene that was disabled keeps its weight.
      for (let gene = parent.sources.length; gene < (child?.sources.length ?? 0); gene++) {
        (child as Weighted).weights[gene] = rng.between(-settings.weightRange, settings.weightRange);
      }
      return child;
    },
    enableConnection: () => enableConnection.makeChild(parent, context),
    mutateWeights: (): Genome => mutateWeights(parent, rng, settings),
  };
  for (const [operator, change] of Object.entries(ways)) {
    if (rng.uniform() >= settings[operator as keyof typeof ways]) continue;
    const genome = change();
    if (genome !== undefined) return { genome: genome as Weighted, operators: [operator] };
  }
  return { genome: parent, operators: [] };
}
