/** Operators: after any sequence of them every invariant holds and the parent is unchanged. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { derive, type Rng } from "../../src/base/rng.ts";
import { activationCode } from "../../src/genome/activations.ts";
import { encodeGenome } from "../../src/genome/codec.ts";
import { connectionCount, createGenome, extend, type Genome } from "../../src/genome/genome.ts";
import { Innovations } from "../../src/genome/innovation.ts";
import { validate } from "../../src/genome/validate.ts";
import { compile } from "../../src/network/compile.ts";
import type { Proposal } from "../../src/network/effects.ts";
import { createForward, outputSlots } from "../../src/network/forward.ts";
import { OPERATORS } from "../../src/search/operators/index.ts";
import { makeChild } from "../../src/search/vary.ts";
import { EVERYTHING, genomeOf, LATER_OPERATORS, oneHidden, settingsWith } from "../fixtures/genomes.ts";

const context = (changes = {}, seed = 1, other: Genome = oneHidden()) => ({
  rng: derive("operators", seed),
  innovations: new Innovations(1, 1),
  settings: settingsWith(changes),
  otherParent: () => other,
  relative: () => other,
});

const textOf = (genomes: readonly Genome[]) => JSON.stringify(genomes.map(encodeGenome));

/** One of each kind between any nodes, whether genes allow it or not. */
function anyProposals(parent: Genome, rng: Rng): Proposal[] {
  const place = () => rng.integer(parent.ids.length);
  const target = 1 + parent.inputCount + rng.integer(parent.ids.length - 1 - parent.inputCount);
  const insert = {
    kind: "insert",
    sources: [...new Set([place(), place()])],
    activation: 1 + rng.integer(11),
    target,
    gain: 1,
  } as const;
  const gene = parent.enabled.indexOf(1);
  return [
    { kind: "connect", source: place(), target, gain: 2 },
    insert,
    ...(gene >= 0 ? [{ kind: "disconnect", gene, target: parent.targets[gene], gain: 0.5 } as const] : []),
  ];
}

test("after 200 operators every invariant holds and no parent is changed", () => {
  const used = new Set<string>();
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom("never", "hidden", "always"),
      (seed, inputs, outputs, keepSplit) => {
        const settings = { ...EVERYTHING, ...LATER_OPERATORS, followGradient: 0.1, keepSplit: keepSplit as "never" };
        const rng = derive("property", seed);
        const innovations = new Innovations(inputs, outputs);
        let genome = createGenome(inputs, outputs, 0.5, 1, rng);
        // A relative that goes its own way for ten steps, then another.
        let other = genome;
        const context = {
          rng,
          innovations,
          settings,
          otherParent: () => other,
          relative: () => other,
          proposals: (parent: Genome) => anyProposals(parent, rng),
        };
        for (let step = 0; step < 200; step++) {
          const parents = [genome, other];
          const before = textOf(parents);
          const child = makeChild(genome, context);
          expect(textOf(parents)).toBe(before);
          genome = validate(child.genome);
          for (const name of child.operators) used.add(name);
          other = step % 10 === 0 ? genome : validate(makeChild(other, { ...context, relative: () => genome }).genome);
        }
      },
    ),
    { seed: 2, numRuns: 10 },
  );
  expect([...used].sort()).toEqual(Object.keys(OPERATORS).sort());
}, 60_000);

