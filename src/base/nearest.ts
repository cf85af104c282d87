/** The known name that a mistyped one was meant to be, by edit distance: what "Did you mean ...?" says. */

/** At most one edit for every so many letters of the longer word: more and it is another word. */
const LETTERS_PER_EDIT = 3;

/**
 * The known word nearest to `word`, the first of equals; undefined if none is near enough to be meant.
 *
 * Case is no edit.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    const allowed = Math.floor(Math.max(word.length, candidate.length) / LETTERS_PER_EDIT);
    if (distance < least && distance <= allowed) [best, least] = [candidate, distance];
  }
  return best;
}

/** ` Did you mean "swingup"?`, to follow a message's first sentence; empty if no known word is near. */
export function didYouMean(word: unknown, known: readonly string[], prefix = ""): string {
  const meant = typeof word === "string" ? nearest(word, known) : undefined;
  return meant === undefined ? "" : ` Did you mean "${prefix}${meant}"?`;
}

/**
 * Letters to insert, delete, replace, or swap with their neighbour to make one word of another; no letter twice
 * (optimal string alignment, Damerau 1964).
 */
export function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const line = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      line[column] = Math.min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) line[column] = Math.min(line[column], beforeLast[column - 2] + 1);
    }
    [beforeLast, last] = [last, line];
  }
  return last[to.length];
}
