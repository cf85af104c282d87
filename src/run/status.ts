/** How a run stands, seen from outside: what its meta.json says, unless its search has gone without a word. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { RUN_FILES } from "./folder.ts";

/** `silent`: meta.json says that the search is running, but nothing has changed for a while and its process is gone. */
export type RunStatus = "running" | "finished" | "stopped" | "silent";

/** Milliseconds without a change after which the search's process is looked for. */
const QUIET = 60_000;

/** Files that change while a search goes on. */
const CHANGING = [RUN_FILES.generations, RUN_FILES.timings, RUN_FILES.meta];

/**
 * How the run in a folder stands; undefined where its meta.json does not say.
 *
 * @param now the time, in milliseconds since 1970
 */
export function runStatus(folder: string, now: number = Date.now()): RunStatus | undefined {
  const { status, pid } = readStatus(join(folder, RUN_FILES.meta));
  if (status !== "running") return status === "finished" || status === "stopped" ? status : undefined;
  const changed = Math.max(...CHANGING.map((file) => changeOf(join(folder, file))));
  return now - changed > QUIET && !isAlive(pid) ? "silent" : "running";
}

function readStatus(path: string): { status?: unknown; pid?: unknown } {
  try {
    return JSON.parse(readFileSync(path, "utf8")) ?? {};
  } catch {
    return {};
  }
}

function changeOf(path: string): number {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

/** Whether a process of this machine has the number `pid`; one that may not be signalled is alive too. */
function isAlive(pid: unknown): boolean {
  if (typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
