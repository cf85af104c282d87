/** Pictures of networks as files. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Resvg } from "@resvg/resvg-js";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeDrawing } from "../../src/view/draw.ts";
import { growGenomeJson } from "../fixtures/champion.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "precocial-draw-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const genome = growGenomeJson({ inputs: 5, outputs: 1, connections: 20 });

/** How many of a picture's dots have exactly a colour, #rrggbb. */
function countDots(svg: string, colour: string): number {
  const { pixels } = new Resvg(svg).render();
  const wanted = Number.parseInt(colour.slice(1), 16);
  let count = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    if ((pixels[at] << 16) + (pixels[at + 1] << 8) + pixels[at + 2] === wanted) count++;
  }
  return count;
}

it.each([
  ["auto", "#ffffff"],
  ["light", "#ffffff"],
  ["dark", "#1e2128"],
] as const)("a drawing in the %s theme has its colours where there is no browser", async (theme, background) => {
  const path = join(folder, "net.svg");
  await writeDrawing(path, genome, { theme });
  const svg = readFileSync(path, "utf8");
  expect(svg).not.toMatch(/var\(|currentColor/);
  expect(countDots(svg, background)).toBeGreaterThan(100_000);
  expect(countDots(svg, "#000000")).toBe(0);
  const names = new Set(Array.from(svg.matchAll(/data-activation="(\w+)"/g), ([, name]) => name));
  expect(names.size).toBeGreaterThan(3);
  for (const name of names) {
    const [, fill] = new RegExp(`data-activation="${name}".*?class="disc"[^>]*fill="(#\\w+)"`).exec(svg) ?? [];
    expect(countDots(svg, fill), `${name}, ${fill}`).toBeGreaterThan(50);
  }
});

it("a drawing that follows the reader's system turns to the colours of the dark theme, and names are escaped", async () => {
  const [auto, dark] = [join(folder, "auto.svg"), join(folder, "dark.svg")];
  const inputNames = ['<x & "y">'];
  await writeDrawing(auto, genome, { inputNames });
  await writeDrawing(dark, genome, { inputNames, theme: "dark" });
  const text = readFileSync(auto, "utf8");
  expect(text).toContain("&lt;x &amp; &quot;y&quot;&gt;");
  expect(text).not.toContain("<x");
  const [sheet, rules] = /<style>@media \(prefers-color-scheme: dark\)\{(.*?)\}<\/style>/.exec(text) ?? ["", ""];
  const turned = new Map(
    Array.from(rules.matchAll(/\[(\w+="#\w+")\]\{\w+:(#\w+)\}/g), ([, selector, value]) => [selector, value]),
  );
  expect(turned.size).toBeGreaterThan(8);
  const inBrowser = text
    .replace(sheet, "")
    .replace(/(fill|stroke)="#\w+"/g, (use, property) => (turned.has(use) ? `${property}="${turned.get(use)}"` : use));
  expect(inBrowser).toBe(readFileSync(dark, "utf8"));
});

it("a PNG has the colours too, and is light", async () => {
  const path = join(folder, "net.png");
  await writeDrawing(path, genome);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="400" height="300">
    <image width="400" height="300" xlink:href="data:image/png;base64,${readFileSync(path).toString("base64")}"/></svg>`;
  expect(countDots(svg, "#ffffff")).toBeGreaterThan(40_000);
});

it.each(["net.pdf", "net.PDF"])("%s is refused with the way to get it", async (name) => {
  await expect(writeDrawing(join(folder, name), genome)).rejects.toThrow(
    `Expected the picture's file to end in .svg or .png, got ${join(folder, name)}. ` +
      "For a PDF, draw an .svg and convert it: rsvg-convert -f pdf -o net.pdf net.svg, or inkscape net.svg -o net.pdf.",
  );
});

it("what is no genome is told", async () => {
  await expect(writeDrawing(join(folder, "no.svg"), { ...genome, format: 9 as 1 })).rejects.toThrow(
    "Expected a genome of format 1",
  );
});
