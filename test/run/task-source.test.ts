/** Data sets by name: where files are looked for, what is checked, and what the messages tell the user to do. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dataFiles, dataFolders, downloadFolder, findDataFiles, IDX_FILES } from "../../src/files/data-files.ts";
import { loadDataset } from "../../src/run/task-source.ts";
import { loadTask } from "../../src/tasks/registry.ts";
import { smallSet, temporaryFolder, writeSet } from "../files/mirror.ts";
import { hasShared, SHARED } from "../tasks/shared.ts";

const set = smallSet("load");
const [TRAIN_IMAGES] = IDX_FILES;

let folder: ReturnType<typeof temporaryFolder>;
const path = (...parts: string[]) => join(folder.path, ...parts);

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

describe("folders", () => {
  test("the one given comes alone; else PRECOCIAL_DATA before the cache", () => {
    const env = { PRECOCIAL_DATA: "b" };
    expect(dataFolders({ dataDir: "a", env, cacheDir: "c" })).toEqual(["a"]);
    expect(dataFolders({ env, cacheDir: "c" })).toEqual(["b", "c"]);
    expect(dataFolders({ env: {}, cacheDir: "c" })).toEqual(["c"]);
    expect(dataFolders({ env: {} })[0]).toMatch(/precocial/);
  });

  test("files may lie in the folder, or in one of the set's name, which comes first", () => {
    writeSet(path(), set);
    expect(findDataFiles("mnist", { dataDir: path() })[TRAIN_IMAGES]).toBe(path(TRAIN_IMAGES));
    writeSet(path("mnist"), set, "gz");
    expect(findDataFiles("mnist", { dataDir: path() })[TRAIN_IMAGES]).toBe(path("mnist", `${TRAIN_IMAGES}.gz`));
  });

  test("the cache serves where PRECOCIAL_DATA has nothing", () => {
    writeSet(path("cache", "mnist"), set);
    const found = findDataFiles("mnist", { env: { PRECOCIAL_DATA: path("empty") }, cacheDir: path("cache") });
    expect(found[TRAIN_IMAGES]).toBe(path("cache", "mnist", TRAIN_IMAGES));
  });

  test("names with a dot are found too", () => {
    writeSet(path(), set);
    for (const file of IDX_FILES) renameSync(path(file), path(file.replace("-idx", ".idx")));
    expect(findDataFiles(undefined, { dataDir: path() })[TRAIN_IMAGES]).toBe(path("train-images.idx3-ubyte"));
  });

  test("a download goes to the set's own folder, or to the one given if that holds the files itself", () => {
    expect(downloadFolder("mnist", { dataDir: path() })).toBe(path("mnist"));
    writeSet(path(), set);
    expect(downloadFolder("mnist", { dataDir: path() })).toBe(path());
  });
});

describe("loading", () => {
  test("a folder of IDX files becomes a data set of its own size, plain or compressed", async () => {
    writeSet(path("plain"), set);
    writeSet(path("packed"), set, "gz");
    const plain = await loadDataset("idx", { dataDir: path("plain") });
    expect(plain.name).toBe("plain");
    expect([plain.train.count, plain.validation.count, plain.test.count]).toEqual([32, 8, 10]);
    expect(plain.inputs).toHaveLength(784);
    expect(await loadDataset("idx", { dataDir: path("packed") })).toEqual({ ...plain, name: "packed" });
  });

  test("fashion-mnist is read at 16 x 16 with the names of its classes", async () => {
    writeSet(path("fashion-mnist"), set, "gz");
    const fashion = await loadDataset("fashion-mnist", { dataDir: path() });
    expect(fashion.inputs).toHaveLength(256);
    expect(fashion.classes[9]).toBe("ankle boot");
  });

  test("digits need nothing", async () => {
    expect((await loadDataset("digits")).train.count).toBe(8000);
  });

  test("a table is read from its file", async () => {
    const rows = Array.from({ length: 20 }, (_, row) => `${row / 4},${row % 2 ? "odd" : "even"}`);
    writeFileSync(path("numbers.csv"), ["number,kind", ...rows].join("\n"));
    const table = await loadDataset("csv", { data: path("numbers.csv"), target: "kind" });
    expect(table.name).toBe("numbers.csv");
    expect(table.classes).toEqual(["even", "odd"]);
  });
});

describe.skipIf(!hasShared("data/mnist/t10k-labels-idx1-ubyte.gz"))("the files of MNIST", () => {
  const dataDir = join(SHARED, "data");

  test("are found by the folder above, pass their checksums and are split 48,000, 12,000, 10,000", async () => {
    const mnist = await loadDataset("mnist", { dataDir });
    expect([mnist.train.count, mnist.validation.count, mnist.test.count]).toEqual([48_000, 12_000, 10_000]);
    expect(mnist.inputs).toHaveLength(256);
    expect([...mnist.train.labels.subarray(0, 8)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3]);
  });

  test("are whole as mnist-full", async () => {
    const mnist = await loadDataset("mnist-full", { dataDir: join(dataDir, "mnist") });
    expect(mnist.name).toBe("mnist-full");
    expect(mnist.image).toEqual({ width: 28, height: 28 });
    expect(mnist.train.features).toHaveLength(48_000 * 784);
  });

  test("are refused as fashion-mnist", async () => {
    await expect(loadDataset("fashion-mnist", { dataDir: join(dataDir, "mnist") })).rejects.toThrow(
      /^Expected train-images-idx3-ubyte of "fashion-mnist", got that of "mnist" in /,
    );
  });
});

describe("errors", () => {
  test("unknown names list the known", async () => {
    await expect(loadDataset("mnits")).rejects.toThrow(
      /^Unknown task "mnits"\. Did you mean "mnist"\? Known: swingup, .*digits, mnist, mnist-full, fashion-mnist, idx, csv\.$/,
    );
    await expect(loadDataset("swingup")).rejects.toThrow(
      'Expected a task with examples to train on, got "swingup", which is played: take one that classifies. See: precocial tasks',
    );
  });

  test("missing data name the command and the option", async () => {
    const place = { env: { PRECOCIAL_DATA: path("a") }, cacheDir: path("b") };
    for (const [name, folderName] of [
      ["mnist", "mnist"],
      ["mnist-full", "mnist"],
      ["fashion-mnist", "fashion-mnist"],
    ]) {
      await expect(loadTask(name, {}, dataFiles(place))).rejects.toThrow(
        `Expected the data of "${folderName}" (train-images-idx3-ubyte and three more, plain or .gz), got none in ` +
          `${path("a")}, ${path("b")}. Run "precocial data ${folderName}" to download them, or give the folder that ` +
          "holds them with --data-dir (or PRECOCIAL_DATA).",
      );
    }
  });

  test("an incomplete folder names what is missing; a part of a download is no file", async () => {
    writeSet(path(), set, "gz");
    renameSync(path(`${TRAIN_IMAGES}.gz`), path(`${TRAIN_IMAGES}.gz.part`));
    await expect(loadDataset("idx", { dataDir: path() })).rejects.toThrow(
      `Expected four IDX files in ${path()}, got none called ${TRAIN_IMAGES} (or .gz). Please give the folder`,
    );
  });

  test("a wrong checksum", async () => {
    writeSet(path("mnist"), set);
    await expect(loadDataset("mnist", { dataDir: path() })).rejects.toThrow(
      /^Expected SHA-256 ba891046\w+ for train-images-idx3-ubyte of "mnist", got [0-9a-f]{64} in .*: the file is damaged/,
    );
  });

  test("gzip that is cut off, is damaged, or is none", async () => {
    writeSet(path(), set, "gz");
    const packed = gzipSync(set[TRAIN_IMAGES]);
    const load = () => loadDataset("idx", { dataDir: path() });
    writeFileSync(path(`${TRAIN_IMAGES}.gz`), packed.subarray(0, 1000));
    await expect(load()).rejects.toThrow(
      `Expected whole gzip data in ${path(`${TRAIN_IMAGES}.gz`)}, got 1000 bytes that are cut off or damaged (unexpected end of file): get it again.`,
    );
    packed[5000] ^= 1;
    writeFileSync(path(`${TRAIN_IMAGES}.gz`), packed);
    await expect(load()).rejects.toThrow(/cut off or damaged \(incorrect data check\)/);
    writeFileSync(path(`${TRAIN_IMAGES}.gz`), "hello");
    await expect(load()).rejects.toThrow(/^Expected gzip data in .*, got 5 bytes of something else: get it again\./);
  });

  test("a file that cannot be read", async () => {
    writeSet(path(), set);
    rmSync(path(TRAIN_IMAGES));
    mkdirSync(path(TRAIN_IMAGES));
    await expect(loadDataset("idx", { dataDir: path() })).rejects.toThrow(/^Expected a readable file at .*: EISDIR/);
  });

  test("settings that are missing, and tables that are not there or no text", async () => {
    await expect(loadDataset("idx")).rejects.toThrow('four IDX files for "idx", got none: give it with --data-dir.');
    await expect(loadDataset("csv")).rejects.toThrow(
      'Expected a table for "csv", got none: give its path with --data.',
    );
    await expect(loadDataset("csv", { data: "t.csv" })).rejects.toThrow(
      "Expected the name of the column to be told of t.csv, got none: give it with --target.",
    );
    await expect(loadDataset("csv", { data: path("no.csv"), target: "a" })).rejects.toThrow(
      /^Expected a readable table at .*no\.csv: ENOENT/,
    );
    writeFileSync(path("latin.csv"), Uint8Array.of(0xe9, 0x2c, 0x0a));
    await expect(loadDataset("csv", { data: path("latin.csv"), target: "a" })).rejects.toThrow(
      /^Expected text in UTF-8 in .*latin\.csv, got other bytes: save the table as UTF-8\./,
    );
  });
});
