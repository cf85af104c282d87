/** Champions as source code, run: JavaScript gives the bits of the network itself, C and Python its numbers. */
import { execFile, spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { PortableChampion } from "../../src/formats/format.ts";
import { writeChampion } from "../../src/formats/index.ts";
import { chooseWeights, forwardWeights } from "../../src/formats/weights.ts";
import { compile } from "../../src/network/compile.ts";
import { SWINGUP } from "../../src/tasks/environments/swingup.ts";
import { Episode } from "../../src/tasks/play/episode.ts";
import { useCompiler } from "../fixtures/compiler.ts";
import { documented, EXPORTED, largestDifference, outputsOf, randomInputs } from "../fixtures/exported.ts";
import { usePython } from "../fixtures/python.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

const run = promisify(execFile);
const ROWS = 200;
const CASES = Object.entries(EXPORTED);
const textOf = async (champion: PortableChampion, path: string, settings = {}) =>
  new TextDecoder().decode(await writeChampion(champion, path, settings));

/** Writes a champion as a file of a new folder, and returns its path. */
async function fileOf(champion: PortableChampion, name: string, settings = {}): Promise<string> {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, await writeChampion(champion, name, settings));
  return path;
}

/** Random inputs, and what the network gives for them at the weights that are written. */
function recorded(champion: PortableChampion, settings: { weight?: number } = {}) {
  const inputs = randomInputs(champion, ROWS);
  const weights = chooseWeights(champion, compile(champion.genome), { trained: false, ...settings });
  return { inputs, expected: outputsOf(champion, inputs, forwardWeights(weights)) };
}

/** Lines such as "force: 0.25 (Precocial: 0.25)" of a program that shows its reference. */
function shown(text: string): { ours: number[]; theirs: number[] } {
  const lines = [...text.matchAll(/: (\S+) \(Precocial: (\S+)\)/g)];
  return { ours: lines.map(([, , value]) => Number(value)), theirs: lines.map(([, value]) => Number(value)) };
}

describe("JavaScript", () => {
  test.each(CASES)("of a network %s gives its bits", async (_, champion) => {
    const { inputs, expected } = recorded(champion);
    const path = await fileOf(champion, "net.mjs");
    const { act } = await import(/* @vite-ignore */ pathToFileURL(path).href);
    const { inputCount } = champion.genome;
    const outputs = Array.from({ length: ROWS }, (__, row) => [
      ...act(inputs.subarray(row * inputCount, (row + 1) * inputCount)),
    ]);
    expect(Float32Array.from(outputs.flat())).toEqual(expected);
  });

  test("takes another weight, unless one is fixed, and shows its reference when it is run", async () => {
    const champion = EXPORTED["of every activation"];
    const free = await import(/* @vite-ignore */ pathToFileURL(await fileOf(champion, "net.mjs")).href);
    const path = await fileOf(champion, "fixed.mjs", { weight: -1.5 });
    const fixed = await import(/* @vite-ignore */ pathToFileURL(path).href);
    expect(free.act([0.5, 0.25], -1.5)).toEqual(fixed.act([0.5, 0.25]));
    expect(fixed.act([0.5, 0.25], 3)).toEqual(fixed.act([0.5, 0.25]));
    expect(free.INPUTS).toEqual(champion.inputs);
    expect(free.OUTPUTS).toEqual(champion.outputs);
    const { ours, theirs } = shown((await run(process.execPath, [path])).stdout);
    expect(theirs).toHaveLength(3);
    expect(theirs).toEqual(ours);
  });

  test("passes a strict check of its types, and bears them", async () => {
    const folder = temporaryFolder();
    for (const [index, [, champion]] of CASES.entries()) {
      writeFileSync(join(folder, `net${index}.js`), await writeChampion(champion, "net.js"));
    }
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const use = 'import { act } from "./net0.js";\nexport const outputs: Float32Array = act([1, 2, 3, 4, 5], 2);\n';
    writeFileSync(join(folder, "use.ts"), use);
    writeFileSync(join(folder, "misuse.ts"), use.replace("[1, 2, 3, 4, 5]", '"all"').replace(", 2)", ', "much")'));
    const tsc = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
    const flags = ["--noEmit", "--strict", "--allowJs", "--checkJs", "--target", "es2022", "--module", "nodenext"];
    const check = (...files: string[]) => {
      const { status, stdout } = spawnSync(process.execPath, [tsc, ...flags, "--types", "", ...files], {
        cwd: folder,
        encoding: "utf8",
      });
      return { status, stdout };
    };
    expect(check("use.ts", ...CASES.map((_, index) => `net${index}.js`))).toEqual({ status: 0, stdout: "" });
    expect(check("misuse.ts").stdout).toMatch(/misuse\.ts\(2,\d+\): error TS2345: Argument of type 'string'/);
  });
});

