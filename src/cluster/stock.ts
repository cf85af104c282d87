/**
 * What a worker may use: tasks and data that its owner named when it was started, and those that come with Precocial.
 * Nothing that a sender names is opened, imported or run; it is looked for among those, and compared by digest.
 */
import { reasonOf, UsageError } from "../base/errors.ts";
import { lastName } from "../base/paths.ts";
import { describeSettings } from "../base/settings.ts";
import { loadOwnTask } from "../evaluation/threads-load.ts";
import { loadTaskSource } from "../run/task-source.ts";
import { VERSION } from "../run/version.ts";
import { TASK_NAMES, type TaskSource, taskDefinition } from "../tasks/registry.ts";
import { codeDigest, type Identity, identityOf, portableName } from "./identity.ts";

/** What the owner of a worker lets it use. */
export interface Stock {
  /** Absolute paths of modules, and command lines with those of their files. */
  readonly tasks: readonly string[];
  /** Files and folders of data, by their paths. */
  readonly data: readonly string[];
}

/**
 * The task that a sender names, loaded from what is here.
 *
 * @throws UsageError in words that tell why this worker cannot take part, and the remedy
 */
export async function findTask(wanted: Identity, stock: Stock): Promise<TaskSource> {
  if (wanted.version !== VERSION) {
    throw new UsageError(`it is Precocial ${VERSION}, the search is of ${wanted.version}: install the same on both`);
  }
  if (wanted.code !== codeDigest()) {
    throw new UsageError(
      `its build of Precocial ${VERSION} (${short(codeDigest())}) is not that of the search (${short(wanted.code)}): install the same on both`,
    );
  }
  const source = await load(wanted, stock);
  const own = identityOf(source);
  if (own.module !== wanted.module) {
    throw new UsageError(`its ${wanted.task} is not that of the search: copy the file of the search to it`);
  }
  if (own.data !== wanted.data) {
    const [file = `data set "${wanted.task}"`] = Object.values(wanted.paths);
    throw new UsageError(`its ${file} is not that of the search: copy the files of the search to it`);
  }
  return source;
}

async function load({ task, settings, paths }: Identity, stock: Stock): Promise<TaskSource> {
  const name = TASK_NAMES.includes(task) ? task : stock.tasks.find((own) => portableName(own) === task);
  if (name === undefined) {
    throw new UsageError(`it was started without the task ${task}: start it with --task and its own path of that`);
  }
  await loadOwnTask(name);
  const known = new Set(
    describeSettings(taskDefinition(name).settings).flatMap(({ name, path }) => (path ? [name] : [])),
  );
  const own = Object.entries(paths).flatMap(([setting, wanted]) => {
    const path = stock.data.find((candidate) => lastName(candidate) === wanted);
    return known.has(setting) && path !== undefined ? [[setting, path]] : [];
  });
  const plain = Object.fromEntries(Object.entries(settings).filter(([setting]) => !known.has(setting)));
  try {
    return await loadTaskSource({ task: name, taskSettings: { ...plain, ...Object.fromEntries(own) } });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [file] = Object.values(paths);
    const isMissing = own.length < Object.keys(paths).length;
    if (file !== undefined && isMissing) {
      throw new UsageError(`it was started without ${file}: start it with --data and its own path of that`);
    }
    throw new UsageError(reasonOf(error));
  }
}

/** Enough of a digest to tell two apart by eye. */
function short(digest: string): string {
  return digest.slice(0, 8);
}
