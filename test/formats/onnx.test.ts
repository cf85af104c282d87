/** Champions as ONNX models, run by ONNX Runtime: the outputs and classes of the kernel, on what tasks give networks. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BinaryReader } from "@bufbuild/protobuf/wire";
import { describe, expect, test } from "vitest";
import { argmax } from "../../src/base/stats.ts";
import { digitsDataset } from "../../src/data/digits.ts";
import type { PortableChampion } from "../../src/formats/format.ts";
import { writeChampion } from "../../src/formats/index.ts";
import { groupsOf } from "../../src/formats/onnx/layers.ts";
import { chooseWeights, forwardWeights } from "../../src/formats/weights.ts";
import { wire } from "../../src/formats/wiring.ts";
import { ACTIVATION_NAMES } from "../../src/genome/activations.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { SWINGUP } from "../../src/tasks/environments/swingup.ts";
import { playEpisode } from "../../src/tasks/play/episode.ts";
import { growGenome } from "../fixtures/champion.ts";
import {
  documented,
  EVERY_ACTIVATION,
  EXPORTED,
  largestDifference,
  outputsOf,
  randomInputs,
} from "../fixtures/exported.ts";
import { genomeOf } from "../fixtures/genomes.ts";
import { openModel } from "../fixtures/onnx-runtime.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

/** Of each value, or of 1 where that is larger: sums are taken in another order. */
const TOLERANCE = 1e-5;
const weightsOf = (champion: PortableChampion) =>
  forwardWeights(chooseWeights(champion, compile(champion.genome), { trained: false }));

/** The observations of so many steps of swing-up, driven by its champion. */
function observed(count: number): Float32Array {
  const champion = documented("swingup.json");
  const { program } = compile(champion.genome);
  const forward = createForward(program);
  const [slot] = outputSlots(program);
  const rows: number[] = [];
  for (let episode = 0; rows.length < 5 * count; episode++) {
    playEpisode(SWINGUP, `test/onnx/${episode}`, (observation) => {
      rows.push(...observation);
      return [forward(observation, champion.bestSharedWeight as number)[slot]];
    });
  }
  return Float32Array.from(rows.slice(0, 5 * count));
}

