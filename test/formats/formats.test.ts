/** The table of formats: which format a path has, what each reads and writes, and one of one's own beside them. */
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  encodeGenome,
  FORMATS,
  type Format,
  formatOf,
  type PortableChampion,
  publishedWeightBias,
  readChampion,
  writeChampion,
} from "../../src/index.ts";
import { genomeOf, randomGenome } from "../fixtures/genomes.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const CHAMPION: PortableChampion = {
  genome: randomGenome(3, 25, { inputs: 2, outputs: 1 }),
  task: "made-up",
  seed: 4,
  weights: [-1, 1],
  generation: 7,
  score: 0.1 + 0.2,
  scoresByWeight: [1 / 3, 5],
  inputs: ["x", "y"],
  outputs: ["force"],
};

const TABLE: PortableChampion["table"] = {
  columns: [
    { kind: "numeric", name: "x", fill: 1 / 3, mean: -7, deviation: 1e-9 },
    { kind: "categorical", name: "y", values: ["a", "=b"], missing: false, other: true },
  ],
  target: { kind: "number", name: "force", mean: 2, deviation: 0.1 },
  notes: ["y: 2 rare values grouped."],
};

/** Lists of connections, one `source target` a line, that hold an optional heading. */
const SETTINGS = { heading: z.string().default("edges").describe("First line.") };
const edges: Format<typeof SETTINGS> = {
  name: "edges",
  summary: "lists of connections",
  endings: [".edges", ".edges.json"],
  namesTask: false,
  settings: SETTINGS,
  read(bytes, { ends = { inputCount: 1, outputCount: 1 } }) {
    const [, ...lines] = textOf(bytes).trim().split("\n");
    const pairs = lines.map((line) => line.split(" ").map(Number) as [number, number]);
    return { genome: genomeOf(ends.inputCount, ends.outputCount, [], pairs) };
  },
  write({ genome }, { heading }) {
    return [heading, ...Array.from(genome.sources, (source, gene) => `${source} ${genome.targets[gene]}`), ""].join(
      "\n",
    );
  },
};
const picture: Format = {
  name: "picture",
  summary: "bytes that nobody reads",
  endings: [".pic"],
  namesTask: false,
  write: () => Uint8Array.of(1, 2),
};
const formats = { ...FORMATS, edges, picture };

describe("the format of a path", () => {
  test.each([
    ["runs/x/champion.json", "json"],
    ["CHAMPION.JSON", "json"],
    ["swing.out", "published"],
    ["a.out.json", "json"],
    ["a.graph.json", "graph"],
    ["net.MJS", "js"],
  ])("%s is %s", (path, name) => {
    expect(formatOf(path).name).toBe(name);
  });

  test("that has no known ending is refused with those that are", () => {
    for (const path of ["champion.txt", "champion", "json", "a.json/champion"]) {
      expect(() => formatOf(path)).toThrow(
        "Expected a champion's file to end in .json (json), .out (published), .onnx (onnx), .js or .mjs (js), .c (c), .py (python), " +
          `.tex (latex), .dot or .gv (dot), .graph.json (graph), got ${path}: give it the ending of its format.`,
      );
    }
  });

  test("every format stands under its own name, with endings that begin with a dot", () => {
    for (const [name, format] of Object.entries(FORMATS)) {
      expect(format.name).toBe(name);
      for (const ending of format.endings) expect(ending).toMatch(/^\.[a-z.]+$/);
    }
  });
});

describe("champion.json", () => {
  test("is read as it was written, whatever is known of the champion", async () => {
    for (const champion of [
      CHAMPION,
      { ...CHAMPION, bestSharedWeight: -1.25 },
      { ...CHAMPION, seed: "label", trainedWeights: Array.from(CHAMPION.genome.enabled, (_, gene) => gene / 3) },
      { ...CHAMPION, inputs: undefined, image: { width: 2, height: 1 } },
      { ...CHAMPION, table: TABLE },
    ]) {
      const bytes = await writeChampion(champion, "champion.json");
      const back = readChampion(bytes, { path: "champion.json" });
      expect(encodeGenome(back.genome)).toEqual(encodeGenome(champion.genome));
      expect({ ...back, genome: champion.genome }).toEqual(champion);
      expect(await writeChampion(back, "champion.json")).toEqual(bytes);
    }
  });

  test.each([
    ["{", "Expected a champion as JSON in a.json, got text that is not: "],
    ["[]", "Expected a champion in a.json: "],
    ['{"format":2}', "Expected a champion in a.json: format: "],
  ])("%j is refused", (text, message) => {
    expect(() => readChampion(bytesOf(text), { path: "a.json" })).toThrow(message);
  });

  test("with a broken genome or trained weights of another number is refused by the name of the file", async () => {
    const whole = JSON.parse(textOf(await writeChampion(CHAMPION, "a.json")));
    const change = (changes: object) => {
      const file = { ...whole, ...changes };
      return () => readChampion(bytesOf(JSON.stringify(file)), { path: "a.json" });
    };
    const count = CHAMPION.genome.enabled.length;
    expect(change({ trainedWeights: [1] })).toThrow(
      `Expected ${count} trained weights, one for each connection gene, got 1 in a.json.`,
    );
    const genome = encodeGenome(CHAMPION.genome);
    const lost = { ...genome, connections: [{ innovation: 0, source: 1, target: 99, enabled: true }] };
    expect(change({ genome: lost })).toThrow("a.json: Connection 0 has an end that is not there");
  });

  test("is not written of a champion without run, scores or names, and says what is missing", async () => {
    const { genome } = CHAMPION;
    await expect(writeChampion({ genome }, "a.json")).rejects.toThrow(
      "Expected a champion of a run to write as champion.json, got one without " +
        "task, seed, weights, generation, score, scoresByWeight, outputs, inputs: add them.",
    );
    await expect(writeChampion({ ...CHAMPION, score: undefined }, "a.json")).rejects.toThrow(
      "got one without score: add",
    );
  });

  test("has no settings", async () => {
    await expect(writeChampion(CHAMPION, "a.json", { indent: 2 })).rejects.toThrow('Unknown json setting "indent".');
  });
});

