/** What `precocial evaluate` says to champions it cannot use. The loader is called as the command calls it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadChampion } from "../../src/cli/load-champion.ts";
import { inProcess } from "../fixtures/command-line.ts";
import { smallConfig } from "../fixtures/runs.ts";
import { temporaryFolder } from "../fixtures/temporary.ts";

/** champion.json: inputs 1 .. 5, output 6, hidden 7 and 8; `connections` as [source, target]. */
function championText(connections: [number, number][], inputs = 5, changes: object = {}): string {
  const nodes = [inputs + 1, 7, 8].map((id) => ({ id, activation: "tanh" }));
  const genes = connections.map(([source, target], innovation) => ({ innovation, source, target, enabled: true }));
  const genome = { format: 1, inputs, outputs: 1, nodes, connections: genes };
  const scores = { generation: 0, score: 1, scoresByWeight: [1] };
  const run = { format: 1, task: "swingup", seed: 1, weights: [1] };
  return JSON.stringify({ ...run, ...scores, genome, outputs: ["force"], ...changes });
}

const GOOD = championText([
  [1, 7],
  [7, 8],
  [8, 6],
]);

const BAD: [string, string, string | RegExp][] = [
  ["that is not JSON", "champion", /^Expected a champion as JSON in .*champion\.json, got text that is not: /],
  ["that is truncated", GOOD.slice(0, GOOD.length / 2), /^Expected a champion as JSON in .*, got text that is not: /],
  ["that is empty", "", /^Expected a champion as JSON in .*, got text that is not: /],
  ["of another form", '{"format":1}', /^Expected a champion in .*champion\.json: task: /],
  ["of another format", championText([], 5, { format: 2 }), /^Expected a champion in .*champion\.json: format: /],
  [
    "with a cycle",
    championText([
      [1, 7],
      [7, 8],
      [8, 7],
      [8, 6],
    ]),
    /champion\.json: Expected a graph without cycles, got the cycle 7 -> 8 -> 7: remove one of its connections\.$/m,
  ],
  ["with a loop", championText([[7, 7]]), "got the cycle 7 -> 7: remove one of its connections."],
  [
    "with a connection to a node that is not there",
    championText([
      [1, 6],
      [1, 99],
    ]),
    "Connection 1 has an end that is not there: expected a node with id 99.",
  ],
  ["with a connection into an input", championText([[7, 2]]), "Connection 7 -> 2 ends in an input or the bias"],
  [
    "with a wrong number of inputs",
    championText([[1, 5]], 4),
    /^Expected 5 inputs and 1 outputs for task "swingup", got 4 and 1 in .*champion\.json: name the task it was evolved for with --task\.$/,
  ],
  ["of an unknown task", championText([], 5, { task: "swim" }), 'Unknown task "swim". Known: swingup'],
  [
    "with too few trained weights",
    championText([[1, 6]], 5, { trainedWeights: [1, 2] }),
    "Expected 1 trained weights, one for each connection gene, got 2 in ",
  ],
];

describe("evaluate refuses a champion", () => {
  test.each(BAD)("%s", async (_, text, message) => {
    const path = join(temporaryFolder(), "champion.json");
    writeFileSync(path, text);
    await expect(loadChampion(path)).rejects.toThrow(message);
  });

  test("with its message on standard error and exit code 2", async () => {
    const folder = temporaryFolder();
    for (const [index, [, text, message]] of BAD.filter(([name]) =>
      /truncated|cycle|wrong number/.test(name),
    ).entries()) {
      const path = join(folder, `${index}-champion.json`);
      writeFileSync(path, text);
      const { code, stdout, stderr } = await inProcess(["evaluate", path, "--json"]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^precocial: .*\n$/);
      expect(stderr.slice("precocial: ".length).trim()).toMatch(message);
    }
  });

  test("that is missing, in a folder that is no run, or not there yet", async () => {
    const folder = temporaryFolder();
    await expect(loadChampion(join(folder, "none"))).rejects.toThrow("Expected a champion at");
    await expect(loadChampion(folder)).rejects.toThrow(`Expected a run folder, but ${folder} holds no config.json`);
    const run = join(folder, "run");
    mkdirSync(run);
    writeFileSync(join(run, "config.json"), JSON.stringify(smallConfig(1)));
    await expect(loadChampion(run)).rejects.toThrow(
      `Expected a champion in ${run}, but no generation is done yet: precocial resume ${run}`,
    );
  });

  test("of the published code without --task, or with weights that do not fit", async () => {
    const folder = temporaryFolder();
    const [champion, weights] = [join(folder, "a.out"), join(folder, "w.json")];
    const row = (target: number, code: number) => [
      ...Array.from({ length: 7 }, (_, i) => (i === target ? 1 : 0)),
      code,
    ];
    const rows = Array.from({ length: 7 }, (_, node) => row(node < 2 ? 6 : -1, 1).join(","));
    writeFileSync(champion, rows.join("\n"));
    await expect(loadChampion(champion)).rejects.toThrow(
      `Expected --task, since ${champion} does not name the task it was evolved for. See: precocial tasks`,
    );
    writeFileSync(weights, "[[1, 2, 3], 9]");
    await expect(loadChampion(champion, { task: "swingup", weights })).rejects.toThrow(
      "Expected 2 trained weights, one for each enabled connection, got 3.",
    );
    writeFileSync(weights, '{"weights": 1}');
    await expect(loadChampion(champion, { task: "swingup", weights })).rejects.toThrow(
      "Expected trained weights as [[offsets], score], got JSON of another form.",
    );
    writeFileSync(weights, "[[1, 2");
    await expect(loadChampion(champion, { task: "swingup", weights })).rejects.toThrow(
      "Expected trained weights as JSON, got",
    );
    writeFileSync(weights, "[[1, 2], 9]");
    expect((await loadChampion(champion, { task: "swingup", weights })).trainedWeights).toEqual([-0.5, 0.5]);
    expect((await loadChampion(champion, { task: "swingup", weights, weightBias: 0 })).trainedWeights).toEqual([1, 2]);
  });
});

test("a whole champion is read", async () => {
  const path = join(temporaryFolder(), "champion.json");
  writeFileSync(path, GOOD);
  expect(await loadChampion(path)).toMatchObject({
    source: { name: "swingup" },
    genome: { inputCount: 5, outputCount: 1 },
  });
});
