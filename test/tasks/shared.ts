/** Where the tests find the fixtures that are not part of the repository. */
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The folder beside the repository, or the one named by PRECOCIAL_FIXTURES. */
export const SHARED = process.env.PRECOCIAL_FIXTURES ?? join(import.meta.dirname, "../../../shared");

/** Whether a file of that folder is there; says so on the console if not. */
export function hasShared(path: string): boolean {
  const found = existsSync(join(SHARED, path));
  if (!found) console.warn(`Skipped: no ${path} in ../shared or PRECOCIAL_FIXTURES.`);
  return found;
}
