/** Pictures of networks as files. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeDrawing } from "../../src/view/draw.ts";
import { growGenomeJson } from "../fixtures/champion.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "precocial-draw-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const genome = growGenomeJson({ inputs: 5, outputs: 1, connections: 20 });

it("a drawing in fixed colours needs no style sheet, and differs by theme", async () => {
  const [light, dark] = [join(folder, "light.svg"), join(folder, "dark.svg")];
  await writeDrawing(light, genome, { theme: "light" });
  await writeDrawing(dark, genome, { theme: "dark" });
  expect(readFileSync(light, "utf8")).not.toMatch(/var\(|<style/);
  expect(readFileSync(light, "utf8")).not.toBe(readFileSync(dark, "utf8"));
});

it("a drawing follows the reader's system by default, and names are escaped", async () => {
  const path = join(folder, "auto.svg");
  await writeDrawing(path, genome, { inputNames: ['<x & "y">'] });
  const text = readFileSync(path, "utf8");
  expect(text).toContain("prefers-color-scheme: dark");
  expect(text).toContain("&lt;x &amp; &quot;y&quot;&gt;");
  expect(text).not.toContain("<x");
});

it("what is no genome is told", async () => {
  await expect(writeDrawing(join(folder, "no.svg"), { ...genome, format: 9 as 1 })).rejects.toThrow(
    "Expected a genome of format 1",
  );
});
