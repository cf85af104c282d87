/** Every setting of choosing a topology by gradient: meaning, unit, range, default. All defaults are ours. */
import { z } from "zod";
import { UsageError } from "../../base/errors.ts";
import { parseSettings } from "../../base/settings.ts";
import type { Dataset } from "../../data/dataset.ts";
import type { DenseShape } from "../weights.ts";

/** The settings as a schema; the command line takes its options from it. */
export const topologySettingsSchema = z.strictObject({
  hidden: z
    .int()
    .min(1)
    .max(65_536)
    .default(96)
    .describe("Units with relu that there may be; those that get no connections are left out."),
  connections: z
    .int()
    .min(1)
    .max(100_000_000)
    .default(4000)
    .describe("Connections of the network, at most; those of the relays that give others their sign are counted."),
  outputShare: z
    .number()
    .min(0.001)
    .max(0.999)
    .default(0.12)
    .describe("Share of the connections that are chosen between the units with relu and the outputs."),
  epochs: z.int().min(1).max(1_000_000).default(40).describe("Passes over the training examples."),
  batch: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(256)
    .describe("Examples of one step, or all there are if they are fewer."),
  learningRate: z
    .number()
    .min(1e-9)
    .max(1e3)
    .default(0.002)
    .describe("Of Adam on the scores of connections, in the first step; falls evenly to 0."),
  thinning: z
    .number()
    .min(0)
    .max(1)
    .default(0.7)
    .describe("Share of all steps in which the connections in use fall from four times as many to the number wanted."),
  seed: z.int().min(0).default(1).describe("Seed of the first scores and of the order of the examples."),
});

/** The settings, complete. */
export type TopologySettings = z.infer<typeof topologySettingsSchema>;

/** @throws UsageError that names the first wrong setting, its range and what came; or the known names */
export function parseTopologySettings(input: unknown): TopologySettings {
  return parseSettings("gradient", topologySettingsSchema, input);
}

/** The sizes of the network whose connections are chosen on this data; the bias is one more input. */
export function topologyShape({ hidden }: TopologySettings, { inputs, classes }: Dataset): DenseShape {
  return { inputs: inputs.length + 1, hidden, classes: classes.length };
}

/**
 * How many connections are to be chosen in each layer, so that with those of relays there are no more than wanted: each
 * sign of each target, or of each source where they are fewer, needs a relay at most (network.ts).
 *
 * @throws UsageError if the relays leave no room
 */
export function chosenCounts({ connections, outputShare }: TopologySettings, shape: DenseShape): [number, number] {
  const { inputs, hidden, classes } = shape;
  const relays = 2 * Math.min(inputs, hidden) + 2 * Math.min(hidden, classes);
  const room = connections - relays;
  if (room < 2) {
    throw new UsageError(
      `Expected connections to be at least ${relays + 2}, of which ${relays} may lead through relays with ${hidden} ` +
        `hidden units, got ${connections}: raise connections or lower hidden.`,
    );
  }
  const output = Math.min(hidden * classes, Math.max(1, Math.round(room * outputShare)));
  return [Math.min(inputs * hidden, room - output), output];
}
