/** Parts of paths, whatever system they are of; for code that runs in a browser too. */

/** The last part of a path; empty if there is none. */
export function lastName(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== "");
  return parts.at(-1) ?? "";
}