/** Reads observations from standard input, as singles of this machine, and writes the outputs of each. */
const loopOf = ({ inputCount, outputCount }: PortableChampion["genome"], weight: string) => `
#include <stdio.h>
#include "net.c"
int main(void) {
  float inputs[${inputCount}];
  float outputs[${outputCount}];
  while (fread(inputs, sizeof inputs, 1, stdin) == 1) {
    precocial_act(inputs, ${weight}outputs);
    fwrite(outputs, sizeof outputs, 1, stdout);
    fflush(stdout);
  }
  return 0;
}
`;

const C_FLAGS = ["-std=c99", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/** Compiles a champion with a loop around it, and returns the path of the program. */
async function compiled(champion: PortableChampion, settings: { weight?: number; trained?: boolean } = {}) {
  const folder = temporaryFolder();
  const cwd = { cwd: folder };
  writeFileSync(join(folder, "net.c"), await writeChampion(champion, "net.c", settings));
  const weights = chooseWeights(champion, compile(champion.genome), { trained: false, ...settings });
  writeFileSync(
    join(folder, "loop.c"),
    loopOf(champion.genome, weights.kind === "input" ? `(float)${weights.value}, ` : ""),
  );
  await run("cc", [...C_FLAGS, "-o", "loop", "loop.c"], cwd);
  return folder;
}

describe("C", () => {
  useCompiler();

  test.each(CASES)("of a network %s compiles without a warning and gives its values", async (_, champion) => {
    const { inputs, expected } = recorded(champion);
    const folder = await compiled(champion);
    const { stdout } = spawnSync(join(folder, "loop"), { input: inputs, maxBuffer: 1e8 });
    const outputs = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
    expect(largestDifference(outputs, expected)).toBe(0);
  });

  test("shows its reference when it is compiled with a main", async () => {
    const champion = EXPORTED["of every activation"];
    const path = await fileOf(champion, "net.c");
    const program = join(path, "../reference");
    await run("cc", [...C_FLAGS, "-DPRECOCIAL_MAIN", "-o", program, path]);
    const { ours, theirs } = shown((await run(program)).stdout);
    expect(ours).toHaveLength(champion.genome.outputCount);
    expect(theirs).toEqual(ours);
  });

  test("with trained or fixed weights gives their values", async () => {
    const champion = documented("swingup.json");
    const trainedWeights = Array.from(champion.genome.enabled, (_, gene) => (gene % 7) / 4 - 1);
    const { genes } = compile(champion.genome);
    const inputs = randomInputs(champion, ROWS);
    for (const [settings, weights] of [
      [{ trained: true }, Float32Array.from(genes, (gene) => trainedWeights[gene])],
      [{ weight: -0.7 }, Math.fround(-0.7)],
    ] as const) {
      const folder = await compiled({ ...champion, trainedWeights }, settings);
      const { stdout } = spawnSync(join(folder, "loop"), { input: inputs });
      const outputs = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
      expect(largestDifference(outputs, outputsOf(champion, inputs, weights))).toBe(0);
    }
  });

  test("drives a swing-up episode to the score that the network itself gets", async () => {
    const champion = documented("swingup.json");
    const folder = await compiled(champion);
    const own = new Episode(SWINGUP, "test/c");
    const weight = Math.fround(champion.bestSharedWeight as number);
    while (!own.ended) own.step(outputsOf(champion, own.observation, weight));

    const driven = new Episode(SWINGUP, "test/c");
    const child = spawn(join(folder, "loop"), { stdio: ["pipe", "pipe", "inherit"] });
    while (!driven.ended) {
      child.stdin.write(new Uint8Array(driven.observation.slice().buffer));
      const answer: Buffer = await new Promise((resolve) => child.stdout.once("data", resolve));
      driven.step([answer.readFloatLE()]);
    }
    child.stdin.end();
    expect(driven.steps).toBe(own.steps);
    expect(Math.abs(driven.score - own.score)).toBeLessThan(1e-3);
    expect(own.score).toBeGreaterThan(100);
  });
});

describe("Python", () => {
  const python = usePython();
  const hasNumpy = spawnSync(python.path, ["-c", "import numpy"]).status === 0;
  const SCRIPT = `
import sys, numpy as np, net
rows = np.frombuffer(sys.stdin.buffer.read(), dtype=np.float32).reshape(-1, int(sys.argv[1]))
network = net.Network()
batch = network.act(rows)
assert np.array_equal(network.act(rows[3]), batch[3]) and batch.dtype == np.float32
sys.stdout.buffer.write(batch.astype(np.float32).tobytes())
`;

  test.skipIf(!hasNumpy).each(CASES)(
    "of a network %s gives its values, one by one and in a batch",
    async (_, champion) => {
      const { inputs, expected } = recorded(champion);
      const folder = temporaryFolder();
      writeFileSync(join(folder, "net.py"), await writeChampion(champion, "net.py"));
      writeFileSync(join(folder, "all.py"), SCRIPT);
      const words = ["-W", "error", "all.py", String(champion.genome.inputCount)];
      const { stdout, stderr } = spawnSync(python.path, words, { cwd: folder, input: inputs, maxBuffer: 1e8 });
      expect(String(stderr)).toBe("");
      const outputs = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
      expect(largestDifference(outputs, expected)).toBe(0);
    },
  );

  test.skipIf(!hasNumpy)("shows its reference, and refuses an observation of another size", async () => {
    const path = await fileOf(EXPORTED["of every activation"], "net.py", { weight: 0.75 });
    const { ours, theirs } = shown((await run(python.path, [path])).stdout);
    expect(ours).toHaveLength(3);
    expect(largestDifference(theirs, ours)).toBeLessThan(1e-5);
    const wrong = spawnSync(python.path, ["-c", "import net; net.Network().act([1, 2, 3])"], { cwd: join(path, "..") });
    expect(String(wrong.stderr)).toContain("ValueError: Expected 2 inputs, got 3.");
  });
});

test("headings say task, scores, weight, inputs and outputs, and how a row of a table becomes inputs", async () => {
  const text = await textOf({ ...EXPORTED["of a table"], version: "1.2.3" }, "net.py");
  expect(text).toMatch(/^"""A network of \d+ connections for the task csv, written by Precocial 1\.2\.3\.\n/);
  expect(text).toContain("\nAll connections share one weight, 2.85 unless another is given.\n");
  expect(text).toMatch(/\n- Beak Length \(mm\): \(value - [\d.]+\) \/ [\d.]+, a missing value being [\d.]+\n/);
  expect(text).toMatch(/\n- Sex: an input for each of FEMALE, MALE.*, 1 where it is that and 0 elsewhere\n/);
  expect(text).toMatch(/\nOutputs: 1 Adelie, 2 Chinstrap, 3 Gentoo\.\n/);
  const own = await textOf(EXPORTED["with evolved weights"], "net.c");
  expect(own).toContain(" * Each connection has a weight of its own.\n");
  const fixed = await textOf(EXPORTED["of images, 1,008 connections"], "net.c", { weight: 0.1 });
  expect(fixed).toContain(" * All connections share the weight 0.1.\n");
  expect(fixed).toContain(" * Inputs: the pixels of an image of 16 x 16, row by row, 0 paper to 1 ink.\n");
  expect(readFileSync(await fileOf(EXPORTED["of every activation"], "net.c"), "utf8").match(/\*\//g)?.length).toBe(
    (await textOf(EXPORTED["of every activation"], "net.c")).match(/\/\*/g)?.length,
  );
});
