/** A training as JSON, so that it can be stopped and go on bit for bit. */
import { z } from "zod";
import { UsageError } from "../base/errors.ts";
import { firstIssue } from "../genome/codec.ts";
import { trainSettingsSchema } from "./settings.ts";
import type { TrainState } from "./trainer.ts";
import { decodeWeights, denseSchema, encodeWeights } from "./weights.ts";

/** Version of the JSON form. */
export const TRAIN_STATE_FORMAT = 1;

const quality = z.strictObject({ accuracy: z.number(), loss: z.number() });

const trainStateSchema = z.strictObject({
  format: z.literal(TRAIN_STATE_FORMAT),
  settings: trainSettingsSchema,
  weights: denseSchema,
  /** In the form of weights. */
  velocities: denseSchema,
  best: z.strictObject({ epoch: z.int().nonnegative(), weights: denseSchema }),
  records: z.array(z.strictObject({ epoch: z.int().positive(), train: quality, validation: quality })),
});

/** The JSON form of a training. */
export type TrainStateJson = z.infer<typeof trainStateSchema>;

/** The JSON form of a training; exact. */
export function encodeTrainState({ settings, weights, velocities, best, records }: TrainState): TrainStateJson {
  return {
    format: TRAIN_STATE_FORMAT,
    settings,
    weights: encodeWeights(weights),
    velocities: encodeWeights({ ...weights, layers: velocities }),
    best: { epoch: best.epoch, weights: encodeWeights(best.weights) },
    records: [...records],
  };
}

/**
 * Reads the JSON form.
 *
 * @throws UsageError if the form is wrong, or its parts do not fit together
 */
export function decodeTrainState(json: unknown): TrainState {
  const parsed = trainStateSchema.safeParse(json);
  if (!parsed.success) {
    throw new UsageError(`Expected a training of format ${TRAIN_STATE_FORMAT}: ${firstIssue(parsed.error)}`);
  }
  const { settings, weights, velocities, best, records } = parsed.data;
  if (best.epoch > records.length || records.some(({ epoch }, index) => epoch !== index + 1)) {
    throw new UsageError(
      `Expected the records of epochs 1 to ${Math.max(best.epoch, records.length)}: some are missing.`,
    );
  }
  return {
    settings,
    weights: decodeWeights(weights),
    velocities: decodeWeights(velocities).layers,
    best: { epoch: best.epoch, weights: decodeWeights(best.weights) },
    records,
  };
}
