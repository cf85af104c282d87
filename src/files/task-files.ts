/** The files that the name of a task names: what makes it mean the same in any folder, and what may change between runs. */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { isModulePath } from "../tasks/module.ts";
import { isCommandLine, joinWords, splitWords } from "../tasks/process/command-line.ts";

/** The name of a task as a run's config has it: modules by their absolute path, command lines by those of their files. */
export function absoluteTask(name: string): string {
  if (isCommandLine(name)) return absoluteCommand(name);
  return isModulePath(name) ? resolve(name) : name;
}

/**
 * A command line that starts the same from any folder: words that name files in this one become their absolute paths,
 * the program only if it is named by a path.
 */
function absoluteCommand(commandLine: string): string {
  const words = splitWords(commandLine);
  if (words === undefined) return commandLine;
  const whole = words.map((word, index) => (isFile(word) && (index > 0 || /[\\/]/.test(word)) ? resolve(word) : word));
  return joinWords(whole);
}

/** The file that a command runs: the first word after the program that names one. */
export function programFile(commandLine: string): string | undefined {
  return splitWords(commandLine)?.slice(1).find(isFile);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
