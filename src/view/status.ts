/** How a run stands, seen from outside: what its meta.json says, unless its process is gone. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { lockState } from "../files/lock.ts";
import { processStart } from "../files/processes.ts";
import { RUN_FILES } from "../run/run-files.ts";

/** `died`: meta.json says that the run is going on, but its process is gone. */
export type RunStatus = "running" | "finished" | "stopped" | "died";

/** Milliseconds without a change after which a run without a lock that can be judged here is looked for by its `pid`. */
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
  const lock = lockState(folder);
  if (lock === "held" || lock === "gone") return lock === "held" ? "running" : "died";
  const changed = Math.max(...CHANGING.map((file) => changeOf(join(folder, file))));
  return now - changed > QUIET && !isAlive(pid) ? "died" : "running";
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

function isAlive(pid: unknown): boolean {
  return typeof pid === "number" && processStart(pid) !== undefined;
}
