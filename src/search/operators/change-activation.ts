/** Change activation (Gaier & Ha 2019, section 3, "Topology search"). */
import { activationCode } from "../../genome/activations.ts";
import { extend, fixedNodeCount } from "../../genome/genome.ts";
import { gradesOf, mayChange } from "../../genome/grades.ts";
import type { Operator } from "./operator.ts";

/** Gives a hidden node another activation; in a graded genome one that the node's grade allows. */
export const changeActivation: Operator = {
  weight: 0.5,
  description: "Weight of the operator that changes the activation of a hidden node. Paper: 0.5.",
  makeChild(parent, { rng, settings }) {
    const fixed = fixedNodeCount(parent);
    const hiddenCount = parent.ids.length - fixed;
    if (hiddenCount === 0) return undefined;
    const node = fixed + rng.integer(hiddenCount);
    const present = parent.activations[node];
    const grade = parent.grades === undefined ? undefined : gradesOf(parent)[node];
    const others = settings.activations
      .map((name) => activationCode(name) as number)
      .filter((code) => code !== present && (grade === undefined || mayChange(grade, present, code)));
    if (others.length === 0) return undefined;
    const child = extend(parent);
    child.activations[node] = others[rng.integer(others.length)];
    return child;
  },
};
