/** Downloads from mirrors on this machine that fail in every way a mirror can. */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type DownloadProgress, type DownloadSettings, downloadData } from "../../src/files/data-download.ts";
import { IDX_FILES } from "../../src/files/data-files.ts";
import { checksums, type Faults, type Mirror, smallSet, startMirror, temporaryFolder, writeSet } from "./mirror.ts";

const set = smallSet("download");
const other = smallSet("other");
const sha256 = checksums(set);
const [TRAIN_IMAGES] = IDX_FILES;
const packed = gzipSync(set[TRAIN_IMAGES]);

let folder: ReturnType<typeof temporaryFolder>;
const mirrors: Mirror[] = [];

beforeEach(() => {
  folder = temporaryFolder();
});

afterEach(async () => {
  folder.remove();
  for (const mirror of mirrors.splice(0)) await mirror.close();
});

async function mirror(faults: Faults = {}, files = set): Promise<Mirror> {
  const started = await startMirror(files, faults);
  mirrors.push(started);
  return started;
}

function download(from: readonly Mirror[], settings: DownloadSettings = {}, name = "mnist") {
  const mirrorUrls = from.map(({ url }) => url);
  return downloadData(name, folder.path, { mirrors: mirrorUrls, ...(name === "mnist" && { sha256 }), ...settings });
}

function expectWhole(): void {
  expect(readdirSync(folder.path).sort()).toEqual(IDX_FILES.map((file) => `${file}.gz`).sort());
  for (const file of IDX_FILES) {
    expect(gunzipSync(readFileSync(join(folder.path, `${file}.gz`))).equals(set[file])).toBe(true);
  }
}

test("all four files arrive, with progress, and stay when asked for again", async () => {
  const seen: DownloadProgress[] = [];
  const first = await mirror();
  const result = await download([first], { onProgress: (progress) => seen.push(progress) });
  expectWhole();
  expect(result).toMatchObject({ folder: folder.path, kept: [], checksums: true });
  expect(first.requests).toEqual(IDX_FILES.map((file) => `${file} whole`));
  expect(seen[0]).toEqual({ file: TRAIN_IMAGES, fileIndex: 0, fileCount: 4, received: 0, total: packed.length });
  expect(seen.filter(({ fileIndex }) => fileIndex === 0).at(-1)?.received).toBe(packed.length);
  const again = await download([first]);
  expect(again.kept).toEqual(IDX_FILES);
  expect(first.requests).toHaveLength(4);
});

test("a mirror without the file, one that does not answer and one that is not there are passed over", async () => {
  const gone = await startMirror(set);
  await gone.close();
  const missing = await mirror({ status: 404 });
  const silent = await mirror({ silent: true });
  await download([missing, gone, silent, await mirror()], { idleTimeout: 100 });
  expectWhole();
  expect(missing.requests).toHaveLength(4);
  expect(silent.requests).toHaveLength(4);
});

test("a cut connection is taken up where it broke", async () => {
  const cutting = await mirror({ cutAfter: 10_000, cuts: 2 });
  await download([cutting]);
  expectWhole();
  expect(cutting.requests.slice(0, 3)).toEqual([
    `${TRAIN_IMAGES} whole`,
    `${TRAIN_IMAGES} bytes=10000-`,
    `${TRAIN_IMAGES} bytes=20000-`,
  ]);
});

test("the next mirror goes on where one gave up", async () => {
  const cutting = await mirror({ cutAfter: 5000 });
  const good = await mirror();
  await download([cutting, good]);
  expectWhole();
  expect(good.requests[0]).toBe(`${TRAIN_IMAGES} bytes=15000-`);
});

