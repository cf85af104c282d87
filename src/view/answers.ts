/**
 * What the server of the page answers, by path.
 *
 *     GET /                       the page
 *     GET /api/runs               {"names": [...], "studies": [...], "champions": [...]}, newest first; the last are those of the
 *                                 names that stand for a champion alone
 *     GET /api/table-events       server-sent events: the table of all runs (run-table.ts), now and when it has changed
 *     GET /api/run?name=...       the run (document.ts), `position`: how far its files were read, and its `study`
 *     GET /api/network?name=...&generation=<n>  or  &connections=<n>    a past champion, or a network of the front, with
 *                                 its genome, which the run leaves out
 *     GET /api/study?name=...     the study (study-document.ts), with the names of its runs
 *     GET /api/events?name=...&from=<position>    server-sent events: {kind, line}, {kind, value} or {kind: "reset"},
 *                                 each with the position as its id, so that a reader that was cut off goes on there
 *     GET /api/study-events?name=...    server-sent events: the study whenever it has changed
 *     POST /api/notes {name, star?, tags?, note?}    keeps what is said of a run (run-notes.ts)
 *     POST /api/archive {names}   moves runs to the folder `archive` beside them
 */
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { checkUnlocked } from "../files/lock.ts";
import { firstIssue } from "../genome/codec.ts";
import { type Catalogue, findShown } from "./catalogue.ts";
import { isFile } from "./document.ts";
import { decodePosition, encodePosition, followRun, positionOf } from "./follow.ts";
import { followStudy } from "./follow-study.ts";
import { type NetworkChoice, readNetwork } from "./networks.ts";
import { readPage } from "./page.ts";
import type { RunDocuments } from "./run-documents.ts";
import { archiveRun } from "./run-manage.ts";
import { writeNotes } from "./run-notes.ts";
import { followTable, TableReader } from "./run-table.ts";
import { readStudyDocument } from "./study-document.ts";

