/** What people say of a run, kept in its folder as notes.json: a star, tags and a note (docs/run-format.md). */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { readJson, writeAtomically } from "../files/disk.ts";
import { firstIssue } from "../genome/codec.ts";
import { RUN_FILES } from "../run/run-files.ts";

/** Version of notes.json. */
const NOTES_FORMAT = 1;
/** Letters of a note, and of a tag, at most; tags at most. */
const LONGEST_NOTE = 10_000;
const LONGEST_TAG = 60;
const MOST_TAGS = 50;

const tag = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_TAG)
  .refine((text) => !/[,\p{C}]/u.test(text), { message: "a tag holds no comma and no line break" });
const notesSchema = z.strictObject({
  star: z.boolean().default(false),
  /** In order of the alphabet, each once. */
  tags: z
    .array(tag)
    .max(MOST_TAGS)
    .default([])
    .transform((tags) => [...new Set(tags)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }))),
  note: z.string().max(LONGEST_NOTE).default(""),
});
const fileSchema = z.strictObject({ format: z.literal(NOTES_FORMAT), ...notesSchema.shape });

/** What is said of a run. */
export type RunNotes = z.infer<typeof notesSchema>;

/** Of a run of which nothing is said. */
export const NO_NOTES: RunNotes = { star: false, tags: [], note: "" };

/** Reads what is said of a run. @throws UsageError if the file is damaged */
export function readNotes(folder: string): RunNotes {
  const path = join(folder, RUN_FILES.notes);
  if (!existsSync(path)) return NO_NOTES;
  const parsed = fileSchema.safeParse(readJson(path, "the notes on a run"));
  if (!parsed.success) throw new UsageError(`Expected the notes on a run in ${path}: ${firstIssue(parsed.error)}`);
  const { format: _, ...notes } = parsed.data;
  return notes;
}

/**
 * Writes what is said of a run; what is not given stays. It may be written while a search goes on, which does not read it.
 *
 * @returns all that is said of it now
 * @throws UsageError if a tag or the note cannot be kept, the file is damaged, or the disk refuses
 */
export function writeNotes(folder: string, change: unknown): RunNotes {
  const before = readNotes(folder);
  const parsed = notesSchema.partial().safeParse(change);
  if (!parsed.success) throw new UsageError(`Expected star, tags and note of a run: ${firstIssue(parsed.error)}`);
  const given = Object.keys(change as object);
  const notes = {
    ...before,
    ...Object.fromEntries(Object.entries(parsed.data).filter(([name]) => given.includes(name))),
  };
  writeAtomically(join(folder, RUN_FILES.notes), `${JSON.stringify({ format: NOTES_FORMAT, ...notes }, null, 2)}\n`);
  return notes;
}
