/** Streams, statistics, checks and settings. */
import { expect, test } from "vitest";
import { checkFinite, checkInteger, checkKnown, checkLength, checkNumber } from "../../src/base/check.ts";
import { InternalError } from "../../src/base/errors.ts";
import { derive } from "../../src/base/rng.ts";
import { bestWeightScore, meanScore, scoresByWeight } from "../../src/base/scores.ts";
import { parseSettings } from "../../src/base/settings.ts";
import { argmax, mean, median, quantile, summarize } from "../../src/base/stats.ts";
import { searchSettingsSchema } from "../../src/search/config.ts";

test("equal labels give equal streams, other labels other ones", () => {
  const draw = (...labels: (string | number)[]) => Array.from({ length: 5 }, () => derive(...labels).uniform());
  expect(draw(1, "mutate", 2, 3)).toEqual(draw(1, "mutate", 2, 3));
  expect(draw(1, "mutate", 2, 3)).not.toEqual(draw(1, "mutate", 23));
  expect(draw(1, "mutate")).not.toEqual(draw(2, "mutate"));
});

test("a stream's first numbers are pinned: another order of draws would change every result", () => {
  const rng = derive(1, "pinned");
  expect([rng.uniform(), rng.integer(1000), rng.normal()]).toMatchInlineSnapshot(`
    [
      0.9452341825235635,
      902,
      -0.4249815728606447,
    ]
  `);
});

test("normal numbers have mean 0 and standard deviation 1", () => {
  const rng = derive("normal");
  const { mean: center, std } = summarize(Array.from({ length: 20_000 }, () => rng.normal()));
  expect(center).toBeCloseTo(0, 1);
  expect(std).toBeCloseTo(1, 1);
});

test("shuffle keeps the items", () => {
  const items = [...Array(50).keys()];
  const shuffled = derive("shuffle").shuffle([...items]);
  expect(shuffled).not.toEqual(items);
  expect(shuffled.sort((a, b) => a - b)).toEqual(items);
});

test("statistics of a known list", () => {
  expect(mean([1, 2, 3, 6])).toBe(3);
  expect(median([5, 1, 3])).toBe(3);
  expect(median([1, 2])).toBe(1.5);
  expect(quantile([0, 10], 0.25)).toBe(2.5);
  expect(summarize([2, 4])).toEqual({ mean: 3, std: 1 });
  expect(argmax([1, 3, 3])).toBe(1);
  expect(argmax([])).toBe(-1);
  expect(mean([])).toBeNaN();
});

test("scores are averaged by weight and over all", () => {
  const scores = { weightCount: 2, episodeCount: 2, values: Float64Array.of(1, 3, 10, 20) };
  expect([...scoresByWeight(scores)]).toEqual([2, 15]);
  expect(meanScore(scores)).toBe(8.5);
  expect(bestWeightScore(scores)).toBe(15);
});

test("checks say what was expected and what came", () => {
  expect(() => checkInteger("threads", 0, 1)).toThrow("Expected threads to be an integer of at least 1, got 0.");
  expect(() => checkInteger("share", 5, 0, 3)).toThrow("Expected share to be an integer from 0 to 3, got 5.");
  expect(() => checkNumber("bias", "x")).toThrow('Expected bias to be a finite number, got "x".');
  expect(() => checkNumber("rate", 2, 0, 1)).toThrow("Expected rate to be a number from 0 to 1, got 2.");
  expect(() => checkNumber("size", -1, 0)).toThrow("Expected size to be a number of 0 or more, got -1.");
  expect(() => checkLength("weights", [1], 2)).toThrow("Expected 2 weights, got 1.");
  expect(() => checkFinite("weights", [1, Number.NaN])).toThrow("Expected finite weights, got NaN at index 1.");
  expect(() => checkKnown("task", "walk", ["a", "b"])).toThrow('Unknown task "walk". Known: a, b.');
  expect(new InternalError("It broke.").message).toContain("please report it with the seed");
});

test("settings are checked one by one, with their range", () => {
  const parse = (input: unknown) => () => parseSettings("search", searchSettingsSchema, input);
  expect(parse({ population: 1 })).toThrow("Expected population to be an integer from 2 to 100000, got 1.");
  expect(parse({ population: 2.5 })).toThrow("Expected population to be an integer from 2 to 100000, got 2.5.");
  expect(parse({ elites: "many" })).toThrow('Expected elites to be a number from 0 to 0.9, got "many".');
  expect(parse({ crowding: "none" })).toThrow('Expected crowding to be one of range, published, got "none".');
  expect(parse({ activations: ["sine"] })).toThrow("Expected activations to be a list of linear, step, sin");
  expect(parse({ popsize: 3 })).toThrow('Unknown search setting "popsize". Known: population, cull,');
  expect(parse(3)).toThrow("Expected search settings as an object, got 3.");
});
