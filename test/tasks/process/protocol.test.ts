/** Command lines and frames: read as they are written, and every fault of a process said in words. */
import { describe, expect, test } from "vitest";
import { commandName, isCommandLine, joinWords, splitWords } from "../../../src/tasks/process/command-line.ts";
import { decodeHello } from "../../../src/tasks/process/hello.ts";
import {
  createPlay,
  decodeAnswer,
  decodeFault,
  decodeJson,
  decodeProgress,
  type Frame,
  KINDS,
  MAGIC,
} from "../../../src/tasks/process/protocol.ts";
import { FrameReader } from "../../../src/tasks/process/reader.ts";
import { taskDefinition } from "../../../src/tasks/registry.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const json = (value: unknown) => bytes(JSON.stringify(value));
const ASKED = ": it must keep to version 1 of docs/process-protocol.md.";

/** A frame as it comes over a pipe. */
function framed(kind: number, payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(8 + payload.length);
  new DataView(frame.buffer).setUint32(0, payload.length, true);
  new DataView(frame.buffer).setUint32(4, kind, true);
  frame.set(payload, 8);
  return frame;
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

describe("command lines", () => {
  test.each([
    ["python my_env.py", true],
    ["'my python' my_env.py", true],
    ["/usr/bin/python3 envs/my_env.py --level 3", true],
    ["C:\\Python\\python.exe my_env.py", true],
    ['node "my-env.js"', true],
    ["swingup", false],
    ["./my-task.js", false],
    ["/home/ada lovelace/my-task.ts", false],
    [" swingup ", false],
  ])("%j is one: %s", (name, is) => {
    expect(isCommandLine(name)).toBe(is);
  });

  test.each<[string, string[] | undefined]>([
    ["python my_env.py", ["python", "my_env.py"]],
    ["  a   b ", ["a", "b"]],
    ["'a b' \"c d\" e' 'f", ["a b", "c d", "e f"]],
    ["python \"it's\" ''", ["python", "it's", ""]],
    ["C:\\a\\b.exe 'C:\\c d\\e.py'", ["C:\\a\\b.exe", "C:\\c d\\e.py"]],
    ["a 'b", undefined],
    ['a "b c', undefined],
  ])("%j has the words %j", (line, words) => {
    expect(splitWords(line)).toEqual(words);
  });

  test("words come back as they were joined", () => {
    const words = ["/a b/python", "it's", 'the "best"', "C:\\d e\\f.py", "", "plain"];
    expect(splitWords(joinWords(words))).toEqual(words);
    expect(joinWords(["python", "my_env.py"])).toBe("python my_env.py");
  });

  test.each([
    ["python3 /home/ada/my_env.py --level 3", "my_env"],
    ["C:\\Python\\python.exe -u C:\\envs\\cart.py", "cart"],
    ["python -m", "python"],
    ["a 'b", "a 'b"],
  ])("%j is called %s", (line, name) => {
    expect(commandName(line)).toBe(name);
  });

  test("one that was not loaded is refused", () => {
    expect(() => taskDefinition("python none.py")).toThrow(
      "Expected the process python none.py to be loaded: call loadTaskSource() first.",
    );
  });
});

describe("frames", () => {
  test("come out whole however the bytes are cut, and what was printed before them is told", () => {
    const sent = joined(
      bytes("hello from a library\nand\nprecocial-"),
      bytes(MAGIC),
      framed(KINDS.hello, bytes("{}")),
      framed(KINDS.progress, Uint8Array.of(7, 0, 0, 0)),
      framed(KINDS.answer, new Uint8Array(10_000).fill(3)),
    );
    for (const size of [1, 3, 17, 5000, sent.length]) {
      const reader = new FrameReader();
      const frames: [number, number][] = [];
      let printed = "";
      for (let at = 0; at < sent.length; at += size) {
        printed += reader.add(sent.slice(at, at + size));
        for (let frame = reader.next(); frame !== undefined; frame = reader.next()) {
          frames.push([frame.kind, frame.payload.length]);
          expect(frame.payload.byteOffset % 8).toBe(0);
        }
      }
      expect(printed).toBe("hello from a library\nand\nprecocial-");
      expect(frames).toEqual([
        [KINDS.hello, 2],
        [KINDS.progress, 4],
        [KINDS.answer, 10_000],
      ]);
      expect(reader.unread).toBe("");
    }
  });

  test("of a process that only prints there are none, and its last words are kept", () => {
    const reader = new FrameReader();
    const printed = reader.add(bytes("there is no such module"));
    expect(reader.next()).toBeUndefined();
    expect(printed + reader.unread).toBe("there is no such module");
  });

  test("of more than a gibibyte are none", () => {
    const reader = new FrameReader();
    reader.add(joined(bytes(MAGIC), bytes("print too")));
    expect(() => reader.next()).toThrow(
      `Expected a frame of at most 1073741824 bytes from the process, got 1852404336 bytes of kind 1869881460${ASKED}`,
    );
  });
});

test("a request is laid out as docs/process-protocol.md says", () => {
  const starts = [
    { seat: 5, seed: 77 },
    { seat: 6, seed: 2 ** 31 - 1 },
  ];
  const discrete = createPlay(starts, 3);
  discrete.seats.set([0, 1, 2]);
  discrete.actions.set([9, 8, 7]);
  const words = [48, 1, 2, 3, 5, 6, 77, 2 ** 31 - 1, 0, 1, 2, 9, 8, 7];
  expect([...new Uint32Array(discrete.frame.buffer)]).toEqual(words);
  const continuous = createPlay([], 1, 2);
  continuous.seats.set([4]);
  continuous.actions.set([0.5, -2]);
  expect([...new Uint32Array(continuous.frame.buffer, 0, 5)]).toEqual([20, 1, 0, 1, 4]);
  expect([...new Float32Array(continuous.frame.buffer, 20)]).toEqual([0.5, -2]);
});

describe("answers", () => {
  const frame = (kind: number, payload: Uint8Array): Frame => ({ kind, payload: payload.slice() });

  test("hold rewards, observations and ends", () => {
    const payload = new Uint8Array(8 + 2 * 2 * 4 + 1);
    const view = new DataView(payload.buffer);
    view.setFloat64(0, 1.5, true);
    [1, 2, 3, 4].forEach((value, index) => {
      view.setFloat32(8 + 4 * index, value, true);
    });
    payload[24] = 2;
    expect(decodeAnswer(frame(KINDS.answer, payload), { starts: 1, steps: 1 }, 2)).toEqual({
      rewards: Float64Array.of(1.5),
      observations: Float32Array.of(1, 2, 3, 4),
      ends: Uint8Array.of(2),
    });
  });

  test.each<[string, () => unknown, string]>([
    [
      "of another length",
      () => decodeAnswer(frame(KINDS.answer, new Uint8Array(9)), { starts: 1, steps: 1 }, 2),
      "Expected an answer of 25 bytes from the process, got 9 bytes of kind 17",
    ],
    [
      "of another kind",
      () => decodeAnswer(frame(4, new Uint8Array(25)), { starts: 1, steps: 1 }, 2),
      "Expected an answer of 25 bytes from the process, got 25 bytes of kind 4",
    ],
    [
      "with progress that is no number",
      () => decodeProgress(frame(KINDS.progress, new Uint8Array(3))),
      "Expected progress of 4 bytes from the process, got 3 bytes",
    ],
    [
      "with a fault that says nothing",
      () => decodeFault(frame(KINDS.fault, json({ lane: 1 }))),
      'Expected a fault with lane and message from the process, got {"lane":1}',
    ],
    ["that are no JSON", () => decodeJson(bytes("{")), "Expected JSON from the process, got text that is not: "],
    ["that are no object", () => decodeJson(json(3)), "Expected an object as JSON from the process, got 3"],
  ])("%s are refused", (_, action, words) => {
    expect(action).toThrow(words);
    expect(action).toThrow(ASKED);
  });
});

describe("what a process says of itself", () => {
  const sound = {
    version: 1,
    name: "cart",
    inputs: ["x"],
    actions: { discrete: ["a", "b"] },
    maxSteps: 5,
    lanes: 64,
    longestStep: 10,
  };

  test("is taken as it is", () => {
    expect(decodeHello(json(sound))).toEqual(sound);
  });

  test.each<[object, string]>([
    [{ version: 2 }, `Expected version 1 from the process, got version 2${ASKED}`],
    [{ name: "a cart" }, `Expected a name of letters, digits, - and _ from the process, got "a cart"${ASKED}`],
    [{ inputs: ["x", "x"] }, 'Expected inputs of task "cart" to be a list of different names, got ["x","x"].'],
    [
      { actions: { low: 1 } },
      'Expected actions of task "cart" to be { discrete } or { names, low, high }, got {"low":1}.',
    ],
    [{ maxSteps: 0 }, 'Expected maxSteps of task "cart" to be an integer of at least 1, got 0.'],
    [{ lanes: 0 }, 'Expected lanes of task "cart" to be an integer from 1 to 4096, got 0.'],
    [{ longestStep: 0 }, 'Expected longestStep of task "cart" to be a number of 0.001 or more, got 0.'],
  ])("is refused with %j", (changes, words) => {
    expect(() => decodeHello(json({ ...sound, ...changes }))).toThrow(words);
  });
});
