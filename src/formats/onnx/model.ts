/**
 * A network as an ONNX model: for each layer and activation one product of matrices and the activation, not a node for
 * each neuron.
 *
 *     inputs --> Transpose --> Gemm with 0 and 1, or weights --> Mul by weight --> activation --> ... --> Transpose --> outputs
 *
 * In between a value is a row for each node, [nodes x batch], so that what leads into a group from several layers is
 * joined, and picked, row by row. Operators are those of opset 13, which every
 * runtime since 2020 has, and singles throughout.
 */
import { headingOf } from "../describe.ts";
import type { Wiring } from "../wiring.ts";
import { ONNX_ACTIVATIONS } from "./activations.ts";
import { GraphBuilder } from "./graph.ts";
import { type Group, groupsOf } from "./layers.ts";
import { encodeModel, FLOAT, type Message } from "./protobuf.ts";

const IR_VERSION = 7;
const OPSET = 13;
/** Of inputs, those alone are taken that lead into a group where they are less than this share. */
const FEW = 0.25;

/** A value of the graph, [nodes x batch], of which row i is the slot `slots[i]`. */
interface Rows {
  readonly name: string;
  readonly slots: readonly number[];
}

/**
 * The bytes of the model.
 *
 * @param requireWeight whether a shared weight that is an input has no default
 */
export function onnxModel(wiring: Wiring, requireWeight: boolean): Uint8Array {
  const { champion, inputs, outputs, weights } = wiring;
  const graph = new GraphBuilder();
  const shared = weights.kind !== "own";
  // What is a constant and an input is an input with a default.
  const isInput = weights.kind === "input";
  if (shared && !(isInput && requireWeight)) graph.constant("weight", weights.value);
  const known: Rows[] = [{ name: "rows", slots: inputs.map((_, input) => 1 + input) }];
  graph.add("Transpose", ["inputs"], "rows");
  for (const group of groupsOf(wiring)) known.push(addGroup(graph, group, known, shared));
  addOutputs(graph, wiring, known);
  const names = (list: readonly string[]) => list.map((name, index) => `${index + 1} ${name}`).join(", ");
  return encodeModel({
    irVersion: IR_VERSION,
    producerName: "Precocial",
    producerVersion: champion.version,
    docString: headingOf(wiring).join("\n"),
    graph: {
      name: champion.task ?? "network",
      node: graph.nodes,
      initializer: graph.initializers,
      input: [
        valueInfo("inputs", inputs.length, names(inputs)),
        ...(isInput ? [scalarInfo("weight", "The weight that all connections share.")] : []),
      ],
      output: [valueInfo("outputs", outputs.length, names(outputs.map(({ name }) => name)))],
    },
    opsetImport: [{ domain: "", version: OPSET }],
    metadataProps: metadataOf(wiring),
  });
}

/** Adds the sum and the activation of a group. */
function addGroup(
  graph: GraphBuilder,
  { layer, activation, nodes }: Group,
  known: readonly Rows[],
  shared: boolean,
): Rows {
  const name = `layer_${layer}_${activation.name}`;
  const wanted = new Set(nodes.flatMap(({ sources }) => sources).filter((slot) => slot > 0));
  const rows = join(graph, name, rowsFor(graph, name, wanted, known));
  const places = new Map(rows.slots.map((slot, place) => [slot, place]));
  const matrix = new Float32Array(rows.slots.length * nodes.length);
  const bias = new Float32Array(nodes.length);
  nodes.forEach(({ sources, weights }, row) => {
    sources.forEach((slot, index) => {
      const value = weights === undefined ? 1 : weights[index];
      if (slot === 0) bias[row] = value;
      else matrix[row * rows.slots.length + (places.get(slot) as number)] = value;
    });
  });
  const factors = [graph.floats(`${name}_connections`, [nodes.length, rows.slots.length], matrix), rows.name];
  if (bias.some((value) => value !== 0)) factors.push(graph.floats(`${name}_bias`, [nodes.length, 1], bias));
  const sum = graph.add("Gemm", factors, `${name}_sum`);
  const weighted = shared ? graph.add("Mul", [sum, "weight"], `${name}_weighted`) : sum;
  ONNX_ACTIVATIONS[activation.name](graph, weighted, name);
  return { name, slots: nodes.map(({ slot }) => slot) };
}

/** The values that hold the wanted slots; all inputs for a group that wants none. */
function rowsFor(
  graph: GraphBuilder,
  name: string,
  wanted: ReadonlySet<number>,
  known: readonly Rows[],
): readonly Rows[] {
  const [inputs, ...groups] = known;
  const used = inputs.slots.filter((slot) => wanted.has(slot));
  const rows = groups.filter(({ slots }) => slots.some((slot) => wanted.has(slot)));
  if (used.length === 0) return rows.length > 0 ? rows : [inputs];
  if (used.length >= FEW * inputs.slots.length) return [inputs, ...rows];
  const places = graph.integers(
    `${name}_places`,
    used.map((slot) => slot - 1),
  );
  return [{ name: graph.add("Gather", [inputs.name, places], `${name}_inputs`, { axis: 0 }), slots: used }, ...rows];
}

/** Several values side by side. */
function join(graph: GraphBuilder, name: string, rows: readonly Rows[]): Rows {
  if (rows.length === 1) return rows[0];
  const joined = graph.add(
    "Concat",
    rows.map((row) => row.name),
    `${name}_sources`,
    { axis: 0 },
  );
  return { name: joined, slots: rows.flatMap(({ slots }) => slots) };
}

/** Puts the outputs in their order. */
function addOutputs(graph: GraphBuilder, { outputs }: Wiring, known: readonly Rows[]): void {
  const slots = outputs.map(({ slot }) => slot);
  const rows = join(
    graph,
    "outputs",
    known.filter((row) => row.slots.some((slot) => slots.includes(slot))),
  );
  const places = slots.map((slot) => rows.slots.indexOf(slot));
  const picked = graph.add("Gather", [rows.name, graph.integers("outputs_places", places)], "outputs_rows", {
    axis: 0,
  });
  graph.add("Transpose", [picked], "outputs");
}

/** Numbers and names that programs may ask for; lists and objects are JSON. */
function metadataOf({ champion, inputs, outputs, connectionCount, weights }: Wiring): Message[] {
  const { task, image, table, score, generation, weights: scoredAt, scoresByWeight, version } = champion;
  const classes = table === undefined || table.target.kind === "classes" ? outputs.map(({ name }) => name) : undefined;
  const facts = {
    task,
    version,
    inputs: image === undefined ? inputs : undefined,
    outputs: outputs.map(({ name }) => name),
    classes: image !== undefined || table !== undefined ? classes : undefined,
    image,
    preprocessing: table,
    connections: connectionCount,
    weights: weights.kind,
    score,
    generation,
    scoresByWeight: scoredAt && scoresByWeight?.map((value, index) => ({ weight: scoredAt[index], score: value })),
  };
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ key, value: typeof value === "string" ? value : JSON.stringify(value) }));
}

function valueInfo(name: string, width: number, docString: string): Message {
  const dim = [{ dimParam: "batch" }, { dimValue: width }];
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } }, docString };
}

function scalarInfo(name: string, docString: string): Message {
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim: [] } } }, docString };
}
