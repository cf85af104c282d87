/** Whether a process of this machine is alive, and which one it is: numbers of processes are used again. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** States of a process that has ended but is still listed: zombie, dead. */
const ENDED = ["Z", "X", "x"];

/** Words of /proc/<pid>/stat after the name in parentheses: the state is the first, the start the twentieth. */
const STATE = 0;
const START = 19;

/**
 * When the process of a number started, in words of the system that only serve to be compared.
 *
 * @returns undefined if there is no such process; null if it is alive but the system does not say since when
 */
export function processStart(pid: number): string | null | undefined {
  if (!isThere(pid)) return undefined;
  if (process.platform === "linux") return linuxStart(pid);
  if (process.platform === "win32") return null;
  try {
    const words = ["-o", "lstart=", "-p", String(pid)];
    return execFileSync("ps", words, { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } }).trim() || null;
  } catch {
    return null;
  }
}

/** The start in clock ticks since the start of the system, after the id of the latter; see proc(5). */
function linuxStart(pid: number): string | null | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const words = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (ENDED.includes(words[STATE])) return undefined;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}/${words[START]}`;
  } catch {
    return null;
  }
}

/** Whether the number is in use; a process that may not be signalled is there too. */
function isThere(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
