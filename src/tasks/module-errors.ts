/** The words for a module that cannot be loaded, and where in it an error was thrown. */
import { show } from "../base/check.ts";
import { reasonOf } from "../base/errors.ts";

/** An absolute path as the address that `import` takes. */
export function fileUrl(path: string): string {
  const slashed = path.replaceAll("\\", "/");
  return `file://${slashed.startsWith("/") ? "" : "/"}${slashed
    .split("/")
    .map(encodeURIComponent)
    .join("/")
    .replace(/^(\/?\w)%3A/, "$1:")}`;
}

/** The number of the line of a module on which an error was thrown; undefined if that was elsewhere. */
export function lineIn(path: string, error: unknown): number | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  for (const place of [fileUrl(path), path]) {
    const at = stack.indexOf(`${place}:`);
    const line = at < 0 ? null : /^\d+/.exec(stack.slice(at + place.length + 1));
    if (line !== null) return Number(line[0]);
  }
  return undefined;
}

/** What `import` says of a module at a path, in words that end with what to do where that is known. */
export function explainImport(error: unknown, path: string): string {
  if (!(error instanceof Error)) return `its top level threw ${show(error)}.`;
  const { code } = error as NodeJS.ErrnoException;
  const reason = reasonOf(error) || error.name;
  switch (code) {
    case "ERR_MODULE_NOT_FOUND":
      // Node names what is missing first, then who asked for it, which may be this file.
      if (reason.startsWith(`Cannot find module '${path}'`)) return "there is no such file.";
      return reason.startsWith("Cannot find package")
        ? `${reason}: install it beside the module, or leave the import out.`
        : `${reason}: paths of imports begin with ./ and have their ending.`;
    case "ERR_UNSUPPORTED_DIR_IMPORT":
      return reason.startsWith(`Directory import '${path.replace(/[\\/]$/, "")}`)
        ? "it is a folder; name the file in it."
        : `${reason}: name the file in that folder.`;
    case "ERR_UNKNOWN_FILE_EXTENSION":
      return /\.[cm]?ts['"]? /.test(`${reason} `)
        ? "this Node cannot load TypeScript; use Node 22.18 or later, or give a .js file."
        : `${reason}: give a .js or .ts file.`;
    case "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX":
      return `${reason}: Node only takes types away; write what needs more, such as enum, in another way.`;
    default: {
      if (error instanceof SyntaxError) return `${reason}: to see where, run: node ${path}`;
      const line = lineIn(path, error);
      const kind = error.name === "Error" ? "" : `${error.name}: `;
      return `${kind}${reason}${line === undefined ? "" : ` (line ${line})`}.`;
    }
  }
}
