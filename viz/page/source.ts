/** Where the page's data comes from: the report it is embedded in, or `precocial view` over HTTP, followed live. */
import type { RunData, RunsDocument } from "../run-data.ts";

/** What arrives while a run is followed: a new line of a file, a file written anew, or a change of its state. */
export type RunEvent =
  | { readonly kind: "generations" | "timings" | "champions"; readonly line: unknown }
  | { readonly kind: "champion" | "front" | "evaluation" | "lineage" | "meta" | "status"; readonly value: unknown }
  | { readonly kind: "reset" };

/** Milliseconds between two looks for a first run. */
const PATIENCE = 2000;

/** A place to read runs from. */
export interface Source {
  readonly names: readonly string[];
  readonly live: boolean;
  read(name: string): Promise<RunData>;
  /** Follows a run; returns how to stop. */
  follow(run: RunData, told: (event: RunEvent) => void, connected: (yes: boolean) => void): () => void;
}

/** The runs in the page itself, or undefined when it carries none. */
export function embeddedSource(text: string): Source | undefined {
  if (text.trim() === "") return undefined;
  const { runs } = JSON.parse(text) as RunsDocument;
  return {
    names: runs.map((run) => run.name),
    live: false,
    read: async (name) => runs.find((run) => run.name === name) as RunData,
    follow: () => () => {},
  };
}

/** The runs that the server behind this page lists, once there are any; `waiting` is called when there are none yet. */
export async function servedSource(waiting: () => void): Promise<Source> {
  const list = async () => (await fetchJson<{ names: string[] }>("api/runs")).names;
  let names = await list();
  if (names.length === 0) waiting();
  while (names.length === 0) {
    await new Promise((done) => setTimeout(done, PATIENCE));
    names = await list().catch(() => []);
  }
  return {
    names,
    live: true,
    read: (name) => fetchJson<RunData>(`api/run?name=${encodeURIComponent(name)}`),
    follow(run, told, connected) {
      const query = new URLSearchParams({ name: run.name, from: run.position ?? "" });
      const events = new EventSource(`api/events?${query}`);
      events.onopen = () => connected(true);
      events.onerror = () => connected(false);
      events.onmessage = (message) => told(JSON.parse(message.data) as RunEvent);
      return () => events.close();
    },
  };
}

/** The run after an event. */
export function withEvent(run: RunData, event: RunEvent): RunData {
  if (event.kind === "reset") return run;
  if ("value" in event) return { ...run, [event.kind]: event.value ?? undefined };
  return { ...run, [event.kind]: [...run[event.kind], event.line] };
}

async function fetchJson<Answer>(path: string): Promise<Answer> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}