describe("follow gradient", () => {
  const { followGradient } = OPERATORS;
  /** A parent with three outputs, nothing connected, and what is proposed: input to each. */
  const parent = genomeOf(1, 3, [], []);
  const connect = (target: number): Proposal => ({ kind: "connect", source: 1, target, gain: 5 - target });
  const given = (proposals: Proposal[] | undefined, gradientChanges: number, seed = 1) => ({
    ...context({ gradientChanges }, seed),
    innovations: new Innovations(1, 3),
    proposals: () => proposals,
  });

  test("makes one change, mostly the one that promises most, where the mean is 1", () => {
    const drawn = [0, 0, 0];
    for (let seed = 0; seed < 300; seed++) {
      const child = followGradient.makeChild(parent, given([2, 3, 4].map(connect), 1, seed)) as Genome;
      expect(connectionCount(child)).toBe(1);
      drawn[child.targets[0] - 2]++;
    }
    // Uniform numbers to the power of 3 below 1/3, below 2/3, and above: 69, 18 and 13 %.
    expect(drawn[0]).toBeGreaterThan(180);
    expect(Math.min(...drawn)).toBeGreaterThan(20);
  });

  test("makes at most one change for each output", () => {
    const twice: Proposal[] = [connect(2), { kind: "connect", source: 0, target: 2, gain: 1 }];
    expect(connectionCount(followGradient.makeChild(parent, given(twice, 100)) as Genome)).toBe(1);
    expect(connectionCount(followGradient.makeChild(parent, given([2, 3, 4].map(connect), 100)) as Genome)).toBe(3);
  });

  test("puts in a node of the id that a split of its first connection would have", () => {
    const insert: Proposal = { kind: "insert", sources: [0, 1], activation: 5, target: 2, gain: 1 };
    const child = followGradient.makeChild(parent, given([insert], 1)) as Genome;
    expect([...child.sources, ...child.targets, child.activations[5]]).toEqual([0, 1, 5, 5, 5, 2, 5]);
    const number = new Innovations(1, 3).connection(0, 2);
    expect(child.ids[5]).toBe(new Innovations(1, 3).split(number, 0));
  });

  test("has nothing to do without proposals, with such as genes forbid, and in graded genomes", () => {
    expect(followGradient.makeChild(parent, context())).toBeUndefined();
    expect(followGradient.makeChild(parent, given(undefined, 3))).toBeUndefined();
    expect(followGradient.makeChild(parent, given([], 3))).toBeUndefined();
    const loop: Proposal = { kind: "connect", source: 2, target: 2, gain: 1 };
    expect(followGradient.makeChild(parent, given([loop], 3))).toBeUndefined();
    expect(followGradient.makeChild({ ...parent, grades: 2 }, given([connect(2)], 3))).toBeUndefined();
  });
});

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

describe("duplicate node", () => {
  test("copies a node with its activation and its connections in use, and what depends on it is given it twice", () => {
    const parent = oneHidden();
    const child = OPERATORS.duplicateNode.makeChild(parent, context()) as Genome;
    expect([...child.sources]).toEqual([1, 3, 0, 1, 4]);
    expect([...child.targets]).toEqual([3, 2, 2, 4, 2]);
    expect(child.activations[4]).toBe(activationCode("relu"));
    parent.enabled[2] = 0;
    child.enabled[2] = 0;
    const outputOf = (genome: Genome) => {
      const { program } = compile(genome);
      return createForward(program)([0.75], 0.5)[outputSlots(program)[0]];
    };
    expect(outputOf(child)).toBe(2 * outputOf(parent));
  });

  test("gives the same copy the same id, another copy another, also after the table was restored", () => {
    const parent = oneHidden();
    const innovations = new Innovations(1, 1);
    // The node of a split, so that ids of splits and of copies are in one table.
    expect(innovations.split(1, 0)).toBe(3);
    const idsOf = (table: Innovations, of: Genome) =>
      OPERATORS.duplicateNode.makeChild(of, { ...context(), innovations: table }) as Genome;
    const once = idsOf(innovations, parent);
    expect(idsOf(innovations, parent).ids).toEqual(once.ids);
    const restored = Innovations.from(innovations.state, 1, 1);
    expect(idsOf(restored, parent)).toEqual(once);
    expect(restored.split(1, 0)).toBe(3);
    const twice = idsOf(restored, { ...once, activations: once.activations });
    expect(new Set(validate(twice).ids).size).toBe(6);
  });

  test("has nothing to do without a hidden node that has connections in and out", () => {
    expect(OPERATORS.duplicateNode.makeChild(genomeOf(1, 1, [], [[1, 2]]), context())).toBeUndefined();
    for (const gene of [0, 1]) {
      const parent = oneHidden();
      parent.enabled[gene] = 0;
      expect(OPERATORS.duplicateNode.makeChild(parent, context())).toBeUndefined();
    }
  });
});

