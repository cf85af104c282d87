/** What every format does that is in the table: writes any champion alike each time, reads what it wrote, refuses in words. */
import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/base/errors.ts";
import { describeSettings, z } from "../../src/base/settings.ts";
import { FORMATS, readChampion, writableFormat, writeFormat } from "../../src/formats/index.ts";
import { chooseWeights, forwardWeights } from "../../src/formats/weights.ts";
import { connectionCount } from "../../src/genome/genome.ts";
import { compile } from "../../src/network/compile.ts";
import { EXPORTED, largestDifference, outputsOf, randomInputs } from "../fixtures/exported.ts";

/** What a format cannot state of these champions, in its own words. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  "json of every activation": /^Expected a champion of a run to write as champion\.json, got one without seed, /,
  "json without names or task": /^Expected a champion of a run to write as champion\.json, got one without task, /,
  "json graded": /^Expected a champion of a run to write as champion\.json, got one without task, /,
  "json with evolved weights": /^Expected a champion of a run to write as champion\.json, got one without task, /,
  "latex of images, 1,008 connections":
    /^Expected a network of at most 200 connections for equations that can be read, got \d+: pick a smaller one of the run, or prune it\.$/,
};

describe.each(Object.keys(FORMATS))("%s", (name) => {
  const format = writableFormat(`net${FORMATS[name as keyof typeof FORMATS].endings[0]}`);

  test("says what it is, and what its settings are", () => {
    expect(format.summary).toMatch(/^[a-zA-Z]/);
    for (const { description } of describeSettings(z.strictObject(format.settings ?? {}))) {
      expect(description).toMatch(/^[A-Z].*\.$/);
    }
  });

  test.each(Object.entries(EXPORTED))(
    "a champion %s is written alike each time, and read as it was",
    async (kind, champion) => {
      const refusal = REFUSED[`${name} ${kind}`];
      const written = writeFormat(format, champion);
      if (refusal !== undefined) {
        await expect(written).rejects.toThrow(UsageError);
        await expect(written).rejects.toThrow(refusal);
        return;
      }
      const bytes = await written;
      expect(bytes.length).toBeGreaterThan(50);
      expect(await writeFormat(format, champion)).toEqual(bytes);
      if (format.read === undefined) return;
      const { inputCount, outputCount } = champion.genome;
      const back = readChampion(bytes, { path: `net${format.endings[0]}`, ends: { inputCount, outputCount } });
      expect(connectionCount(back.genome)).toBe(connectionCount(champion.genome));
      const inputs = randomInputs(champion, 20);
      // The published format keeps structure, not weights, nor the order in which sums are taken.
      const expected = outputsOf(champion, inputs, 0.5);
      expect(largestDifference(outputsOf(back, inputs, 0.5), expected)).toBeLessThan(1e-4);
    },
  );

  test("takes a fixed weight, trained ones where there are some, and not both", async () => {
    const champion = EXPORTED["of 134 connections"];
    const own = { ...champion, trainedWeights: Array.from(champion.genome.enabled, (_, gene) => (gene % 7) / 4 - 1) };
    if (format.settings === undefined) {
      await expect(writeFormat(format, champion, { weight: 1 })).rejects.toThrow(`Unknown ${name} setting "weight".`);
      return;
    }
    const texts = [
      await writeFormat(format, own),
      await writeFormat(format, own, { weight: 0.25 }),
      await writeFormat(format, own, { weight: -1.5 }),
      await writeFormat(format, own, { trained: true }),
    ];
    expect(new Set(texts.map((bytes) => Buffer.from(bytes).toString("base64"))).size).toBe(texts.length);
    await expect(writeFormat(format, champion, { trained: true })).rejects.toThrow(
      "Expected a champion with trained weights, got one without: train them by precocial tune.",
    );
    await expect(writeFormat(format, own, { trained: true, weight: 2 })).rejects.toThrow(
      "Expected a shared weight or trained weights, got both (2): leave one out.",
    );
    await expect(writeFormat(format, own, { weight: "much" })).rejects.toThrow("Expected weight to be a number, got");
  });
});

describe("the weight of a network that is written", () => {
  const { genome } = EXPORTED.graded;
  const choose = (known: object, settings = {}) =>
    chooseWeights({ genome, ...known }, compile(genome), { trained: false, ...settings });

  test("is an input whose default is the best known: the one found, the best scored, or 1", () => {
    const scored = { weights: [-1, 0.5], scoresByWeight: [3, 2] };
    expect(choose({ ...scored, bestSharedWeight: 1.5 })).toEqual({ kind: "input", value: 1.5 });
    expect(choose(scored)).toEqual({ kind: "input", value: -1 });
    expect(choose({ weights: [-1, 0.5] })).toEqual({ kind: "input", value: 1 });
  });

  test("is fixed where one is named, in single precision", () => {
    expect(choose({}, { weight: 0.1 })).toEqual({ kind: "fixed", value: Math.fround(0.1) });
  });

  test("is that of each connection where those evolved, in the order of the program", () => {
    const evolved = EXPORTED["with evolved weights"];
    const network = compile(evolved.genome);
    const chosen = chooseWeights(evolved, network, { trained: false });
    expect(chosen).toEqual({ kind: "own", values: network.weights });
    expect(forwardWeights(chosen)).toEqual(network.weights);
  });
});
