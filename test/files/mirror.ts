/** A small set of IDX files in a temporary folder, and a web server on this machine that gives them out, with faults. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { derive } from "../../src/base/rng.ts";
import { IDX_FILES, type IdxFile } from "../../src/files/data-files.ts";
import { idxBytes } from "../data/idx-bytes.ts";

/** 40 training and 10 test images of 28 x 28 random pixels: gzip cannot make them smaller. */
export function smallSet(seed: string): Record<IdxFile, Uint8Array> {
  const rng = derive(seed);
  const pixels = (count: number) => Uint8Array.from({ length: count * 784 }, () => rng.integer(256));
  const labels = (count: number) => Uint8Array.from({ length: count }, (_, index) => index % 10);
  return {
    "train-images-idx3-ubyte": idxBytes([40, 28, 28], pixels(40)),
    "train-labels-idx1-ubyte": idxBytes([40], labels(40)),
    "t10k-images-idx3-ubyte": idxBytes([10, 28, 28], pixels(10)),
    "t10k-labels-idx1-ubyte": idxBytes([10], labels(10)),
  };
}

/** The checksums of such a set. */
export function checksums(set: Record<IdxFile, Uint8Array>): Record<IdxFile, string> {
  const sums = IDX_FILES.map((file) => [file, createHash("sha256").update(set[file]).digest("hex")]);
  return Object.fromEntries(sums) as Record<IdxFile, string>;
}

/** Writes such a set into a folder. */
export function writeSet(folder: string, set: Record<IdxFile, Uint8Array>, form: "plain" | "gz" = "plain"): void {
  mkdirSync(folder, { recursive: true });
  for (const file of IDX_FILES) {
    if (form === "plain") writeFileSync(join(folder, file), set[file]);
    else writeFileSync(join(folder, `${file}.gz`), gzipSync(set[file]));
  }
}

/** A new temporary folder, and how to remove it. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "precocial-test-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** How a mirror misbehaves. */
export interface Faults {
  /** Answers every request with this status. */
  readonly status?: number;
  /** Cuts the connection after so many bytes of an answer, for the first `cuts` answers. */
  readonly cutAfter?: number;
  readonly cuts?: number;
  /** Ignores the Range header. */
  readonly noRange?: boolean;
  /** Answers 206 for another range than the one asked for. */
  readonly wrongRange?: boolean;
  /** Sends no Content-Length. */
  readonly noLength?: boolean;
  /** Takes the request and never answers. */
  readonly silent?: boolean;
}

/** A running mirror. */
export interface Mirror {
  readonly url: string;
  /** What was asked for: "file range". */
  readonly requests: string[];
  readonly close: () => Promise<void>;
}

/** Starts a mirror on 127.0.0.1 that gives the set's files compressed. */
export async function startMirror(set: Record<IdxFile, Uint8Array>, faults: Faults = {}): Promise<Mirror> {
  const requests: string[] = [];
  let cuts = 0;
  const server: Server = createServer((request, response) => {
    const file = (request.url ?? "").slice(1).replace(/\.gz$/, "") as IdxFile;
    requests.push(`${file} ${request.headers.range ?? "whole"}`);
    if (faults.silent) return;
    if (faults.status) return void response.writeHead(faults.status).end("no");
    const whole = gzipSync(set[file]);
    const asked = faults.noRange ? undefined : /^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1];
    if (asked !== undefined && Number(asked) >= whole.length) return void response.writeHead(416).end();
    const start = Math.max(Number(asked ?? 0) - (faults.wrongRange ? 1 : 0), 0);
    const body = whole.subarray(start);
    if (!faults.noLength) response.setHeader("content-length", body.length);
    if (asked !== undefined) response.setHeader("content-range", `bytes ${start}-${whole.length - 1}/${whole.length}`);
    response.writeHead(asked === undefined ? 200 : 206);
    if (faults.cutAfter !== undefined && body.length > faults.cutAfter && cuts < (faults.cuts ?? Infinity)) {
      cuts++;
      // The end of the connection waits for the bytes to be on their way.
      response.write(body.subarray(0, faults.cutAfter), () => setTimeout(() => response.destroy(), 200));
    } else {
      response.end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
