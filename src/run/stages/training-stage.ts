/** The training of a baseline as a stage: a step is an epoch. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { decodeTrainState, encodeTrainState } from "../../baseline/checkpoint.ts";
import { type EpochRecord, startState, Trainer, type TrainState } from "../../baseline/trainer.ts";
import { decodeWeights, encodeWeights, weightTotal } from "../../baseline/weights.ts";
import { readJson } from "../../files/disk.ts";
import { readLines } from "../../files/lines.ts";
import { evaluationText, type RunEvaluation } from "../../measure/evaluation.ts";
import { evaluateTraining } from "../../measure/trained.ts";
import { taskDefinition } from "../../tasks/registry.ts";
import type { Task } from "../../tasks/task.ts";
import { RUN_FILES } from "../run-files.ts";
import type { Stage, StageKind, StepReport, Workshop } from "../stage.ts";
import { datasetOf } from "../task-source.ts";
import { nextEpoch } from "./epoch.ts";
import { completeTrainConfig, type TrainConfig, trainSettings } from "./train-config.ts";

/** A training in progress. */
export class TrainingStage implements Stage<EpochRecord> {
  /** A training uses one thread. */
  readonly threads = 1;
  readonly #trainer: Trainer;
  readonly #task: Task;
  /** What it was measured to be after the last step. */
  #evaluation: RunEvaluation | undefined;

  constructor(trainer: Trainer, task: Task) {
    this.#trainer = trainer;
    this.#task = task;
  }

  get count(): number {
    return this.#trainer.records.length;
  }

  get done(): boolean {
    return this.#trainer.done;
  }

  get trainState(): TrainState {
    return this.#trainer.state;
  }

  get state(): object {
    return encodeTrainState(this.#trainer.state);
  }

  get files(): Readonly<Record<string, string | undefined>> {
    const { best } = this.#trainer.state;
    return {
      [RUN_FILES.weights]: best.epoch > 0 ? `${JSON.stringify(encodeWeights(best.weights))}\n` : undefined,
      [RUN_FILES.evaluation]: this.#evaluation && evaluationText(this.#evaluation),
    };
  }

  async evaluate(): Promise<RunEvaluation | undefined> {
    const running = this.#trainer.records.at(-1)?.train;
    if (running === undefined) return undefined;
    const { epoch, weights } = this.#trainer.state.best;
    const [task, dataset] = [this.#task, datasetOf(this.#task)];
    this.#evaluation = await evaluateTraining({ task, dataset, weights, epoch, running });
    return this.#evaluation;
  }

  async step(tell?: (share: number) => void): Promise<StepReport<EpochRecord>> {
    this.#evaluation = undefined;
    const line = await nextEpoch(this.#trainer, tell);
    const { epoch } = line;
    return { line, timing: { epoch }, changed: this.#trainer.bestEpoch === epoch ? [RUN_FILES.weights] : [] };
  }
}

/** Trainings, as the table of stages has them. */
export const TRAINING_STAGE: StageKind<TrainConfig, TrainingStage> = {
  name: "baseline",
  title: "a baseline",
  length: "epochs",
  lineFiles: [RUN_FILES.generations, RUN_FILES.timings],
  complete: completeTrainConfig,
  summarize(folder, { task, model }) {
    const path = join(folder, RUN_FILES.weights);
    const records = readLines(folder, RUN_FILES.generations) as { validation?: { accuracy?: number } }[];
    const accuracies = records.map(({ validation }) => validation?.accuracy ?? 0);
    return {
      model,
      score: accuracies.length > 0 ? Math.max(...accuracies) : undefined,
      measure: taskDefinition(task).reported,
      size: existsSync(path) ? weightTotal(decodeWeights(readJson(path, "trained weights")).shape) : undefined,
      defaults: completeTrainConfig({ task, model }),
    };
  },
  isState(json): json is object {
    decodeTrainState(json);
    return true;
  },
  async open(config: TrainConfig, { task }: Workshop, state?: object) {
    const dataset = datasetOf(task);
    const settings = trainSettings(config);
    const from = state === undefined ? startState(settings, dataset) : { ...decodeTrainState(state), settings };
    return new TrainingStage(await Trainer.from(from, dataset), task);
  },
};
