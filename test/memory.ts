/** Where tests keep their files: in memory, if the system has a folder there, since run folders are written through to the disk. */
import { accessSync, constants, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Of Linux. */
const FOLDER = "/dev/shm";
/** Bytes that are to be free in it: containers often have 64 MB only. */
const ROOM = 2 ** 30;

/**
 * The folder for temporary files, as a variable of the environment; none if the user names one, or if there is none in
 * memory with enough room in which programs may be started, as those are that tests compile.
 */
export function temporaryVariable(): { TMPDIR?: string } {
  if (process.env.TMPDIR !== undefined) return {};
  let own: string | undefined;
  try {
    const { bavail, bsize } = statfsSync(FOLDER);
    if (bavail * bsize < ROOM) return {};
    own = mkdtempSync(join(FOLDER, "precocial-test-"));
    const program = join(own, "program");
    writeFileSync(program, "", { mode: 0o700 });
    // Refused where programs may not be started.
    accessSync(program, constants.X_OK);
    return { TMPDIR: FOLDER };
  } catch {
    return {};
  } finally {
    if (own !== undefined) rmSync(own, { recursive: true });
  }
}
