/**
 * The lock of a run or study folder: one process at a time writes it. The file says who; a lock whose process is gone is taken
 * over, so that a kill at any moment leaves nothing to clean up.
 *
 * A lock appears whole or not at all (written beside, then linked). A stale one is replaced only by who holds the lock
 * of its takeover, made and taken over by the same rules: of two takers, one wins.
 */
import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { withDiskErrors, writeAtomically } from "./disk.ts";
import { processStart } from "./processes.ts";

/** The lock of a folder, in it. */
export const LOCK_FILE = "lock.json";

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** Start of the process as its system tells it, so that another of the same number is not taken for it; null if unknown. */
  readonly processStart: string | null;
  /** When the lock was taken, ISO 8601. */
  readonly since: string;
}

/** How a lock stands; `elsewhere`: held by a process of another machine, of which nothing is known. */
export type LockState = "free" | "held" | "gone" | "elsewhere";

/** Answers of file systems that know no links. */
const NO_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"];

/** Locks released by others just as they were looked at, until this is no accident. */
const TRIES = 100;

/** A lock that this process holds. */
export class RunLock {
  #folder: string;
  readonly #text: string;

  private constructor(folder: string, text: string) {
    this.#folder = folder;
    this.#text = text;
  }

  /** Locks a folder. @throws UsageError naming the holder, if it is locked already; or the disk refuses */
  static take(folder: string): RunLock {
    const holder: LockHolder = {
      pid: process.pid,
      host: hostname(),
      processStart: processStart(process.pid) ?? null,
      since: new Date().toISOString(),
    };
    const text = `${JSON.stringify(holder, null, 2)}\n`;
    withDiskErrors(join(folder, LOCK_FILE), () => {
      acquire(folder, LOCK_FILE, text);
      removeLeftOvers(folder);
    });
    return new RunLock(folder, text);
  }

  /** Says that the folder, and the lock in it, has another name now. */
  movedTo(folder: string): void {
    this.#folder = folder;
  }

  /** Gives the folder free; nothing happens if the lock is not this one any more. */
  release(): void {
    const path = join(this.#folder, LOCK_FILE);
    if (read(path) === this.#text) rmSync(path, { force: true });
  }

  /** Runs `action`, and releases the lock however it ends, the end of the process in good order included. */
  async during<Result>(action: () => Result | Promise<Result>): Promise<Result> {
    const release = () => this.release();
    process.once("exit", release);
    try {
      return await action();
    } finally {
      process.off("exit", release);
      release();
    }
  }
}

/**
 * Runs `action` while this process holds the lock of a folder. All that writes into a run or a study goes through here.
 *
 * @throws UsageError naming the holder, if another process, or another call of this one, holds it
 */
export function withLock<Result>(folder: string, action: (lock: RunLock) => Result | Promise<Result>): Promise<Result> {
  const lock = RunLock.take(folder);
  return lock.during(() => action(lock));
}

/** How the lock of a folder stands. */
export function lockState(folder: string): LockState {
  const text = read(join(folder, LOCK_FILE));
  return text === undefined ? "free" : stateOf(parse(text));
}

/** @throws UsageError naming the holder, if the folder is locked; for an answer before long preparations */
export function checkUnlocked(folder: string): void {
  const text = read(join(folder, LOCK_FILE));
  if (text !== undefined) refuseHeld(folder, LOCK_FILE, parse(text));
}

function acquire(folder: string, name: string, text: string): void {
  const path = join(folder, name);
  for (let tries = 0; tries < TRIES; tries++) {
    if (create(path, text)) return;
    const found = read(path);
    if (found === undefined) continue;
    refuseHeld(folder, name, parse(found));
    const takeover = `${name}.takeover`;
    acquire(folder, takeover, text);
    try {
      if (read(path) === found) {
        writeAtomically(path, text);
        return;
      }
    } finally {
      rmSync(join(folder, takeover), { force: true });
    }
  }
  throw new UsageError(`Could not lock ${folder}: others lock and release ${path} all the time. Try again.`);
}

/** Makes a lock with its content in it; gives false if there is one. */
function create(path: string, text: string): boolean {
  const beside = `${path}.${process.pid}.part`;
  writeFileSync(beside, text);
  try {
    linkSync(beside, path);
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (NO_LINKS.includes(code)) return createWithoutLinks(path, text);
    // ENOENT: a process that holds the lock by now has taken the file beside for left over.
    if (code === "EEXIST" || code === "ENOENT") return false;
    throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}

function createWithoutLinks(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes what a kill left in the moment between writing a lock beside and linking it. */
function removeLeftOvers(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${LOCK_FILE}.`)) continue;
    const pid = /\.(\d+)\.part$/.exec(name)?.[1];
    if (pid !== undefined && processStart(Number(pid)) === undefined) rmSync(join(folder, name), { force: true });
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

/** A lock's holder; undefined if the file is damaged, as a crash of the whole machine can leave it. */
function parse(text: string): LockHolder | undefined {
  try {
    const holder = JSON.parse(text) as LockHolder | null;
    return typeof holder?.pid === "number" && typeof holder.host === "string" ? holder : undefined;
  } catch {
    return undefined;
  }
}

function stateOf(holder: LockHolder | undefined): LockState {
  if (holder === undefined) return "gone";
  if (holder.host !== hostname()) return "elsewhere";
  const start = processStart(holder.pid);
  if (start === undefined) return "gone";
  const isOther = start !== null && holder.processStart !== null && start !== holder.processStart;
  return isOther ? "gone" : "held";
}

function refuseHeld(folder: string, name: string, holder: LockHolder | undefined): void {
  const state = stateOf(holder);
  if (holder === undefined || state === "gone") return;
  const { pid, host, since } = holder;
  const by = `The folder ${folder} is being written by process ${pid} on ${host} since ${since}: `;
  throw new UsageError(
    state === "held"
      ? `${by}wait until it ends, or stop it with Ctrl-C or by: kill ${pid}`
      : `${by}whether it still is cannot be seen from here. If it is not, remove ${join(folder, name)} and try again.`,
  );
}
