/** Insert node: splits a connection (Gaier & Ha 2019, section 3, "Topology search"). */
import { activationCode } from "../../genome/activations.ts";
import { extend, isHidden } from "../../genome/genome.ts";
import type { Operator } from "./operator.ts";
import { pick } from "./pick.ts";

/** Splits an enabled connection by a new node with a random activation; `keepSplit` says if the old one stays enabled. */
export const insertNode: Operator = {
  weight: 0.25,
  description: "Weight of the operator that splits a connection. Paper: 0.25.",
  makeChild(parent, { rng, innovations, settings }) {
    const gene = pick(parent.enabled, 1, rng);
    if (gene === undefined) return undefined;
    const source = parent.sources[gene];
    const target = parent.targets[gene];
    let occurrence = 0;
    let id = innovations.split(parent.innovations[gene], occurrence);
    while (parent.ids.includes(id)) id = innovations.split(parent.innovations[gene], ++occurrence);
    const name = settings.activations[rng.integer(settings.activations.length)];
    const node = parent.ids.length;
    const child = extend(parent, {
      nodes: [{ id, activation: activationCode(name) as number }],
      connections: [
        { source, target: node, innovation: innovations.connection(parent.ids[source], id) },
        { source: node, target, innovation: innovations.connection(id, parent.ids[target]) },
      ],
    });
    const between = isHidden(parent, source) && isHidden(parent, target);
    const kept = settings.keepSplit === "always" || (settings.keepSplit === "hidden" && between);
    if (!kept) child.enabled[gene] = 0;
    return child;
  },
};
