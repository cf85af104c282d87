/** What `baseline` and `resume` share: progress, Ctrl-C, and the words at the end. */
import type { Quality } from "../baseline/trainer.ts";
import { shapeName, weightTotal } from "../baseline/weights.ts";
import type { TrainConfig } from "../run/train-config.ts";
import { loadTrainingData, type TrainSessionOptions, type TrainSessionResult } from "../run/train-session.ts";
import { integerOption, timeOption, type Values } from "./command.ts";
import { createDisplay, type Part } from "./display.ts";
import { listenForInterrupt } from "./interrupt.ts";
import { alignColumns, printResult } from "./output.ts";
import { counted, formatLoss, formatPercent, time, timeLeft } from "./progress.ts";

/** Runs a training from the command line, and prints how it ended. */
export async function driveTraining(
  values: Values,
  folder: string,
  config: TrainConfig,
  run: (options: TrainSessionOptions) => Promise<TrainSessionResult>,
): Promise<void> {
  const maxSeconds = timeOption(values, "maxTime");
  if (values.threads !== undefined) integerOption(values, "threads", 1, 1);
  const dataset = await loadTrainingData(config);
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const display = createDisplay(process.stderr);
  const interrupt = listenForInterrupt("Stopping after this epoch", display.end);
  let last: readonly Part[] = [];
  let first = -1;
  /** @param done epochs, the share of the one at work included */
  const show = (epoch: number, done: number, always?: boolean) => {
    if (first < 0) first = epoch - 1;
    const stretch = (done - first) / (config.epochs - first);
    const line = [
      { text: `epoch ${epoch}/${config.epochs}`, worth: 4 },
      ...last,
      timeLeft(elapsed(), stretch, maxSeconds),
    ];
    display.show(Math.max(done / config.epochs, elapsed() / maxSeconds), () => line, always);
  };
  try {
    const { status, state, report } = await run({
      folder,
      config,
      dataset,
      shouldStop: () => interrupt.came || elapsed() >= maxSeconds,
      onBatch({ epoch, seen, count }) {
        show(epoch, epoch - 1 + seen / count);
      },
      onEpoch({ epoch, train, validation }) {
        last = [
          { text: `loss ${formatLoss(train.loss)}`, worth: 1 },
          { text: `training ${formatPercent(train.accuracy)}`, worth: 2 },
          { text: `validation ${formatPercent(validation.accuracy)}`, worth: 3 },
        ];
        show(epoch, epoch, true);
      },
    });
    display.stop();
    const seconds = elapsed();
    const epochs = state.records.length;
    const { shape } = state.weights;
    const lines = [
      `${counted(epochs, "epoch")} in ${time(seconds)}${status === "stopped" ? ", stopped before the end" : ""}.`,
    ];
    if (report) {
      const title = `${shapeName(shape)} network, ${weightTotal(shape)} weights; best epoch ${state.best.epoch}:`;
      lines.push("", title, "", qualityTable(report, "training, running mean of the last epoch"), "");
    }
    lines.push(`Run folder: ${folder}`);
    if (status === "stopped") lines.push(`To go on: precocial resume ${folder}`);
    const { model, task } = config;
    const json = { run: folder, status, task, model, epochs, bestEpoch: state.best.epoch, seconds };
    printResult(values, { ...json, weights: weightTotal(shape), ...report }, lines.join("\n"));
  } finally {
    display.stop();
    interrupt.close();
  }
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
