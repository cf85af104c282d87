/** Follows a study folder while it is written: tells the whole study whenever one of its files has changed. */
import { join } from "node:path";
import { STUDY_FILES } from "../study/folder.ts";
import { stampOf } from "./follow.ts";
import { runStatus } from "./status.ts";
import { readStudyDocument, type StudyDocument } from "./study-document.ts";

/** The files that a page shows; runs have pages of their own. */
const FILES = [STUDY_FILES.record, STUDY_FILES.timings, STUDY_FILES.meta];

/**
 * Looks at the files of a study at an interval, as `followRun` does at those of a run.
 *
 * @param told called with the study at the first look, and after each change
 * @returns    how to stop
 */
export function followStudy(
  folder: string,
  name: string,
  interval: number,
  told: (study: StudyDocument) => void,
): () => void {
  let before = "";
  const timer = setInterval(() => {
    try {
      const now = [...FILES.map((file) => stampOf(join(folder, file))), runStatus(folder)].join(" ");
      if (now === before) return;
      before = now;
      told(readStudyDocument(folder, name));
    } catch {
      // The folder is being changed under our eyes (moved, removed, written): the next look sees how it ended.
    }
  }, interval);
  return () => clearInterval(timer);
}
