/** The kinds of error: what the user got wrong, and what we did. */

/**
 * Input that cannot be used: a setting, a file, a name. The message says what was expected, what came, and what
 * to do; the command line prints it without a stack and exits with 2.
 */
export class UsageError extends Error {
  override name = "UsageError";
}

/** A data set that is not where it was looked for; the message names the places and how to get it. */
export class AbsentDataError extends UsageError {}

/** What a run depends on is gone for longer than it was to be waited for; what was done is kept. Exit code 3. */
export class UnreachableError extends UsageError {
  override name = "UnreachableError";
}

const REQUEST = " This is a fault of Precocial: please report it with the seed and the command.";

/** The words of an error as part of a longer message: without the closing period and the request to report it. */
export function reasonOf(error: unknown): string {
  return (error as Error).message.replace(REQUEST, "").replace(/\.$/, "");
}

/** Text of others within a message: lines of their own, moved to the right. */
export function indent(text: string): string {
  return text
    .trimEnd()
    .split(/\r?\n/)
    .map((line) => `    ${line}`)
    .join("\n");
}

/** A fault of Precocial itself; the message carries what is needed to replay it. */
export class InternalError extends Error {
  override name = "InternalError";

  constructor(message: string, options?: ErrorOptions) {
    super(`${message}${REQUEST}`, options);
  }
}