describe("an ONNX model", () => {
  test.each(Object.entries(EXPORTED))("of a network %s gives its outputs for random inputs", async (name, champion) => {
    const inputs = randomInputs(champion, 500);
    const { run } = await openModel(await writeChampion(champion, "net.onnx"));
    const outputs = await run(inputs, champion.genome.inputCount);
    // Random weights of up to 2 make much of the last bit.
    const tolerance = name === "with evolved weights" ? 10 * TOLERANCE : TOLERANCE;
    expect(largestDifference(outputs, outputsOf(champion, inputs, weightsOf(champion)))).toBeLessThan(tolerance);
  });

  test.each<[string, PortableChampion]>([
    ["50 connections", { genome: growGenome({ inputs: 5, outputs: 1, connections: 50 }) }],
    ["134 connections", documented("swingup.json")],
  ])("of %s gives its outputs for 1,000 observations", async (_, champion) => {
    const observations = observed(1000);
    const { run } = await openModel(await writeChampion(champion, "net.onnx"));
    const expected = outputsOf(champion, observations, weightsOf(champion));
    expect(largestDifference(await run(observations, 5), expected)).toBeLessThan(TOLERANCE);
  });

  test("of a classifier tells the class of each of 10,000 images as the kernel does", async () => {
    const { features } = digitsDataset({ train: 10_000, validation: 0, test: 0 }).train;
    const champion = documented("tasks/digits.json");
    const { run } = await openModel(await writeChampion(champion, "net.onnx"));
    const outputs = await run(features, 256);
    const expected = outputsOf(champion, features, weightsOf(champion));
    const classesOf = (values: Float32Array) =>
      Array.from({ length: 10_000 }, (_, image) => argmax(values.subarray(10 * image, 10 * image + 10)));
    expect(classesOf(outputs)).toEqual(classesOf(expected));
    expect(largestDifference(outputs, expected)).toBeLessThan(TOLERANCE);
  });

  test.each(ACTIVATION_NAMES)("has %s as it is here, far out and at its edges too", async (activation) => {
    const genome = genomeOf(
      1,
      1,
      [activation],
      [
        [1, 3],
        [3, 2],
      ],
    );
    const inputs = Float32Array.of(
      0,
      -0,
      0.25,
      -0.5,
      0.5,
      1,
      -1,
      1.5,
      2,
      -3,
      7.25,
      100.5,
      -1e4,
      2 ** 20 + 0.5,
      1e19,
      -1e30,
    );
    const { run } = await openModel(await writeChampion({ genome }, "net.onnx", { weight: 1 }));
    const expected = outputsOf({ genome }, inputs, 1);
    expect(largestDifference(await run(inputs, 1), expected)).toBeLessThan(1e-6);
  });

  test("takes the weight as an input, with a default or without, fixed, and as one for each connection", async () => {
    const trainedWeights = Array.from(EVERY_ACTIVATION.genome.enabled, (_, gene) => (gene % 5) / 4 - 0.5);
    const champion = { ...EVERY_ACTIVATION, trainedWeights };
    const inputs = randomInputs(champion, 50);
    const open = async (settings: object) => openModel(await writeChampion(champion, "net.onnx", { ...settings }));
    const free = await open({ requireWeight: true });
    expect(free.inputNames).toEqual(["inputs", "weight"]);
    const difference = async (outputs: Promise<Float32Array>, weights: number | Float32Array) =>
      largestDifference(await outputs, outputsOf(champion, inputs, weights));
    expect(await difference(free.run(inputs, 2, -0.75), -0.75)).toBeLessThan(TOLERANCE);
    expect(await difference((await open({})).run(inputs, 2), 1)).toBeLessThan(TOLERANCE);
    expect(await difference((await open({ weight: 0.5 })).run(inputs, 2), 0.5)).toBeLessThan(TOLERANCE);
    const own = Float32Array.from(compile(champion.genome).genes, (gene) => trainedWeights[gene]);
    expect(await difference((await open({ trained: true })).run(inputs, 2), own)).toBeLessThan(TOLERANCE);
  });

  test("has a product for each layer and activation, not one for each node", async () => {
    const champion = documented("tasks/mnist.json");
    const wiring = wire(champion, { trained: false });
    const text = new TextDecoder("latin1").decode(await writeChampion(champion, "net.onnx"));
    const groups = groupsOf(wiring);
    expect(text.match(/Gemm/g)).toHaveLength(groups.length);
    expect(groups.length).toBeLessThan(wiring.nodes.length / 5);
    expect(groups.flatMap(({ nodes }) => nodes)).toHaveLength(wiring.nodes.length);
  });

  test("says what it is: producer, task, classes, how rows become inputs, scores", async () => {
    const champion = { ...EXPORTED["of a table"], version: "1.2.3" };
    const reader = new BinaryReader(await writeChampion(champion, "net.onnx"));
    const texts: string[] = [];
    const metadata: Record<string, string> = {};
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag();
      if (field === 2 || field === 3) texts.push(reader.string());
      else if (field === 14) {
        const end = reader.uint32() + reader.pos;
        reader.tag();
        const key = reader.string();
        reader.tag();
        metadata[key] = reader.string();
        expect(reader.pos).toBe(end);
      } else reader.skip(type);
    }
    expect(texts).toEqual(["Precocial", "1.2.3"]);
    expect(metadata).toMatchObject({ task: "csv", weights: "input", score: String(champion.score) });
    expect(JSON.parse(metadata.classes)).toEqual(["Adelie", "Chinstrap", "Gentoo"]);
    expect(JSON.parse(metadata.preprocessing)).toEqual(champion.table);
    expect(JSON.parse(metadata.scoresByWeight)[0]).toEqual({ weight: -2, score: champion.scoresByWeight?.[0] });
  });
});

/** The checker of the ONNX project, as Debian has it; other systems have it where their Python finds it. */
const CHECKER = ["/usr/bin/python3", "python3"].find((python) => spawnSync(python, ["-c", "import onnx"]).status === 0);

test.skipIf(CHECKER === undefined)("the checker of ONNX has nothing to say (python3-onnx)", async () => {
  const folder = temporaryFolder();
  const paths: string[] = [];
  for (const [name, champion] of Object.entries(EXPORTED)) {
    for (const settings of [{}, { weight: 0.5 }]) {
      paths.push(join(folder, `${paths.length}.onnx`));
      writeFileSync(paths.at(-1) as string, await writeChampion({ ...champion, version: name }, "net.onnx", settings));
    }
  }
  const script =
    "import onnx, sys\nfor path in sys.argv[1:]: onnx.checker.check_model(onnx.load(path), full_check=True)";
  const { status, stderr } = spawnSync(String(CHECKER), ["-c", script, ...paths], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
