/** A champion as a graph in JSON, by nodes and links: what NetworkX (`node_link_graph`) and D3 (`forceLink`) take. */
import type { Format } from "./format.ts";
import { WEIGHT_SETTINGS } from "./weights.ts";
import { type Wiring, wire } from "./wiring.ts";

/** The graph with what is known of each node and link. */
export const graph: Format<typeof WEIGHT_SETTINGS> = {
  name: "graph",
  summary: "a graph in JSON by nodes and links, for NetworkX and D3",
  endings: [".graph.json"],
  namesTask: false,
  settings: WEIGHT_SETTINGS,
  write: (champion, settings) => `${JSON.stringify(graphOf(wire(champion, settings)), null, 1)}\n`,
};

/** The graph as plain data; ids are slots of the program: 0 the bias, then inputs, then nodes in order. */
function graphOf({ champion, inputs, outputs, nodes, weights }: Wiring) {
  const { task, score, version } = champion;
  const outputOf = new Map(outputs.map(({ slot }, output) => [slot, output]));
  return {
    directed: true,
    multigraph: false,
    graph: { task, score, version, ...(weights.kind !== "own" && { sharedWeight: weights.value }) },
    nodes: [
      { id: 0, name: "bias", kind: "bias" },
      ...inputs.map((name, input) => ({ id: 1 + input, name, kind: "input" })),
      ...nodes.map(({ slot, name, activation }) => ({
        id: slot,
        name,
        kind: outputOf.has(slot) ? "output" : "hidden",
        activation: activation.name,
        ...(outputOf.has(slot) && { output: outputOf.get(slot) }),
      })),
    ],
    links: nodes.flatMap(({ slot, sources, weights: own }) =>
      sources.map((source, index) => ({ source, target: slot, ...(own && { weight: own[index] }) })),
    ),
  };
}
