/**
 * What a worker must have in common with a sender, so that it gives the same scores: version, code, task, data set.
 * Code and data never travel; what travels is what they are, as digests.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { lastName } from "../base/paths.ts";
import { describeSettings } from "../base/settings.ts";
import { programFile } from "../files/task-files.ts";
import { moduleDigest } from "../run/task-source.ts";
import { VERSION } from "../run/version.ts";
import { completeTaskSettings } from "../tasks/definition.ts";
import { isModulePath } from "../tasks/module.ts";
import { isCommandLine, joinWords, splitWords } from "../tasks/process/command-line.ts";
import { type TaskSource, taskDefinition } from "../tasks/registry.ts";
import { digestOf } from "./digest.ts";

/** Text of others that may be shown: without control characters, which a terminal would obey. */
export const TEXT = z
  .string()
  .max(2000)
  .regex(/^\P{Cc}*$/u);

/** A task as a sender names it: what can be told from the other end without a path of this machine. */
export const IDENTITY = z.strictObject({
  version: z.string(),
  /** Digest of the code that scores, kernels and built-in tasks included. */
  code: z.string(),
  /** A built-in name; of a module its file's name, of a command line that with its files by their names. */
  task: TEXT,
  /** All settings but paths, complete. */
  settings: z.record(z.string(), z.unknown()),
  /** Settings that are paths: the last part of each. */
  paths: z.record(z.string(), z.string()),
  /** Digest of the file of a task of one's own, and of what a process said of itself. */
  module: z.string().optional(),
  /** Digest of the data set. */
  data: z.string().optional(),
});

/** See IDENTITY. */
export type Identity = z.infer<typeof IDENTITY>;

/** What a task that is loaded is. */
export function identityOf(source: TaskSource): Identity {
  const definition = taskDefinition(source.name);
  const complete = completeTaskSettings(definition, source.settings ?? {});
  const isPath = new Set(describeSettings(definition.settings).flatMap(({ name, path }) => (path ? [name] : [])));
  const given = Object.entries(complete).filter(([, value]) => value !== undefined);
  const file = moduleDigest(source.name);
  return {
    version: VERSION,
    code: codeDigest(),
    task: portableName(source.name),
    settings: Object.fromEntries(given.filter(([name]) => !isPath.has(name))),
    paths: Object.fromEntries(
      given.filter(([name]) => isPath.has(name)).map(([name, path]) => [name, lastName(String(path))]),
    ),
    ...(file !== undefined && { module: definition.process ? digestOf([file, definition.process]) : file }),
    ...(source.data !== undefined && { data: digestOf(source.data) }),
  };
}

/** A task's name without the folders of this machine. */
export function portableName(name: string): string {
  if (isModulePath(name)) return lastName(name);
  if (!isCommandLine(name)) return name;
  const file = programFile(name);
  return joinWords((splitWords(name) as string[]).map((word) => (word === file ? lastName(word) : word)));
}

let code: string | undefined;

/** Digest of the built files that a worker thread runs: tasks, kernels, and all they are made of. */
export function codeDigest(): string {
  code ??= digestOf(
    filesOf(new URL("../evaluation/worker.js", import.meta.url)).map((url) => readFileSync(url, "utf8")),
  );
  return code;
}

/** A built file and all that it imports of the built package, each once, in order of their first import. */
function filesOf(entry: URL): URL[] {
  const found = new Map<string, URL>();
  const visit = (url: URL) => {
    if (found.has(url.href)) return;
    found.set(url.href, url);
    for (const [, path] of readFileSync(url, "utf8").matchAll(/^(?:import|export)\b[^"']*["'](\.[^"']+)["'];?$/gm)) {
      visit(new URL(path, url));
    }
  };
  visit(entry);
  return [...found.values()];
}
