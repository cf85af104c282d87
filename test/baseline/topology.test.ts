/** Choosing a topology by gradient: the kernels have the bits of the definition, and what is chosen is a graded network. */
import { describe, expect, test } from "vitest";
import { derive } from "../../src/base/rng.ts";
import { createPlainTopologyEngine, chooseLargest } from "../../src/baseline/topology/plain.ts";
import type { TopologySettings } from "../../src/baseline/topology/settings.ts";
import { startTopology, TopologyTrainer } from "../../src/baseline/topology/trainer.ts";
import { patterns } from "./fixtures.ts";
const cases: Record<string, Partial<TopologySettings>> = {
  "a few connections": { hidden: 12, connections: 120, batch: 16 },
  "thinned out from the beginning": { hidden: 21, connections: 150, batch: 10, thinning: 0 },
  "every connection there is": { hidden: 3, connections: 10_000, batch: 100 },
  "one unit, and batches of seven": { hidden: 1, connections: 20, batch: 7 },
};
describe("kernels", () => {
  test.each(Object.entries(cases))("%s: the bits of the definition", async (_, settings) => {
    const dataset = patterns(3);
    const start = startTopology({ epochs: 3, ...settings }, dataset);
    const plain = await TopologyTrainer.from(start, dataset, createPlainTopologyEngine);
    const kernels = await TopologyTrainer.from(start, dataset);
    for (let epoch = 0; epoch < 3; epoch++) expect(kernels.epoch()).toEqual(plain.epoch());
    expect(kernels.state).toEqual(plain.state);
  });
});
