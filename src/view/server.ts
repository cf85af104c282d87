/**
 * The server behind `precocial view`: the page, runs and studies, and what happens to them while they are watched.
 *
 * It listens on 127.0.0.1 only, answers only to names of this machine (a page elsewhere whose name is made to point
 * here is refused), reads only runs and studies it listed itself, and answers no method but GET and HEAD, and POST from its
 * own page (answers.ts).
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { checkInteger } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { type ClusterWatch, watchCluster } from "../cluster/list.ts";
import { pickNetwork } from "../formats/front.ts";
import { readFront } from "../run/folder.ts";
import { isStudyFolder } from "../study/folder.ts";
import { type Answer, type Answers, createAnswers, type Order, type Send } from "./answers.ts";
import { catalogueOf } from "./catalogue.ts";
import { checkShown } from "./document.ts";
import { RunDocuments } from "./run-documents.ts";

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
  /** A cluster whose workers are shown, by the address of its Redis. */
  readonly cluster?: string;
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
/** Who is there of the cluster that is watched: {"workers": [...], "senders": [...]} (cluster/list.ts); null if none is. */
const CLUSTER = "/api/cluster";
const LONGEST_ORDER = 100_000;
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
  for (const folder of folders) {
    if (isStudyFolder(folder)) continue;
    checkShown(folder);
    if (pick !== undefined) pickNetwork(readFront(folder), pick);
  }
  const catalogue = () => catalogueOf({ folders, parent, studies });
  catalogue();
  const watched = new Set<() => void>();
  const cluster = options.cluster === undefined ? undefined : await watchCluster(options.cluster);
  const documents = new RunDocuments();
  const answers = createAnswers({ catalogue, interval, pick, documents });
  const server = createServer((request, response) => {
    try {
      respond(request, response, { answers, watched, cluster });
    } catch (error) {
      if (response.headersSent) response.end();
      else send(response, 500, "text/plain", error instanceof Error ? error.message : String(error));
    }
  });
  const bound = await listen(server, port).catch((error) => {
    cluster?.close();
    throw error;
  });
  const [only] = folders;
  if (folders.length === 1 && !isStudyFolder(only)) setImmediate(() => readAhead(documents, only, pick));
  return {
    url: `http://${ADDRESS}:${bound}/`,
    port: bound,
    close: () =>
      new Promise((done) => {
        for (const stop of watched) stop();
        cluster?.close();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Reads the run that the page asks for first while the browser starts. */
function readAhead(documents: RunDocuments, folder: string, pick?: number): void {
  try {
    documents.read(folder, pick);
  } catch {
    // The page is told when it asks.
  }
}

/** How a question is answered. */
interface Context {
  readonly answers: Answers;
  readonly watched: Set<() => void>;
  readonly cluster: ClusterWatch | undefined;
}

function respond(request: IncomingMessage, response: ServerResponse, { answers, watched, cluster }: Context): void {
  if (!isOwnName(request.headers.host)) {
    send(response, 403, "text/plain", "This server answers only to 127.0.0.1 and localhost.");
    return;
  }
  const [path, query = ""] = (request.url ?? "/").split("?", 2);
  const give = (answer: Answer | undefined) => {
    if (answer === undefined) send(response, 404, "text/plain", "There is nothing here: the page is at /.");
    else if ("html" in answer) send(response, 200, "text/html", answer.html);
    else if ("json" in answer) send(response, 200, "application/json", JSON.stringify(answer.json));
    else if ("text" in answer) send(response, answer.status, "text/plain", answer.text);
    else stream(request, response, watched, answer.stream);
  };
  const order = answers.orders.get(path);
  if (order !== undefined) {
    void follow(request, order).then(give, (error: Error) => send(response, 500, "text/plain", error.message));
  } else if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    send(response, 405, "text/plain", "This address is only read: use GET.");
  } else if (path === CLUSTER) {
    const away = (error: Error) => give({ status: 503, text: error.message });
    void Promise.resolve(cluster?.look() ?? null).then((there) => give({ json: there }), away);
  } else {
    give(answers.questions.get(path)?.({ parameters: new URLSearchParams(query), headers: request.headers }));
  }
}

/** Follows an order of the page; whatever else sends one is refused. */
async function follow(request: IncomingMessage, order: (content: Order) => Promise<Answer>): Promise<Answer> {
  const { origin, host } = request.headers;
  if (request.method !== "POST" || origin !== `http://${host}`) {
    return { status: 403, text: "This server takes orders from its own page only." };
  }
  try {
    return await order(await readOrder(request));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { status: 400, text: error.message };
  }
}

/** @throws UsageError if it is too long, or no JSON object */
async function readOrder(request: IncomingMessage): Promise<Order> {
  let text = "";
  for await (const part of request.setEncoding("utf8")) {
    text += part;
    if (text.length > LONGEST_ORDER) throw new UsageError(`Expected an order of at most ${LONGEST_ORDER} letters.`);
  }
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === "object" && content !== null) return content as Order;
  } catch {
    // Said below, as of other JSON than an object.
  }
  throw new UsageError("Expected an order as a JSON object, got something else.");
}

/** Sends events until the reader goes away. @param follow begins to tell what happens, and returns how to stop */
function stream(
  request: IncomingMessage,
  response: ServerResponse,
  watched: Set<() => void>,
  follow: (send: Send) => () => void,
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
