/** Data sets as somebody's own code makes them, in plain lists; checked, and put into shared memory. */
import { show } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { type Dataset, type Examples, sharedBytes, sharedFloats } from "./dataset.ts";

/** Examples as somebody's own code makes them. */
export interface PlainExamples {
  /** A list of numbers for each example. */
  readonly features: readonly ArrayLike<number>[];
  /** Number of the class of each example, or its name. */
  readonly labels: ArrayLike<number | string>;
}

/** A data set as somebody's own code makes it. */
export interface PlainDataset {
  readonly inputs: readonly string[];
  readonly classes: readonly string[];
  readonly image?: Dataset["image"];
  readonly train: PlainExamples;
  readonly validation: PlainExamples;
  readonly test: PlainExamples;
}

/**
 * A data set of plain lists in shared memory.
 *
 * @param where it comes from, for messages
 * @throws UsageError naming the first part, example and input that cannot be used
 */
export function shareDataset(plain: PlainDataset, name: string, where: string): Dataset {
  const { inputs, classes, image } = plain;
  const list = (names: unknown, least: number) =>
    Array.isArray(names) && names.length >= least && names.every((entry) => typeof entry === "string");
  if (!list(inputs, 1)) throw new UsageError(`Expected inputs in ${where} to be a list of names, got ${show(inputs)}.`);
  if (!list(classes, 2) || classes.length > 256) {
    throw new UsageError(`Expected classes in ${where} to be a list of 2 to 256 names, got ${show(classes)}.`);
  }
  if (image !== undefined && image.width * image.height !== inputs.length) {
    throw new UsageError(
      `Expected the image in ${where} to have ${inputs.length} pixels, one for each input, got ${show(image)}.`,
    );
  }
  const share = (part: "train" | "validation" | "test"): Examples => {
    const { features, labels } = plain[part] ?? {};
    if (features === undefined || labels === undefined || features.length === 0 || features.length !== labels.length) {
      throw new UsageError(
        `Expected as many features as labels in the ${part} part of ${where}, at least one, got ` +
          `${features?.length ?? "no features"} and ${labels?.length ?? "no labels"}.`,
      );
    }
    const shared = sharedFloats(features.length * inputs.length);
    const numbers = sharedBytes(features.length);
    for (let row = 0; row < features.length; row++) {
      const place = `example ${row} of the ${part} part of ${where}`;
      if (features[row].length !== inputs.length) {
        throw new UsageError(`Expected ${inputs.length} features in ${place}, got ${features[row].length}.`);
      }
      shared.set(features[row], row * inputs.length);
      const bad = shared.subarray(row * inputs.length, (row + 1) * inputs.length).findIndex((x) => !Number.isFinite(x));
      if (bad >= 0) {
        throw new UsageError(`Expected a finite ${inputs[bad]} in ${place}, got ${features[row][bad]}.`);
      }
      const label = labels[row];
      const index = typeof label === "string" ? classes.indexOf(label) : label;
      if (!Number.isInteger(index) || index < 0 || index >= classes.length) {
        throw new UsageError(
          `Expected the label of ${place} to be a class (0 to ${classes.length - 1}), got ${show(label)}.`,
        );
      }
      numbers[row] = index;
    }
    return { count: features.length, features: shared, labels: numbers };
  };
  return { name, inputs, classes, image, train: share("train"), validation: share("validation"), test: share("test") };
}
