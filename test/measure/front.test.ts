/** The networks that a run keeps: the best of each size by validation alone, bounded, and the champion on top. */
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import type { Evaluator } from "../../src/evaluation/evaluator.ts";
import { createGenome, type Genome } from "../../src/genome/genome.ts";
import { FRONT_LIMIT, Front, type FrontSettings } from "../../src/measure/front.ts";
import { packFront, unpackFront } from "../../src/measure/front-state.ts";
import { compile } from "../../src/network/compile.ts";

/** 1.5 tries in a generation: one in even ones, two in odd ones. */
const SETTINGS: FrontSettings = { seed: 1, weights: [-1, 1], population: 100, elites: 0.2, episodes: 1 };
const SCREEN = 2;

/** A network of so many connections; its activation, 1 to 11, tells it from others of its size. */
const sized = (connections: number, kind = 1): Genome => createGenome(connections - 1, 1, 1, kind, derive("all"));

/** Scores networks by a function of their connections, kind and episode; `asked` says on how many episodes each was played. */
function scripted(scoreOf: (connections: number, kind: number, episode: number) => number) {
  const asked: string[] = [];
  const info = { validationEpisodes: { screen: SCREEN, confirm: 4 }, reported: "score", tested: "episodes" };
  const evaluator = {
    task: { info, measures: [{ name: "score" }] },
    async evaluate([program]: Int32Array[], { episodes }: { episodes: string[] }) {
      const [connections, kind] = [program[5], program[8]];
      expect(episodes.every((label, episode) => label === `1/validation/${episode}`)).toBe(true);
      asked.push(`${connections}:${episodes.length}`);
      const row = episodes.map((_, episode) => scoreOf(connections, kind, episode));
      const values = Float64Array.from([...row, ...row]);
      return { scores: [{ weightCount: 2, episodeCount: episodes.length, values }], steps: 0 };
    },
  };
  return { evaluator: evaluator as unknown as Evaluator, asked };
}

/** A generation: genomes with the mean scores and the generations of birth given. */
function scored(...members: readonly (readonly [Genome, mean: number, birth: number])[]) {
  const genomes = members.map(([genome]) => genome);
  return {
    genomes,
    networks: genomes.map((genome) => compile(genome)),
    means: members.map(([, mean]) => mean),
    births: Int32Array.from(members, ([, , birth]) => birth),
  };
}

/** Offers genomes as the best of a generation each, one by one. */
async function offer(front: Front, ...genomes: readonly Genome[]): Promise<void> {
  for (const [generation, genome] of genomes.entries()) await front.consider(scored([genome, 0, -9]), generation);
}

const sizesOf = (front: Front) => front.networks.map(({ connections }) => connections);

describe("the best of a generation", () => {
  test("is kept where no smaller one is as good, and what it surpasses goes", async () => {
    const scores: Record<string, number> = { "5/1": 10, "9/1": 30, "9/2": 30, "7/1": 20, "7/2": 40, "12/1": 50 };
    const front = new Front(scripted((connections, kind) => scores[`${connections}/${kind}`]).evaluator, SETTINGS);
    await offer(front, sized(5), sized(9), sized(9, 2));
    expect(sizesOf(front)).toEqual([5, 9]);
    expect(front.champion).toMatchObject({ generation: 1, score: 30, scoresByWeight: [30, 30] });
    await offer(front, sized(7));
    expect(sizesOf(front)).toEqual([5, 9]);
    await offer(front, sized(12), sized(7, 2));
    expect(front.networks.map(({ connections, score }) => [connections, score])).toEqual([
      [5, 10],
      [9, 30],
      [12, 50],
    ]);
  });

  test("is tried on a few episodes, and on all where it beats the champion there", async () => {
    const { evaluator, asked } = scripted((connections, _, episode) => (episode < SCREEN ? connections % 8 : 10));
    const front = new Front(evaluator, SETTINGS);
    await offer(front, sized(5), sized(8), sized(7), sized(7));
    expect(asked).toEqual(["5:4", "8:2", "7:2", "7:4", "7:2", "7:4"].slice(0, 4).concat("7:2"));
  });
});

