/** Graded forms: a genome is what its code means, at every weight; codes vary within their ranges; the search over them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import type { Scores } from "../../src/base/scores.ts";
import { activationCode, activationOf } from "../../src/genome/activations.ts";
import { connectionCount, type Genome } from "../../src/genome/genome.ts";
import { gradesOf } from "../../src/genome/grades.ts";
import { validate } from "../../src/genome/validate.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { change, firstCode, recombine } from "../../src/search/forms/codes.ts";
import { codeOf } from "../../src/search/forms/decode.ts";
import { type Code, type Form, featureLength, genomeOf } from "../../src/search/forms/form.ts";
import { FormSearch } from "../../src/search/forms/form-search.ts";
import { completeFormSettings, type FormSettings } from "../../src/search/forms/settings.ts";
import { Search } from "../../src/search/search.ts";
import { madeUpScores } from "../fixtures/search-digest.ts";

const NAMES = ["relu", "abs", "step", "linear", "inverse"];
const SHAPE = { inputCount: 4, outputCount: 3, outputActivation: 1 };
const POWERS_OF_TWO = [1, -1, 0.5, -0.5, 2, -2, 2 ** -7];

const codesOf = (names: readonly string[]) => names.map((name) => activationCode(name) as number);

const SETTINGS: Partial<FormSettings> = { population: 20, features: 3 };
const run = (search: FormSearch, generations: number): FormSearch => {
  for (let generation = 0; generation < generations; generation++) search.tell(search.ask().map(madeUpScores));
  return search;
};

/** Forms of every kind, the smallest among them. */
const forms: fc.Arbitrary<Form> = fc.record({
  inputCount: fc.integer({ min: 1, max: 5 }),
  outputCount: fc.integer({ min: 1, max: 4 }),
  features: fc.integer({ min: 1, max: 6 }),
  activations: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 }).map(codesOf),
  multiplicity: fc.integer({ min: 1, max: 4 }),
  outputs: fc.constantFrom("sums" as const, "signs" as const, "switches" as const),
  strength: fc.integer({ min: 1, max: 20 }),
});

/** A form, a code of it, and a seed. */
const coded = fc
  .record({ form: forms, density: fc.constantFrom(0, 0.2, 0.5, 1), seed: fc.nat() })
  .map(({ form, density, seed }) => ({ form, seed, code: firstCode(form, density, derive("code", seed)) }));

/** What a code means, at a shared weight of 1: sums of features, their signs, or the difference of two switches. */
function meaningOf(form: Form, code: Code, inputs: readonly number[]): number[] {
  const length = featureLength(form);
  const values = [1, ...inputs];
  const sums = Array.from({ length: length - 1 - values.length }, () => 0);
  for (let start = 0; start < code.length; start += length) {
    const total = values.reduce((sum, value, input) => sum + code[start + 1 + input] * value, 0);
    const feature = activationOf(form.activations[code[start]]).apply(total);
    sums.forEach((sum, output) => {
      sums[output] = sum + code[start + 1 + values.length + output] * feature;
    });
  }
  if (form.outputs === "sums") return sums;
  if (form.outputs === "signs") return sums.map((sum) => form.strength * Math.sign(sum));
  return Array.from({ length: form.outputCount }, (_, output) => {
    const [sum, rest] = sums.slice(2 * output);
    return form.strength * (Number(sum > rest) - Number(-sum > rest));
  });
}

function outputsOf(genome: Genome, inputs: readonly number[], weight: number): number[] {
  const { program } = compile(genome);
  const values = createForward(program)(Float32Array.from(inputs), weight);
  return Array.from(outputSlots(program), (slot) => values[slot] + 0);
}

test("every code is a valid graded genome whose outputs are what it means, to the bit at powers of two", () => {
  const inputsOf = (seed: number, count: number) =>
    Array.from({ length: count }, (_, input) => derive("input", seed, input).integer(65) / 8 - 4);
  fc.assert(
    fc.property(coded, ({ form, code, seed }) => {
      const genome = validate(genomeOf(form, code));
      const grades = form.outputs === "sums" ? 4 : 2;
      expect(genome.grades).toBe(grades);
      const inputs = inputsOf(seed, form.inputCount);
      const meaning = meaningOf(form, code, inputs);
      for (const weight of POWERS_OF_TWO) {
        expect(outputsOf(genome, inputs, weight)).toEqual(meaning.map((value) => value * weight ** grades + 0));
      }
    }),
    { seed: 1, numRuns: 400 },
  );
});

