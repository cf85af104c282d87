/** What a study does with each kind of run: how long it can be, what a step costs, and how it went. */
import { join } from "node:path";
import { checkKnown } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { checkTrainable } from "../baseline/settings.ts";
import { startTopology } from "../baseline/topology/trainer.ts";
import type { EpochRecord } from "../baseline/trainer.ts";
import { decodeWeights, weightTotal } from "../baseline/weights.ts";
import { readJson } from "../files/disk.ts";
import { readLines } from "../files/lines.ts";
import type { ChampionLine } from "../formats/json.ts";
import { decodeGenome } from "../genome/codec.ts";
import type { GenerationRecord } from "../measure/generation.ts";
import { compile } from "../network/compile.ts";
import { type Evaluated, evaluationsOf, generationsWithin, runConfigSchema } from "../run/config.ts";
import { readRunChampion } from "../run/folder.ts";
import { RUN_FILES } from "../run/run-files.ts";
import type { StageConfig } from "../run/stage.ts";
import { fixedConfigSchema } from "../run/stages/fixed-config.ts";
import { FIXED_STAGE } from "../run/stages/fixed-stage.ts";
import { formConfigSchema } from "../run/stages/form-config.ts";
import { checkNoNumber, FORM_STAGE } from "../run/stages/form-stage.ts";
import { type GradientConfig, gradientConfigSchema, topologySettings } from "../run/stages/gradient-config.ts";
import { GRADIENT_STAGE } from "../run/stages/gradient-stage.ts";
import type { MadeRecord } from "../run/stages/made-stage.ts";
import { type NeatConfig, neatConfigSchema, searchedNeatConfig } from "../run/stages/neat-config.ts";
import { NEAT_STAGE } from "../run/stages/neat-stage.ts";
import { SEARCH_STAGE } from "../run/stages/search-stage.ts";
import { type TrainConfig, trainConfigSchema, trainSettings } from "../run/stages/train-config.ts";
import { TRAINING_STAGE } from "../run/stages/training-stage.ts";
import { tuningSchema } from "../run/stages/tuning-config.ts";
import type { TuningRecord } from "../run/stages/tuning-stage.ts";
import { datasetOf } from "../run/task-source.ts";
import type { Task } from "../tasks/task.ts";
import type { TunerKind } from "../tuning/tuner.ts";
import { TUNERS } from "../tuning/tuners.ts";

/** A run after a generation or an epoch. */
export interface RunPoint {
  /** Done, from 1. */
  readonly generation: number;
  /** Environment steps taken or examples seen until then; undefined where the folder does not say. */
  readonly steps: number | undefined;
  /** What the task reports of the champion, or the best epoch, on validation data. */
  readonly score: number;
  /** Which champion it is: the generation or epoch it came from. */
  readonly champion: number;
  readonly connections: number;
  /** Further columns of curves.csv. */
  readonly others: Readonly<Record<string, number>>;
  /** Spent until then. */
  readonly seconds: number;
}

/** How a study handles runs of a kind. */
export interface StudyKind {
  /** Names of the settings of its runs, those of the task apart. */
  readonly settings: readonly string[];
  /** The value of the setting of the length that stops no run; absent where what a step does depends on the length. */
  readonly unlimited?: number | null;
  /** Of kinds whose runs are all as long, whatever the budget: how long. */
  readonly length?: number;
  /** Of kinds whose evaluations are counted: those of so many generations, and the generations that fit into so many. */
  readonly evaluations?: {
    of(config: StageConfig, generations: number): number;
    /** @throws UsageError if not one fits */
    within(config: StageConfig, evaluations: number): number;
  };
  /** @throws UsageError if runs of this kind cannot be made of the task */
  check?(config: StageConfig, task: Task): void;
  /** Whether curves have every point, and the columns of their own that they have then. */
  readonly whole?: readonly ("train" | "validation")[];
  /** How the run in a folder went. */
  points(folder: string): Omit<RunPoint, "seconds">[];
}

const SEARCHES: StudyKind = {
  settings: Object.keys(runConfigSchema.shape),
  unlimited: null,
  evaluations: {
    of: (config, generations) => evaluationsOf(config as StageConfig & Evaluated, generations),
    within: (config, evaluations) => generationsWithin(config as StageConfig & Evaluated, evaluations),
  },
  points(folder) {
    const champions = readLines(folder, RUN_FILES.champions) as ChampionLine[];
    const known = new Map(
      champions.map((line) => [
        line.generation,
        { champion: line.generation, score: line.reported ?? line.score, connections: connectionsOf(line) },
      ]),
    );
    let steps = 0;
    return (readLines(folder, RUN_FILES.generations) as GenerationRecord[]).map((line) => {
      steps += line.steps;
      const champion = known.get(line.champion.generation);
      if (champion === undefined)
        throw new UsageError(
          `Expected the champion of generation ${line.champion.generation} in ${join(folder, RUN_FILES.champions)}, got none: the file is damaged.`,
        );
      const others = { best: line.scores.best, median: line.scores.median };
      return { generation: line.generation + 1, steps, ...champion, others };
    });
  },
};

