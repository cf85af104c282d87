/**
 * The server behind `precocial view`: the page, runs and studies, and what happens to them while they are watched.
 *
 * It listens on 127.0.0.1 only, answers only to names of this machine (a page elsewhere whose name is made to point
 * here is refused), reads only runs and studies it listed itself, and answers no method but GET and HEAD.
 *
 *     GET /                       the page
 *     GET /api/runs               {"names": [...], "studies": [...]}, newest first
 *     GET /api/run?name=...       the run (document.ts), `position`: how far its files were read, and its `study`
 *     GET /api/study?name=...     the study (study-document.ts), with the names of its runs
 *     GET /api/events?name=...&from=<position>    server-sent events: {kind, line}, {kind, value} or {kind: "reset"},
 *                                 each with the position as its id, so that a reader that was cut off goes on there
 *     GET /api/study-events?name=...    server-sent events: the study whenever it has changed
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { checkInteger } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { isStudyFolder } from "../study/folder.ts";
import { type Catalogue, catalogueOf, findShown } from "./catalogue.ts";
import { readRunDocument } from "./document.ts";
import { decodePosition, encodePosition, followRun, positionOf } from "./follow.ts";
import { followStudy } from "./follow-study.ts";
import { readPage } from "./page.ts";
import { readStudyDocument } from "./study-document.ts";

/** What to serve. */
export interface ViewOptions {
  /**
   * Run folders, a champion.json each, or study folders, first one shown first. None: all runs below `parent` and all
   * studies below `studies`, as they come.
   */
  readonly folders?: readonly string[];
  /** Folder of run folders. Default `runs`. */
  readonly parent?: string;
  /** Connections of the network that is shown of each of the folders in place of its champion, at most. */
  readonly pick?: number;
  /** Folder of study folders. Default `studies`. */
  readonly studies?: string;
  /** 0, the default, takes a free port. */
  readonly port?: number;
  /** Milliseconds between looks at the files of a run that is watched. Default 500. */
  readonly interval?: number;
}

/** A server that runs. */
export interface View {
  /** `http://127.0.0.1:<port>/` */
  readonly url: string;
  readonly port: number;
  /** Ends every connection. */
  close(): Promise<void>;
}

const ADDRESS = "127.0.0.1";
const HOSTS = [ADDRESS, "localhost", "[::1]"];
const HEADERS = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/**
 * Starts serving.
 *
 * @throws UsageError if there is neither a run folder nor a champion.json at one of the paths, no network to pick, or
 *         the port is taken
 */
export async function startView(options: ViewOptions = {}): Promise<View> {
  const { folders = [], parent = "runs", studies = "studies", interval = 500, pick } = options;
  const port = checkInteger("the port", options.port ?? 0, 0, 65535);
  if (pick !== undefined && folders.length === 0) {
    throw new UsageError("Expected run folders to --pick networks from, got none: name them.");
  }
  for (const folder of folders) if (!isStudyFolder(folder)) readRunDocument(folder, pick);
  const catalogue = () => catalogueOf({ folders, parent, studies });
  catalogue();
  const watched = new Set<() => void>();
  const server = createServer((request, response) => {
    try {
      answer(request, response, { catalogue, interval, watched, pick });
    } catch (error) {
      if (response.headersSent) response.end();
      else send(response, 500, "text/plain", error instanceof Error ? error.message : String(error));
    }
  });
  const bound = await listen(server, port);
  return {
    url: `http://${ADDRESS}:${bound}/`,
    port: bound,
    close: () =>
      new Promise((done) => {
        for (const stop of watched) stop();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** What the answers need. */
interface Context {
  readonly catalogue: () => Catalogue;
  readonly interval: number;
  readonly watched: Set<() => void>;
  readonly pick?: number;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { catalogue, interval, watched, pick }: Context,
): void {
  if (!isOwnName(request.headers.host)) {
    send(response, 403, "text/plain", "This server answers only to 127.0.0.1 and localhost.");
    return;
  }
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    send(response, 405, "text/plain", "This server only reads: use GET.");
    return;
  }
  const [path, query = ""] = (request.url ?? "/").split("?", 2);
  const parameters = new URLSearchParams(query);
  if (path === "/") {
    send(response, 200, "text/html", readPage());
  } else if (path === "/api/runs") {
    const { runs, studies } = catalogue();
    sendJson(response, { names: [...runs.keys()], studies: [...studies.keys()] });
  } else if (path === "/api/run" || path === "/api/events") {
    const name = parameters.get("name") ?? "";
    const shown = findShown(catalogue(), name);
    if (shown === undefined) {
      sendUnknown(response, "run", catalogue().runs);
    } else if (path === "/api/run") {
      const { folder, study } = shown;
      const position = positionOf(folder);
      // A network is picked of the folders that were named, not of the runs of a study.
      const picked = study === undefined ? pick : undefined;
      // What is written from here on is told by events.
      const document = readRunDocument(folder, picked, position);
      sendJson(response, { ...document, name, study, position: encodePosition(position) });
    } else {
      const from = request.headers["last-event-id"] ?? parameters.get("from");
      const position = decodePosition(typeof from === "string" ? from : undefined) ?? positionOf(shown.folder);
      stream(request, response, watched, (send) =>
        followRun(shown.folder, position, interval, (event, at) => send(event, encodePosition(at))),
      );
    }
  } else if (path === "/api/study" || path === "/api/study-events") {
    const name = parameters.get("name") ?? "";
    const folder = catalogue().studies.get(name);
    if (folder === undefined) sendUnknown(response, "study", catalogue().studies);
    else if (path === "/api/study") sendJson(response, readStudyDocument(folder, name));
    else stream(request, response, watched, (send) => followStudy(folder, name, interval, send));
  } else {
    send(response, 404, "text/plain", "There is nothing here: the page is at /.");
  }
}

/** Sends events until the reader goes away. @param follow begins to tell what happens, and returns how to stop */
function stream(
  request: IncomingMessage,
  response: ServerResponse,
  watched: Set<() => void>,
  follow: (send: (event: unknown, id?: string) => void) => () => void,
): void {
  if (request.method === "HEAD") {
    send(response, 200, "text/event-stream", "");
    return;
  }
  response.writeHead(200, { ...HEADERS, "Content-Type": "text/event-stream; charset=utf-8" });
  response.write("retry: 1000\n\n");
  const stopFollowing = follow((event, id) => {
    response.write(`${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(event)}\n\n`);
  });
  const stop = () => {
    stopFollowing();
    watched.delete(stop);
    response.end();
  };
  watched.add(stop);
  response.on("close", stop);
}

function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 200, "application/json", JSON.stringify(value));
}

function sendUnknown(response: ServerResponse, kind: string, known: ReadonlyMap<string, string>): void {
  send(response, 404, "text/plain", `There is no ${kind} of that name. Known: ${[...known.keys()].join(", ")}.`);
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    ...HEADERS,
    "Content-Type": `${type}; charset=utf-8`,
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

/** Whether a Host header names this machine, with any port: a name that was made to point here does not. */
function isOwnName(host: string | undefined): boolean {
  return HOSTS.includes((host ?? "").toLowerCase().replace(/:\d+$/, ""));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, refuse) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is taken: choose another with --port, or leave it out for a free one.`;
      const denied = `Port ${port} needs more rights: choose one above 1023 with --port, or leave it out for a free one.`;
      refuse(
        error.code === "EADDRINUSE" ? new UsageError(taken) : error.code === "EACCES" ? new UsageError(denied) : error,
      );
    });
    server.listen(port, ADDRESS, () => done((server.address() as AddressInfo).port));
  });
}
