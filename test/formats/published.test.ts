/** Champions and weights of the paper's published code: a small table by hand, the real one, and every fault. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inferPublishedEnds, readPublishedGenome, readPublishedWeights } from "../../src/formats/published.ts";
import { connectionCount } from "../../src/genome/genome.ts";
import { fixture } from "../fixtures/folder.ts";

/**
 * Theirs: 0 bias, 1 input, 2 hidden (tanh), 3 output; ours: 0 bias, 1 input, 2 output, 3 hidden.
 *
 *     input --> hidden --> output, bias --> output; input --> output is disabled
 */
const TABLE = ["0,0,0,-1.5,1", "0,0,2,nan,1", "0,0,0,0.1,5", "0,0,0,0,1"].join("\n");

describe("a published champion", () => {
  test("is read with outputs before hidden nodes, nan as a disabled connection, the numbers unused", () => {
    const genome = readPublishedGenome(TABLE, 1, 1);
    expect(genome).toEqual({
      inputCount: 1,
      outputCount: 1,
      ids: Int32Array.of(0, 1, 2, 3),
      activations: Uint8Array.of(1, 1, 1, 5),
      sources: Int32Array.of(0, 1, 1, 3),
      targets: Int32Array.of(2, 3, 2, 2),
      innovations: Int32Array.of(0, 1, 2, 3),
      enabled: Uint8Array.of(1, 1, 0, 1),
    });
    expect(readPublishedGenome(`${TABLE.replaceAll("\n", "\r\n").replace("nan", " NaN ")}\r\n`, 1, 1)).toEqual(genome);
  });

  test.each([
    [
      "cut off",
      TABLE.slice(0, -4),
      "Expected 5 numbers in each of the 4 rows, got 3 in row 4: the file is cut off or not",
    ],
    [
      "cut off between rows",
      TABLE.slice(0, TABLE.lastIndexOf("\n")),
      "Expected 4 numbers in each of the 3 rows, got 5 in row 1",
    ],
    ["no table", "hello", 'Expected numbers separated by commas, got "hello".'],
    ["empty", "", 'Expected numbers separated by commas, got "".'],
    [
      "with an unknown activation",
      TABLE.replace("0.1,5", "0.1,12"),
      "Expected an activation code from 1 to 11 at the end of row 3, got 12.",
    ],
    [
      "with a cycle",
      TABLE.replace("0,0,0,0.1,5", "0,0,1,0.1,5"),
      "Expected a graph without cycles, got the cycle 3 -> 3: remove one",
    ],
    ["with a connection into an input", TABLE.replace("0,0,0,0.1,5", "0,1,0,0.1,5"), "ends in an input or the bias"],
  ])("that is %s is refused", (_, text, message) => {
    expect(() => readPublishedGenome(text, 1, 1)).toThrow(message);
  });

  test("of another task is refused when it has too few nodes", () => {
    expect(() => readPublishedGenome(TABLE, 5, 1)).toThrow(
      "Expected at least 7 nodes (bias, 5 inputs, 1 outputs), got 4.",
    );
  });
});

describe("published weights", () => {
  const genome = readPublishedGenome(TABLE, 1, 1);

  test("are offsets of the enabled connections in order; disabled ones get 0", () => {
    expect(readPublishedWeights("[[1, 2, 3], 900.5]", genome, -1.5)).toEqual(Float64Array.of(-0.5, 0.5, 0, 1.5));
    expect(readPublishedWeights("[1, 2, 3]", genome, 0)).toEqual(Float64Array.of(1, 2, 0, 3));
  });

  test.each([
    ["[[1, 2], 9]", "Expected 3 trained weights, one for each enabled connection, got 2."],
    ['[["1", 2, 3], 9]', "Expected trained weights as [[offsets], score], got JSON of another form."],
    ["[[1, null, 3], 9]", "Expected trained weights as [[offsets], score], got JSON of another form."],
    ["null", "Expected trained weights as [[offsets], score], got JSON of another form."],
    ["[[1, 2", "Expected trained weights as JSON, got text that is not: "],
  ])("%s is refused", (text, message) => {
    expect(() => readPublishedWeights(text, genome, 0)).toThrow(message);
  });
});

describe("inputs and outputs of a published champion", () => {
  test("are told from its graph", () => {
    expect(inferPublishedEnds(TABLE)).toEqual({ inputCount: 1, outputCount: 1 });
    // Bias, two inputs of which one is joined to nothing, two outputs.
    const plain = ["0,0,0,1,0,1", "0,0,0,0,0,1", "0,0,0,0,1,1", "0,0,0,0,0,1", "0,0,0,0,0,1"].join("\n");
    expect(inferPublishedEnds(plain)).toEqual({ inputCount: 2, outputCount: 2 });
  });

  test.each([
    ["has no connection", "0,0,0,1\n0,0,0,1\n0,0,0,1"],
    ["has a node between inputs and outputs that is joined to nothing", "0,0,0,1,1\n0,0,0,1,1\n0,0,0,0,1\n0,0,0,0,1"],
  ])("are not where it %s", (_, text) => {
    expect(() => inferPublishedEnds(text)).toThrow(
      "Expected --task, since the graph does not show which nodes are inputs and which are outputs. See: precocial",
    );
  });
});

const champion = fixture("wannrelease/swing.out");

test.skipIf(!champion)("the published swing-up champion has 29 nodes, 5 of them inputs, and 52 connections", () => {
  const text = readFileSync(String(champion), "utf8");
  expect(inferPublishedEnds(text)).toEqual({ inputCount: 5, outputCount: 1 });
  const genome = readPublishedGenome(text, 5, 1);
  expect(genome.ids).toHaveLength(29);
  expect(connectionCount(genome)).toBe(52);
});
