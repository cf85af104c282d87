/** Reads new images, from pictures in a folder, one picture or an IDX file, and makes them as the data set made its own. */
import { existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { parseIdxImages, parseIdxLabels } from "../data/idx.ts";
import { createPictureReader, type Inversion, type Picture } from "../data/picture.ts";
import { writeColumns } from "../data/table/write-csv.ts";
import { unpack } from "../files/data-files.ts";
import { readBytes } from "../files/disk.ts";
import { createPictureFiles, isPicturePath, listPictures, PICTURE_ENDINGS } from "../files/pictures.ts";
import type { NewExamples } from "./predict-examples.ts";
import type { ImageQuestion } from "./predict-question.ts";

/**
 * Reads images. Pictures in a folder that is called as a class are taken to be of it, and so are those of an IDX file that
 * lies beside one of labels.
 *
 * @throws UsageError if there are none, or one is damaged or empty
 */
export async function readImages(path: string, question: ImageQuestion, inversion: Inversion): Promise<NewExamples> {
  if (!existsSync(path)) throw new UsageError(`Expected images at ${path} for --data, but there is nothing there.`);
  if (statSync(path).isDirectory()) return readFolder(path, question, inversion);
  if (isPicturePath(path)) return readPictures([basename(path)], () => path, question, inversion);
  if (/\.(csv|tsv|txt|json)$/i.test(path)) {
    throw new UsageError(
      `Expected images for --data, since the network sees pixels, got ${path}: give a folder of pictures, one picture, or an IDX file.`,
    );
  }
  return readIdx(path, question, inversion);
}

async function readFolder(folder: string, question: ImageQuestion, inversion: Inversion): Promise<NewExamples> {
  const names = listPictures(folder);
  if (names.length > 0) return readPictures(names, (name) => join(folder, name), question, inversion);
  throw new UsageError(
    `Expected pictures (${PICTURE_ENDINGS.join(", ")}) in the folder ${folder}, got none: give a folder of pictures, one picture, or an IDX file.`,
  );
}

async function readPictures(
  names: readonly string[],
  pathOf: (name: string) => string,
  question: ImageQuestion,
  inversion: Inversion,
): Promise<NewExamples> {
  const { classes, making } = question;
  const read = await createPictureFiles();
  const { features, add, inverted } = collector(question, names.length, inversion);
  for (const name of names) add(await read(pathOf(name)));
  const turned = inverted();
  const notes = [];
  if (making === undefined && inversion === "auto") {
    notes.push("Values are taken as they are, 0 black to 1 white: --invert always turns them round.");
  } else if (turned > 0 && inversion === "auto") {
    notes.push(
      `Dark on light, and so turned round, since the network knows light on dark: ${turned} of ${names.length} pictures ` +
        "(--invert never prevents it).",
    );
  }
  const truths = names.map((name) => classes.find((known) => known === name.split("/").at(-2)));
  return {
    unit: "picture",
    count: names.length,
    features,
    keys: names,
    truths: truths.some((truth) => truth !== undefined) ? truths : undefined,
    notes,
    write: (answers) => writeColumns([{ name: "file", cells: names }, ...answers]),
  };
}

function readIdx(path: string, question: ImageQuestion, inversion: Inversion): NewExamples {
  const { count, width, height, pixels } = parseIdxImages(unpack(readBytes(path, "images"), path), path);
  const { field } = question.making ?? {};
  // Images in the form and the size of the data set's own are as they are meant to be.
  const own = field !== undefined && width === field.width && height === field.height;
  const { features, add } = collector(question, count, own && inversion === "auto" ? "never" : inversion);
  for (let index = 0; index < count; index++) {
    const grey = pixels.subarray(index * width * height, (index + 1) * width * height);
    add({ name: `image ${index} of ${path}`, width, height, grey });
  }
  const keys = Array.from({ length: count }, (_, index) => index);
  return {
    unit: "image",
    count,
    features,
    keys,
    truths: idxTruths(path, count, question.classes),
    notes: [],
    write: (answers) => writeColumns([{ name: "image", cells: keys }, ...answers]),
  };
}

/** The classes in the file of labels that belongs to one of images, if it is there. */
function idxTruths(path: string, count: number, classes: readonly string[]): NewExamples["truths"] {
  const file = path.replace(/images([-.])idx3(?=[^\\/]*$)/, "labels$1idx1");
  if (file === path || !existsSync(file)) return undefined;
  const labels = parseIdxLabels(unpack(readBytes(file, "labels"), file), file);
  if (labels.length !== count) {
    throw new UsageError(
      `Expected one label for each of the ${count} images of ${path}, got ${labels.length} labels in ${file}: take both from the same set, or move the labels away.`,
    );
  }
  return Array.from(labels, (label) => classes[label]);
}

/** Gathers the inputs of so many pictures. */
function collector({ image, making }: ImageQuestion, count: number, inversion: Inversion) {
  const width = image.width * image.height;
  const features = new Float32Array(count * width);
  const read = createPictureReader(image, making);
  let [at, turned] = [0, 0];
  return {
    features,
    inverted: () => turned,
    add(picture: Picture) {
      const { inputs, inverted } = read(picture, inversion);
      features.set(inputs, at++ * width);
      if (inverted) turned++;
    },
  };
}
