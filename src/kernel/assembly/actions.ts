/** What a network's outputs mean where actions are discrete, for four lanes at a time; twin of tasks/actions.ts. */
import { outputCount, outputRow } from "./forward";

/** The number of the largest output of each lane, the lowest of equals, as integers. @param at bytes into the rows */
// @ts-ignore: decorator
@inline
export function largest(program: usize, values: usize, stride: usize, at: usize): v128 {
  let best = v128.load(outputRow(program, values, stride, 0) + at);
  let chosen = i32x4.splat(0);
  for (let output = 1, count = outputCount(program); output < count; output++) {
    const value = v128.load(outputRow(program, values, stride, output) + at);
    const isLarger = f32x4.gt(value, best);
    best = v128.bitselect(value, best, isLarger);
    chosen = v128.bitselect(i32x4.splat(output), chosen, isLarger);
  }
  return chosen;
}
