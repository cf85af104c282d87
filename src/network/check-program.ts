/** Checks a whole program that came from elsewhere, before a kernel reads it: its header says only how long it is. */
import { UsageError } from "../base/errors.ts";
import { ACTIVATIONS } from "../genome/activations.ts";
import { HEADER_LENGTH, NODE_LENGTH, type Program, programHeader } from "./program.ts";

/**
 * Checks that every activation is one, every source comes before its node, and every number is within its range.
 *
 * @throws UsageError naming the first word that is wrong
 */
export function checkProgram(program: Program): void {
  const { inputCount, outputCount, nodeCount, connectionCount, slotCount, sources, outputs, length } =
    programHeader(program);
  if (length !== program.length) throw wrong(`${length} words`, program.length);
  let source = sources;
  for (let node = 0; node < nodeCount; node++) {
    const [activation, fromInputs, from] = program.subarray(HEADER_LENGTH + node * NODE_LENGTH);
    if (!ACTIVATIONS.some(({ code }) => code === activation)) throw wrong("the code of an activation", activation);
    if (from < 0 || source + from > outputs) throw wrong(`at most ${outputs - source} sources of node ${node}`, from);
    if (fromInputs < 0 || fromInputs > from) throw wrong(`at most ${from} inputs of node ${node}`, fromInputs);
    for (let place = 0; place < from; place++) {
      const before = place < fromInputs ? 1 + inputCount : 1 + inputCount + node;
      const slot = program[source + place];
      if (slot < 0 || slot >= before) throw wrong(`a source of node ${node} below ${before}`, slot);
    }
    source += from;
  }
  if (source !== outputs) throw wrong(`${connectionCount} sources`, source - sources);
  for (const slot of program.subarray(outputs, outputs + outputCount)) {
    if (slot < 0 || slot >= slotCount) throw wrong(`outputs below ${slotCount}`, slot);
  }
}

function wrong(expected: string, got: number): UsageError {
  return new UsageError(`Expected a program with ${expected}, got ${got}: make one with compile().`);
}
