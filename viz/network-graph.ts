/** What a drawing of a network shows: which nodes and connections of a genome, and what each is called. */
import { activationOf, type Genome, gradesOf, groupEdges, isHidden, isInput, reachable } from "../src/index.ts";

/** A node to draw. */
export interface DrawnNode {
  /** Position in the genome. */
  readonly position: number;
  readonly kind: "input" | "hidden" | "output";
  readonly name: string;
  readonly activation: string;
}

/** The part of a genome to draw; edges name nodes by their index in `nodes`. */
export interface DrawnGraph {
  readonly nodes: readonly DrawnNode[];
  readonly sources: readonly number[];
  readonly targets: readonly number[];
  /** Gene of each edge. */
  readonly genes: readonly number[];
  /** For image inputs, the lines from pixels: pixel (0-based), node index and gene. */
  readonly pixels: readonly { readonly pixel: number; readonly target: number; readonly gene: number }[];
  /** The layer of each node, where the genome says it. */
  readonly layers?: readonly number[];
}

/** Which nodes have which names, and what to leave out. */
export interface GraphChoice {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Inputs are pixels and are not nodes. */
  readonly image: boolean;
  /** Draw only what feeds this output. */
  readonly output?: number;
}

/**
 * Chooses what to draw: enabled connections, all inputs and outputs, and the hidden nodes on a way to an output.
 * Nodes that reach no output count for nothing in the network, and are not drawn.
 */
export function chooseGraph(genome: Genome, choice: GraphChoice): DrawnGraph {
  const firstOutput = 1 + genome.inputCount;
  const wanted = Array.from({ length: genome.outputCount }, (_, output) => output).filter(
    (output) => choice.output === undefined || output === choice.output,
  );
  const genes = Array.from(genome.enabled.keys()).filter((gene) => genome.enabled[gene] === 1);
  const needed = reachable(
    groupEdges(
      genome.ids.length,
      Int32Array.from(genes, (gene) => genome.targets[gene]),
    ),
    Int32Array.from(genes, (gene) => genome.sources[gene]),
    wanted.map((output) => firstOutput + output),
  );
  const indexOf = new Map<number, number>();
  const nodes: DrawnNode[] = [];
  for (let position = 0; position < genome.ids.length; position++) {
    const input = isInput(genome, position);
    if (input && choice.image && position > 0) continue;
    if (needed[position] === 0 && !(input && (position > 0 || !choice.image) && choice.output === undefined)) continue;
    indexOf.set(position, nodes.length);
    nodes.push({
      position,
      kind: input ? "input" : isHidden(genome, position) ? "hidden" : "output",
      name: nameOf(genome, position, choice),
      activation: activationOf(genome.activations[position]).name,
    });
  }
  const drawn = { sources: [] as number[], targets: [] as number[], genes: [] as number[] };
  const pixels: { pixel: number; target: number; gene: number }[] = [];
  for (const gene of genes) {
    const target = indexOf.get(genome.targets[gene]);
    if (target === undefined || needed[genome.targets[gene]] === 0) continue;
    const source = indexOf.get(genome.sources[gene]);
    if (source === undefined) {
      pixels.push({ pixel: genome.sources[gene] - 1, target, gene });
    } else {
      drawn.sources.push(source);
      drawn.targets.push(target);
      drawn.genes.push(gene);
    }
  }
  return { nodes, ...drawn, pixels, layers: layersOf(genome, nodes) };
}

/** The grades of a graded genome; behind a step grades begin anew, so they are no layers then. */
function layersOf(genome: Genome, nodes: readonly DrawnNode[]): number[] | undefined {
  if (genome.grades === undefined || nodes.some(({ activation }) => activation === "step")) return undefined;
  const grades = gradesOf(genome);
  return nodes.map(({ position }) => grades[position]);
}

/** What a node is called; a hidden one by its activation. */
export function nameOf(genome: Genome, position: number, { inputNames, outputNames }: GraphChoice): string {
  if (position === 0) return "bias";
  if (isInput(genome, position)) return inputNames[position - 1] ?? `input ${position}`;
  const output = position - 1 - genome.inputCount;
  if (output < genome.outputCount) return outputNames[output] ?? `output ${output + 1}`;
  return activationOf(genome.activations[position]).name;
}