test("relays are shared: a code of 48 equal numbers needs as many as one of its features", () => {
  const form: Form = {
    inputCount: 5,
    outputCount: 1,
    features: 8,
    activations: codesOf(["relu"]),
    multiplicity: 3,
    outputs: "sums",
    strength: 1,
  };
  const code = new Int32Array(8 * featureLength(form)).fill(3);
  for (let place = 0; place < code.length; place += featureLength(form)) code[place] = 0;
  // 3 relays of each of 6 values, each to 8 features; 3 relays of each feature, each to the output.
  expect(connectionCount(genomeOf(form, code))).toBe(6 * 3 * (1 + 8) + 8 * 3 * 2);
});

test("signs are as large as an action's range at every weight of at least 1 / sqrt(strength)", () => {
  const form: Form = {
    inputCount: 1,
    outputCount: 1,
    features: 1,
    activations: codesOf(["linear"]),
    multiplicity: 1,
    outputs: "signs",
    strength: 16,
  };
  const genome = genomeOf(form, Int32Array.of(0, 0, 1, 1));
  for (const weight of [0.25, -0.25, 1, -2]) {
    expect(outputsOf(genome, [3], weight)[0]).toBeGreaterThanOrEqual(1);
    expect(outputsOf(genome, [-3], weight)[0]).toBeLessThanOrEqual(-1);
    expect(outputsOf(genome, [0], weight)[0]).toBe(0);
  }
  expect(outputsOf(genome, [3], 0.125)).toEqual([0.25]);
});

test("an output of two switches is 0 within its rest, at every weight, and beyond of the size of a sign", () => {
  const form: Form = {
    inputCount: 2,
    outputCount: 1,
    features: 2,
    activations: codesOf(["linear"]),
    multiplicity: 1,
    outputs: "switches",
    strength: 16,
  };
  // The sum is the first input, the rest the second.
  const genome = genomeOf(form, Int32Array.of(0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1));
  for (const weight of [0.25, -0.25, 1, -2]) {
    expect(outputsOf(genome, [3, 1], weight)[0]).toBeGreaterThanOrEqual(1);
    expect(outputsOf(genome, [-3, 1], weight)[0]).toBeLessThanOrEqual(-1);
    for (const [sum, rest] of [
      [1, 3],
      [-1, 3],
      [1, -3],
      [-1, -3],
    ]) {
      expect(outputsOf(genome, [sum, rest], weight)[0]).toBe(0);
    }
  }
});

test("first codes of switches have no rest, and do what signs do", () => {
  const signs: Form = { ...new FormSearch(SHAPE).form, outputs: "signs", strength: 2 };
  const switches: Form = { ...signs, outputs: "switches" };
  const code = firstCode(switches, 1, derive("switches"));
  const [length, before] = [featureLength(switches), featureLength(signs)];
  const ofSigns = Int32Array.from({ length: signs.features * before }, (_, place) => {
    const at = place % before;
    const outputs = 2 + SHAPE.inputCount;
    return code[Math.floor(place / before) * length + (at < outputs ? at : 2 * at - outputs)];
  });
  const inputs = [1, -2, 0.5, 3];
  expect(outputsOf(genomeOf(switches, code), inputs, 1)).toEqual(outputsOf(genomeOf(signs, ofSigns), inputs, 1));
  expect(outputsOf(genomeOf(switches, code), inputs, 1).some((output) => output !== 0)).toBe(true);
});