describe("candidates of all sizes", () => {
  test("are tried in their second generation, where they do better than what is kept of their size", async () => {
    const { evaluator, asked } = scripted((connections) => connections);
    const front = new Front(evaluator, SETTINGS);
    await offer(front, sized(20));
    asked.length = 0;
    const best = [sized(21), 99, 4] as const;
    // Of those that are new, too old, or do no better than they should, none is played.
    await front.consider(scored(best, [sized(7), 8, 5], [sized(8), 8, 3], [sized(22), 20, 4]), 5);
    expect(asked).toEqual(["21:2", "21:4"]);
    await front.consider(scored(best, [sized(9), 8, 5], [sized(6), 7, 5], [sized(7), 9, 5], [sized(8), 9, 5]), 6);
    expect(asked.slice(2)).toEqual(["6:4"]);
    await front.consider(scored(best, [sized(9), 9, 6], [sized(7), 7, 6], [sized(8), 9.5, 6], [sized(6), 1, 6]), 7);
    expect(asked.slice(3)).toEqual(["8:2", "8:4", "9:2", "9:4"]);
    expect(sizesOf(front)).toEqual([6, 8, 9, 20, 21]);
    expect(front.networks[1]).toMatchObject({ generation: 7, score: 8 });
  });

  test("that beat the champion, or equal it with fewer connections, are the champion", async () => {
    const front = new Front(scripted((connections) => (connections > 9 ? 50 : 40)).evaluator, SETTINGS);
    await offer(front, sized(20));
    const best = [sized(30), 99, 0] as const;
    expect(await front.consider(scored(best, [sized(8), 60, 0]), 1)).toBe(false);
    expect(await front.consider(scored(best, [sized(10), 60, 1]), 2)).toBe(true);
    expect(front.champion).toMatchObject({ generation: 2, score: 50 });
    expect(sizesOf(front)).toEqual([8, 10]);
  });

  test("leave all as it was when one of them cannot be played", async () => {
    const { evaluator } = scripted((connections) => {
      if (connections === 7) throw new Error("the pole broke");
      return connections;
    });
    const front = new Front(evaluator, SETTINGS);
    await offer(front, sized(20));
    const generation = scored([sized(21), 99, 0], [sized(7), 60, 1]);
    await expect(front.consider(generation, 2)).rejects.toThrow("the pole broke");
    expect(sizesOf(front)).toEqual([20]);
  });

  test("are new ones where no genome lives on", async () => {
    const { evaluator, asked } = scripted((connections) => connections);
    const front = new Front(evaluator, { ...SETTINGS, elites: 0 });
    await offer(front, sized(20));
    await front.consider(scored([sized(20), 99, 1], [sized(7), 8, 1], [sized(6), 9, 0]), 1);
    expect(asked.filter((played) => !played.startsWith("20"))).toEqual(["7:4"]);
  });

  test("are few where a generation is small, so that they cost a small share of it", async () => {
    const { evaluator, asked } = scripted((connections) => connections);
    const front = new Front(evaluator, { ...SETTINGS, population: 10 });
    await offer(front, sized(20));
    asked.length = 0;
    for (let generation = 1; generation <= 40; generation++) {
      await front.consider(
        scored([front.champion?.genome as Genome, 99, 0], [sized(7), 90, generation - 1]),
        generation,
      );
    }
    // 0.15 tries in a generation of 10 genomes.
    expect(asked).toEqual(["7:4", "7:2", "7:2", "7:2", "7:2", "7:2"]);
  });
});

test("no more networks are kept than the limit; of too many the one goes that gains the least over its neighbour", async () => {
  const front = new Front(scripted((connections) => (connections === 40 ? 39.1 : connections)).evaluator, SETTINGS);
  await offer(front, ...Array.from({ length: FRONT_LIMIT + 1 }, (_, index) => sized(index + 2)));
  expect(front.networks).toHaveLength(FRONT_LIMIT);
  expect(sizesOf(front)).not.toContain(40);
  await offer(front, sized(FRONT_LIMIT + 3));
  expect(front.networks).toHaveLength(FRONT_LIMIT);
  expect(front.champion?.score).toBe(FRONT_LIMIT + 3);
});

test("what is kept comes back from a checkpoint as it was, what is reported included", async () => {
  const { evaluator } = scripted((connections) => connections / 3);
  const front = new Front(evaluator, SETTINGS);
  await offer(front, ...[4, 6, 9].map((connections) => sized(connections)));
  const networks = front.networks.map(({ connections: _, ...network }, index) =>
    index === 1 ? { ...network, reported: 0.25 } : network,
  );
  const back = unpackFront(structuredClone(packFront(networks)));
  expect(back.map(({ genome: _, ...network }) => network)).toEqual(
    networks.map(({ genome: _, ...network }) => network),
  );
  expect(new Front(evaluator, SETTINGS, back).networks.map(({ connections }) => connections)).toEqual([4, 6, 9]);
});
