/** The worker that searches in a page: the same search as on the command line, on one thread, told of in events. */
import {
  completeConfig,
  createInlineEvaluator,
  createProposer,
  createSearchStage,
  type DataFiles,
  RUN_FILES,
  type SearchStage,
  STANDARD_EVALUATION,
  taskDefinition,
} from "../../../src/index.ts";
import type { RunEvent } from "../source.ts";
import { reasonOf } from "../texts.ts";

/** What the page asks of the worker. */
export type SearchOrder =
  | { readonly kind: "start"; readonly settings: Readonly<Record<string, unknown>>; readonly preset: string }
  | { readonly kind: "pause" }
  | { readonly kind: "go" };

/** What the worker tells the page. */
export type SearchWord =
  | { readonly kind: "config"; readonly config: Readonly<Record<string, unknown>> }
  | { readonly kind: "events"; readonly events: readonly RunEvent[] }
  /** The text of champion.json as it is now. */
  | { readonly kind: "champion"; readonly text: string }
  | { readonly kind: "finished" }
  | { readonly kind: "problem"; readonly text: string };

/** What a worker is, seen from inside. */
export interface WorkerScope {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(word: SearchWord): void;
}

/** Milliseconds between two tellings. */
const BREATH = 200;

/** Tasks that are searched in a page need no files. */
const NO_FILES: DataFiles = {
  images: () => {
    throw new Error("There are no files in a page.");
  },
  text: () => Promise.reject(new Error("There are no files in a page.")),
};

/** Searches as the page asks. */
export function serveSearch(scope: WorkerScope): void {
  let paused = false;
  let go: () => void = () => {};
  /** Waits until other messages have come in, and as long as the search is to pause. */
  const breathe = async () => {
    await new Promise((done) => setTimeout(done));
    while (paused) {
      await new Promise<void>((resumed) => {
        go = resumed;
      });
    }
  };
  scope.onmessage = ({ data }: MessageEvent<SearchOrder>) => {
    if (data.kind === "start") {
      search(data.settings, data.preset, breathe, (word) => scope.postMessage(word)).catch((error: unknown) =>
        scope.postMessage({ kind: "problem", text: reasonOf(error) }),
      );
    } else {
      paused = data.kind === "pause";
      if (!paused) go();
    }
  };
}

async function search(
  settings: Readonly<Record<string, unknown>>,
  preset: string,
  breathe: () => Promise<void>,
  tell: (word: SearchWord) => void,
): Promise<void> {
  const config = completeConfig(settings, { preset });
  tell({ kind: "config", config });
  const definition = taskDefinition(config.task);
  const task = definition.create(await definition.load(config.taskSettings, NO_FILES), config.taskSettings);
  const evaluator = await createInlineEvaluator(task);
  const propose = await createProposer(task, config);
  const stage = createSearchStage(config, evaluator, undefined, { propose });
  let events: RunEvent[] = [];
  let told = performance.now();
  const flush = () => {
    if (events.length > 0) tell({ kind: "events", events });
    events = [];
    told = performance.now();
  };
  while (!stage.done) {
    const start = performance.now();
    const { line, appended, timing, newChampion } = await stage.step();
    const totalSeconds = (performance.now() - start) / 1000;
    events.push({ kind: "generations", line }, { kind: "timings", line: { ...timing, totalSeconds } });
    if (newChampion !== undefined) {
      events.push({ kind: "champions", line: appended?.[RUN_FILES.champions] }, ...championOf(stage, tell));
    }
    if (performance.now() - told < BREATH) continue;
    flush();
    await breathe();
  }
  flush();
  await breathe();
  await stage.evaluate(STANDARD_EVALUATION);
  const { files } = stage;
  for (const kind of ["front", "evaluation", "lineage"] as const) {
    const text = files[RUN_FILES[kind]];
    if (text !== undefined) events.push({ kind, value: JSON.parse(text) });
  }
  events.push(...championOf(stage, tell));
  flush();
  tell({ kind: "finished" });
}

/** Tells the champion's file, and what has happened to it. */
function championOf(stage: SearchStage, tell: (word: SearchWord) => void): RunEvent[] {
  const text = stage.files[RUN_FILES.champion];
  if (text === undefined) return [];
  tell({ kind: "champion", text });
  return [{ kind: "champion", value: JSON.parse(text) }];
}
