/** Files and folders of a run: never half there, never overwritten; a disk that refuses is named. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/base/errors.ts";
import { append, readJson, readText, withDiskErrors, writeAtomically } from "../../src/files/disk.ts";
import { cutLines, readLines } from "../../src/files/lines.ts";
import { checkFree, createFolder, firstMeta, freeFolder, listRuns, readMeta } from "../../src/run/folder.ts";
import { readChampionConfig } from "../../src/run/read-config.ts";
import { smallConfig } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const config = smallConfig(3);
const meta = firstMeta(2, new Date(0));

describe("a disk that refuses", () => {
  test.each([
    ["ENOSPC", "the disk is full: free some space"],
    ["EDQUOT", "the disk quota is used up: free some space"],
    ["EROFS", "the disk is read-only: choose another folder"],
    ["EACCES", "permission is missing: choose another folder"],
    ["EPERM", "permission is missing: choose another folder"],
    ["ENOENT", "there is no such folder: choose another one"],
    ["ENOTDIR", "a part of its path is a file: choose another folder"],
    ["EISDIR", "there is a folder of that name: choose another one"],
    ["ENAMETOOLONG", "the name is too long: choose a shorter one"],
    ["EIO", "the disk reports an error: choose another one"],
  ])("by %s is told in plain words", (code, words) => {
    const refuse = () => {
      throw Object.assign(new Error(code), { code });
    };
    expect(() => withDiskErrors("runs/a/meta.json", refuse)).toThrow(
      new UsageError(`Could not write runs/a/meta.json, ${words}. What was written before is whole.`),
    );
  });

  test("leaves other errors as they are", () => {
    expect(() => withDiskErrors("x", () => JSON.parse("{"))).toThrow(SyntaxError);
  });

  test.skipIf(!existsSync("/dev/full"))("because it is full, when a line is appended", () => {
    const path = join(temporaryFolder(), "generations.jsonl");
    symlinkSync("/dev/full", path);
    expect(() => append(path, "{}\n")).toThrow(`Could not write ${path}, the disk is full: free some space.`);
  });

  test("to make a run folder below a file leaves nothing behind", () => {
    const parent = temporaryFolder();
    const file = join(parent, "file");
    writeFileSync(file, "kept");
    const attempt = () => createFolder(join(file, "run"), config, meta);
    expect(attempt).toThrow(`Could not write ${join(file, "run")}, `);
    expect(attempt).toThrow(UsageError);
    expect(readdirSync(parent)).toEqual(["file"]);
    expect(readFileSync(file, "utf8")).toBe("kept");
  });
});

describe("writeAtomically", () => {
  test("replaces a file and leaves nothing beside it", () => {
    const folder = temporaryFolder();
    writeAtomically(join(folder, "a"), "first");
    writeAtomically(join(folder, "a"), "größer");
    expect(readFileSync(join(folder, "a"), "utf8")).toBe("größer");
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  test("that fails keeps what was there and leaves nothing beside it", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "a", "inside"), { recursive: true });
    expect(() => writeAtomically(join(folder, "a"), "text")).toThrow(UsageError);
    expect(readdirSync(folder)).toEqual(["a"]);
  });
});

describe("reading", () => {
  test("a file that is missing, a folder, or not JSON says so", () => {
    const folder = temporaryFolder();
    const path = join(folder, "a.json");
    expect(() => readText(path, "settings")).toThrow(`Expected settings at ${path}, but there is no such file.`);
    expect(() => readText(folder, "settings")).toThrow(`Expected settings at ${folder}, but EISDIR`);
    writeFileSync(path, '{"a":');
    expect(() => readJson(path, "settings")).toThrow(`Expected settings as JSON in ${path}, got text that is not: `);
  });

  test("lines leaves out a cut-off last one; a missing file is empty", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "a.jsonl"), '{"generation":0}\n{"generation":1}\n{"gener');
    expect(readLines(folder, "a.jsonl")).toEqual([{ generation: 0 }, { generation: 1 }]);
    expect(readLines(folder, "b.jsonl")).toEqual([]);
    expect(cutLines(folder, "b.jsonl", 1)).toBe(0);
    expect(cutLines(folder, "a.jsonl", 1)).toBe(1);
    expect(readFileSync(join(folder, "a.jsonl"), "utf8")).toBe('{"generation":0}\n');
  });
});

describe("a run folder", () => {
  test("is made whole, and never over another", async () => {
    const parent = temporaryFolder();
    const folder = freeFolder(parent, "swingup");
    expect(folder).toBe(join(parent, "swingup-1"));
    const lock = createFolder(folder, config, meta);
    expect(readdirSync(folder).sort()).toEqual(["config.json", "lock.json", "meta.json"]);
    lock.release();
    expect(readdirSync(parent)).toEqual(["swingup-1"]);
    expect(readdirSync(folder).sort()).toEqual(["config.json", "meta.json"]);
    expect(await readChampionConfig(folder)).toEqual(config);
    expect(readMeta(folder)).toEqual(meta);
    const message = `There is a run at ${folder} already: choose another folder with --out, or go on with it by: precocial resume ${folder}`;
    expect(() => createFolder(folder, smallConfig(9), meta)).toThrow(message);
    expect(() => checkFree(folder)).toThrow(message);
    expect(await readChampionConfig(folder)).toEqual(config);
    expect(freeFolder(parent, "swingup")).toBe(join(parent, "swingup-2"));
    expect(listRuns(parent)).toEqual([folder]);
    expect(listRuns(join(parent, "none"))).toEqual([]);
  });

  test("takes the place of what a killed start left half done", () => {
    const parent = temporaryFolder();
    mkdirSync(join(parent, ".run.part"));
    writeFileSync(join(parent, ".run.part", "rest"), "");
    createFolder(join(parent, "run"), config, meta).release();
    expect(readdirSync(parent)).toEqual(["run"]);
    expect(readdirSync(join(parent, "run")).sort()).toEqual(["config.json", "meta.json"]);
  });

  test("that is none, or of another format or kind, is refused", async () => {
    const folder = temporaryFolder();
    const none = join(folder, "none");
    await expect(readChampionConfig(none)).rejects.toThrow(
      `Expected a run folder, but ${none} is not there: give the folder that a search wrote.`,
    );
    await expect(readChampionConfig(folder)).rejects.toThrow(
      `Expected a run folder, but ${folder} holds no config.json: give`,
    );
    writeFileSync(join(folder, "config.json"), JSON.stringify({ ...config, format: 9 }));
    await expect(readChampionConfig(folder)).rejects.toThrow(
      `Expected a run of format 1 or 2 in ${folder}, got format 9: use the version of Precocial that wrote it (meta.json says which).`,
    );
    writeFileSync(join(folder, "config.json"), JSON.stringify({ ...config, stage: "walk" }));
    await expect(readChampionConfig(folder)).rejects.toThrow(
      `Expected a run of a known kind (search, baseline, gradient, es, neat, fixed, imported, adam, cmaes) in ${folder}, got "walk".`,
    );
  });
});

test("meta.json of another form is refused", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "meta.json"), "{}");
  expect(() => readMeta(folder)).toThrow(
    `Expected how a run stands in ${join(folder, "meta.json")}, got JSON without a number of generations.`,
  );
});
