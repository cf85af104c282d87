/** Files that a command writes and that must not be there yet. */
import { existsSync } from "node:fs";
import { UsageError } from "../base/errors.ts";

/** Returns the path. @throws UsageError if there is something at it */
export function newFile(path: string): string {
  if (!existsSync(path)) return path;
  throw new UsageError(`Expected no file at ${path} yet: give another one with --out, or remove it.`);
}
