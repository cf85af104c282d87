/**
 * Jobs and answers as bytes, and back with every length, range and index checked: what comes out of Redis may be anybody's.
 *
 *     uint32 length of the header | header, JSON in UTF-8 | arrays one after the other, little-endian
 *
 * compressed with DEFLATE: related programs repeat each other, so that this is a fifth of their size (docs/cluster.md).
 */
import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { type Answer, type Job, splitPrograms } from "../evaluation/job.ts";
import { type PopulationTrial, weightCountOf } from "../evaluation/trial.ts";
import { checkProgram } from "../network/check-program.ts";

/** What came of a job, with what it cost; or that whoever worked on it was lost, in words. */
export type Reply = { readonly job: string; readonly seconds: number } & (Answer | { readonly lost: string });

/** No job and no answer is larger than this when unpacked, in bytes. */
const MOST_BYTES = 2 ** 28;
/** Of the nine levels of DEFLATE the quickest: the others are a tenth smaller and take three times as long. */
const LEVEL = { level: constants.Z_BEST_SPEED };

const JOB = z.strictObject({
  words: z.int().min(0),
  related: z.boolean(),
  indices: z.array(z.int().min(0)),
  firstWeight: z.int().min(0),
  weights: z.strictObject({
    kind: z.enum(["shared", "individual", "own"]),
    length: z.int().min(0),
    count: z.int().min(0),
  }),
  episodes: z.array(z.string()),
  starts: z.array(z.string()).optional(),
  split: z.enum(["train", "validation", "test"]),
  pairing: z.enum(["all", "each"]),
  measure: z.string().optional(),
  behaviour: z.boolean().optional(),
});

const REPLY = z.strictObject({
  job: z.string(),
  seconds: z.number().min(0),
  error: z.string().optional(),
  usage: z.boolean().optional(),
  lost: z.string().optional(),
  scores: z.int().min(0).optional(),
  steps: z.number().min(0).optional(),
  /** Bytes of each behaviour; null where a program has none. */
  behaviours: z.array(z.int().min(0).nullable()).optional(),
});

/** A job as bytes. */
export function packJob({ programs, related, indices, firstWeight, trial }: Job): Buffer {
  const { weights, ...rest } = trial;
  const values = weights.kind === "shared" ? weights.values : weights.sets;
  const header: z.input<typeof JOB> = {
    ...rest,
    episodes: [...trial.episodes],
    starts: trial.starts && [...trial.starts],
    words: programs.length,
    related,
    indices: [...indices],
    firstWeight,
    weights: { kind: weights.kind, length: values.length, count: weights.kind === "shared" ? 0 : weights.count },
  };
  return pack(header, [programs, values]);
}

/** The job of `packJob`. @throws UsageError if it is none that could be scored */
export function unpackJob(bytes: Uint8Array): Job {
  const { header, take, end } = unpack(bytes, JOB, "a job");
  const { words, related, indices, firstWeight, weights, ...rest } = header;
  const programs = new Int32Array(take(words * 4));
  const values = new Float32Array(take(weights.length * 4));
  end();
  let count = 0;
  for (const program of splitPrograms(programs)) {
    checkProgram(program);
    count++;
  }
  if (count !== indices.length) throw damaged("a job", `${indices.length} programs, got ${count}`);
  const trial: PopulationTrial = {
    ...rest,
    weights:
      weights.kind === "shared"
        ? { kind: "shared", values }
        : { kind: weights.kind, sets: values, count: weights.count },
  };
  return { programs, related, indices, firstWeight, trial };
}

/** An answer as bytes. */
export function packReply(reply: Reply): Buffer {
  if (!("scores" in reply)) return pack(reply, []);
  const { scores, behaviours, ...rest } = reply;
  const lengths = behaviours?.map((behaviour) => behaviour?.length ?? null);
  return pack({ ...rest, scores: scores.length, behaviours: lengths }, [scores, ...(behaviours ?? [])]);
}

/** The answer of `packReply`. @throws UsageError if it is none */
export function unpackReply(bytes: Uint8Array): Reply {
  const { header, take, end } = unpack(bytes, REPLY, "an answer");
  const { job, seconds, error, usage = false, lost, scores, steps, behaviours } = header;
  if (lost !== undefined) return { job, seconds, lost };
  if (error !== undefined) return { job, seconds, error, usage };
  if (scores === undefined || steps === undefined) throw damaged("an answer", "scores and steps, got none");
  const values = new Float64Array(take(scores * 8));
  const told = behaviours?.map((length) => (length === null ? undefined : new Uint8Array(take(length))));
  end();
  return { job, seconds, scores: values, steps, ...(told && { behaviours: told }) };
}

/** Scores that the answer to a job has. */
export function scoresOf({ indices, trial }: Pick<Job, "indices" | "trial">): number {
  return indices.length * weightCountOf(trial) * (trial.pairing === "each" ? 1 : trial.episodes.length);
}

function pack(header: object, arrays: readonly (ArrayBufferView | undefined)[]): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const parts = arrays.flatMap((array) =>
    array === undefined ? [] : [Buffer.from(array.buffer, array.byteOffset, array.byteLength)],
  );
  return deflateRawSync(Buffer.concat([length, json, ...parts]), LEVEL);
}

interface Unpacked<Header> {
  readonly header: Header;
  /** The next bytes, copied, so that they begin where an array may. */
  take(length: number): ArrayBuffer;
  /** @throws UsageError unless all were taken */
  end(): void;
}

function unpack<Schema extends z.ZodObject>(
  bytes: Uint8Array,
  schema: Schema,
  what: string,
): Unpacked<z.infer<Schema>> {
  let plain: Buffer;
  let json: unknown;
  let at: number;
  try {
    plain = inflateRawSync(bytes, { maxOutputLength: MOST_BYTES });
    at = 4 + plain.readUInt32LE();
    json = JSON.parse(plain.subarray(4, at).toString());
  } catch (error) {
    throw damaged(what, `bytes of Precocial, got others (${(error as Error).message})`);
  }
  const { data: header, error } = schema.safeParse(json);
  if (error !== undefined) {
    const [{ path, message }] = error.issues;
    throw damaged(what, `its header whole: ${path.join(".")}: ${message}`);
  }
  return {
    header,
    take(length) {
      if (at + length > plain.length) throw damaged(what, `${at + length} bytes, got ${plain.length}`);
      const part = new Uint8Array(length);
      part.set(plain.subarray(at, at + length));
      at += length;
      return part.buffer;
    },
    end() {
      if (at !== plain.length) throw damaged(what, `${at} bytes, got ${plain.length}`);
    },
  };
}

function damaged(what: string, words: string): UsageError {
  return new UsageError(`Expected ${what} in ${words}.`);
}