/** What was asked. */
export interface Question {
  readonly parameters: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** What is to be done, as it was sent. */
export type Order = Readonly<Record<string, unknown>>;

/** What answers, by path. */
export interface Answers {
  readonly questions: ReadonlyMap<string, (question: Question) => Answer>;
  /** @throws UsageError if the order cannot be followed */
  readonly orders: ReadonlyMap<string, (order: Order) => Promise<Answer>>;
}

/** Sends an event of a stream; `id` is where a reader that was cut off goes on. */
export type Send = (event: unknown, id?: string) => void;

/** What is answered: a page, JSON, words that say what is wrong, or a stream of events until it is stopped. */
export type Answer =
  | { readonly html: string }
  | { readonly json: unknown }
  | { readonly status: number; readonly text: string }
  | { readonly stream: (send: Send) => () => void };

/** What answers come from. */
export interface Shelf {
  /** What there is to see now. */
  readonly catalogue: () => Catalogue;
  /** Milliseconds between looks at files that are followed. */
  readonly interval: number;
  readonly pick?: number;
  readonly documents: RunDocuments;
}

/** Makes what answers. */
export function createAnswers(shelf: Shelf): Answers {
  return { questions: createQuestions(shelf), orders: createOrders(shelf) };
}

function createQuestions({ catalogue, interval, pick, documents }: Shelf): Answers["questions"] {
  const table = new TableReader(catalogue);
  const ofRun =
    (give: (shown: { folder: string; study?: string; name: string }, question: Question) => Answer) =>
    (question: Question): Answer => {
      const name = question.parameters.get("name") ?? "";
      const shown = findShown(catalogue(), name);
      return shown === undefined ? unknown("run", catalogue().runs) : give({ ...shown, name }, question);
    };
  const ofStudy =
    (give: (folder: string, name: string) => Answer) =>
    ({ parameters }: Question): Answer => {
      const name = parameters.get("name") ?? "";
      const folder = catalogue().studies.get(name);
      return folder === undefined ? unknown("study", catalogue().studies) : give(folder, name);
    };
  return new Map<string, (question: Question) => Answer>([
    ["/", () => ({ html: readPage() })],
    [
      "/api/runs",
      () => {
        const { runs, studies } = catalogue();
        const champions = [...runs].filter(([, path]) => isFile(path)).map(([name]) => name);
        return { json: { names: [...runs.keys()], studies: [...studies.keys()], champions } };
      },
    ],
    ["/api/table-events", () => ({ stream: (send) => followTable(table, interval, send) })],
    [
      "/api/run",
      ofRun(({ folder, study, name }) => {
        // A network is picked of the folders that were named, not of the runs of a study.
        const { document, position } = documents.read(folder, study === undefined ? pick : undefined);
        return { json: { ...document, name, study, position: encodePosition(position) } };
      }),
    ],
    [
      "/api/network",
      ofRun(({ folder }, { parameters }) => {
        try {
          return { json: readNetwork(folder, choiceOf(parameters), documents.champions(folder)) };
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
          return { status: 404, text: error.message };
        }
      }),
    ],
    [
      "/api/events",
      ofRun(({ folder }, { headers, parameters }) => {
        const from = headers["last-event-id"] ?? parameters.get("from");
        const position = decodePosition(typeof from === "string" ? from : undefined) ?? positionOf(folder);
        return {
          stream: (send) => followRun(folder, position, interval, (event, at) => send(event, encodePosition(at))),
        };
      }),
    ],
    ["/api/study", ofStudy((folder, name) => ({ json: readStudyDocument(folder, name) }))],
    ["/api/study-events", ofStudy((folder, name) => ({ stream: (send) => followStudy(folder, name, interval, send) }))],
  ]);
}

const notesOrder = z.looseObject({ name: z.string() });
const archiveOrder = z.strictObject({ names: z.array(z.string()).min(1) });

function createOrders({ catalogue }: Shelf): Answers["orders"] {
  const folderOf = (name: string) => {
    const { folder } = findShown(catalogue(), name) ?? {};
    if (folder === undefined) throw new UsageError(`There is no run of the name ${name}.`);
    return folder;
  };
  return new Map<string, (order: Order) => Promise<Answer>>([
    [
      "/api/notes",
      async (order) => {
        const { name, ...change } = checkOrder(notesOrder, order);
        return { json: writeNotes(folderOf(name), change) };
      },
    ],
    [
      "/api/archive",
      async (order) => {
        const { names } = checkOrder(archiveOrder, order);
        const listed = catalogue().runs;
        const other = names.find((name) => !listed.has(name));
        if (other !== undefined) throw new UsageError(`Expected runs of the list to archive, got ${other}.`);
        const folders = names.map(folderOf);
        // All or none.
        for (const folder of folders) checkUnlocked(folder);
        const moved: string[] = [];
        for (const folder of folders) moved.push(await archiveRun(folder));
        return { json: { moved } };
      },
    ],
  ]);
}

function checkOrder<Content>(schema: z.ZodType<Content>, order: Order): Content {
  const parsed = schema.safeParse(order);
  if (parsed.success) return parsed.data;
  throw new UsageError(`Expected another order: ${firstIssue(parsed.error)}`);
}

/** @throws UsageError if no network is named */
function choiceOf(parameters: URLSearchParams): NetworkChoice {
  for (const kind of ["generation", "connections"] as const) {
    const number = parameters.get(kind);
    if (number !== null && /^\d{1,9}$/.test(number)) return { [kind]: Number(number) } as unknown as NetworkChoice;
  }
  throw new UsageError("Expected a network by &generation=<number> or &connections=<number>, got neither.");
}

function unknown(kind: string, known: ReadonlyMap<string, string>): Answer {
  return { status: 404, text: `There is no ${kind} of that name. Known: ${[...known.keys()].join(", ")}.` };
}
