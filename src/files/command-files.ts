/** The files that a command line names: what makes it work from any folder, and what may change between two runs. */
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { joinWords, splitWords } from "../tasks/process/command-line.ts";

/**
 * A command line that starts the same from any folder: words that name files in this one become their absolute paths,
 * the program only if it is named by a path.
 */
export function absoluteCommand(commandLine: string): string {
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
