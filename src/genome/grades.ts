/**
 * Graded genomes, whose networks give the same answer at every shared weight but 0: their invariant, and who has which
 * grade.
 *
 * The bias and the inputs have grade 0; a connection leads from a value of grade l to a node of grade l + 1; all outputs
 * have the same, even grade. At a shared weight w every node then computes w^l f(inputs), where w has no part in f, if
 * its activation keeps scale:
 *
 *     linear, inverse   at any grade: f(w x) = w f(x) for every w
 *     relu, abs         at even grades, whose sums are a power of w^2: f(w x) = w f(x) for w above 0 alone
 *     step              at even grades: gives 0 or 1 whatever w, so its value is like that of an input, of grade 0
 *
 * So the outputs are w^L f(inputs) with even L: their order, and with it the class that a classifier answers, does not
 * depend on w. Rounding may tell apart outputs that are equal but for a millionth; at powers of two not even that.
 *
 * A genome says that it is graded by `grades`, the grade L of its outputs; those of hidden nodes follow from the genes,
 * enabled or not, since every hidden node has one that leads into it.
 */
import { UsageError } from "../base/errors.ts";
import { activationCode, activationOf } from "./activations.ts";
import { fixedNodeCount, type Genome, isInput } from "./genome.ts";

const codesOf = (...names: string[]) => names.map((name) => activationCode(name) as number);
const [STEP] = codesOf("step");
const ODD = codesOf("linear", "inverse");
const EVEN = codesOf("linear", "inverse", "abs", "relu", "step");

/** Codes of the activations that a node of this grade may have. */
export function activationsAt(grade: number): readonly number[] {
  return grade % 2 === 1 ? ODD : EVEN;
}

/** The grade of what a node of this grade gives on: that of a step is 0. */
export function gradeOfValue(grade: number, activation: number): number {
  return activation === STEP ? 0 : grade;
}

/** Whether a node of this grade may change its activation from one code to another, its connections staying as they are. */
export function mayChange(grade: number, from: number, to: number): boolean {
  return activationsAt(grade).includes(to) && (from === STEP) === (to === STEP);
}

/**
 * The grade of every node, [nodes]; 0 of a hidden node into which no gene leads.
 *
 * @param genome a graded one without cycles
 */
export function gradesOf(genome: Genome): Int32Array {
  const { ids, activations, sources, targets, grades: outputGrade = 0 } = genome;
  const fixed = fixedNodeCount(genome);
  const grades = new Int32Array(ids.length);
  grades.fill(outputGrade, 1 + genome.inputCount, fixed);
  /** The first gene into each hidden node. */
  const into = new Int32Array(ids.length).fill(-1);
  for (let gene = targets.length - 1; gene >= 0; gene--) if (targets[gene] >= fixed) into[targets[gene]] = gene;
  const way: number[] = [];
  for (let node = fixed; node < ids.length; node++) {
    // Back along first genes to a node whose grade is known, then forward again.
    for (let at = node; grades[at] === 0 && into[at] >= 0; at = sources[into[at]]) way.push(at);
    for (let at = way.pop(); at !== undefined; at = way.pop()) {
      const source = sources[into[at]];
      grades[at] = gradeOfValue(grades[source], activations[source]) + 1;
    }
  }
  return grades;
}

/**
 * Checks what makes a genome graded; those without `grades` need not be.
 *
 * @throws UsageError naming the node or connection that breaks it
 */
export function checkGrades(genome: Genome): void {
  if (genome.grades === undefined) return;
  if (!Number.isInteger(genome.grades) || genome.grades < 2 || genome.grades % 2 !== 0) {
    throw new UsageError(
      `Expected the outputs of a graded genome to have an even grade of at least 2, got ${genome.grades}.`,
    );
  }
  const { ids, activations, sources, targets } = genome;
  const grades = gradesOf(genome);
  grades.forEach((grade, node) => {
    if (isInput(genome, node)) return;
    if (grade === 0) {
      throw new UsageError(
        `Expected a connection into node ${ids[node]}, so that its grade is known, got none: remove the node.`,
      );
    }
    const known = activationsAt(grade);
    if (known.includes(activations[node])) return;
    throw new UsageError(
      `Expected node ${ids[node]}, of grade ${grade}, to have one of ${namesOf(known)}, which keep the scale there, ` +
        `got ${activationOf(activations[node]).name}.`,
    );
  });
  sources.forEach((source, gene) => {
    const from = gradeOfValue(grades[source], activations[source]);
    const to = grades[targets[gene]];
    if (to === from + 1) return;
    throw new UsageError(
      `Expected connections of a graded genome to lead from one grade to the next, got ` +
        `${ids[source]} -> ${ids[targets[gene]]} from grade ${from} to grade ${to}.`,
    );
  });
}

/** "linear, inverse" */
export function namesOf(codes: readonly number[]): string {
  return codes.map((code) => activationOf(code).name).join(", ");
}
