/** Genomes as plain JSON, versioned: `{format, inputs, outputs, nodes: [{id, activation}], connections: [...]}`. */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { ACTIVATION_NAMES, activationCode, activationOf } from "./activations.ts";
import { fixedNodeCount, type Genome } from "./genome.ts";
import { validate } from "./validate.ts";

/** Version of the JSON form. */
export const GENOME_FORMAT = 1;

const id = z.int32().nonnegative();

/** The JSON form. Bias (id 0) and inputs (1 .. inputs) are implied; outputs come first among the nodes. */
export const genomeSchema = z.strictObject({
  format: z.literal(GENOME_FORMAT),
  inputs: z.int().positive(),
  outputs: z.int().positive(),
  /** Of a graded genome the grade of its outputs. */
  grades: z.int().optional(),
  /** Outputs, then hidden nodes. */
  nodes: z.array(z.strictObject({ id, activation: z.enum(ACTIVATION_NAMES as [string, ...string[]]) })),
  /** Ends are node ids. */
  connections: z.array(
    z.strictObject({
      innovation: id,
      source: id,
      target: id,
      enabled: z.boolean(),
      /** Where weights evolved with the graph: of all connections, or of none. */
      weight: z.number().optional(),
    }),
  ),
});

/** A genome as JSON. */
export type GenomeJson = z.infer<typeof genomeSchema>;

/** The JSON form of a genome. */
export function encodeGenome(genome: Genome): GenomeJson {
  const first = 1 + genome.inputCount;
  return {
    format: GENOME_FORMAT,
    inputs: genome.inputCount,
    outputs: genome.outputCount,
    ...(genome.grades !== undefined && { grades: genome.grades }),
    nodes: Array.from(genome.ids.subarray(first), (nodeId, index) => ({
      id: nodeId,
      activation: activationOf(genome.activations[first + index]).name,
    })),
    connections: Array.from(genome.innovations, (innovation, gene) => ({
      innovation,
      source: genome.ids[genome.sources[gene]],
      target: genome.ids[genome.targets[gene]],
      enabled: genome.enabled[gene] === 1,
      ...(genome.weights && { weight: genome.weights[gene] }),
    })),
  };
}

/**
 * Reads the JSON form and checks every invariant.
 *
 * @throws UsageError if the form is wrong, an end of a connection does not exist, or an invariant is broken
 */
export function decodeGenome(json: unknown): Genome {
  const parsed = genomeSchema.safeParse(json);
  if (!parsed.success)
    throw new UsageError(`Expected a genome of format ${GENOME_FORMAT}: ${firstIssue(parsed.error)}`);
  const { inputs, outputs, grades, nodes, connections } = parsed.data;
  const ids = [...Array.from({ length: 1 + inputs }, (_, position) => position), ...nodes.map((node) => node.id)];
  if (ids.length < fixedNodeCount({ inputCount: inputs, outputCount: outputs })) {
    throw new UsageError(`Expected at least ${outputs} nodes, one for each output, got ${nodes.length}.`);
  }
  const positions = new Map(ids.map((nodeId, position) => [nodeId, position]));
  const positionOf = (nodeId: number, innovation: number): number => {
    const position = positions.get(nodeId);
    if (position !== undefined) return position;
    throw new UsageError(`Connection ${innovation} has an end that is not there: expected a node with id ${nodeId}.`);
  };
  return validate({
    inputCount: inputs,
    outputCount: outputs,
    grades,
    ids: Int32Array.from(ids),
    activations: Uint8Array.from(ids, (_, position) =>
      position <= inputs ? 1 : (activationCode(nodes[position - 1 - inputs].activation) as number),
    ),
    sources: Int32Array.from(connections, (connection) => positionOf(connection.source, connection.innovation)),
    targets: Int32Array.from(connections, (connection) => positionOf(connection.target, connection.innovation)),
    innovations: Int32Array.from(connections, (connection) => connection.innovation),
    enabled: Uint8Array.from(connections, (connection) => (connection.enabled ? 1 : 0)),
    weights: weightsOf(connections),
  });
}

/** The weights of connections, where they have some. @throws UsageError if only some of them do */
function weightsOf(connections: GenomeJson["connections"]): Float32Array | undefined {
  const without = connections.find(({ weight }) => weight === undefined);
  if (without === undefined) {
    return connections.length === 0 ? undefined : Float32Array.from(connections, ({ weight }) => weight as number);
  }
  if (connections.every(({ weight }) => weight === undefined)) return undefined;
  throw new UsageError(
    `Expected a weight for each connection, or for none, got none for connection ${without.innovation}.`,
  );
}

/** The first problem zod found, with the path to it, as one sentence. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return `${issue.path.length > 0 ? `${issue.path.join(".")}: ` : ""}${issue.message}.`;
}
