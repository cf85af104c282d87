/**
 * Reads the bytes of IDX files, the format of MNIST: images as [count x height x width] bytes, labels as [count].
 *
 * Layout: two zero bytes, the type of a value (8 is unsigned byte), the number of dimensions, each dimension's size
 * as a big-endian 32-bit number, then the values (LeCun, Cortes & Burges, "The MNIST database").
 */
import { UsageError } from "../base/errors.ts";

/** Grey images of one size. */
export interface IdxImages {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  /** Row-major [count x height x width], 0 to 255; a view of the file's bytes. */
  readonly pixels: Uint8Array;
}

/** Images with one label each, as two IDX files give them. */
export interface IdxExamples {
  readonly images: IdxImages;
  /** [count], 0 to 255. */
  readonly labels: Uint8Array;
}

const UNSIGNED_BYTE = 8;

/**
 * The images of an IDX file.
 *
 * @param bytes the whole file, not compressed
 * @param file  its name, for error messages
 * @throws UsageError if this is no IDX file of three dimensions of bytes, or its length is not what its header says
 */
export function parseIdxImages(bytes: Uint8Array, file: string): IdxImages {
  const { sizes, values } = parseIdx(bytes, file, ["images", "rows", "columns"]);
  const [count, height, width] = sizes;
  return { count, width, height, pixels: values };
}

/**
 * The labels of an IDX file, [count].
 *
 * @param bytes the whole file, not compressed
 * @param file  its name, for error messages
 * @throws UsageError if this is no IDX file of one dimension of bytes, or its length is not what its header says
 */
export function parseIdxLabels(bytes: Uint8Array, file: string): Uint8Array {
  return parseIdx(bytes, file, ["labels"]).values;
}

/**
 * The images and labels of two IDX files that belong together.
 *
 * @throws UsageError if one of them cannot be read, or there is not one label for each image
 */
export function parseIdxExamples(
  images: { bytes: Uint8Array; file: string },
  labels: { bytes: Uint8Array; file: string },
): IdxExamples {
  const parsed = {
    images: parseIdxImages(images.bytes, images.file),
    labels: parseIdxLabels(labels.bytes, labels.file),
  };
  if (parsed.images.count !== parsed.labels.length) {
    throw new UsageError(
      `Expected one label for each of the ${parsed.images.count} images of ${images.file}, got ${parsed.labels.length} ` +
        `labels in ${labels.file}: take both files from the same set.`,
    );
  }
  return parsed;
}

function parseIdx(bytes: Uint8Array, file: string, dimensions: readonly string[]) {
  const headerLength = 4 + 4 * dimensions.length;
  if (bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw new UsageError(`Expected an IDX file, got ${file}, which is still compressed with gzip: unpack it first.`);
  }
  if (bytes.length < headerLength) {
    throw new UsageError(
      `Expected ${file} to start with an IDX header of ${headerLength} bytes, got ${bytes.length} bytes in all: ` +
        "the file is cut off or is no IDX file.",
    );
  }
  if (bytes[0] !== 0 || bytes[1] !== 0) {
    throw new UsageError(
      `Expected ${file} to start with two zero bytes as IDX files do, got ${bytes[0]} and ${bytes[1]}: it is no IDX file.`,
    );
  }
  if (bytes[2] !== UNSIGNED_BYTE) {
    throw new UsageError(
      `Expected values of IDX type ${UNSIGNED_BYTE} (unsigned bytes, hence at most 256 classes) in ${file}, ` +
        `got type ${bytes[2]}: convert the values to bytes.`,
    );
  }
  if (bytes[3] !== dimensions.length) {
    throw new UsageError(
      `Expected ${dimensions.length} dimension${dimensions.length > 1 ? "s" : ""} (${dimensions.join(" x ")}) in ${file}, ` +
        `got ${bytes[3]}: give the file of ${dimensions[0]} here.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const sizes = dimensions.map((_, index) => view.getUint32(4 + 4 * index));
  const empty = sizes.indexOf(0);
  if (empty >= 0) throw new UsageError(`Expected ${dimensions[empty]} in ${file}, got 0: the file holds no data.`);
  const length = headerLength + sizes.reduce((product, size) => product * size, 1);
  if (bytes.length !== length) {
    throw new UsageError(
      `Expected ${length} bytes in ${file}, as its header says (${sizes.join(" x ")}), got ${bytes.length}: ` +
        "the file is damaged or cut off, get it again.",
    );
  }
  return { sizes, values: bytes.subarray(headerLength) };
}
