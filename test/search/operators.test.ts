/** Operators: after any sequence of them every invariant holds and the parent is unchanged. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { activationCode } from "../../src/genome/activations.ts";
import { connectionCount, createGenome, type Genome } from "../../src/genome/genome.ts";
import { Innovations } from "../../src/genome/innovation.ts";
import { validate } from "../../src/genome/validate.ts";
import { compile } from "../../src/network/compile.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { OPERATORS } from "../../src/search/operators/index.ts";
import { makeChild } from "../../src/search/vary.ts";
import { EVERYTHING, genomeOf, oneHidden, settingsWith } from "../fixtures/genomes.ts";

const context = (changes = {}, seed = 1, other: Genome = oneHidden()) => ({
  rng: derive("operators", seed),
  innovations: new Innovations(1, 1),
  settings: settingsWith(changes),
  otherParent: () => other,
  relative: () => other,
});

test("after 200 operators every invariant holds and no parent is changed", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom("never", "hidden", "always"),
      (seed, inputs, outputs, keepSplit) => {
        const settings = { ...EVERYTHING, keepSplit: keepSplit as "never" };
        const rng = derive("property", seed);
        const innovations = new Innovations(inputs, outputs);
        let genome = createGenome(inputs, outputs, 0.5, 1, rng);
        const other = genome;
        for (let step = 0; step < 200; step++) {
          const before = structuredClone(genome);
          const { genome: child } = makeChild(genome, {
            rng,
            innovations,
            settings,
            otherParent: () => other,
            relative: () => other,
          });
          expect(genome).toEqual(before);
          genome = validate(child);
        }
      },
    ),
    { seed: 2, numRuns: 20 },
  );
}, 60_000);

describe("insert node", () => {
  test("splits a connection by a node, and disables it unless it is kept", () => {
    const parent = genomeOf(1, 1, [], [[1, 2]]);
    for (const [keepSplit, enabled] of [
      ["never", 0],
      ["hidden", 0],
      ["always", 1],
    ] as const) {
      const child = OPERATORS.insertNode.makeChild(parent, context({ keepSplit, activations: ["sin"] })) as Genome;
      expect([...child.sources]).toEqual([1, 1, 3]);
      expect([...child.targets]).toEqual([2, 3, 2]);
      expect([...child.enabled]).toEqual([enabled, 1, 1]);
      expect(child.activations[3]).toBe(activationCode("sin"));
    }
  });

  test("keeps split connections between hidden nodes with keepSplit hidden", () => {
    const parent = genomeOf(1, 1, ["sin", "cos"], [[3, 4]]);
    expect(OPERATORS.insertNode.makeChild(parent, context({ keepSplit: "hidden" }))?.enabled[0]).toBe(1);
    expect(OPERATORS.insertNode.makeChild(parent, context({ keepSplit: "never" }))?.enabled[0]).toBe(0);
  });

  test("a connection that stays enabled can be split again by another node", () => {
    const settings = context({ keepSplit: "always" });
    const parent = genomeOf(1, 1, [], [[1, 2]]);
    const once = OPERATORS.insertNode.makeChild(parent, settings) as Genome;
    once.enabled.set([1, 0, 0]);
    const twice = OPERATORS.insertNode.makeChild(once, settings) as Genome;
    expect(new Set(twice.ids).size).toBe(5);
    expect(validate(twice)).toBe(twice);
  });

  test("keeps the output when weight is 1 and the node is linear", () => {
    const parent = genomeOf(1, 1, [], [[1, 2]]);
    const child = OPERATORS.insertNode.makeChild(
      parent,
      context({ activations: ["linear"], keepSplit: "never" }),
    ) as Genome;
    for (const genome of [parent, child]) {
      const { program } = compile(genome);
      expect(createForward(program)([0.75], 1)[outputSlots(program)[0]]).toBe(0.75);
    }
  });
});

describe("add connection", () => {
  test("proposes every legal pair and no other", () => {
    const parent = genomeOf(1, 1, ["sin", "cos"], [[3, 4]]);
    const found = new Set<string>();
    for (let seed = 0; seed < 300; seed++) {
      const child = OPERATORS.addConnection.makeChild(parent, context({}, seed)) as Genome;
      found.add(`${child.sources.at(-1)} -> ${child.targets.at(-1)}`);
    }
    expect([...found].sort()).toEqual(
      ["0 -> 2", "0 -> 3", "0 -> 4", "1 -> 2", "1 -> 3", "1 -> 4", "3 -> 2", "4 -> 2"].sort(),
    );
  });

  test("enables a disabled gene of the pair, and has nothing to do when all pairs are connected", () => {
    const parent = genomeOf(
      1,
      1,
      [],
      [
        [0, 2],
        [1, 2],
      ],
    );
    expect(OPERATORS.addConnection.makeChild(parent, context())).toBeUndefined();
    parent.enabled[1] = 0;
    expect([...(OPERATORS.addConnection.makeChild(parent, context())?.enabled ?? [])]).toEqual([1, 1]);
  });
});

test("change activation always changes it, and has nothing to do without a choice or a hidden node", () => {
  for (let seed = 0; seed < 50; seed++) {
    expect(OPERATORS.changeActivation.makeChild(oneHidden(), context({}, seed))?.activations[3]).not.toBe(
      activationCode("relu"),
    );
  }
  expect(OPERATORS.changeActivation.makeChild(oneHidden(), context({ activations: ["relu"] }))).toBeUndefined();
  expect(OPERATORS.changeActivation.makeChild(genomeOf(1, 1, [], []), context())).toBeUndefined();
});

test("enable and remove connection turn one gene, and know when there is none", () => {
  const genome = oneHidden();
  expect(OPERATORS.enableConnection.makeChild(genome, context())).toBeUndefined();
  const removed = OPERATORS.removeConnection.makeChild(genome, context()) as Genome;
  expect(connectionCount(removed)).toBe(2);
  expect(OPERATORS.enableConnection.makeChild(removed, context())).toEqual(genome);
  expect(OPERATORS.removeConnection.makeChild(genomeOf(1, 1, [], []), context())).toBeUndefined();
});

test("crossover takes matching genes from either parent and keeps the first parent's graph", () => {
  const first = oneHidden();
  const second = oneHidden();
  second.activations[3] = 5;
  second.enabled[2] = 0;
  const seen = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const child = OPERATORS.crossover.makeChild(first, context({}, seed, second));
    if (child === undefined) continue;
    expect(child.sources).toEqual(first.sources);
    seen.add(`${child.activations[3]} ${child.enabled[2]}`);
  }
  expect([...seen].sort()).toEqual(["5 0", "5 1", "9 0"]);
  expect(OPERATORS.crossover.makeChild(first, context({}, 1, oneHidden()))).toBeUndefined();
});

test("with all operators off the child is the parent", () => {
  const off = { insertNode: 0, addConnection: 0, changeActivation: 0, enableConnection: 0 };
  const parent = oneHidden();
  expect(makeChild(parent, context(off))).toEqual({ genome: parent, operators: [] });
});

test("an operator that has nothing to do is drawn again: no child is a clone", () => {
  for (let seed = 0; seed < 200; seed++) {
    const parent = genomeOf(1, 1, [], [[1, 2]]);
    const { genome: child } = makeChild(parent, context({}, seed, parent));
    expect(child, `seed ${seed}`).not.toEqual(parent);
  }
});
