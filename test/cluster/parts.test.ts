/** Parts of the cluster that need no Redis: addresses, digests, sizes of jobs, rates. */
import { describe, expect, test } from "vitest";
import { checkVersion, parseAddress } from "../../src/cluster/address.ts";
import { digestOf } from "../../src/cluster/digest.ts";
import { portableName } from "../../src/cluster/identity.ts";
import { createJobSizes } from "../../src/cluster/job-sizes.ts";
import { createMeter } from "../../src/cluster/meter.ts";
import { sharedFloats } from "../../src/data/dataset.ts";

describe("an address", () => {
  test("has a host, and what else is said", () => {
    expect(parseAddress("redis://lab")).toEqual({
      host: "lab",
      port: 6379,
      database: 0,
      username: undefined,
      isEncrypted: false,
      text: "redis://lab:6379",
    });
    expect(parseAddress("rediss://user@[::1]:7000/2")).toMatchObject({
      host: "::1",
      port: 7000,
      database: 2,
      username: "user",
      isEncrypted: true,
      text: "rediss://user@[::1]:7000/2",
    });
  });

  test.each(["", "lab:6379", "http://lab:6379", "redis://", "redis://lab/one"])("is not %j", (text) => {
    expect(() => parseAddress(text)).toThrow(
      `Expected the address of Redis as redis://host:6379, or rediss:// with TLS, got ${JSON.stringify(text)}.`,
    );
  });

  test("with a password is refused, without repeating it", () => {
    expect(() => parseAddress("redis://user:secret@lab")).toThrow(
      /^Expected the address of Redis without a password, which others could read in the list of processes: give it in the environment variable PRECOCIAL_REDIS_PASSWORD\.$/,
    );
  });

  test("of a Redis that is too old is refused", () => {
    const address = { text: "redis://lab:6379" };
    for (const version of ["6.2.0", "7.0.15", "8.1.0"]) expect(checkVersion(address, version)).toBeUndefined();
    expect(() => checkVersion(address, "6.0.16")).toThrow(
      "Expected Redis 6.2 or later at redis://lab:6379, got 6.0.16: update it.",
    );
    expect(() => checkVersion(address, "")).toThrow("got none");
  });
});

describe("a digest", () => {
  test("is that of the data, whatever the order of keys and wherever they are in memory", () => {
    const shared = sharedFloats(3);
    shared.set([1, 2, 3]);
    const one = { a: [1, "x", null], b: Float32Array.of(1, 2, 3) };
    expect(digestOf(one)).toMatch(/^[0-9a-f]{64}$/);
    expect(digestOf({ b: shared, a: [1, "x", null], c: undefined })).toBe(digestOf(one));
  });

  test("is another for anything else", () => {
    const values = [
      0,
      1,
      -1,
      Number.NaN,
      "1",
      [1],
      [[1]],
      { a: 1 },
      { a: "1" },
      { b: 1 },
      null,
      true,
      "",
      [],
      {},
      ["a", "b"],
    ];
    const arrays = [["ab"], Float32Array.of(1), Float64Array.of(1), Int32Array.of(1), Float32Array.of(1, 0)];
    const digests = [...values, ...arrays].map(digestOf);
    expect(new Set(digests).size).toBe(digests.length);
  });
});

test("the name of a task of one's own has no folder of this machine", () => {
  expect(portableName("swingup")).toBe("swingup");
  expect(portableName("/home/a/my-task.js")).toBe("my-task.js");
  expect(portableName(`python3 ${import.meta.filename} --gravity 3`)).toBe("python3 parts.test.ts --gravity 3");
});

describe("jobs", () => {
  const sizes = createJobSizes();

  test("are four for each slot while nothing is known", () => {
    expect(sizes.countFor(1000, 3)).toBe(12);
  });

  test.each([
    [0.01, 1],
    [0.39, 1],
    [0.4, 2],
    [1.6, 8],
    [10, 8],
    [15, 8],
    [99, 50],
  ])("of work that takes a slot %f s are %i for each slot: of 0.2 to 2 s, or one", (seconds, count) => {
    sizes.learn(1000, 1);
    expect(sizes.countFor(1000 * (seconds + 1e-9) * 5, 5)).toBe(5 * count);
  });

  test("follow what the last jobs cost", () => {
    const changing = createJobSizes();
    for (let job = 0; job < 10; job++) changing.learn(100, 1);
    expect(changing.countFor(160, 1)).toBe(8);
    for (let job = 0; job < 200; job++) changing.learn(100, 0.1);
    expect(changing.countFor(160, 1)).toBe(1);
  });
});

test("a meter tells what was done in each of the last thirty seconds", () => {
  let now = 0;
  const meter = createMeter(() => now);
  expect(meter.rate()).toEqual({ jobs: 0, steps: 0, busy: 0 });
  now = 10_000;
  meter.add(2, 500);
  meter.add(3, 500);
  expect(meter.rate()).toEqual({ jobs: 0.2, steps: 100, busy: 0.5 });
  now = 35_000;
  expect(meter.rate()).toEqual({ jobs: 2 / 30, steps: 1000 / 30, busy: 5 / 30 });
  now = 41_000;
  expect(meter.rate()).toEqual({ jobs: 0, steps: 0, busy: 0 });
  expect(meter.done).toBe(2);
});
