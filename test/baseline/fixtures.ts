/** A small data set for tests of the baselines: sparse rows around one pattern for each class. */
import { derive } from "../../src/base/rng.ts";
import type { Dataset, Examples } from "../../src/data/dataset.ts";

/** Rows of `inputs` values, about 60 % zeros; negative values and rows of zeros occur. */
export function patterns(
  seed: number,
  counts = { train: 100, validation: 40, test: 40 },
  inputs = 37,
  classes = 5,
): Dataset {
  const rng = derive(seed, "patterns");
  const centers = Float32Array.from({ length: classes * inputs }, () => Math.max(0, rng.normal()));
  const part = (count: number): Examples => {
    const labels = Uint8Array.from({ length: count }, () => rng.integer(classes));
    const features = Float32Array.from({ length: count * inputs }, (_, at) => {
      const center = centers[labels[Math.floor(at / inputs)] * inputs + (at % inputs)];
      return rng.uniform() < 0.2 ? 0 : center * rng.between(-0.2, 1);
    });
    if (count > 3) features.fill(0, 2 * inputs, 3 * inputs);
    return { count, features, labels };
  };
  return {
    name: "patterns",
    inputs: Array.from({ length: inputs }, (_, index) => `input ${index}`),
    classes: Array.from({ length: classes }, (_, index) => `class ${index}`),
    train: part(counts.train),
    validation: part(counts.validation),
    test: part(counts.test),
  };
}
