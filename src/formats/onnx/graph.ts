/** An ONNX graph in the making: nodes, and constants that are there once. */
import { FLOAT, INT, INT64, type Message } from "./protobuf.ts";

/** Collects the nodes and constants of a graph; values are named, [nodes x batch]. */
export class GraphBuilder {
  readonly nodes: Message[] = [];
  readonly initializers: Message[] = [];
  readonly #constants = new Set<string>();

  /**
   * Adds a node.
   *
   * @param output     the name of what it gives, and of the node
   * @param attributes whole numbers
   * @returns          `output`
   */
  add(
    opType: string,
    inputs: readonly string[],
    output: string,
    attributes: Readonly<Record<string, number>> = {},
  ): string {
    const attribute = Object.entries(attributes).map(([name, i]) => ({ name, i, type: INT }));
    this.nodes.push({ input: [...inputs], output: [output], name: output, opType, attribute });
    return output;
  }

  /** Adds singles, row-major. @returns `name` */
  floats(name: string, dims: readonly number[], values: Float32Array): string {
    return this.#tensor(name, dims, FLOAT, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }

  /** Adds a list of whole numbers. @returns `name` */
  integers(name: string, values: readonly number[]): string {
    const words = BigInt64Array.from(values, BigInt);
    return this.#tensor(name, [values.length], INT64, new Uint8Array(words.buffer));
  }

  /** A number that nodes may share. @returns `name` */
  constant(name: string, value: number): string {
    if (this.#constants.has(name)) return name;
    this.#constants.add(name);
    return this.floats(name, [], Float32Array.of(value));
  }

  /** Tensors hold their bytes with the least first, as every machine does that runs WebAssembly. */
  #tensor(name: string, dims: readonly number[], dataType: number, rawData: Uint8Array): string {
    this.initializers.push({ name, dims: [...dims], dataType, rawData });
    return name;
  }
}