describe("the code of a genome", () => {
  test("means that genome, of any form", () => {
    fc.assert(
      fc.property(coded, ({ form, code, seed }) => {
        // Rests too, which first codes have none of.
        const changed = change(form, code, 20, derive("rests", seed));
        const genome = genomeOf(form, changed);
        expect(genomeOf(form, codeOf(form, genome))).toEqual(genome);
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  test("means it in a larger form too, and signs are switches without a rest", () => {
    const form: Form = { ...new FormSearch(SHAPE).form, features: 3, outputs: "signs" };
    const genome = genomeOf(form, firstCode(form, 0.8, derive("larger")));
    const code = codeOf({ ...form, features: 9, multiplicity: 7, outputs: "switches", strength: 5 }, genome);
    const inputs = [0.5, -1, 2, 1.5];
    const larger = genomeOf({ ...form, features: 9, multiplicity: 7, outputs: "switches" }, code);
    expect(outputsOf(larger, inputs, 0.5)).toEqual(outputsOf(genome, inputs, 0.5));
    expect(outputsOf(genome, inputs, 0.5).some((output) => output !== 0)).toBe(true);
  });

  const form: Form = {
    inputCount: 1,
    outputCount: 1,
    features: 1,
    activations: codesOf(["relu"]),
    multiplicity: 2,
    outputs: "signs",
    strength: 2,
  };
  const genome = genomeOf(form, Int32Array.of(0, 0, 2, 1));
  const rests = genomeOf({ ...form, outputs: "switches" }, Int32Array.of(0, 0, 2, 1, 1));
  const sums = genomeOf({ ...form, outputs: "sums" }, Int32Array.of(0, 0, 2, 1));
  const two = genomeOf({ ...form, features: 2 }, Int32Array.of(0, 0, 2, 1, 0, 1, 0, 1));
  test.each<[string, Partial<Form>, Genome, string]>([
    ["features", {}, two, "Expected a champion of at most 1 features to start from, got 2: give --features 2."],
    [
      "numbers",
      { multiplicity: 1 },
      genome,
      "Expected a champion that counts nothing more than 1 times to start from, got 2 times: give --multiplicity 2.",
    ],
    [
      "activations",
      { activations: codesOf(["abs", "step"]) },
      genome,
      "Expected a champion whose features are abs, step to start from, got relu: name it in --feature-activations.",
    ],
    [
      "rests",
      {},
      rests,
      "Expected a champion whose outputs are signs to start from, got switches: give --outputs switches.",
    ],
    [
      "sums",
      { outputs: "switches" },
      sums,
      "Expected a champion whose outputs are switches to start from, got sums: give --outputs sums.",
    ],
    [
      "signs",
      { outputs: "sums" },
      genome,
      "Expected a champion whose outputs are sums to start from, got signs: give --outputs signs.",
    ],
  ])("is refused where a form has too few %s or others", (_, changes, champion, message) => {
    expect(() => codeOf({ ...form, ...changes }, champion)).toThrow(message);
  });

  test("is refused of graphs of no form", () => {
    const message =
      "Expected a champion of --method es to start from, got one whose graph no code of a form means: search from it by --method evolution.";
    const shape = { inputCount: 1, outputCount: 1, outputActivation: 1 };
    const any = new Search(shape, { population: 4, genome: "any", connectProbability: 1 }).ask()[0];
    const graded = new Search(shape, { population: 4, genome: "graded", connectProbability: 1 }).ask()[0];
    expect(() => codeOf(form, any)).toThrow(message);
    expect(() => codeOf(form, graded)).toThrow(message);
    expect(() => codeOf(form, straight(genome))).toThrow(message);
    // What a search by evolution may make of one: a connection out of use, a sum of another activation.
    const enabled = genome.enabled.map((is, gene) => (gene === 0 ? 0 : is));
    expect(() => codeOf(form, { ...genome, enabled })).toThrow(message);
    const sum = gradesOf(genome).indexOf(4);
    const activations = genome.activations.map((code, node) => (node === sum ? codesOf(["abs"])[0] : code));
    expect(() => codeOf(form, { ...genome, activations })).toThrow(message);
  });

  /** The genome with an input that leads straight into its output. */
  function straight(from: Genome): Genome {
    const gene = from.targets.indexOf(2);
    const sources = from.sources.slice();
    sources[gene] = 1;
    return { ...from, sources };
  }
});

describe("a search from a champion", () => {
  const champion = run(new FormSearch(SHAPE, SETTINGS, 5), 10).ask()[0];

  test("begins with it and changed ones, all one family", () => {
    const search = new FormSearch(SHAPE, SETTINGS, 6, { champion });
    const genomes = search.ask();
    expect(genomes[0]).toEqual(champion);
    expect(genomes).toHaveLength(search.settings.population);
    expect(new Set(search.families)).toEqual(new Set([0]));
    expect(new Set(search.codes.map((code) => code.join())).size).toBeGreaterThan(genomes.length / 2);
    for (const genome of genomes) validate(genome);
    const [first, second] = search.ancestors;
    expect(first.operators).toEqual([]);
    expect(second).toMatchObject({ parent: first, operators: ["change"] });
  });

  test("goes on as the same search after a stop", () => {
    const through = run(new FormSearch(SHAPE, SETTINGS, 6, { champion }), 6);
    const stopped = run(new FormSearch(SHAPE, SETTINGS, 6, { champion }), 3);
    expect(run(FormSearch.from(stopped.state), 3).state).toEqual(through.state);
  });

  test("may have switches where the champion has signs", () => {
    const signs = run(new FormSearch(SHAPE, { ...SETTINGS, outputs: "signs" }, 5), 5).ask()[0];
    const search = new FormSearch(SHAPE, { ...SETTINGS, outputs: "switches" }, 6, { champion: signs });
    const inputs = [1, 0.5, -0.25, 2];
    expect(outputsOf(search.ask()[0], inputs, 1)).toEqual(outputsOf(signs, inputs, 1));
  });

  test("is refused from one of another task", () => {
    expect(() => new FormSearch({ ...SHAPE, inputCount: 3 }, SETTINGS, 6, { champion })).toThrow(
      "Expected a champion with 3 inputs and 3 outputs to start from, got one with 4 and 3: take a champion of the same task.",
    );
  });
});

describe("codes", () => {
  const isWithin = (form: Form, code: Code) =>
    code.every((number, place) =>
      place % featureLength(form) === 0
        ? number >= 0 && number < form.activations.length
        : Math.abs(number) <= form.multiplicity,
    );

  test("a change is a change, within the ranges of the form, and leaves what it is made from", () => {
    fc.assert(
      fc.property(coded, ({ form, code, seed }) => {
        const before = code.slice();
        const child = change(form, code, 1, derive("change", seed));
        expect(child.filter((number, place) => number !== code[place])).toHaveLength(1);
        expect(isWithin(form, code)).toBe(true);
        expect(isWithin(form, change(form, code, 5, derive("changes", seed)))).toBe(true);
        expect(code).toEqual(before);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  test("changes have the mean that is asked for", () => {
    const form: Form = { ...new FormSearch(SHAPE).form, features: 100 };
    const code = firstCode(form, 0.5, derive(1));
    const counts = Array.from({ length: 1000 }, (_, index) => {
      const child = change(form, code, 4, derive("mean", index));
      return child.filter((number, place) => number !== code[place]).length;
    });
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    expect(mean).toBeGreaterThan(3.6);
    expect(mean).toBeLessThan(4.4);
  });

  test("a child of two has each feature whole from one of them", () => {
    const { form } = new FormSearch(SHAPE, { features: 20 });
    const [first, second] = [1, 2].map((seed) => firstCode(form, 1, derive(seed)));
    const child = recombine(form, first, second, derive(3));
    const length = featureLength(form);
    const from = Array.from({ length: 20 }, (_, feature) => {
      const part = (code: Code) => code.subarray(feature * length, (feature + 1) * length).join();
      return [first, second].findIndex((code) => part(code) === part(child));
    });
    expect(new Set(from)).toEqual(new Set([0, 1]));
  });

  test("a density of 0 is a network without connections, of 1 one with all", () => {
    const { form } = new FormSearch(SHAPE);
    const length = featureLength(form);
    const numbers = (density: number) => firstCode(form, density, derive(1)).filter((_, place) => place % length > 0);
    expect(numbers(0).every((number) => number === 0)).toBe(true);
    expect(numbers(1).every((number) => number !== 0)).toBe(true);
    expect(connectionCount(genomeOf(form, firstCode(form, 0, derive(1))))).toBe(0);
  });
});

describe("a search over codes", () => {
  const scoresOf = (value: number): Scores => ({
    weightCount: 1,
    episodeCount: 1,
    values: Float64Array.of(value),
  });

  test("the best go on as the same genomes, and children know their parents", () => {
    const search = run(new FormSearch(SHAPE, { ...SETTINGS, elites: 0.25, parents: 0.2 }, 7), 4);
    const genomes = search.ask();
    const { order, generation, selection } = search.tell(genomes.map(madeUpScores));
    expect(generation).toBe(4);
    const next = search.ask();
    expect(next.slice(0, 5)).toEqual(Array.from(order.subarray(0, 5), (place) => genomes[place]));
    next.slice(0, 5).forEach((genome, index) => void expect(genome).toBe(genomes[order[index]]));
    expect([...search.births.slice(5)]).toEqual(new Array(15).fill(5));
    const parents = new Set(order.subarray(0, 4));
    for (const family of search.families.slice(5)) expect(parents).toContain(family);
    expect(selection.parents).toBe(new Set(search.families.slice(5)).size);
    expect(Object.keys(selection.operators).sort()).toEqual(["change", "recombine"]);
  });

  test("of equal scores the genome with fewer connections comes first", () => {
    const search = new FormSearch(SHAPE, SETTINGS, 7);
    const sizes = search.ask().map(connectionCount);
    const { order, second } = search.tell(sizes.map(() => scoresOf(1)));
    expect(second).toBe("connections");
    const sorted = Array.from(order, (place) => sizes[place]);
    expect(sorted).toEqual([...sizes].sort((a, b) => a - b));
    expect(new Set(sizes).size).toBeGreaterThan(5);
  });

  test("remembers the scores of those that go on: order is by their weighed mean", () => {
    const search = new FormSearch(SHAPE, { ...SETTINGS, elites: 0.1, memory: 0.5 }, 7);
    const tell = (values: readonly number[]) => {
      search.ask();
      return search.tell(Array.from({ length: 20 }, (_, place) => scoresOf(values[place] ?? 0))).order;
    };
    expect([...tell([5, 8]).subarray(0, 2)]).toEqual([1, 0]);
    // The 8 counts half beside 1, which is 10 / 3; the 5 beside 3 is 11 / 3; a new one has 4.
    expect([...tell([1, 3, 4]).subarray(0, 3)]).toEqual([2, 1, 0]);
    // The 4 beside 4 is 4; the (5 / 2 + 3) / 2 beside 7 is 9.75 / 1.75, more than 5 and less than 6.
    expect([...tell([4, 7, 6, 5]).subarray(0, 4)]).toEqual([2, 1, 3, 0]);
  });

  test("with a memory of 0 order is by this generation's scores alone", () => {
    const search = new FormSearch(SHAPE, { ...SETTINGS, elites: 0.1, memory: 0 }, 7);
    const tell = (values: readonly number[]) => {
      search.ask();
      return search.tell(Array.from({ length: 20 }, (_, place) => scoresOf(values[place] ?? 0))).order;
    };
    tell([5, 8]);
    expect([...tell([1, 3, 2]).subarray(0, 3)]).toEqual([1, 2, 0]);
  });

  test("finds the code of a made-up target", () => {
    const search = new FormSearch({ ...SHAPE, outputCount: 1 }, { features: 2, featureActivations: ["linear"] }, 1);
    // As many times the first input less the second as can be.
    const scores = () => search.ask().map((genome) => scoresOf(outputsOf(genome, [1, -1, 0.5, 0.5], 1)[0]));
    const best = () => Math.max(...search.tell(scores()).objectives.first);
    const first = best();
    for (let generation = 0; generation < 60; generation++) best();
    // 2 features, each 3 times all of bias, 1, 1, 0.5 and 0.5, thrice.
    expect(best()).toBe(2 * 3 * 3 * 4);
    expect(first).toBeLessThan(40);
  });

  test.each<[string, Partial<FormSettings>]>([
    ["one feature, one activation, numbers of 1", { features: 1, featureActivations: ["relu"], multiplicity: 1 }],
    ["two codes", { population: 2 }],
    ["no elites", { elites: 0 }],
    ["no parents, which is one", { parents: 0 }],
    ["all are parents", { parents: 1 }],
    ["no recombination", { recombination: 0 }],
    ["always recombination", { recombination: 1 }],
    ["always one change", { changes: 1 }],
    ["empty first codes", { density: 0 }],
    ["signs of strength 1", { outputs: "signs", strength: 1 }],
    ["switches of strength 1", { outputs: "switches", strength: 1 }],
  ])("runs with %s", (_, changes) => {
    const search = run(new FormSearch(SHAPE, { ...SETTINGS, ...changes }, 5), 10);
    const genomes = search.ask();
    expect(genomes).toHaveLength(search.settings.population);
    for (const genome of genomes) validate(genome);
    if (changes.parents === 0) expect(new Set(search.families.slice(2)).size).toBe(1);
    if (changes.elites === 0) expect([...search.births]).toEqual(new Array(20).fill(10));
  });

  test("refuses what it cannot go on with", () => {
    const search = new FormSearch(SHAPE, SETTINGS);
    const settings = completeFormSettings({ ...SETTINGS, features: 4 });
    expect(() => FormSearch.from({ ...search.state, settings })).toThrow(
      "Expected codes of 36 numbers, which is what 4 features have, got 27: go on with the settings that the search was started with.",
    );
    expect(() => new FormSearch({ ...SHAPE, outputActivation: activationCode("tanh") as number })).toThrow(
      "Expected linear outputs for graded forms, got tanh: search by --method evolution, for genomes of any graph.",
    );
  });

  test.each<[object, string]>([
    [{ features: 0 }, "Expected features to be an integer from 1 to 10000, got 0."],
    [{ multiplicity: 1.5 }, "Expected multiplicity to be an integer from 1 to 100, got 1.5."],
    [{ parents: 2 }, "Expected parents to be a number from 0 to 1, got 2."],
    [{ outputs: "sign" }, 'Expected outputs to be one of sums, signs, switches, got "sign". Did you mean "signs"?'],
    [
      { featureActivations: ["tanh"] },
      'Expected featureActivations to be a list of relu, abs, step, linear, inverse, got ["tanh"].',
    ],
    [{ mutation: 1 }, 'Unknown form setting "mutation".'],
  ])("refuses %j", (settings, message) => {
    expect(() => new FormSearch(SHAPE, settings as Partial<FormSettings>)).toThrow(message);
  });
});
