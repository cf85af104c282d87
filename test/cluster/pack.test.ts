/** Jobs and answers as bytes: there and back again, and whatever else is in Redis is an error in words. */
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { packJob, packReply, type Reply, unpackJob, unpackReply } from "../../src/cluster/pack.ts";
import { type Job, joinPrograms } from "../../src/evaluation/job.ts";
import { ownWeights } from "../../src/evaluation/trial.ts";
import { programHeader } from "../../src/network/program.ts";
import { standardTrial, swingupNetworks } from "../fixtures/swingup-programs.ts";

const programs = swingupNetworks(12, "pack").map(({ program }) => program);
const trial = standardTrial(3);
const job: Job = {
  programs: joinPrograms(programs),
  related: true,
  indices: [...programs.keys()],
  trial,
  firstWeight: 2,
};
const rng = derive("pack");
const setsOf = (count: number) =>
  programs.map((program) =>
    Float32Array.from({ length: count * programHeader(program).connectionCount }, () => rng.between(-2, 2)),
  );

/** Bytes of a header and arrays, as packJob makes them. */
function bytesOf(header: unknown, ...arrays: ArrayBufferView[]): Buffer {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const parts = arrays.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  return deflateRawSync(Buffer.concat([length, json, ...parts]));
}

describe("a job", () => {
  const [first] = setsOf(3);
  const JOBS: Record<string, Job> = {
    "of shared weights": job,
    "of weights of their own": { ...job, trial: { ...trial, weights: ownWeights(setsOf(2), 2) } },
    "of individual weights": {
      ...job,
      programs: joinPrograms([programs[0]]),
      indices: [7],
      related: false,
      trial: { ...trial, weights: { kind: "individual", sets: first, count: 3 } },
    },
    "with starts, a measure and behaviour": {
      ...job,
      trial: {
        ...trial,
        starts: ["up", "up", "down"],
        measure: "score",
        behaviour: true,
        pairing: "each",
        split: "test",
      },
    },
    "of no programs": { ...job, programs: new Int32Array(0), indices: [] },
  };

  test.each(Object.keys(JOBS))("%s comes back as it went", (name) => {
    expect(unpackJob(packJob(JOBS[name]))).toEqual(JOBS[name]);
  });

  test("of related networks is less than half of its size", () => {
    expect(packJob(job).toString("base64").length).toBeLessThan(job.programs.byteLength / 2);
  });
});

describe("an answer", () => {
  const scores = Float64Array.from({ length: 6 }, () => rng.between(0, 1000));
  const REPLIES: Record<string, Reply> = {
    "of scores": { job: "job-1", seconds: 0.25, scores, steps: 600 },
    "of scores and behaviours": {
      job: "job-2",
      seconds: 0,
      scores,
      steps: 6,
      behaviours: [Uint8Array.of(1, 2), undefined, new Uint8Array()],
    },
    "of an error": { job: "job-3", seconds: 1, error: "Expected less.", usage: true },
    "of a loss": { job: "job-4", seconds: 1, lost: "the thread ended" },
  };

  test.each(Object.keys(REPLIES))("%s comes back as it went", (name) => {
    expect(unpackReply(packReply(REPLIES[name]))).toEqual(REPLIES[name]);
  });
});

describe("what is no job", () => {
  const { indices, trial: _, programs: words, ...rest } = job;
  const header = {
    ...rest,
    indices,
    words: words.length,
    episodes: ["a"],
    split: "train",
    pairing: "all",
    weights: { kind: "shared", length: 1, count: 0 },
  };
  const weight = Float32Array.of(1);
  const damage = (at: number, value: number) => {
    const damaged = words.slice();
    damaged[at] = value;
    return bytesOf(header, damaged, weight);
  };

  test.each<[string, Uint8Array, string | RegExp]>([
    ["nothing", new Uint8Array(), /^Expected a job in bytes of Precocial, got others \(/],
    ["text", Buffer.from("process.exit(1)"), /^Expected a job in bytes of Precocial, got others \(/],
    ["a header of other things", bytesOf({ constructor: {} }), /^Expected a job in its header whole: /],
    ["a part too much", bytesOf({ ...header, run: "rm -rf /" }, words, weight), /Unrecognized key: "run"/],
    ["programs that are cut off", bytesOf(header, words.subarray(1)), /^Expected a job in \d+ bytes, got \d+\.$/],
    ["more than there should be", bytesOf(header, words, weight, weight), /^Expected a job in \d+ bytes, got \d+\.$/],
    [
      "another number of programs",
      bytesOf({ ...header, indices: [1] }, words, weight),
      "Expected a job in 1 programs, got 12.",
    ],
    [
      "words that are no program",
      damage(0, 7),
      "Expected a program, got data that starts with 7: make one with compile().",
    ],
    [
      "a program without an end",
      damage(5, -9),
      /^Expected a program with counts of at least 0, got 5, 1, \d+, -9: compile/,
    ],
    [
      "an activation that there is not",
      damage(8, 99),
      "Expected a program with the code of an activation, got 99: make one with compile().",
    ],
    [
      "more inputs than sources",
      damage(9, 1000),
      /^Expected a program with at most \d+ inputs of node 0, got 1000: make/,
    ],
    [
      "more sources than there are",
      damage(10, 1000),
      /^Expected a program with at most \d+ sources of node 0, got 1000: make/,
    ],
  ])("%s is refused in words", (_, bytes, message) => {
    expect(() => unpackJob(bytes)).toThrow(message);
  });

  test("a source or an output out of range is refused in words", () => {
    const [program] = programs;
    const { sources, outputs, slotCount } = programHeader(program);
    const one = { ...header, indices: [0], words: program.length };
    const at = (place: number, value: number) => {
      const damaged = program.slice();
      damaged[place] = value;
      return bytesOf(one, damaged, weight);
    };
    expect(() => unpackJob(at(sources, 1 << 20))).toThrow(
      /^Expected a program with a source of node 0 below 6, got 1048576: /,
    );
    expect(() => unpackJob(at(sources, -1))).toThrow(/^Expected a program with a source of node 0 below 6, got -1: /);
    expect(() => unpackJob(at(outputs, slotCount))).toThrow(
      `Expected a program with outputs below ${slotCount}, got ${slotCount}: `,
    );
  });

  test("bytes that were changed anywhere are a job, or an error of the user's kind", () => {
    const whole = packJob(job);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Uint8Array.from(whole);
        bytes[at] ^= change;
        try {
          expect(unpackJob(bytes).indices.length).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect((error as Error).name).toBe("UsageError");
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test("bytes that unpack to more than there may be are refused", () => {
    const bomb = deflateRawSync(Buffer.alloc(2 ** 28 + 1));
    expect(() => unpackJob(bomb)).toThrow(/^Expected a job in bytes of Precocial, got others \(.*(larger|length)/);
  });
});

describe("what is no answer", () => {
  test.each<[string, Uint8Array, string | RegExp]>([
    ["text", Buffer.from("{}"), /^Expected an answer in bytes of Precocial, got others \(/],
    [
      "an answer without scores",
      bytesOf({ job: "a", seconds: 1 }),
      "Expected an answer in scores and steps, got none.",
    ],
    [
      "scores that are cut off",
      bytesOf({ job: "a", seconds: 1, scores: 2, steps: 1 }, new Float64Array(1)),
      /bytes, got/,
    ],
    ["time before time", bytesOf({ job: "a", seconds: -1 }), /^Expected an answer in its header whole: seconds: /],
  ])("%s is refused in words", (_, bytes, message) => {
    expect(() => unpackReply(bytes)).toThrow(message);
  });
});
