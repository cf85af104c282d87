/** Tasks that are named by the command line of a process that plays them: told from other names, split into words. */

/** How the name of a module ends; a word that is to be none is put into quotes. */
const MODULE = /\.[cm]?[jt]s$/;

/** Whether a task is named by a command line: it has a space, and does not end as a module does. */
export function isCommandLine(name: string): boolean {
  return /\S\s+\S/.test(name) && !MODULE.test(name);
}

/**
 * The words of a command line. Quotes, single or double, keep together what stands between them; a backslash is a
 * letter like any other, since paths of Windows have it.
 *
 * @returns undefined if a quote is never closed
 */
export function splitWords(commandLine: string): string[] | undefined {
  const words = commandLine.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  const rest = commandLine.replace(/"[^"]*"|'[^']*'/g, "");
  if (/["']/.test(rest)) return undefined;
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

/** A command line of these words: those that need it in quotes. */
export function joinWords(words: readonly string[]): string {
  return words
    .map((word) => {
      if (/^[^\s"']+$/.test(word)) return word;
      return word.includes('"') ? `'${word}'` : `"${word}"`;
    })
    .join(" ");
}

/** What to call what a command line runs where only that is known: its first word that is neither program nor option. */
export function commandName(commandLine: string): string {
  const [program, ...words] = splitWords(commandLine) ?? [commandLine];
  const word = words.find((one) => !one.startsWith("-")) ?? program;
  return (word.split(/[\\/]/).at(-1) as string).replace(/\.\w+$/, "");
}
