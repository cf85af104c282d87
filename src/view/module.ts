/** The source of a user's task, for a page that plays it: JavaScript, or TypeScript without its types. */
import { existsSync, readFileSync, statSync } from "node:fs";
import * as nodeModule from "node:module";
import { reasonOf } from "../base/errors.ts";
import { isModulePath } from "../tasks/module.ts";

/** Endings of what is taken for a module: a run or a champion from elsewhere must not make a report carry other files. */
const ENDINGS = /\.[cm]?[jt]s$/;
/** Bytes of a module, at most. */
const LARGEST = 1_000_000;

/** Takes the types out of TypeScript; throws where it is no TypeScript, or has more of it than types. */
export type StripTypes = (source: string) => string;

/** Node's own way to do it, from 22.13 on. */
const STRIP = (nodeModule as { stripTypeScriptTypes?: StripTypes }).stripTypeScriptTypes;

/** The text of a module, or why there is none. */
export type ModuleText = { readonly text: string } | { readonly problem: string };

/**
 * Reads the module of a task.
 *
 * @param task  as a run's config or a champion names it
 * @param strip takes types out; without it TypeScript is left out
 * @returns     undefined for a task that is no module
 */
export function readModule(task: unknown, strip: StripTypes | undefined = STRIP): ModuleText | undefined {
  if (typeof task !== "string" || !isModulePath(task)) return undefined;
  const none = (why: string) => ({ problem: `The episode is not shown, since the task ${task} ${why}` });
  if (!ENDINGS.test(task)) return none("is no .js or .ts file.");
  try {
    if (!existsSync(task)) return none("is not there any more.");
    const { size } = statSync(task);
    if (!statSync(task).isFile() || size > LARGEST) return none(`is no file of at most ${LARGEST / 1e6} MB.`);
    const source = readFileSync(task, "utf8");
    if (!task.endsWith("ts")) return { text: source };
    if (strip === undefined)
      return none("is TypeScript, which this Node cannot turn into JavaScript: use 22.18 or later.");
    return { text: strip(source) };
  } catch (error) {
    return none(`cannot be read: ${reasonOf(error)}.`);
  }
}
