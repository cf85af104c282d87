/** The tasks that classify: the embedded digits, image sets by name, any folder of images. */
import { z } from "zod";
import { UsageError } from "../../base/errors.ts";
import { lastName } from "../../base/paths.ts";
import type { Dataset } from "../../data/dataset.ts";
import { DIGITS_MAKING, DIGITS_SIZES, digitsDataset, sketchDigit } from "../../data/digits.ts";
import { IMAGE_SETS, type ImageSettings, imageDataset, MNIST_FIELD, pixelNames } from "../../data/image-sets.ts";
import { createSketcher } from "../../data/sketch.ts";
import type { Ends, Figures, TaskDefinition, TaskSettings } from "../definition.ts";
import type { Preset } from "../preset.ts";
import {
  ACCURACY,
  type ClassificationSettings,
  createClassification,
  LIKELIHOOD,
  MNIST_PRESET,
  SCORES,
} from "./classification.ts";

/**
 * What gets further than the paper's settings in the same time without a gradient (experiments/digits): few first
 * connections, many added, size seldom judged.
 */
export const QUICK: Preset = {
  ...MNIST_PRESET,
  connectProbability: 0.005,
  connectionObjective: 0.2,
  addConnection: 0.6,
  population: 480,
  tournament: 32,
  generations: 2048,
};

/**
 * For classifiers: children of two parents follow the gradient, generations are small, and outputs are scored at a scale of
 * their own, so that small weights count; by experiments/classifiers.
 */
export const INFORMED: Preset = {
  ...QUICK,
  population: 192,
  tournament: 16,
  followGradient: 1,
  gradientChanges: 6,
  gradientParents: 2,
  gradientExamples: 1000,
  taskSettings: { batchSize: 500, scores: "scaled" },
};

/** Gaier & Ha 2019, section 4.3: 16 x 16 deskewed pixels. */
const PAPER_MNIST: Figures = {
  name: "paper's WANN, 16 x 16",
  scores: { randomShared: 0.82, ensemble: 0.916, bestShared: 0.919, trainedWeights: 0.942 },
  size: 1849,
};
/** A 784-128-10 network trained by stochastic gradient descent; see experiments/learning-rates and experiments/tuned. */
const TWO_LAYER: readonly Figures[] = [
  { name: "two-layer, 28 x 28, 10 epochs", scores: { trainedWeights: 0.9248 }, size: 101_770 },
  { name: "two-layer, 28 x 28, tuned", scores: { trainedWeights: 0.9735 }, size: 101_770 },
];
const MNIST_FIGURES = [PAPER_MNIST, ...TWO_LAYER];

/** Of all tasks on examples. */
export const BATCH_SIZE = z.int().min(1).max(1_000_000).default(1000).describe("Examples of an episode. Paper: 1,000.");
/** Of all tasks that classify. */
export const SCORES_SETTING = z
  .enum(SCORES)
  .default("plain")
  .describe("Likelihoods of outputs as they are, or at the scale that fits best at each weight. Paper: plain.");
const DATA_DIR = z
  .string()
  .optional()
  .meta({ description: "Folder of the data set, or of folders of data sets.", path: true });

/** All tasks that classify. */
export const CLASSIFICATIONS: readonly TaskDefinition<Dataset>[] = [
  {
    ...classifier("digits", "Digits drawn by the project itself, 16 x 16 pixels; needs no download", {
      informed: INFORMED,
      quick: QUICK,
      paper: MNIST_PRESET,
    }),
    settings: z.strictObject({ batchSize: BATCH_SIZE, scores: SCORES_SETTING }),
    ends: imageEnds(16, IMAGE_SETS.mnist.classes),
    sketch: sketchDigit,
    making: DIGITS_MAKING,
    testSet: () => digitsDataset({ ...DIGITS_SIZES, train: 0, validation: 0 }),
    load: async () => digitsDataset(),
  },
  imageSet("mnist", "MNIST, 16 x 16 deskewed pixels (Gaier & Ha 2019)", "mnist", MNIST_FIGURES),
  imageSet("mnist-full", "MNIST, 28 x 28 pixels", "mnist", MNIST_FIGURES),
  imageSet("fashion-mnist", "Fashion-MNIST, 16 x 16 pixels", "fashion-mnist"),
  {
    ...classifier("idx", "Any images in four IDX files, in the folder --data-dir", { paper: MNIST_PRESET }),
    settings: z.strictObject({ dataDir: DATA_DIR, batchSize: BATCH_SIZE, scores: SCORES_SETTING }),
    async load({ dataDir }, files) {
      if (dataDir === undefined) {
        throw new UsageError('Expected the folder of four IDX files for "idx", got none: give it with --data-dir.');
      }
      const { train, test } = files.images(undefined, String(dataDir));
      return imageDataset(lastName(String(dataDir)) || "idx", train, test, { deskew: false });
    },
  },
];

/** What all of them share. */
function classifier(name: string, summary: string, presets: Readonly<Record<string, Preset>>) {
  return {
    name,
    summary,
    presets,
    selected: LIKELIHOOD,
    reported: ACCURACY,
    create: (dataset: Dataset, { batchSize, scores }: TaskSettings) =>
      createClassification(dataset, { name, summary, batchSize, scores } as ClassificationSettings),
  };
}

/** A set of images that is known by name. */
function imageSet(
  name: keyof typeof IMAGE_SETS,
  summary: string,
  folder: string,
  figures?: readonly Figures[],
): TaskDefinition<Dataset> {
  const images: ImageSettings = IMAGE_SETS[name];
  const side = images.size ?? MNIST_FIELD.width;
  return {
    ...classifier(name, summary, { informed: { ...INFORMED, generations: 4096 }, paper: MNIST_PRESET }),
    settings: z.strictObject({ dataDir: DATA_DIR, batchSize: BATCH_SIZE, scores: SCORES_SETTING }),
    ends: imageEnds(side, images.classes ?? []),
    sketch: createSketcher({ width: side, height: side }, images),
    making: { field: MNIST_FIELD, ink: images.ink, deskew: images.deskew },
    figures,
    async load({ dataDir }, files) {
      const { train, test } = files.images(folder, dataDir as string | undefined);
      return imageDataset(name, train, test, images);
    },
  };
}

function imageEnds(side: number, outputs: readonly string[]): Ends {
  const image = { width: side, height: side };
  return { inputs: pixelNames(image), outputs, image };
}