test("a part is kept for the next call, nothing has the final name, and the next call goes on", async () => {
  const cutting = await mirror({ cutAfter: 5000 });
  await expect(download([cutting])).rejects.toThrow(
    /^Expected train-images-idx3-ubyte\.gz of "mnist" from one of 1 mirrors, got none \(http.*Run the command again to go on/,
  );
  expect(readdirSync(folder.path)).toEqual([`${TRAIN_IMAGES}.gz.part`]);
  // What was under way when a connection ended may be lost, so how long the part is differs.
  const { size } = statSync(join(folder.path, `${TRAIN_IMAGES}.gz.part`));
  expect(size).toBeGreaterThan(0);
  const good = await mirror();
  await download([good]);
  expectWhole();
  expect(good.requests[0]).toBe(`${TRAIN_IMAGES} bytes=${size}-`);
});

test.each([
  ["knows no ranges", { noRange: true }],
  ["gives other ranges than asked for, so another helps", { wrongRange: true }],
])("a part is no trouble where a mirror %s", async (_, faults) => {
  writeFileSync(join(folder.path, `${TRAIN_IMAGES}.gz.part`), packed.subarray(0, 9000));
  await download([await mirror(faults), await mirror()]);
  expectWhole();
});

test.each([
  ["whole already", packed],
  ["longer than the file", Buffer.concat([packed, packed])],
  ["of another file", Buffer.alloc(700, 7)],
])("a part that is %s does no harm", async (_, part) => {
  writeFileSync(join(folder.path, `${TRAIN_IMAGES}.gz.part`), part);
  await download([await mirror()]);
  expectWhole();
});

test("a file with a wrong checksum is thrown away and the next mirror asked", async () => {
  const wrong = await mirror({}, other);
  await download([wrong, await mirror()]);
  expectWhole();
  // Labels are the same in both sets.
  expect(wrong.requests.filter((request) => request.startsWith(TRAIN_IMAGES))).toHaveLength(1);
});

test("if all have a wrong checksum the message says so and nothing is left behind", async () => {
  await expect(download([await mirror({}, other)])).rejects.toThrow(
    new RegExp(
      `got none \\(http://127.* Expected SHA-256 ${sha256[TRAIN_IMAGES]} for ${TRAIN_IMAGES} of "mnist", got `,
    ),
  );
  expect(readdirSync(folder.path)).toEqual([]);
});

test("a cut is noticed where the server does not say the length", async () => {
  await download([await mirror({ noLength: true, cutAfter: 5000, cuts: 1 })]);
  expectWhole();
});

test("a damaged file under the final name is replaced, a plain one that is right is kept", async () => {
  writeFileSync(join(folder.path, `${TRAIN_IMAGES}.gz`), packed.subarray(0, -10));
  const good = await mirror();
  await download([good]);
  expectWhole();
  writeSet(folder.path, set, "plain");
  expect((await download([good])).kept).toEqual(IDX_FILES);
});

test("a set without known checksums is checked for its form, and the result says so", async () => {
  expect((await download([await mirror()], {}, "fashion-mnist")).checksums).toBe(false);
  expectWhole();
});

test("a page of a mirror that is no IDX file is refused", async () => {
  const page = Uint8Array.from(Buffer.from("<html>Please log in to this network</html>"));
  const pages = { ...set, [TRAIN_IMAGES]: page };
  await expect(download([await mirror({}, pages)], {}, "fashion-mnist")).rejects.toThrow(
    /two zero bytes as IDX files do/,
  );
  expect(readdirSync(folder.path)).toEqual([]);
});

test("files that do not belong together are noticed without checksums too", async () => {
  const mixed = { ...set, "train-labels-idx1-ubyte": set["t10k-labels-idx1-ubyte"] };
  await expect(download([await mirror({}, mixed)], {}, "fashion-mnist")).rejects.toThrow(/got 10 labels in/);
});

test("unknown sets and folders that cannot be made", async () => {
  await expect(download([], {}, "mnits")).rejects.toThrow(
    'Unknown downloadable data set "mnits". Did you mean "mnist"? Known: mnist, fashion-mnist.',
  );
  const blocked = join(folder.path, "file");
  writeFileSync(blocked, "");
  await expect(downloadData("mnist", join(blocked, "mnist"))).rejects.toThrow(
    /^Expected a folder that can be written at /,
  );
});
