/** The server of `precocial view`: what it answers, what it refuses, and how it follows a run. */
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startView, type View } from "../../src/view/server.ts";
import { makeRun, writeRun } from "../fixtures/run.ts";

let parent = "";
let view: View;
beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), "precocial-view-"));
  writeRun(parent, makeRun(3, "one"));
  writeRun(parent, makeRun(2, "two"));
  view = await startView({ parent, studies: join(parent, "none"), interval: 20 });
});
afterEach(async () => {
  await view.close();
  rmSync(parent, { recursive: true, force: true });
});

/** Asks with any headers and path, as a browser would not. */
function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  return new Promise<{ status: number; body: string; headers: IncomingMessage["headers"] }>((done, fail) => {
    const asked = request({ host: "127.0.0.1", port: view.port, path, ...options }, (answer) => {
      let body = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        body += part;
      });
      answer.on("end", () => done({ status: answer.statusCode ?? 0, body, headers: answer.headers }));
    });
    asked.on("error", fail);
    asked.end();
  });
}

/** Reads events until there are `count`. */
function listen(path: string, count: number, headers: Record<string, string> = {}) {
  return new Promise<{ id: string; event: { kind: string; line?: unknown; value?: unknown } }[]>((done, fail) => {
    const asked = request({ host: "127.0.0.1", port: view.port, path, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        text += part;
        const events = [...text.matchAll(/id: (.*)\ndata: (.*)\n\n/g)];
        if (events.length < count) return;
        asked.destroy();
        done(events.map(([, id, data]) => ({ id, event: JSON.parse(data) })));
      });
    });
    asked.on("error", (error) => (asked.destroyed ? undefined : fail(error)));
    asked.end();
  });
}

describe("answers", () => {
  it("serves the page, the runs and one run", async () => {
    expect((await ask("/")).body).toContain("precocial-data");
    expect(JSON.parse((await ask("/api/runs")).body)).toEqual({ names: ["two", "one"], studies: [], champions: [] });
    expect(JSON.parse((await ask("/api/run?name=one")).body)).toMatchObject({ name: "one", problems: [] });
  });

  it("lists a run that came after the start", async () => {
    writeRun(parent, makeRun(1, "zero"));
    expect(JSON.parse((await ask("/api/runs")).body).names).toContain("zero");
  });

  it("names runs of the same name by their paths", async () => {
    const other = mkdtempSync(join(tmpdir(), "precocial-view-"));
    const folders = [join(parent, "one"), writeRun(other, makeRun(1, "one"))];
    const second = await startView({ folders });
    const { names } = (await (await fetch(`${second.url}api/runs`)).json()) as { names: string[] };
    await second.close();
    rmSync(other, { recursive: true });
    expect(names).toEqual(folders);
  });

  it("HEAD has the headers and no body", async () => {
    const answer = await ask("/", { method: "HEAD" });
    expect(answer.status).toBe(200);
    expect(answer.body).toBe("");
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
  });
});

describe("refusals", () => {
  it.each(["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example:1"])(
    "the host name %j is refused",
    async (host) => {
      const answer = await ask("/api/runs", { headers: { Host: host } });
      expect(answer.status).toBe(403);
      expect(answer.body).toBe("This server answers only to 127.0.0.1 and localhost.");
    },
  );

  it.each(["localhost", "127.0.0.1:9", "LOCALHOST:1234", "[::1]:80"])(
    "the host name %j is this machine's",
    async (host) => {
      expect((await ask("/api/runs", { headers: { Host: host } })).status).toBe(200);
    },
  );

  it.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("%s is refused", async (method) => {
    const answer = await ask("/api/runs", { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe("GET, HEAD");
  });

  it.each(["../one", "..", ".", "/etc", "one/../two", "%2e%2e", ""])("the run %j is not there", async (name) => {
    const answer = await ask(`/api/run?name=${encodeURIComponent(name)}`);
    expect(answer.status).toBe(404);
    expect(answer.body).toBe("There is no run of that name. Known: two, one.");
  });

  it.each(["/one/config.json", "/../package.json", "/..%2f..%2fetc/passwd", "//evil.example/", "/api"])(
    "the path %s is not there",
    async (path) => {
      expect((await ask(path)).status).toBe(404);
    },
  );

  it("a port that is taken is told with the remedy", async () => {
    await expect(startView({ parent, port: view.port })).rejects.toThrow(
      `Port ${view.port} is taken: choose another with --port, or leave it out for a free one.`,
    );
  });

  it("a folder that is no run is told at the start", async () => {
    await expect(startView({ folders: [parent] })).rejects.toThrow(
      `Expected a run folder or a champion.json, but ${parent} holds no`,
    );
  });

  it("a port out of range is told", async () => {
    await expect(startView({ parent, port: 70000 })).rejects.toThrow(
      "Expected the port to be an integer from 0 to 65535, got 70000.",
    );
  });
});

describe("following", () => {
  it("tells meta, champion and status first, then each whole new line", async () => {
    const { position } = JSON.parse((await ask("/api/run?name=two")).body);
    const file = join(parent, "two", "generations.jsonl");
    const events = listen(`/api/events?name=two&from=${position}`, 5);
    appendFileSync(file, '{"generation":2}\n{"gener');
    setTimeout(() => appendFileSync(file, 'ation":3}\n'), 100);
    const told = await events;
    const kinds = told.map(({ event }) => event.kind);
    expect(kinds.sort()).toEqual(["champion", "generations", "generations", "meta", "status"]);
    expect(told.filter(({ event }) => event.kind === "generations").map(({ event }) => event.line)).toEqual([
      { generation: 2 },
      { generation: 3 },
    ]);
  });

  it("goes on where a reader was cut off", async () => {
    const headers = { "Last-Event-ID": "0-0-0-0" };
    const told = await listen("/api/events?name=two", 4, headers);
    expect(told[0].event).toMatchObject({ kind: "generations", line: { generation: 0 } });
    expect(told[1].event).toMatchObject({ kind: "generations", line: { generation: 1 } });
  });

  it("tells when lines were taken back", async () => {
    const { position } = JSON.parse((await ask("/api/run?name=two")).body);
    truncateSync(join(parent, "two", "generations.jsonl"), 0);
    const [{ event }] = await listen(`/api/events?name=two&from=${position}`, 1);
    expect(event).toEqual({ kind: "reset" });
  });

  it("tells what a run has come to when it is there, and when it goes", async () => {
    const file = join(parent, "two", "evaluation.json");
    const events = listen("/api/events?name=two", 5);
    await ask("/");
    setTimeout(() => writeFileSync(file, '{"size":9}'), 100);
    setTimeout(() => rmSync(file), 300);
    const told = await events;
    expect(told.slice(3).map(({ event }) => event)).toEqual([
      { kind: "evaluation", value: { size: 9 } },
      { kind: "evaluation", value: null },
    ]);
  });

  it("tells that a run has stopped", async () => {
    const events = listen("/api/events?name=two", 5);
    await ask("/");
    setTimeout(() => writeFileSync(join(parent, "two", "meta.json"), '{"status":"stopped"}'), 100);
    const told = await events;
    expect(told.slice(2).map(({ event }) => event)).toEqual([
      { kind: "status", value: "finished" },
      { kind: "meta", value: { status: "stopped" } },
      { kind: "status", value: "stopped" },
    ]);
  });
});
