/** What there is to see: runs and studies by name, those given or whatever is there by now. */

import { listRuns } from "../run/folder.ts";
import { isStudyFolder } from "../study/folder.ts";
import { runName } from "./document.ts";
import { listStudies, studyRunFolders } from "./study-document.ts";

/** What to look at. */
export interface CatalogueOptions {
  /** Run folders, a champion.json each, study folders; none: all below `parent` and `studies`. */
  readonly folders: readonly string[];
  /** Folder of run folders. */
  readonly parent: string;
  /** Folder of study folders. */
  readonly studies: string;
}

/** Runs and studies by name. */
export interface Catalogue {
  /** Those that are listed, in order: as given, or the newest first. */
  readonly runs: ReadonlyMap<string, string>;
  readonly studies: ReadonlyMap<string, string>;
}

/** What is there now. */
export function catalogueOf({ folders, parent, studies }: CatalogueOptions): Catalogue {
  const [runsThere, studiesThere] =
    folders.length > 0
      ? [folders.filter((folder) => !isStudyFolder(folder)), folders.filter(isStudyFolder)]
      : [listRuns(parent).reverse(), listStudies(studies).reverse()];
  return { runs: nameAll(runsThere), studies: nameAll(studiesThere) };
}

/** A run that is listed, or one of a study that is, which is called `<study>/<run>`. */
export function findShown(
  { runs, studies }: Catalogue,
  name: string,
): { readonly folder: string; readonly study?: string } | undefined {
  const listed = runs.get(name);
  if (listed !== undefined) return { folder: listed };
  for (const [study, folder] of studies) {
    const found = studyRunFolders(folder).find((run) => `${study}/${runName(run)}` === name);
    if (found !== undefined) return { folder: found, study };
  }
  return undefined;
}

/** Folders by a name each: their own, or the whole path where two are called alike. */
function nameAll(folders: readonly string[]): Map<string, string> {
  const names = folders.map(runName);
  return new Map(
    folders.map((folder, index) => {
      const alike = names.filter((name) => name === names[index]).length > 1;
      return [alike ? folder : names[index], folder];
    }),
  );
}
