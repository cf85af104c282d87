/** What the experiments with trained networks share: training every variant with every seed, and what one row holds. */
import { loadDataset, Trainer, type TrainSettings } from "precocial";

/** Figures of one kind: training, validation, test. */
export interface Figures<Value> {
  readonly train: Value;
  readonly validation?: Value;
  readonly test: Value;
}

/** Settings that are tried, and what is expected of them. */
export interface Variant {
  readonly settings: Partial<TrainSettings>;
  /** Accuracies of DESIGN.md section 9, as fractions. */
  readonly reference: Figures<number>;
  /** How far the mean over seeds may be from the reference. */
  readonly tolerance: number;
  /** Whether the outcome is a draw, so that it is trained with `drawSeeds` too. */
  readonly draw?: boolean;
}

/** config.json. */
export interface Plan {
  readonly data: string;
  /** Of all variants. */
  readonly settings: Partial<TrainSettings>;
  readonly seeds: readonly number[];
  readonly drawSeeds: readonly number[];
  readonly variants: readonly Variant[];
  /** Least accuracy in the picture of the learning curves; without it all of them are in it. */
  readonly curvesFrom?: number;
}

/** One training: accuracies as fractions. */
export interface Row extends Required<Figures<number>> {
  readonly variant: string;
  readonly seed: number;
  /** The epoch with the highest validation accuracy. */
  readonly bestEpoch: number;
  /** [training, validation] accuracy of each epoch. */
  readonly epochs: readonly (readonly [number, number])[];
}

/** A variant by what sets it apart: "alpha 0.1". */
export function variantName({ settings }: Variant): string {
  return Object.entries(settings)
    .map(([setting, value]) => `${setting} ${value}`)
    .join(", ");
}

/** The seeds a variant is trained with. */
function seedsOf({ draw }: Variant, { seeds, drawSeeds }: Plan): readonly number[] {
  return draw ? [...seeds, ...drawSeeds] : seeds;
}

/** The rows that a plan makes, in order. */
export function plannedRows(plan: Plan): Pick<Row, "variant" | "seed">[] {
  return plan.variants.flatMap((variant) =>
    seedsOf(variant, plan).map((seed) => ({ variant: variantName(variant), seed })),
  );
}

/** Yields a row for each training that is not among those done. */
export async function* run(plan: Plan, done: readonly Row[]): AsyncGenerator<Row> {
  const dataset = await loadDataset(plan.data);
  for (const variant of plan.variants) {
    const name = variantName(variant);
    for (const seed of seedsOf(variant, plan)) {
      if (done.some((row) => row.variant === name && row.seed === seed)) continue;
      const trainer = await Trainer.create({ ...plan.settings, ...variant.settings, seed }, dataset);
      while (!trainer.done) trainer.epoch();
      const { train, validation, test } = trainer.report();
      yield {
        variant: name,
        seed,
        train: train.accuracy,
        validation: validation.accuracy,
        test: test.accuracy,
        bestEpoch: trainer.state.best.epoch,
        epochs: trainer.records.map((epoch) => [rounded(epoch.train.accuracy), rounded(epoch.validation.accuracy)]),
      };
    }
  }
}

/** Five decimals tell one example of 48,000. */
function rounded(accuracy: number): number {
  return Math.round(accuracy * 1e5) / 1e5;
}
