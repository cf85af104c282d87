/** What a drawn network must have whatever its graph: names no line runs through, a key, a curve in every node. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decodeGenome, derive, type Genome, SWINGUP } from "../../src/index.ts";
import { drawNetwork, type NetworkOptions } from "../../viz/network.ts";
import { growGenome } from "../fixtures/champion.ts";
import { randomGenome } from "../fixtures/graphs.ts";
import { countClass, newDocument } from "../fixtures/picture.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => decodeGenome(JSON.parse(readFileSync(join(root, path), "utf8")).genome);
const digits = [..."0123456789"];
const names = { inputNames: SWINGUP.inputs, outputNames: ["force"] };
const image = { width: 16, height: 16 };

const NETWORKS: Record<string, [Genome, NetworkOptions]> = {
  "the swing-up champion": [read("docs/champions/swingup.json"), { ...names, width: 880 }],
  "a narrow one": [growGenome({ inputs: 5, outputs: 1, connections: 50, seed: 4 }), { ...names, width: 340 }],
  "MNIST with 1,032 connections": [
    read("experiments/mnist/champion-paper-1.json"),
    { image, outputNames: digits, width: 1200 },
  ],
  "MNIST, narrow": [read("experiments/mnist/champion-paper-1.json"), { image, outputNames: digits, width: 340 }],
  "outputs that feed others": [randomGenome(4, 3, 12, derive(1, "feeding outputs")), {}],
  "outputs that feed others, of an image": [
    randomGenome(16, 3, 20, derive(2, "feeding outputs")),
    { image: { width: 4, height: 4 } },
  ],
};

interface Box {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the texts of a drawing are, by a careful guess of their widths. */
function textBoxes(svg: string): Box[] {
  const texts = svg.matchAll(
    /<g class="(?:node|entry)[^"]*" transform="translate\(([^,]+),([^)]+)\)"(?:(?!<\/g>).)*?<text ([^>]*)>([^<]*)</g,
  );
  return Array.from(texts, ([, x, y, attributes, name]) => {
    const number = (key: string) => Number(new RegExp(`(?:^| )${key}="([^"]*)"`).exec(attributes)?.[1] ?? 0);
    const width = 0.5 * number("font-size") * name.length;
    const left = Number(x) + number("x") - (attributes.includes('text-anchor="end"') ? width : 0);
    const middle = Number(y) + number("y");
    return { name, left, right: left + width, top: middle - 4, bottom: middle + 4 };
  });
}

/** Points along a path of M, H and C. */
function pointsAlong(path: string): [number, number][] {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command, text] of path.matchAll(/([MHC])([^MHC]*)/g)) {
    const values = text.split(",").map(Number);
    const ends = command === "H" ? [values[0], y] : values.slice(-2);
    for (let at = 1; at <= 40; at++) {
      const t = at / 40;
      const bezier = (from: number, first: number, second: number, to: number) =>
        from * (1 - t) ** 3 + 3 * first * t * (1 - t) ** 2 + 3 * second * t ** 2 * (1 - t) + to * t ** 3;
      if (command === "C") {
        points.push([bezier(x, values[0], values[2], values[4]), bezier(y, values[1], values[3], values[5])]);
      } else if (command === "H") points.push([x + t * (values[0] - x), y]);
    }
    [x, y] = ends;
  }
  return points;
}

describe.each(Object.entries(NETWORKS))("%s", (title, [genome, options]) => {
  const drawing = drawNetwork(newDocument(), genome, options);
  const svg = drawing.outerHTML;

  it("has no line through a name", () => {
    const boxes = textBoxes(svg);
    expect(boxes.length).toBeGreaterThan(genome.outputCount);
    const crossed = new Set<string>();
    const lines = Array.from(svg.matchAll(/class="(?:connection|leader)" d="([^"]+)"/g), ([, path]) => path);
    expect(lines.length).toBeGreaterThan(4);
    expect(countClass(drawing, "leader") > 0).toBe(title.startsWith("outputs that feed others"));
    for (const [x, y] of lines.flatMap(pointsAlong)) {
      for (const { name, left, right, top, bottom } of boxes) {
        if (x > left && x < right && y > top && y < bottom) crossed.add(`${name} at ${left}, ${top}`);
      }
    }
    expect([...crossed]).toEqual([]);
  });

  it("has texts that do not cover each other", () => {
    const boxes = textBoxes(svg);
    const covered = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
        .map((b) => `${a.name} and ${b.name}`),
    );
    expect(covered).toEqual([]);
  });

  it("has a curve in every node but inputs, and a key of exactly the activations that occur", () => {
    const used = Array.from(svg.matchAll(/class="node (?:hidden|output)"[^>]* data-activation="(\w+)"/g), ([, n]) => n);
    const key = Array.from(svg.matchAll(/class="entry"[^>]* data-activation="(\w+)"/g), ([, name]) => name);
    expect(new Set(key)).toEqual(new Set(used));
    expect(key).toHaveLength(new Set(used).size);
    expect(countClass(drawing, "glyph")).toBe(used.length + key.length);
  });
});

it("an output that feeds others has its name at the right edge, led to by a dotted line", () => {
  const genome = decodeGenome({
    format: 1,
    inputs: 1,
    outputs: 2,
    nodes: [
      { id: 2, activation: "linear" },
      { id: 3, activation: "linear" },
    ],
    connections: [
      { innovation: 0, source: 1, target: 2, enabled: true },
      { innovation: 1, source: 2, target: 3, enabled: true },
    ],
  });
  const drawing = drawNetwork(newDocument(), genome);
  expect(countClass(drawing, "leader")).toBe(1);
  const [first, second] = textBoxes(drawing.outerHTML).filter(({ name }) => name.startsWith("output"));
  expect(first.left).toBe(second.left);
});
