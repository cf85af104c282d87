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

/** The run of a name. */
export function findShown(catalogue: Catalogue, name: string): ReturnType<typeof shownRuns>[number] | undefined {
  return shownRuns(catalogue).find((shown) => shown.name === name);
}

/** All runs there are: those that are listed, then those of studies, which are called `<study>/<run>`. */
export function shownRuns({ runs, studies }: Catalogue): { name: string; folder: string; study?: string }[] {
  const listed = [...runs].map(([name, folder]) => ({ name, folder }));
  const ofStudies = [...studies].flatMap(([study, folder]) =>
    studyRunFolders(folder).map((run) => ({ name: `${study}/${runName(run)}`, folder: run, study })),
  );
  return [...listed, ...ofStudies];
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
