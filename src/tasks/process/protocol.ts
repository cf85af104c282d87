/**
 * What a task and the process that plays it say to each other: frames over pipes, little endian, described in
 * docs/process-protocol.md. The other side is precocial_env.py, or a program of one's own in any language.
 */
import { show } from "../../base/check.ts";
import { reasonOf, UsageError } from "../../base/errors.ts";

/** The version of the protocol. */
export const PROTOCOL = 1;

/** What stands before the first frame of a process, so that whatever was printed before is not taken for one. */
export const MAGIC = "\nprecocial-env\r\n\x1a\n";

/** What a frame is; of the task's there is one kind only. */
export const KINDS = { play: 1, hello: 16, answer: 17, progress: 18, fault: 19 } as const;

/** Bytes of a frame before its payload: the length of the payload and the kind, 32 bits each. */
export const HEADER_BYTES = 8;

/** What came in a frame. */
export interface Frame {
  readonly kind: number;
  /** Begins at a multiple of 8 bytes of its buffer; good until the next request. */
  readonly payload: Uint8Array<ArrayBuffer>;
}

/** The beginning of an episode. */
export interface Start {
  /** A place for an episode at the process, from 0. */
  readonly seat: number;
  /** From 0 to 2^31 - 1. */
  readonly seed: number;
}

/**
 * What is to be played: some episodes begin, others go on by a step. Each of them is a lane of the request, those that
 * begin first.
 */
export interface PlayRequest {
  readonly frame: Uint8Array<ArrayBuffer>;
  readonly starts: number;
  readonly steps: number;
  /** To be filled: the seats of the episodes that go on, */
  readonly seats: Uint32Array;
  /** and an action for each of them: the number of a discrete one, else one single per output. */
  readonly actions: Uint32Array | Float32Array;
}

/** What became of it. */
export interface PlayAnswer {
  /** Of the episodes that went on. */
  readonly rewards: Float64Array;
  /** Of each lane, [lanes x inputs]: starts first, then steps. */
  readonly observations: Float32Array;
  /** Of the episodes that went on, whether they have ended: not 0. */
  readonly ends: Uint8Array;
}

/** A mistake that a process tells instead of an answer. */
export interface ProcessFault {
  /** The lane of the request at which it happened, from 0. */
  readonly lane: number;
  /** What went wrong, in one line. */
  readonly message: string;
  /** Where, of an exception: text of several lines. */
  readonly traceback?: string;
}

/**
 * Makes a request for so many starts and steps; seats and actions of the steps are still to be filled.
 *
 * @param outputs numbers of an action; undefined for discrete ones
 */
export function createPlay(starts: readonly Start[], steps: number, outputs?: number): PlayRequest {
  const { length } = starts;
  const numbers = steps * (outputs ?? 1);
  const words = new Uint32Array(4 + 2 * length + steps + numbers);
  words[0] = 4 * words.length - HEADER_BYTES;
  words[1] = KINDS.play;
  words[2] = length;
  words[3] = steps;
  starts.forEach(({ seat, seed }, start) => {
    words[4 + start] = seat;
    words[4 + length + start] = seed;
  });
  const seats = words.subarray(4 + 2 * length, 4 + 2 * length + steps);
  const first = 4 * (words.length - numbers);
  const actions =
    outputs === undefined ? words.subarray(words.length - numbers) : new Float32Array(words.buffer, first, numbers);
  return { frame: new Uint8Array(words.buffer), starts: length, steps, seats, actions };
}

/**
 * The answer to a request.
 *
 * @throws UsageError if the frame is none, or of another length
 */
export function decodeAnswer(
  { kind, payload }: Frame,
  { starts, steps }: Pick<PlayRequest, "starts" | "steps">,
  inputCount: number,
): PlayAnswer {
  const values = (starts + steps) * inputCount;
  const length = 9 * steps + 4 * values;
  if (kind !== KINDS.answer || payload.length !== length) {
    throw protocolError(`an answer of ${length} bytes`, `${payload.length} bytes of kind ${kind}`);
  }
  const { buffer, byteOffset } = payload;
  return {
    rewards: new Float64Array(buffer, byteOffset, steps),
    observations: new Float32Array(buffer, byteOffset + 8 * steps, values),
    ends: new Uint8Array(buffer, byteOffset + 8 * steps + 4 * values, steps),
  };
}

/** The mistake that a frame tells. @throws UsageError if it tells none */
export function decodeFault({ payload }: Frame): ProcessFault {
  const { lane, message, traceback } = decodeJson(payload) as Partial<ProcessFault>;
  if (Number.isInteger(lane) && typeof message === "string") return { lane: lane as number, message, traceback };
  throw protocolError("a fault with lane and message", show({ lane, message }));
}

/** Lanes done so far, of a progress frame. */
export function decodeProgress({ payload }: Frame): number {
  if (payload.length !== 4) throw protocolError("progress of 4 bytes", `${payload.length} bytes`);
  return new DataView(payload.buffer, payload.byteOffset).getUint32(0, true);
}

/** The object that a frame holds as JSON. @throws UsageError if it is none */
export function decodeJson(payload: Uint8Array): object {
  const text = new TextDecoder().decode(payload);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw protocolError("JSON", `text that is not: ${reasonOf(error)}`);
  }
  if (typeof json === "object" && json !== null) return json;
  throw protocolError("an object as JSON", show(json));
}

/** A process does not keep to the protocol. */
export function protocolError(expected: string, got: string): UsageError {
  return new UsageError(
    `Expected ${expected} from the process, got ${got}: it must keep to version ${PROTOCOL} of docs/process-protocol.md.`,
  );
}
