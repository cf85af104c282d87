/** The activations in operators of ONNX: the same formulas, exact where Precocial's are, such as at whole turns of a sine. */
import { SATURATION } from "../../base/float32.ts";
import type { GraphBuilder } from "./graph.ts";
import { FLOAT } from "./protobuf.ts";

/** Adds an activation of the value `x` to a graph, as the value `y`. */
type Activate = (graph: GraphBuilder, x: string, y: string) => void;

/** Limits to [low, high], as nodes saturate. */
const clip = (graph: GraphBuilder, x: string, y: string, low = -SATURATION, high = SATURATION) =>
  graph.add("Clip", [x, limit(graph, low), limit(graph, high)], y);

const limit = (graph: GraphBuilder, value: number) =>
  value === 0 ? graph.constant("zero", 0) : graph.constant(value < 0 ? "lowest" : "highest", value);

/** x less its full turns of 2, from -1 to 1: without it a sine in single precision loses its place. */
function turn(graph: GraphBuilder, x: string, y: string): string {
  const half = graph.add("Mul", [x, graph.constant("half", 0.5)], `${y}_half`);
  const turns = graph.add("Round", [half], `${y}_turns`);
  const whole = graph.add("Mul", [turns, graph.constant("two", 2)], `${y}_whole`);
  return graph.add("Sub", [x, whole], `${y}_part`);
}

/** The sine of pi times a value within +-1/2. */
function sinPi(graph: GraphBuilder, x: string, y: string): void {
  graph.add("Sin", [graph.add("Mul", [x, graph.constant("pi", Math.PI)], `${y}_angle`)], y);
}

/** By name. */
export const ONNX_ACTIVATIONS: Readonly<Record<string, Activate>> = {
  linear: (graph, x, y) => void clip(graph, x, y),
  step(graph, x, y) {
    graph.add("Cast", [graph.add("Greater", [x, graph.constant("zero", 0)], `${y}_above`)], y, { to: FLOAT });
  },
  // Folded to +-1/2 by sin(pi r) = sin(pi (+-1 - r)): 2 clip(r) - r is that, and exact.
  sin(graph, x, y) {
    const part = turn(graph, x, y);
    const near = [graph.constant("minus_half", -0.5), graph.constant("half", 0.5)];
    const clipped = graph.add("Clip", [part, ...near], `${y}_near`);
    const twice = graph.add("Add", [clipped, clipped], `${y}_twice`);
    sinPi(graph, graph.add("Sub", [twice, part], `${y}_folded`), y);
  },
  gaussian(graph, x, y) {
    const square = graph.add("Mul", [x, x], `${y}_square`);
    graph.add("Exp", [graph.add("Mul", [square, graph.constant("minus_half", -0.5)], `${y}_exponent`)], y);
  },
  tanh: (graph, x, y) => void graph.add("Tanh", [x], y),
  sigmoid: (graph, x, y) => void graph.add("Sigmoid", [x], y),
  inverse: (graph, x, y) => void clip(graph, graph.add("Neg", [x], `${y}_negative`), y),
  abs: (graph, x, y) => void clip(graph, graph.add("Abs", [x], `${y}_size`), y),
  relu: (graph, x, y) => void clip(graph, x, y, 0),
  cos(graph, x, y) {
    const size = graph.add("Abs", [turn(graph, x, y)], `${y}_size`);
    sinPi(graph, graph.add("Sub", [graph.constant("half", 0.5), size], `${y}_folded`), y);
  },
  squared: (graph, x, y) => void clip(graph, graph.add("Mul", [x, x], `${y}_square`), y),
};
