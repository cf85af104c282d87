/** Kinds of start states by share: which kind each training episode begins with. */
import { checkKnown, show } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import type { TaskDefinition } from "./definition.ts";

/** How often episodes begin with each kind of start state: numbers of at least 0, of which only the ratio counts. */
export type StartShares = Readonly<Record<string, number>>;

/** Checks that a task has these kinds. @throws UsageError listing those it has */
export function checkStarts({ name, environment }: TaskDefinition, shares: StartShares): void {
  for (const kind of Object.keys(shares)) {
    if (environment?.starts === undefined) {
      throw new UsageError(
        `Expected no starts for task ${show(name)}, which has no kinds of start states, got ${show(kind)}: leave them out.`,
      );
    }
    checkKnown(`${name} start`, kind, environment.starts);
  }
}

/**
 * The kind of each of `count` episodes that are played together: systematic sampling, so that each kind has its share of
 * them, rounded up or down; over several rounds of episodes, which begin at different places of the shares (radical
 * inverse in base 2, van der Corput 1935), the shares are kept too.
 *
 * @param shares not all 0
 * @param round  number of the round, from 0
 * @returns      kinds in the order of the shares, [count]
 */
export function startsOf(shares: StartShares, count: number, round: number): string[] {
  const kinds = Object.keys(shares).filter((kind) => shares[kind] > 0);
  const total = kinds.reduce((sum, kind) => sum + shares[kind], 0);
  const offset = radicalInverse(round + 1);
  return Array.from({ length: count }, (_, episode) => {
    let left = (total * (episode + offset)) / count;
    const found = kinds.find((kind) => {
      left -= shares[kind];
      return left < 0;
    });
    return found ?? kinds[kinds.length - 1];
  });
}

/** The binary digits of a whole number above 0, mirrored at the point: 1 is 0.5, 2 is 0.25, 3 is 0.75. */
function radicalInverse(value: number): number {
  let inverse = 0;
  for (let digit = 0.5, rest = value; rest > 0; digit /= 2, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) inverse += digit;
  }
  return inverse;
}