test("remove node disables all connections of a hidden node, and has nothing to do when none is in use", () => {
  const removed = OPERATORS.removeNode.makeChild(oneHidden(), context()) as Genome;
  expect([...removed.enabled]).toEqual([0, 0, 1]);
  expect(OPERATORS.removeNode.makeChild(removed, context())).toBeUndefined();
});

describe("rewire", () => {
  test("moves one end of a connection to every node that may be there, and to no other", () => {
    const parent = genomeOf(1, 1, ["sin", "cos"], [[3, 4]]);
    const found = new Set<string>();
    for (let seed = 0; seed < 300; seed++) {
      const child = OPERATORS.rewire.makeChild(parent, context({}, seed)) as Genome;
      expect([...child.enabled]).toEqual([0, 1]);
      found.add(`${child.sources[1]} -> ${child.targets[1]}`);
    }
    expect([...found].sort()).toEqual(["0 -> 4", "1 -> 4", "3 -> 2"]);
  });

  test("enables the gene that is there, and has nothing to do where no other node will do", () => {
    const both: [number, number][] = [
      [0, 2],
      [1, 2],
    ];
    const parent = genomeOf(1, 1, [], both);
    expect(OPERATORS.rewire.makeChild(parent, context())).toBeUndefined();
    parent.enabled[1] = 0;
    expect([...(OPERATORS.rewire.makeChild(parent, context())?.enabled ?? [])]).toEqual([0, 1]);
    expect(OPERATORS.rewire.makeChild(genomeOf(1, 1, [], []), context())).toBeUndefined();
  });
});

describe("unite", () => {
  /** oneHidden with a node of its own: source -> id -> target. */
  const withNode = (id: number, source: number, target: number, innovation: number): Genome =>
    extend(oneHidden(), {
      nodes: [{ id, activation: activationCode("sin") as number }],
      connections: [
        { source, target: 4, innovation },
        { source: 4, target, innovation: innovation + 1 },
      ],
    });
  const united = (parent: Genome, other: Genome) => OPERATORS.unite.makeChild(parent, context({}, 1, other));

  test("gives a child what both siblings gained", () => {
    const child = united(withNode(7, 1, 2, 20), withNode(9, 0, 3, 30)) as Genome;
    expect([...validate(child).ids].slice(4)).toEqual([7, 9]);
    expect([...child.sources].slice(5)).toEqual([0, 5]);
    expect([...child.targets].slice(5)).toEqual([5, 3]);
    expect([...child.innovations].slice(5)).toEqual([30, 31]);
  });

  test("leaves out a connection that would close a cycle", () => {
    // Ours 3 -> 7, theirs 7' is known by the same id but leads to 3.
    const ours = withNode(7, 3, 2, 20);
    const theirs = withNode(7, 1, 3, 30);
    const child = united(ours, theirs) as Genome;
    expect([...validate(child).sources].slice(5)).toEqual([1]);
    expect([...child.targets].slice(5)).toEqual([4]);
  });

  test("enables what the other uses, takes over nothing that it does not, and keeps what it lacks", () => {
    const ours = withNode(7, 1, 2, 20);
    ours.enabled[2] = 0;
    const theirs = oneHidden();
    expect([...(united(ours, theirs) as Genome).enabled]).toEqual([1, 1, 1, 1, 1]);
    const unused = withNode(9, 0, 3, 30);
    unused.enabled.set([0, 0], 3);
    expect(united(oneHidden(), unused)).toBeUndefined();
    expect(united(oneHidden(), oneHidden())).toBeUndefined();
    expect(united(withNode(7, 1, 2, 20), oneHidden())).toBeUndefined();
  });
});

test("a child of several operators has as many as the mean says, on the whole, and each is named", () => {
  const counts = Array.from({ length: 400 }, (_, seed) => {
    const { genome, operators } = makeChild(oneHidden(), context({ operatorsPerChild: 2.5 }, seed));
    validate(genome);
    return operators.length;
  });
  expect(counts.reduce((sum, count) => sum + count, 0) / counts.length).toBeCloseTo(2.5, 0);
  // Of a geometric distribution 1 in 2.5 is one operator.
  expect(counts.filter((count) => count === 1).length).toBeGreaterThan(130);
  expect(counts.filter((count) => count === 1).length).toBeLessThan(190);
  expect(Math.min(...counts)).toBe(1);
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
