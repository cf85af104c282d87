/** New examples to be told something of, from whatever files they come. */
import type { WrittenColumn } from "../data/table/write-csv.ts";

/** New examples. */
export interface NewExamples {
  /** What they are called: "row", "picture", "image". */
  readonly unit: string;
  readonly count: number;
  /** Row-major [count x inputs]. */
  readonly features: Float32Array;
  /** Which one each is: a row by its line, a picture by its path, an image by its index. */
  readonly keys: readonly (string | number)[];
  /** What is to be told of each, where somebody has told it: a class or a number as text. */
  readonly truths?: readonly (string | undefined)[];
  /** What was made of the files that is not plain from them, in words. */
  readonly notes: readonly string[];
  /** The text of the file of answers, these columns in it. */
  write(answers: readonly WrittenColumn[]): string;
}
