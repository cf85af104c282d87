/** Makes folders that are there whole, with their first files and a lock in them, or not at all. */
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { withDiskErrors, writeAtomically } from "./disk.ts";
import { LOCK_FILE, RunLock } from "./lock.ts";

/**
 * Makes a folder, all at once, and holds its lock.
 *
 * @param files     the text of its first files by name
 * @param checkFree throws if there is something at `folder`
 * @returns the lock, to be released by the caller
 * @throws UsageError if `checkFree` does, another process is making the folder, or the disk refuses
 */
export function createLockedFolder(
  folder: string,
  files: Readonly<Record<string, string>>,
  checkFree: () => void,
): RunLock {
  checkFree();
  const beside = join(dirname(folder), `.${basename(folder)}.part`);
  return withDiskErrors(folder, () => {
    mkdirSync(beside, { recursive: true });
    const lock = lockBeside(beside, checkFree);
    try {
      checkFree();
      for (const name of readdirSync(beside)) {
        if (name !== LOCK_FILE) rmSync(join(beside, name), { recursive: true, force: true });
      }
      for (const [name, content] of Object.entries(files)) {
        writeAtomically(join(beside, name), content);
      }
      renameSync(beside, folder);
    } catch (error) {
      rmSync(beside, { recursive: true, force: true });
      throw error;
    }
    lock.movedTo(folder);
    return lock;
  });
}

/** Locks what is to become the folder; while this went on, another process may have made it. */
function lockBeside(beside: string, checkFree: () => void): RunLock {
  try {
    return RunLock.take(beside);
  } catch (error) {
    checkFree();
    throw error;
  }
}
