/** `precocial play`: frames of every environment, the file that comes of them, and what is refused with nothing written. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { writeAnimation } from "../../src/files/animation.ts";
import { writeChampion } from "../../src/formats/index.ts";
import { encodeGenome } from "../../src/genome/codec.ts";
import { TASKS, taskDefinition } from "../../src/tasks/registry.ts";
import type { PlayOptions } from "../../src/view/play.ts";
import { episodeFrames } from "../../viz/frames.ts";
import { inProcess } from "../fixtures/command-line.ts";
import { documented } from "../fixtures/exported.ts";
import { randomGenome } from "../fixtures/genomes.ts";

const CHOICE = { kind: "shared", weight: 1 } as const;
const OPTIONS: PlayOptions = { choice: CHOICE, label: "view/0", theme: "light", width: 300, rate: 25, until: 0.5 };

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "precocial-test-"));
  const champion = documented("swingup.json");
  const trainedWeights = Array.from(champion.genome.enabled, (_, gene) => (gene % 3) - 1);
  writeFileSync(join(folder, "trained.json"), await writeChampion({ ...champion, trainedWeights }, "trained.json"));
  writeFileSync(join(folder, "pole.json"), await writeChampion(champion, "pole.json"));
  const digits = join(import.meta.dirname, "../../docs/champions/tasks/digits.json");
  copyFileSync(digits, join(folder, "digits.json"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const play = (...words: string[]) => inProcess(["play", ...words], folder);
const metadataOf = (name: string) => sharp(join(folder, name), { animated: true }).metadata();

describe("frames", () => {
  test.each(TASKS.filter(({ environment }) => environment !== undefined).map(({ name }) => name))(
    "of %s are its scene, frame after frame",
    (name) => {
      const definition = taskDefinition(name);
      const { inputs, outputs } = definition.ends as { inputs: string[]; outputs: string[] };
      const genome = encodeGenome(randomGenome(1, 20, { inputs: inputs.length, outputs: outputs.length }));
      const frames = [...episodeFrames(definition, { genome }, OPTIONS)];
      expect(frames.length).toBeGreaterThan(2);
      expect(new Set(frames.map(({ svg }) => svg)).size).toBe(frames.length);
      expect(frames[0].svg).toMatch(
        new RegExp(`^<svg [^>]*width="300".*${name}, weight 1<.*>0\\.0 s<.*>score 0\\.0<`, "s"),
      );
      expect(frames.at(-1)?.seconds).toBe(1.5);
    },
  );

  test("are as many a second as are asked for, in real time, and the same each time", () => {
    const frames = (changes: Partial<PlayOptions> = {}) => {
      const champion = documented("swingup.json");
      const genome = encodeGenome(champion.genome);
      return [...episodeFrames(taskDefinition("swingup"), { genome }, { ...OPTIONS, ...changes })];
    };
    expect(frames().map(({ seconds }) => seconds)).toEqual([...Array(13).fill(0.04), 1.5]);
    expect(frames({ rate: 10 }).map(({ seconds }) => seconds)).toEqual([...Array(5).fill(0.1), 1.5]);
    expect(frames()).toEqual(frames());
    expect(frames({ label: "view/1" })).not.toEqual(frames());
    expect(frames({ theme: "dark" })[0].svg).toContain("#1e2128");
  });

  test("of a sweep have a slider, and their weight goes up, down and up again", () => {
    const champion = { genome: encodeGenome(documented("swingup.json").genome) };
    const sweep = { ...OPTIONS, rate: 2, until: 9, sweep: [0.5, 2.5] as const };
    const texts = [...episodeFrames(taskDefinition("swingup"), champion, sweep)].map(
      ({ svg }) => />weight<.*?>(-?\d\.\d\d)</s.exec(svg)?.[1],
    );
    const first = ["1.00", "1.25", "1.50", "1.75", "2.00", "2.25", "2.50", "2.25", "2.00", "1.75", "1.50", "1.25"];
    expect(texts.slice(0, 16)).toEqual([...first, "1.00", "0.75", "0.50", "0.75"]);
  });
});

describe("play", () => {
  test.each([
    ["3,0.3", "Expected --sweep to be two weights, the lower first, such as 0.3,3, got 3,0.3."],
    ["1", "Expected --sweep to be two weights, the lower first, such as 0.3,3, got 1."],
    ["a,1", "each end of --sweep"],
  ])("refuses the sweep %s, with nothing written", async (sweep, words) => {
    const { code, stderr } = await play("pole.json", "--out", "sweep.gif", "--sweep", sweep);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(readdirSync(folder)).not.toContain("sweep.gif");
  });

  test("refuses a sweep of trained weights", async () => {
    const { code, stderr } = await play("trained.json", "--out", "sweep.gif", "--sweep", "1,2", "--trained");
    expect(code).toBe(2);
    expect(stderr).toContain("Expected --sweep or --trained, got both: leave one out.");
  });

  test("writes an episode as a GIF at the best weight that is known", async () => {
    const { code, stdout, stderr } = await play("pole.json", "--out", "a.gif", "--until", "0.2s", "--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const weight = documented("swingup.json").bestSharedWeight;
    expect(JSON.parse(stdout)).toEqual({ champion: "pole.json", out: "a.gif", frames: 6, kind: "shared", weight });
    expect(await metadataOf("a.gif")).toMatchObject({ format: "gif", width: 480, pages: 6, loop: 0 });
    expect((await metadataOf("a.gif")).delay?.at(0)).toBe(40);
  });

  test("writes WebP, trained weights, and another size", async () => {
    const words = ["--trained", "--width", "200", "--rate", "5", "--until", "0.4s", "--theme", "dark"];
    expect((await play("trained.json", "--out", "b.webp", ...words)).stdout).toBe("b.webp: 3 frames\n");
    expect(await metadataOf("b.webp")).toMatchObject({ format: "webp", width: 200, pages: 3 });
  });

  test.each<[string, string[], string | RegExp]>([
    ["no file to write", ["pole.json"], "Expected --out, the file to write: --out episode.gif"],
    [
      "another ending",
      ["pole.json", "--out", "a.png"],
      "Expected the animation's file to end in .gif or .webp, got a.png.",
    ],
    [
      "a video",
      ["pole.json", "--out", "a.webm"],
      "got a.webm. For a video, write an episode.gif and convert it: ffmpeg -i episode.gif episode.webm.",
    ],
    [
      "a file that is there",
      ["pole.json", "--out", "pole.json"],
      "Expected no file at pole.json yet: give another one with",
    ],
    [
      "a task without episodes",
      ["digits.json", "--out", "c.gif"],
      "Expected a champion of a task that is played step by step, got one of digits, which has examples in place of episodes.",
    ],
    [
      "trained weights where there are none",
      ["pole.json", "--out", "c.gif", "--trained"],
      "Expected a champion with trained weights, got one",
    ],
    [
      "both kinds of weights",
      ["trained.json", "--out", "c.gif", "--trained", "--weight", "1"],
      "Expected --weight or --trained, got both: leave one out.",
    ],
    [
      "a weight that is no number",
      ["pole.json", "--out", "c.gif", "--weight", "x"],
      'Expected --weight to be a finite number, got "x".',
    ],
    [
      "a theme that is not there",
      ["pole.json", "--out", "c.gif", "--theme", "auto"],
      'Unknown theme "auto". Known: light, dark.',
    ],
    [
      "a rate of 0",
      ["pole.json", "--out", "c.gif", "--rate", "0"],
      "Expected --rate to be an integer of at least 1, got 0.",
    ],
  ])("refuses %s", async (_, words, message) => {
    const before = readdirSync(folder);
    const { code, stdout, stderr } = await play(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(readdirSync(folder)).toEqual(before);
  });

  test("says how to get the library that it needs", async () => {
    vi.doMock("sharp", () => {
      throw new Error("Cannot find package 'sharp'");
    });
    await expect(writeAnimation(join(folder, "d.gif"), [])).rejects.toThrow(
      /^Expected the library sharp to write animations, but it cannot be loaded \(.*\): install it with npm install sharp, or see the episode with precocial view\.$/,
    );
    vi.doUnmock("sharp");
  });
});
