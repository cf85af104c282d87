/** Searches do what they did: digests taken with the first version, before rankings and operators became tables. */
import { describe, expect, test } from "vitest";
import { Search, type SearchSettings, type SearchShape } from "../../src/index.ts";
import { searchDigest } from "../fixtures/search-digest.ts";

const CASES: [
  name: string,
  shape: SearchShape,
  settings: Partial<SearchSettings>,
  seed: number | string,
  generations: number,
  digest: string,
][] = [
  [
    "the paper's settings for swing-up",
    { inputCount: 5, outputCount: 1, outputActivation: 1 },
    { population: 64 },
    3,
    60,
    "d4da844aacf21c839d3b8da581a15538b5c9490c40d40a202dbcff622b003f1b",
  ],
  [
    "the paper's settings for MNIST, ranked and split as its code does",
    { inputCount: 64, outputCount: 10, outputActivation: 1 },
    { population: 96, tournament: 32, connectProbability: 0.05, keepSplit: "hidden", crowding: "published" },
    7,
    40,
    "90a1e08875e773d8a2dd12002549179aea42023a7ac34c00df15bd3fa1432845",
  ],
  [
    "every operator and no elites",
    { inputCount: 3, outputCount: 2, outputActivation: 5 },
    {
      population: 48,
      elites: 0,
      cull: 0.4,
      tournament: 2,
      insertNode: 0.3,
      addConnection: 0.3,
      changeActivation: 0.2,
      enableConnection: 0.1,
      removeConnection: 0.15,
      crossover: 0.2,
      keepSplit: "never",
      connectionObjective: 0.5,
    },
    "label",
    80,
    "9acd8df27c3e46e4cb84ca5cfc67b75716985430b3eeec55c68779da5d1e9495",
  ],
];

describe("a search is what it was, in every byte:", () => {
  test.each(CASES)("%s", (_, shape, settings, seed, generations, digest) => {
    expect(searchDigest(new Search(shape, settings, seed), generations)).toBe(digest);
  });
});
