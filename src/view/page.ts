/** The built page (viz/page/), and the page with runs inside. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InternalError } from "../base/errors.ts";
import type { RunDocument } from "./document.ts";

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

/**
 * The page with runs embedded. Every `<` in the data is escaped, so that nothing in it can end the script element.
 *
 * @throws InternalError if the page has no place for data
 */
export function embedRuns(page: string, runs: readonly RunDocument[]): string {
  if (!page.includes(EMPTY)) throw new InternalError("The built page has no place for data.");
  const json = JSON.stringify({ runs }).replaceAll("<", "\\u003c");
  return page.replace(EMPTY, () => EMPTY.replace("></", () => `>${json}</`));
}