function connectionsOf({ genome }: ChampionLine): number {
  return compile(decodeGenome(genome)).connectionCount;
}

const FORMS: StudyKind = {
  ...SEARCHES,
  settings: Object.keys(formConfigSchema.shape),
  check: (_, task) => checkNoNumber(task),
};

const NEATS: StudyKind = {
  ...SEARCHES,
  settings: Object.keys(neatConfigSchema.shape),
  evaluations: {
    of: (config, generations) => evaluationsOf(searchedNeatConfig(config as NeatConfig), generations),
    within: (config, evaluations) => generationsWithin(searchedNeatConfig(config as NeatConfig), evaluations),
  },
};

const TRAININGS: StudyKind = {
  settings: Object.keys(trainConfigSchema.shape),
  unlimited: 1_000_000,
  whole: ["train", "validation"],
  check: (config, task) => checkTrainable(trainSettings(config as TrainConfig), datasetOf(task)),
  points(folder) {
    const { shape } = decodeWeights(readJson(join(folder, RUN_FILES.weights), "trained weights"));
    return pointsOf(folder, weightTotal(shape));
  },
};

const CHOICES: StudyKind = {
  settings: Object.keys(gradientConfigSchema.shape),
  // Never unlimited: the rate falls to 0 over all epochs.
  whole: ["train", "validation"],
  check: (config, task) => void startTopology(topologySettings(config as GradientConfig), datasetOf(task)),
  points(folder) {
    const champion = readRunChampion(folder)?.champion;
    return pointsOf(folder, champion === undefined ? 0 : compile(champion.genome).connectionCount);
  },
};

/** Made in one step, from nothing that was played. */
const FIXED: StudyKind = {
  settings: Object.keys(fixedConfigSchema.shape),
  length: 1,
  points(folder) {
    const champion = readRunChampion(folder)?.champion;
    return (readLines(folder, RUN_FILES.generations) as MadeRecord[]).map((line) => {
      const score = champion?.reported ?? line.score;
      return { generation: 1, steps: 0, score, champion: 0, connections: line.connections, others: {} };
    });
  },
};

/** Epoch by epoch, the best so far. */
function pointsOf(folder: string, connections: number): Omit<RunPoint, "seconds">[] {
  const epochs = readLines(folder, RUN_FILES.generations) as EpochRecord[];
  let best = epochs[0];
  return epochs.map((line) => {
    const { epoch, train, validation } = line;
    if (validation.accuracy > best.validation.accuracy) best = line;
    const others = { train: train.accuracy, validation: validation.accuracy };
    const score = best.validation.accuracy;
    return { generation: epoch, steps: undefined, score, champion: best.epoch, connections, others };
  });
}

/** Tunings by a tuner. Never unlimited by epochs: the rate falls to 0 over all of them. */
const tunings = (tuner: TunerKind): StudyKind => ({
  settings: Object.keys(tuningSchema(tuner).shape),
  ...(tuner.length === "generations" && { unlimited: null }),
  points(folder) {
    const champion = readRunChampion(folder)?.champion;
    const connections = champion === undefined ? 0 : compile(champion.genome).connectionCount;
    let steps = 0;
    return (readLines(folder, RUN_FILES.generations) as TuningRecord[]).map((line, index) => {
      steps += line.steps;
      const { generation, score, reported = score } = line.champion;
      return { generation: index + 1, steps, score: reported, champion: generation, connections, others: {} };
    });
  },
});

const KINDS: Readonly<Record<string, StudyKind>> = {
  [SEARCH_STAGE.name]: SEARCHES,
  [FORM_STAGE.name]: FORMS,
  [NEAT_STAGE.name]: NEATS,
  [TRAINING_STAGE.name]: TRAININGS,
  [GRADIENT_STAGE.name]: CHOICES,
  [FIXED_STAGE.name]: FIXED,
  ...Object.fromEntries(TUNERS.map((tuner) => [tuner.name, tunings(tuner)])),
};

/** How runs of a kind, by its name, are handled. @throws UsageError if they have no place in a study */
export function studyKind(stage: string): StudyKind {
  return KINDS[checkKnown("kind of run in a study", stage, Object.keys(KINDS))];
}

/** How the run in a folder went, generation by generation. @param stage name of its kind */
export function runPoints(stage: string, folder: string): RunPoint[] {
  const seconds = secondsOf(folder);
  return studyKind(stage)
    .points(folder)
    .slice(0, seconds.length)
    .map((point, index) => ({ ...point, seconds: seconds[index] }));
}

/** Seconds that a run has spent in its loop, until each generation. */
export function secondsOf(folder: string): number[] {
  let spent = 0;
  return (readLines(folder, RUN_FILES.timings) as { totalSeconds: number }[]).map(({ totalSeconds }) => {
    spent += totalSeconds;
    return spent;
  });
}
