/** Renames, archives and deletes runs; one that is being written is left alone. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, normalize, resolve } from "node:path";
import { show } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { withDiskErrors } from "../files/disk.ts";
import { LOCK_FILE, withLock } from "../files/lock.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { looksLikeRun } from "./run-list.ts";

/** The folder of archived runs, beside the others. */
export const ARCHIVE = "archive";

/** Removed last, so that a run whose deletion was killed is still listed and can be deleted again. */
const LAST: readonly string[] = [RUN_FILES.config, RUN_FILES.meta, LOCK_FILE];

/**
 * The folder of a run: as given, or the one of that name below `parent`.
 *
 * @throws UsageError if there is no run at either
 */
export function findRun(name: string, parent: string): string {
  const found = [name, join(parent, name)].find(looksLikeRun);
  // What ends in . or .. has no name to put another in place of.
  if (found !== undefined) return /(^|[/\\])\.{1,2}$/.test(normalize(found)) ? resolve(found) : withoutEnd(found);
  const known = existsSync(parent) ? readdirSync(parent).filter((other) => looksLikeRun(join(parent, other))) : [];
  throw new UsageError(
    `Expected a run, but there is none at ${name} or ${join(parent, name)}.${didYouMean(basename(name), known)} ` +
      "See: precocial runs",
  );
}

/** A path without the separators at its end. */
function withoutEnd(path: string): string {
  return join(dirname(path), basename(path));
}

/** Gives a run another name in its folder; returns where it is then. @throws UsageError if that name cannot be had */
export function renameRun(folder: string, name: string): Promise<string> {
  if (/[/\\\0]/.test(name) || name === "" || name.startsWith(".") || name === ARCHIVE) {
    throw new UsageError(
      `Expected a name for the run without / or \\, not beginning with a full stop, and other than ${ARCHIVE}, ` +
        `got ${show(name)}.`,
    );
  }
  return move(folder, join(dirname(folder), name));
}

/** Moves a run to the folder `archive` beside it; returns where it is then. @throws UsageError if it cannot be moved */
export function archiveRun(folder: string): Promise<string> {
  const parent = dirname(resolve(folder));
  if (basename(parent) === ARCHIVE)
    throw new UsageError(`Expected a run to archive, but ${folder} is archived already.`);
  return move(folder, join(dirname(folder), ARCHIVE, basename(folder)));
}

/** Deletes a run with all that is in its folder. @throws UsageError if it is being written, or the disk refuses */
export function deleteRun(folder: string): Promise<void> {
  return withLock(folder, () =>
    withDiskErrors(folder, () => {
      for (const name of readdirSync(folder)) {
        if (!LAST.includes(name)) rmSync(join(folder, name), { recursive: true, force: true });
      }
      rmSync(folder, { recursive: true, force: true });
    }),
  );
}

function move(folder: string, target: string): Promise<string> {
  return withLock(folder, (lock) =>
    withDiskErrors(target, () => {
      if (existsSync(target)) {
        throw new UsageError(`There is something at ${target} already: rename it or the run first.`);
      }
      mkdirSync(dirname(target), { recursive: true });
      renameSync(folder, target);
      lock.movedTo(target);
      return target;
    }),
  );
}
