/** Where the page's data comes from: the report it is embedded in, or `precocial view` over HTTP, followed live. */
import {
  type ChampionHead,
  type ChampionRecord,
  type NetworkChoice,
  type PageDocument,
  type RunData,
  withLine,
} from "../run-data.ts";
import type { RunsData } from "../runs-data.ts";
import type { StudyData } from "../study-data.ts";

/** What arrives while a run is followed: a new line of a file, a file written anew, or a change of its state. */
export type RunEvent =
  | { readonly kind: "generations" | "timings" | "champions" | "survival"; readonly line: unknown }
  | {
      readonly kind: "champion" | "tuned" | "front" | "evaluation" | "lineage" | "founder" | "meta" | "status";
      readonly value: unknown;
    }
  | { readonly kind: "reset" };

/** Milliseconds between two looks for a first run. */
const PATIENCE = 2000;

/** A place to read runs and studies from. */
export interface Source {
  /** Of runs, and of studies; runs of a study are read by the names that it gives, and not among these. */
  readonly names: readonly string[];
  readonly studies: readonly string[];
  /** Those of the names that stand for a champion without a run, which no table of runs has. */
  readonly champions: readonly string[];
  readonly live: boolean;
  read(name: string): Promise<RunData>;
  /** Reads a network of a run. @throws Error if it is none of the run's, or this source does not hold it */
  readNetwork(run: RunData, choice: NetworkChoice): Promise<ChampionRecord>;
  /** Whether it can be read: reports of long runs hold some only. */
  holds(head: ChampionHead): boolean;
  readStudy(name: string): Promise<StudyData>;
  /** Calls `told` with the table of all runs, now and when it has changed; returns how to stop. */
  followRuns(told: (runs: RunsData) => void, connected: (yes: boolean) => void): () => void;
  /** Has something done to runs: "notes", "archive". @throws Error that says why it cannot be */
  order(what: string, content: object): Promise<void>;
  /** Calls `told` when a study has changed; returns how to stop. */
  followStudy(name: string, told: (study: StudyData) => void, connected: (yes: boolean) => void): () => void;
  /** Follows a run; returns how to stop. */
  follow(run: RunData, told: (event: RunEvent) => void, connected: (yes: boolean) => void): () => void;
}

/** The runs and studies in the page itself, or undefined when it carries none. */
export function embeddedSource(text: string): Source | undefined {
  if (text.trim() === "") return undefined;
  const { runs, studies = [] } = JSON.parse(text) as PageDocument;
  return {
    names: runs.map((run) => run.name),
    studies: studies.map((study) => study.name),
    champions: runs.filter(({ only }) => only === "champion").map(({ name }) => name),
    live: false,
    read: async (name) => runs.find((run) => run.name === name) as RunData,
    async readNetwork(run, choice) {
      const held = heldBy(run, choice);
      if (held === undefined) throw new Error("This report does not hold that network.");
      return held;
    },
    holds: ({ genome }) => genome !== undefined,
    readStudy: async (name) => studies.find((study) => study.name === name) as StudyData,
    followStudy: () => () => {},
    followRuns: () => () => {},
    order: () => Promise.reject(new Error("A report cannot change runs: precocial view can.")),
    follow: () => () => {},
  };
}

/** What the server behind this page lists, once there is anything; `waiting` is called when there is nothing yet. */
export async function servedSource(waiting: () => void): Promise<Source> {
  const list = () => fetchJson<Pick<Source, "names" | "studies" | "champions">>("api/runs");
  const isEmpty = ({ names, studies }: Pick<Source, "names" | "studies">) => names.length + studies.length === 0;
  let there = await list();
  if (isEmpty(there)) waiting();
  while (isEmpty(there)) {
    await new Promise((done) => setTimeout(done, PATIENCE));
    there = await list().catch(() => there);
  }
  return {
    get names() {
      return there.names;
    },
    get studies() {
      return there.studies;
    },
    get champions() {
      return there.champions;
    },
    live: true,
    followRuns(told, connected) {
      return listen<RunsData>(
        "api/table-events",
        (runs) => {
          const names = runs.rows.filter(({ study }) => study === undefined).map(({ name }) => name);
          there = { ...there, names: [...names, ...there.champions] };
          told(runs);
        },
        connected,
      );
    },
    async order(what, content) {
      const headers = { "Content-Type": "application/json" };
      const answer = await fetch(`api/${what}`, { method: "POST", headers, body: JSON.stringify(content) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    read: (name) => fetchJson<RunData>(`api/run?name=${encodeURIComponent(name)}`),
    async readNetwork(run, choice) {
      const held = heldBy(run, choice);
      if (held !== undefined) return held;
      const query = new URLSearchParams({ name: run.name });
      for (const [kind, number] of Object.entries(choice)) query.set(kind, String(number));
      return fetchJson<ChampionRecord>(`api/network?${query}`);
    },
    holds: () => true,
    readStudy: (name) => fetchJson<StudyData>(`api/study?name=${encodeURIComponent(name)}`),
    follow(run, told, connected) {
      const query = new URLSearchParams({ name: run.name, from: run.position ?? "" });
      return listen(`api/events?${query}`, told, connected);
    },
    followStudy(name, told, connected) {
      return listen(`api/study-events?${new URLSearchParams({ name })}`, told, connected);
    },
  };
}

/** Listens to what a server sends; returns how to stop. */
function listen<Event>(path: string, told: (event: Event) => void, connected: (yes: boolean) => void): () => void {
  const events = new EventSource(path);
  events.onopen = () => connected(true);
  events.onerror = () => connected(false);
  events.onmessage = (message) => told(JSON.parse(message.data) as Event);
  return () => events.close();
}

/** The run after an event. */
export function withEvent(run: RunData, event: RunEvent): RunData {
  if (event.kind === "reset") return run;
  if ("value" in event) return { ...run, [event.kind]: event.value ?? undefined };
  if (event.kind === "generations" || event.kind === "timings") return withLine(run, event.kind, event.line);
  return { ...run, [event.kind]: [...(run[event.kind] ?? []), event.line] };
}

/** A network that the run itself carries, as that of a champion alone does. */
function heldBy({ champions, front }: RunData, choice: NetworkChoice): ChampionRecord | undefined {
  const head =
    "generation" in choice
      ? champions.find(({ generation }) => generation === choice.generation)
      : front?.networks.find(({ connections }) => connections === choice.connections);
  return head?.genome && { ...head, genome: head.genome };
}

async function fetchJson<Answer>(path: string): Promise<Answer> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}
