/** The built page (viz/page/), and the page with runs and studies inside. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InternalError } from "../base/errors.ts";
import type { RunDocument } from "./document.ts";
import type { StudyDocument } from "./study-document.ts";

const EMPTY = '<script type="application/json" id="precocial-data"></script>';

/** Where the page may be: beside the built library, and seen from the sources. */
const PLACES = ["../viz/index.html", "../../dist/viz/index.html"];

/** The built page as text. @throws InternalError if it is not there */
export function readPage(): string {
  for (const place of PLACES) {
    const path = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(path)) return readFileSync(path, "utf8");
  }
  throw new InternalError("The page is missing from this installation (dist/viz/index.html): run npm run build.");
}

/** What a page carries; the first run is shown first, without runs the first study. */
export interface PageData {
  readonly runs: readonly RunDocument[];
  readonly studies: readonly StudyDocument[];
}

/**
 * The page with runs and studies embedded. Every `<` in the data is escaped, so that nothing in it can end the script element.
 *
 * @throws InternalError if the page has no place for data
 */
export function embedData(page: string, data: PageData): string {
  if (!page.includes(EMPTY)) throw new InternalError("The built page has no place for data.");
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return page.replace(EMPTY, () => EMPTY.replace("></", () => `>${json}</`));
}
