/** What is shown of a training while it goes on, and what it came to. */

import { counted, formatLoss, formatPercent, time } from "../base/numbers.ts";
import { alignColumns } from "../base/table.ts";
import type { EpochRecord, Quality } from "../baseline/trainer.ts";
import { shapeName, weightTotal } from "../baseline/weights.ts";
import type { RunEvaluation } from "../measure/evaluation.ts";
import type { Stage } from "../run/stage.ts";
import type { TrainConfig } from "../run/stages/train-config.ts";
import type { TrainingStage } from "../run/stages/training-stage.ts";
import type { Part } from "./display.ts";
import type { Presentation, Presenter, Showing } from "./presenter.ts";
import { timeLeft } from "./progress.ts";

export const TRAINING_PRESENTER: Presenter<TrainConfig, TrainingStage> = {
  last: "Stopping after this epoch",
  async present(showing) {
    const { model, task } = showing.config;
    return {
      ...showEpochs(showing),
      close(stage, { status, seconds, evaluation }) {
        const { weights, best } = stage.trainState;
        const lines = [
          `${counted(stage.count, "epoch")} in ${time(seconds)}${status === "stopped" ? ", stopped before the end" : ""}.`,
        ];
        if (evaluation) {
          const title = `${shapeName(weights.shape)} network, ${weightTotal(weights.shape)} weights; best epoch ${best.epoch}:`;
          lines.push("", title, "", closingTable(evaluation), "");
        }
        const figures = {
          task,
          model,
          epochs: stage.count,
          bestEpoch: best.epoch,
          weights: weightTotal(weights.shape),
        };
        return { lines, json: figures };
      },
    };
  },
};

/** A line for each epoch, with how far it is, of anything that is trained. */
export function showEpochs({
  config: { epochs },
  display,
  elapsed,
  maxSeconds,
}: Showing<{ readonly epochs: number }>): Pick<Presentation<Stage<EpochRecord>>, "onProgress" | "onStep"> {
  let last: readonly Part[] = [];
  let first = -1;
  /** @param done epochs, the share of the one at work included */
  const show = (epoch: number, done: number, always?: boolean) => {
    if (first < 0) first = epoch - 1;
    const stretch = (done - first) / (epochs - first);
    const line = [{ text: `epoch ${epoch}/${epochs}`, worth: 4 }, ...last, timeLeft(elapsed(), stretch, maxSeconds)];
    display.show(Math.max(done / epochs, elapsed() / maxSeconds), () => line, always);
  };
  return {
    onProgress(share, { count }) {
      show(count + 1, count + share);
    },
    onStep({ line: { train, validation } }, _, { count }) {
      last = [
        { text: `loss ${formatLoss(train.loss)}`, worth: 1 },
        { text: `training ${formatPercent(train.accuracy)}`, worth: 2 },
        { text: `validation ${formatPercent(validation.accuracy)}`, worth: 3 },
      ];
      show(count, count, true);
    },
  };
}

/** What the training itself reports of the training examples, and its best weights on the others. */
function closingTable({ figures, losses = {} }: RunEvaluation): string {
  const quality = (part: string) => ({ accuracy: figures[part].mean, loss: losses[part] });
  const qualities = { train: quality("running"), validation: quality("validation"), test: quality("test") };
  return qualityTable(qualities, "training, running mean of the last epoch");
}

/** Accuracy and loss on each part of the data, as a table; `training` names the first. */
export function qualityTable(
  qualities: Readonly<Record<"train" | "validation" | "test", Quality>>,
  training = "training",
): string {
  return alignColumns([
    ["examples", "accuracy", "loss"],
    ...(["train", "validation", "test"] as const).map((part) => {
      const { accuracy, loss } = qualities[part];
      return [part === "train" ? training : part, formatPercent(accuracy), formatLoss(loss)];
    }),
  ]);
}