describe("the published format", () => {
  const TABLE = ["0,0,0,-1.5,1", "0,0,2,nan,1", "0,0,0,0.1,5", "0,0,0,0,1"].join("\n");

  test("is read by the ends of its task, or those its graph shows", () => {
    const { genome, ...rest } = readChampion(bytesOf(TABLE), { path: "a.out" });
    expect(genome).toMatchObject({ inputCount: 1, outputCount: 1 });
    expect(rest).toEqual({});
    const ends = { inputCount: 2, outputCount: 1 };
    expect(() => readChampion(bytesOf(TABLE), { path: "a.out", ends })).toThrow("ends in an input or the bias");
  });

  test("is read as it was written, hidden nodes in topological order, disabled connections as nan", async () => {
    const { genome } = readChampion(bytesOf(TABLE), { path: "a.out" });
    const text = textOf(await writeChampion({ genome }, "b.out"));
    expect(text).toBe("0,0,0,1,1\n0,0,1,nan,1\n0,0,0,1,5\n0,0,0,0,1\n");
    expect(readChampion(bytesOf(text), { path: "b.out" }).genome).toEqual(genome);
  });

  test("is not written of a network whose output leads on", async () => {
    const ends = [1, 2] as const;
    const genome = genomeOf(
      ...ends,
      [],
      [
        [1, 2],
        [2, 3],
      ],
    );
    await expect(writeChampion({ genome }, "a.out")).rejects.toThrow(
      "Expected outputs that lead to no other node, as the published format needs it, got output 1 that does.",
    );
  });

  test("has a weight bias for the tasks whose tool has one", () => {
    expect([publishedWeightBias("swingup"), publishedWeightBias("digits")]).toEqual([-1.5, 0]);
  });
});

describe("a format of one's own", () => {
  const small = genomeOf(
    1,
    1,
    [],
    [
      [1, 2],
      [0, 2],
    ],
  );

  test("writes with its settings, and reads", async () => {
    const bytes = await writeChampion({ genome: small }, "net.edges", { heading: "my edges" }, formats);
    expect(textOf(bytes)).toBe("my edges\n1 2\n0 2\n");
    expect(textOf(await writeChampion({ genome: small }, "net.edges", {}, formats))).toMatch(/^edges\n/);
    expect(readChampion(bytes, { path: "net.edges" }, formats)).toEqual({ genome: small });
    const ends = { inputCount: 2, outputCount: 1 };
    expect(readChampion(bytesOf("x\n1 3\n"), { path: "net.edges", ends }, formats).genome.inputCount).toBe(2);
  });

  test("is found by the longest ending, and is unknown without its table", () => {
    expect(formatOf("a.edges.json", formats).name).toBe("edges");
    expect(formatOf("a.edges.json").name).toBe("json");
    expect(() => formatOf("a.edges")).toThrow("Expected a champion's file to end in ");
    expect(() => formatOf("a.txt", formats)).toThrow(".edges or .edges.json (edges), .pic (picture), got a.txt");
  });

  test("has its settings checked", async () => {
    await expect(writeChampion({ genome: small }, "a.edges", { heading: 3 }, formats)).rejects.toThrow(
      "Expected heading to be a string, got 3.",
    );
    await expect(writeChampion({ genome: small }, "a.edges", { head: "x" }, formats)).rejects.toThrow(
      'Unknown edges setting "head". Known: heading.',
    );
  });

  test("that only writes cannot be read, and one that only reads cannot be written", async () => {
    expect(await writeChampion({ genome: small }, "a.pic", {}, formats)).toEqual(Uint8Array.of(1, 2));
    expect(() => readChampion(bytesOf(""), { path: "a.pic" }, formats)).toThrow(
      "Expected a champion in a format that can be read (.json (json), .out (published), .edges or .edges.json (edges)), " +
        "got a.pic: picture can only be written.",
    );
    const { write: _, ...unwritten } = edges;
    const readOnly = { json: FORMATS.json, edges: unwritten };
    await expect(writeChampion({ genome: small }, "a.edges", {}, readOnly)).rejects.toThrow(
      "Expected a format that can be written (.json (json)), got a.edges: edges can only be read.",
    );
  });
});
