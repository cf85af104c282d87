/** Insert node: splits a connection (Gaier & Ha 2019, section 3, "Topology search"); its form for graded genomes. */
import { activationCode } from "../../genome/activations.ts";
import { extend, type Genome, isHidden } from "../../genome/genome.ts";
import { activationsAt, gradeOfValue, gradesOf } from "../../genome/grades.ts";
import { groupEdges, reachable } from "../../genome/topology.ts";
import type { Operator, OperatorContext } from "./operator.ts";
import { pick } from "./pick.ts";

/**
 * Splits an enabled connection by a new node with a random activation; `keepSplit` says if the old one stays enabled.
 * In a graded genome a node between the two would skip a grade, so it is put beside the target instead.
 */
export const insertNode: Operator = {
  weight: 0.25,
  description: "Weight of the operator that splits a connection. Paper: 0.25.",
  makeChild: (parent, context) => (parent.grades === undefined ? split(parent, context) : putBeside(parent, context)),
};

function split(parent: Genome, { rng, innovations, settings }: OperatorContext): Genome | undefined {
  const gene = pick(parent.enabled, 1, rng);
  if (gene === undefined) return undefined;
  const id = idOfSplit(parent, parent.innovations[gene], innovations);
  const name = settings.activations[rng.integer(settings.activations.length)];
  const target = parent.targets[gene];
  const child = addNode(parent, innovations, {
    id,
    activation: activationCode(name) as number,
    source: parent.sources[gene],
    target,
    weight: parent.weights?.[gene],
  });
  const between = isHidden(parent, parent.sources[gene]) && isHidden(parent, target);
  const kept = settings.keepSplit === "always" || (settings.keepSplit === "hidden" && between);
  if (!kept) child.enabled[gene] = 0;
  return child;
}

/**
 * A node with the source and the grade of a random connection's target: u -> node -> t beside u -> v. Its own target t
 * is any node of the next grade, of a step any of grade 1, that does not lead to u.
 */
function putBeside(parent: Genome, { rng, innovations, settings }: OperatorContext): Genome | undefined {
  const grades = gradesOf(parent);
  const given = settings.activations.map((name) => activationCode(name) as number);
  /** What a node of each grade may have here; one that no node is a grade above has no target. */
  const choices = Array.from({ length: Math.max(...grades) + 1 }, (_, grade) =>
    given.filter((code) => activationsAt(grade).includes(code) && grades.includes(gradeOfValue(grade, code) + 1)),
  );
  const suitable = parent.enabled.map((enabled, gene) =>
    enabled === 1 && choices[grades[parent.targets[gene]]].length > 0 ? 1 : 0,
  );
  const gene = pick(suitable, 1, rng);
  if (gene === undefined) return undefined;
  const grade = grades[parent.targets[gene]];
  const codes = choices[grade];
  const activation = codes[rng.integer(codes.length)];
  const source = parent.sources[gene];
  const before = reachable(groupEdges(parent.ids.length, parent.targets), parent.sources, [source]);
  const next = gradeOfValue(grade, activation) + 1;
  const place = pick(
    Uint8Array.from(grades, (other, node) => (other === next && before[node] === 0 ? 1 : 0)),
    1,
    rng,
  );
  if (place === undefined) return undefined;
  const id = idOfSplit(parent, parent.innovations[gene], innovations);
  return addNode(parent, innovations, { id, activation, source, target: place });
}

type Innovations = OperatorContext["innovations"];

/** The id of the node that a split of the connection of this number gives: the next one that the genome does not have yet. */
export function idOfSplit(parent: Genome, innovation: number, innovations: Innovations): number {
  let occurrence = 0;
  let id = innovations.split(innovation, occurrence);
  while (parent.ids.includes(id)) id = innovations.split(innovation, ++occurrence);
  return id;
}

/**
 * A child with a node that one connection leads into and one out of; `source` and `target` are positions.
 *
 * @param weight that of the connection out of it, where genomes have weights; the one into it has 1, so that the child
 *               does nearly what its parent does (Stanley & Miikkulainen 2002, section 3.1)
 */
function addNode(
  parent: Genome,
  innovations: Innovations,
  {
    id,
    activation,
    source,
    target,
    weight,
  }: { id: number; activation: number; source: number; target: number; weight?: number },
): Genome {
  const node = parent.ids.length;
  return extend(parent, {
    nodes: [{ id, activation }],
    connections: [
      { source, target: node, innovation: innovations.connection(parent.ids[source], id) },
      { source: node, target, innovation: innovations.connection(id, parent.ids[target]), weight },
    ],
  });
}
