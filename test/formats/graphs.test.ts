/** Champions as equations and graphs: what is written, and that those who read it take it. */
import { instance } from "@viz-js/viz";
import katex from "katex";
import { describe, expect, test } from "vitest";
import type { PortableChampion } from "../../src/formats/format.ts";
import { writeChampion } from "../../src/formats/index.ts";
import { EXPORTED } from "../fixtures/exported.ts";
import { genomeOf } from "../fixtures/genomes.ts";

const textOf = async (champion: PortableChampion, path: string, settings = {}) =>
  new TextDecoder().decode(await writeChampion(champion, path, settings));

/**
 *     1 --> 4:tanh --> 3 (output)      4 is used once, so it stands within; 5 is used twice, so it gets a name
 *     1, 0 --> 5:gaussian --> 3, 6:inverse --> 3
 */
const SMALL: PortableChampion = {
  genome: genomeOf(
    2,
    1,
    ["tanh", "gaussian", "inverse"],
    [
      [1, 4],
      [4, 3],
      [1, 5],
      [0, 5],
      [5, 3],
      [5, 6],
      [6, 3],
    ],
  ),
  inputs: ["angle_1", "speed"],
  outputs: ["force"],
};

/** The equations of a text, without their heading and legend. */
const equationsOf = (text: string) => /\\begin\{align\*\}\n([\s\S]*)\n\\end\{align\*\}/.exec(text)?.[1];

describe("LaTeX", () => {
  test("names common parts, and puts the others where they are used", async () => {
    const text = await textOf(SMALL, "net.tex", { weight: 0.5 });
    expect(equationsOf(text)).toBe(
      ["h_{1} &= \\exp(-\\tfrac{1}{2} (w (x_{1} + 1))^2) \\\\", "y_{1} &= w (\\tanh(w x_{1}) + h_{1} - w h_{1})"].join(
        "\n",
      ),
    );
    expect(text).toContain("\nInputs: $x_{1}$ angle\\_1.\nOutputs: $y_{1}$ force.\n");
    expect(text).toContain("\nAll connections share the weight $w = 0.5$.\n");
  });

  test("has the weights of connections as factors", async () => {
    const trainedWeights = [1.5, -2, 0.25, -1, 3, 1, 0.5];
    expect(equationsOf(await textOf({ ...SMALL, trainedWeights }, "net.tex", { trained: true }))).toBe(
      [
        "h_{1} &= \\exp(-\\tfrac{1}{2} (0.25 x_{1} - 1)^2) \\\\",
        "y_{1} &= -2 \\tanh(1.5 x_{1}) + 3 h_{1} + 0.5 (-1 h_{1})",
      ].join("\n"),
    );
  });

  test.each(Object.entries(EXPORTED).filter(([name]) => !name.includes("1,008")))(
    "of a network %s is taken by a typesetter",
    async (_, champion) => {
      const text = await textOf(champion, "net.tex");
      const options = { displayMode: true, strict: true, throwOnError: true } as const;
      expect(katex.renderToString(`\\begin{align*}${equationsOf(text)}\\end{align*}`, options)).toContain("katex");
      const legend = text.split("\\end{align*}\n")[1];
      for (const [, formula] of legend.matchAll(/\$([^$]+)\$/g)) katex.renderToString(formula, { throwOnError: true });
    },
  );
});

describe("DOT", () => {
  test("draws every node and connection, weights where they differ", async () => {
    const text = await textOf({ ...SMALL, trainedWeights: [1.5, -2, 0.25, -1, 3, 1, 0.5] }, "net.dot", {
      trained: true,
    });
    expect(text).toContain('\n  1 -> 3 [label="1.5"];\n');
    expect(text.match(/->/g)).toHaveLength(7);
    expect((await textOf(SMALL, "net.dot")).match(/label="(shared weight 1|angle_1|speed)"/g)).toHaveLength(3);
  });

  test.each(Object.entries(EXPORTED))("of a network %s is taken by Graphviz", async (_, champion) => {
    const viz = await instance();
    const drawn = viz.renderJSON(await textOf(champion, "net.gv")) as { edges: unknown[] };
    const { links } = JSON.parse(await textOf(champion, "net.graph.json"));
    expect(drawn.edges).toHaveLength(links.length);
  });
});

describe("a graph in JSON", () => {
  test("has the nodes and links that NetworkX and D3 look for", async () => {
    const graph = JSON.parse(await textOf({ ...SMALL, task: "poles", score: 3 }, "net.graph.json", { weight: 2 }));
    expect(graph).toMatchObject({
      directed: true,
      multigraph: false,
      graph: { task: "poles", score: 3, sharedWeight: 2 },
    });
    expect(graph.nodes.map(({ kind }: { kind: string }) => kind)).toEqual([
      "bias",
      "input",
      "input",
      "hidden",
      "hidden",
      "hidden",
      "output",
    ]);
    expect(graph.nodes.at(-1)).toMatchObject({ name: "force", activation: "linear", output: 0 });
    const ids = new Set(graph.nodes.map(({ id }: { id: number }) => id));
    expect(graph.links).toHaveLength(7);
    for (const { source, target } of graph.links) expect([ids.has(source), ids.has(target)]).toEqual([true, true]);
  });
});
