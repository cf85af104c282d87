/** The address of a cluster: a Redis by its URL, its password from the environment, and connections to it. */
import type { Redis, RedisOptions } from "ioredis";
import { UsageError } from "../base/errors.ts";

/** Where a Redis is. Holds no password, so that it may be shown anywhere. */
export interface ClusterAddress {
  readonly host: string;
  readonly port: number;
  /** Of the numbered databases of that Redis, from 0. */
  readonly database: number;
  readonly username?: string;
  readonly isEncrypted: boolean;
  /** As a URL. */
  readonly text: string;
}

/** The environment variable that holds the password. */
export const PASSWORD = "PRECOCIAL_REDIS_PASSWORD";
const DEFAULT_PORT = 6379;
/** Milliseconds: until a connection counts as failed, and without an answer to a command until one counts as gone. */
const CONNECTING = 5_000;
const SILENT = 8_000;
/** Milliseconds between attempts to connect again, at most. */
const LONGEST_PAUSE = 1_000;
/** LPOP takes a count since this version. */
const OLDEST = [6, 2];

/**
 * Reads `redis://host:6379`, or `rediss://` with TLS; after the host a database, `/1`, before it a user, `user@`.
 *
 * @throws UsageError if it is no such URL, or holds a password, which is then not repeated
 */
export function parseAddress(text: string): ClusterAddress {
  let url: URL | undefined;
  try {
    url = new URL(text);
  } catch {
    // Said below.
  }
  if (url !== undefined && url.password !== "") {
    throw new UsageError(
      `Expected the address of Redis without a password, which others could read in the list of processes: give it in the environment variable ${PASSWORD}.`,
    );
  }
  const database = url === undefined ? Number.NaN : Number(url.pathname.slice(1));
  const isRedis = url?.protocol === "redis:" || url?.protocol === "rediss:";
  if (url === undefined || !isRedis || url.hostname === "" || !Number.isInteger(database)) {
    throw new UsageError(
      `Expected the address of Redis as redis://host:${DEFAULT_PORT}, or rediss:// with TLS, got ${JSON.stringify(text)}.`,
    );
  }
  const port = url.port === "" ? DEFAULT_PORT : Number(url.port);
  const username = url.username === "" ? undefined : decodeURIComponent(url.username);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port,
    database,
    username,
    isEncrypted: url.protocol === "rediss:",
    text: `${url.protocol}//${username === undefined ? "" : `${url.username}@`}${url.hostname}:${port}${database === 0 ? "" : `/${database}`}`,
  };
}

/**
 * Connects; from then on a lost connection is made again for as long as it takes, and commands wait for that.
 *
 * @param onError told of every error of the connection, which is no reason to end
 * @throws UsageError if there is no Redis that lets us in, or it is too old
 */
export async function connect(address: ClusterAddress, onError: (error: Error) => void = () => {}): Promise<Redis> {
  const { Redis } = await import("ioredis");
  const redis = new Redis(connectionOptions(address));
  let last: Error | undefined;
  redis.on("error", (error: Error) => {
    last = error;
    onError(error);
  });
  try {
    await redis.connect();
    const [, version = ""] = /redis_version:(\S+)/.exec(await redis.info("server")) ?? [];
    checkVersion(address, version);
    return redis;
  } catch (error) {
    redis.disconnect();
    if (error instanceof UsageError) throw error;
    throw refusal(address, last ?? (error as Error));
  }
}

function connectionOptions({ host, port, database, username, isEncrypted }: ClusterAddress): RedisOptions {
  const password = process.env[PASSWORD];
  return {
    host,
    port,
    db: database,
    username,
    password: password === "" ? undefined : password,
    // Authorities besides those that Node knows it takes from NODE_EXTRA_CA_CERTS by itself.
    tls: isEncrypted ? {} : undefined,
    lazyConnect: true,
    connectTimeout: CONNECTING,
    socketTimeout: SILENT,
    // As BullMQ wants it: commands wait for as long as there is no connection.
    maxRetriesPerRequest: null,
    retryStrategy: (attempt) => Math.min(100 * attempt, LONGEST_PAUSE),
  };
}

/** @throws UsageError if it is older than needed; what is no Redis by name, such as Valkey, says a version of Redis too */
export function checkVersion({ text }: Pick<ClusterAddress, "text">, version: string): void {
  const [major, minor] = version.split(".").map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new UsageError(`Expected Redis ${OLDEST.join(".")} or later at ${text}, got ${version || "none"}: update it.`);
}

/** What is wrong with a connection, and what to do. Errors of Redis never repeat a password. */
function refusal({ text, isEncrypted }: ClusterAddress, error: Error): UsageError {
  const { code = "" } = error as NodeJS.ErrnoException;
  const why = `Could not use Redis at ${text}: `;
  const because = { cause: error };
  if (/NOAUTH|WRONGPASS|NOPERM/.test(error.message)) {
    return new UsageError(`${why}it wants another password: give it in the environment variable ${PASSWORD}.`, because);
  }
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME|SSL|EPROTO/.test(code)) {
    const remedy = "name the file of the authority that signed it in NODE_EXTRA_CA_CERTS";
    return new UsageError(`${why}its certificate is not one to trust (${code}): ${remedy}.`, because);
  }
  if (code === "ECONNREFUSED")
    return new UsageError(`${why}nothing listens there: start it, or mend the address.`, because);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return new UsageError(`${why}there is no host of that name: mend the address.`, because);
  }
  const hint = isEncrypted ? "does it speak TLS on that port?" : "does it speak TLS alone? Then say rediss://.";
  return new UsageError(`${why}${error.message || code}; ${hint}`, because);
}
