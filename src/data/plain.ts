/** Data sets as somebody's own code makes them, in plain lists; checked, and put into shared memory. */
import { show } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { type Dataset, type Examples, sharedBytes, sharedFloats } from "./dataset.ts";

/** Examples as somebody's own code makes them. */
export interface PlainExamples {
  /** A list of numbers for each example, finite in single precision. */
  readonly features: readonly ArrayLike<number>[];
  /** Number of the class of each example, or its name. */
  readonly labels: ArrayLike<number | string>;
}

/** A data set as somebody's own code makes it. */
export interface PlainDataset {
  /** Names of the inputs, in order. */
  readonly inputs: readonly string[];
  /** Names of the classes, in order: 2 to 256. */
  readonly classes: readonly string[];
  /** Where the inputs are pixels: inputs = width x height, row by row. */
  readonly image?: Dataset["image"];
  /** What searches and trainings see. */
  readonly train: PlainExamples;
  /** What chooses champions and epochs. */
  readonly validation: PlainExamples;
  /** What is reported. */
  readonly test: PlainExamples;
}

const PARTS = ["train", "validation", "test"] as const;

/**
 * A data set of plain lists in shared memory.
 *
 * @param where it comes from, for messages
 * @throws UsageError naming the first part, example and input that cannot be used
 */
export function shareDataset(plain: PlainDataset, name: string, where: string): Dataset {
  if (typeof plain !== "object" || plain === null) {
    throw new UsageError(
      `Expected a data set from ${where} (inputs, classes, ${PARTS.join(", ")}), got ${show(plain)}.`,
    );
  }
  const { inputs, classes, image } = plain;
  if (!isNames(inputs, 1)) {
    throw new UsageError(`Expected inputs in ${where} to be a list of different names, got ${show(inputs)}.`);
  }
  if (!isNames(classes, 2) || classes.length > 256) {
    throw new UsageError(
      `Expected classes in ${where} to be a list of 2 to 256 different names, got ${show(classes)}.`,
    );
  }
  if (image !== undefined && image?.width * image?.height !== inputs.length) {
    throw new UsageError(
      `Expected the image in ${where} to have ${inputs.length} pixels (width x height), one for each input, got ${show(image)}.`,
    );
  }
  const share = (part: (typeof PARTS)[number]) =>
    shareExamples(plain[part], plain, `the ${part} part of the data set of ${where}`);
  return { name, inputs, classes, image, train: share("train"), validation: share("validation"), test: share("test") };
}

function isNames(names: unknown, least: number): names is string[] {
  const isList = Array.isArray(names) && names.length >= least;
  return isList && names.every((entry) => typeof entry === "string") && new Set(names).size === names.length;
}

function shareExamples(examples: PlainExamples, { inputs, classes }: PlainDataset, where: string): Examples {
  const { features, labels } = examples ?? {};
  const [rows, labelCount] = [lengthOf(features), lengthOf(labels)];
  if (rows === undefined || labelCount === undefined || rows === 0 || rows !== labelCount) {
    throw new UsageError(
      `Expected as many features as labels in ${where}, at least one, got ${rows ?? "no list of"} features and ` +
        `${labelCount ?? "no list of"} labels.`,
    );
  }
  const width = inputs.length;
  const shared = sharedFloats(rows * width);
  const numbers = sharedBytes(rows);
  for (let row = 0; row < rows; row++) {
    const place = `example ${row} of ${where}`;
    const given = features[row];
    if (lengthOf(given) !== width) {
      throw new UsageError(`Expected ${width} features in ${place}, got ${lengthOf(given) ?? show(given)}.`);
    }
    for (let input = 0; input < width; input++) {
      const value = given[input];
      // In singles, too large a number becomes infinite; a text or nothing would become a number.
      if (typeof value !== "number" || !Number.isFinite(Math.fround(value))) {
        throw new UsageError(`Expected ${show(inputs[input])} to be a finite number in ${place}, got ${show(value)}.`);
      }
      shared[row * width + input] = value;
    }
    numbers[row] = classOf(labels[row], classes, place);
  }
  return { count: rows, features: shared, labels: numbers };
}

function classOf(label: number | string, classes: readonly string[], place: string): number {
  const index = typeof label === "string" ? classes.indexOf(label) : label;
  if (Number.isInteger(index) && index >= 0 && index < classes.length) return index;
  throw new UsageError(
    `Expected the label of ${place} to be a class (${classes.join(", ").slice(0, 60)}, or its number from 0 to ` +
      `${classes.length - 1}), got ${show(label)}.`,
  );
}

function lengthOf(list: unknown): number | undefined {
  const length = typeof list === "object" && list !== null ? (list as ArrayLike<unknown>).length : undefined;
  return typeof length === "number" ? length : undefined;
}
