/** Statistics of studies against published figures and statistics packages; each figure with the call that gave it. */
import { describe, expect, test } from "vitest";
import {
  bandOf,
  bootstrapInterval,
  holm,
  mainEffects,
  mean,
  median,
  medianInterval,
  quantile,
  signedRankTest,
  timeTo,
} from "../../src/index.ts";
import { valueAt } from "../../src/measure/statistics/band.ts";
import { normalProbability, normalQuantile } from "../../src/measure/statistics/normal.ts";

/** Charles Darwin's maize: crossed minus self-fertilised heights of 15 pairs, in eighths of an inch (Fisher 1935). */
const MAIZE = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
/** Spatial perception of 26 children, test A (Efron & Tibshirani 1993, table 14.1). */
const SPATIAL = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];
/** LSAT and GPA of 15 law schools (Efron & Tibshirani 1993, table 3.1). */
const LAW_SCHOOLS: readonly (readonly [number, number])[] = [
  [576, 3.39],
  [635, 3.3],
  [558, 2.81],
  [578, 3.03],
  [666, 3.44],
  [580, 3.07],
  [555, 3.0],
  [661, 3.43],
  [651, 3.36],
  [605, 3.13],
  [653, 3.12],
  [575, 2.74],
  [545, 2.76],
  [572, 2.88],
  [594, 2.96],
];

const variance = (values: readonly number[]) => mean(values.map((value) => (value - mean(values)) ** 2));

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const [x, y] = [0, 1].map((part) => pairs.map((pair) => pair[part]));
  const covariance = mean(pairs.map((pair) => (pair[0] - mean(x)) * (pair[1] - mean(y))));
  return covariance / Math.sqrt(variance(x) * variance(y));
}

describe("the normal distribution", () => {
  // R 4.2.2: pnorm(c(-3, -1.96, -.5, 0, .7, 2.5, 4))
  test.each([
    [-3, 0.00134989803163009],
    [-1.96, 0.02499789514822043],
    [-0.5, 0.30853753872598694],
    [0, 0.5],
    [0.7, 0.75803634777692697],
    [2.5, 0.99379033467422384],
    [4, 0.99996832875816688],
  ])("below %d lies %d of it", (z, share) => {
    expect(normalProbability(z)).toBeCloseTo(share, 14);
  });

  // R 4.2.2: qnorm(c(1e-6, .001, .025, .1, .5, .9, .975))
  test.each([
    [1e-6, -4.7534243088229],
    [0.001, -3.09023230616781],
    [0.025, -1.95996398454005],
    [0.1, -1.2815515655446],
    [0.5, 0],
    [0.975, 1.95996398454005],
  ])("the share %d of it lies below %d", (share, z) => {
    expect(normalQuantile(share)).toBeCloseTo(z, 9);
  });

  test("its ends are infinite, and far out is all or nothing", () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
    expect([normalProbability(-40), normalProbability(40)]).toEqual([0, 1]);
  });
});

// R 4.2.2: quantile(x, c(.25, .5, .75)), type 7 of Hyndman & Fan 1996
test.each([
  [MAIZE, [11, 24, 45]],
  [
    [1, 2, 3, 4, 10, 12],
    [2.25, 3.5, 8.5],
  ],
])("quartiles are those of R's default", (values, expected) => {
  expect([0.25, 0.5, 0.75].map((share) => quantile(values, share))).toEqual(expected);
});

describe("bootstrap intervals", () => {
  /** Agreement to a part of the interval's width: what 10,000 resamples leave to chance. */
  const agrees = (interval: { low: number; high: number }, [low, high]: readonly [number, number], part = 0.03) => {
    const width = high - low;
    expect(Math.abs(interval.low - low) / width).toBeLessThan(part);
    expect(Math.abs(interval.high - high) / width).toBeLessThan(part);
  };

  // Efron & Tibshirani 1993, table 14.2, 2,000 resamples: percentile (100.8, 233.9), BCa (115.8, 259.6).
  // SciPy 1.10.1: bootstrap((x,), np.var, confidence_level=.9, n_resamples=200000, method=..., random_state=1)
  // R 4.2.2, boot 1.3-28.1: boot.ci(..., conf = .9) of 200,000: (97.5, 235.8), (115.3, 261.1)
  test.each([
    ["percentile", [100.8, 233.9], [97.771, 235.629]],
    ["bca", [115.8, 259.6], [115.409, 260.88]],
  ] as const)("of a variance are the book's and SciPy's (%s)", (method, book, scipy) => {
    const interval = bootstrapInterval(SPATIAL, variance, { seed: 1, confidence: 0.9, method });
    expect(interval.estimate).toBeCloseTo(171.534023669, 8);
    agrees(interval, book, 0.04);
    agrees(interval, scipy);
  });

  // SciPy 1.10.1: bootstrap((lsat, gpa), corr, paired=True, confidence_level=.9, n_resamples=20000, random_state=1)
  test.each([
    ["percentile", [0.52509, 0.94804]],
    ["bca", [0.43357, 0.9278]],
  ] as const)("of a correlation of pairs are SciPy's (%s)", (method, scipy) => {
    const interval = bootstrapInterval(LAW_SCHOOLS, correlation, { seed: 1, confidence: 0.9, method });
    // Efron & Tibshirani 1993, section 6.3: .776
    expect(interval.estimate).toBeCloseTo(0.776374491289407, 12);
    agrees(interval, scipy);
  });

  // SciPy 1.10.1: bootstrap((x,), np.mean, n_resamples=200000, random_state=1); R's boot: (1.27, 38.20), (-1.73, 36.40)
  test("of the mean of paired differences are SciPy's", () => {
    agrees(bootstrapInterval(MAIZE, mean, { seed: 1, method: "percentile" }), [1.4, 38.1333]);
    agrees(bootstrapInterval(MAIZE, mean, { seed: 1 }), [-1.6667, 36.2667]);
  });

  test("are the same again with the same seed, and little else with another", () => {
    const [first, again, other] = [7, 7, 8].map((seed) => bootstrapInterval(MAIZE, mean, { seed }));
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    agrees(other, [first.low, first.high]);
  });

  test("of values that are all alike, or of one alone, have no width", () => {
    for (const values of [[4, 4, 4], [4]]) {
      for (const method of ["bca", "percentile"] as const) {
        expect(bootstrapInterval(values, mean, { seed: 1, method })).toEqual({ estimate: 4, low: 4, high: 4 });
      }
    }
  });

  test("refuse an empty sample, figures that are not finite, and a confidence that is none", () => {
    expect(() => bootstrapInterval([], mean, { seed: 1 })).toThrow("Expected at least one item to resample, got none.");
    expect(() => bootstrapInterval([1, Number.NaN], mean, { seed: 1 })).toThrow(
      "Expected a finite figure of every resample, got NaN: leave out what has none.",
    );
    expect(() => bootstrapInterval([1, 2], mean, { seed: 1, confidence: 95 })).toThrow(
      "Expected confidence to be a number from 0 to 1, got 95.",
    );
    expect(() => bootstrapInterval([1, 2], mean, { seed: 1, resamples: 0 })).toThrow(
      "Expected resamples to be an integer of at least 1, got 0.",
    );
  });
});

describe("the interval of a median", () => {
  // SciPy 1.10.1: bootstrap((x,), np.median, confidence_level=..., n_resamples=200000, method="percentile", random_state=1)
  test("is SciPy's", () => {
    expect(medianInterval(MAIZE, 0.9)).toEqual({ estimate: 24, low: 14, high: 41 });
    expect(medianInterval(MAIZE, 0.8)).toEqual({ estimate: 24, low: 16, high: 29 });
    // SciPy 1.10.1: stats.binom.sf(7, 15, 4 / 15) = 0.02545: of 2.5 % of the resamples the median is at most the fourth.
    expect(medianInterval(MAIZE)).toEqual({ estimate: 24, low: 8, high: 49 });
  });

  test.each([[[3]], [[1, 5]], [[4, 1, 9]], [[2, 2, 7, 1]], [[5, 1, 4, 9, 3]], [[8, 3, 1, 1, 6, 2]]])(
    "of %j is that of all resamples there are",
    (values) => {
      let resamples: number[][] = [[]];
      for (const _ of values) resamples = resamples.flatMap((resample) => values.map((value) => [...resample, value]));
      const medians = resamples.map(median).sort((a, b) => a - b);
      for (const tail of [0.025, 0.07, 0.21, 0.4]) {
        const at = (share: number) => medians[Math.ceil(share * medians.length) - 1];
        expect(medianInterval(values, 1 - 2 * tail)).toEqual({
          estimate: median(values),
          low: at(tail),
          high: at(1 - tail),
        });
      }
    },
  );

  test("is what drawn resamples come to", () => {
    for (const values of [SPATIAL, MAIZE]) {
      const { low, high } = bootstrapInterval(values, median, { seed: 1, confidence: 0.9, method: "percentile" });
      expect(medianInterval(values, 0.9)).toMatchObject({ low, high });
    }
  });

  test("holds for thousands of values", () => {
    const values = Array.from({ length: 1001 }, (_, index) => index);
    // About the normal approximation of the order statistics: 500 -+ 1.96 sqrt(1001) / 2.
    expect(medianInterval(values)).toEqual({ estimate: 500, low: 469, high: 531 });
  });

  test("refuses no values, values that are not finite, and a confidence that is none", () => {
    expect(() => medianInterval([])).toThrow("Expected at least one value to take the median of, got none.");
    expect(() => medianInterval([1, Number.NaN])).toThrow("Expected finite values, got NaN at index 1.");
    expect(() => medianInterval([1, 2], 95)).toThrow("Expected confidence to be a number from 0 to 1, got 95.");
  });
});

describe("the signed-rank test", () => {
  test("of depression scores is Hollander & Wolfe's", () => {
    // Hollander & Wolfe 1973, table 3.1; R 4.2.2: wilcox.test(x, y, paired = TRUE), V = 40, one-sided p = 0.01953
    const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
    const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
    const found = signedRankTest(before.map((value, index) => value - after[index]));
    expect(found).toMatchObject({ statistic: 40, count: 9 });
    expect(found.p).toBeCloseTo(2 * 0.01953125, 14);
  });

  test("of Darwin's maize is R's and SciPy's", () => {
    // R: wilcox.test(x)$p.value; SciPy 1.10.1: wilcoxon(x) = (24, 0.041259765625), the smaller sum
    expect(signedRankTest(MAIZE)).toEqual({ statistic: 96, count: 15, p: 0.041259765625 });
  });

  test("is exact with ties and zeroes, as exactRankTests and coin are", () => {
    // exactRankTests 0.8-35: wilcox.exact(sleep$extra[group == 2] - sleep$extra[group == 1])
    const sleep = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
    expect(signedRankTest(sleep)).toEqual({ statistic: 45, count: 9, p: 0.00390625 });
    // wilcox.exact(x), and coin 1.4-2: wilcoxsign_test(x ~ 0, distribution = "exact", zero.method = "Wilcoxon")
    const tied = [1, 1, -1, 2, 2, 3, -2, 4, 4, 5, -3, 6];
    expect(signedRankTest(tied)).toEqual({ statistic: 63.5, count: 12, p: 0.05908203125 });
  });

  test("of more than 50 differences is the approximation of R", () => {
    // R 4.2.2: wilcox.test(x, exact = FALSE)
    const many = Array.from({ length: 60 }, (_, index) => ((index * 37) % 101) - 40);
    const found = signedRankTest(many);
    expect(found).toMatchObject({ statistic: 1187, count: 59 });
    expect(found.p).toBeCloseTo(0.0228582346527, 12);
  });

  test("takes sizes that differ by a rounding error for equal", () => {
    expect(signedRankTest([0.3 - 0.2, -(0.2 - 0.1), 0.5])).toEqual(signedRankTest([1, -1, 5]));
  });

  test("has nothing to say without differences, and refuses what is not finite", () => {
    expect(signedRankTest([])).toEqual({ statistic: 0, count: 0, p: 1 });
    expect(signedRankTest([0, 0])).toEqual({ statistic: 0, count: 0, p: 1 });
    expect(signedRankTest([2, -2])).toEqual({ statistic: 1.5, count: 2, p: 1 });
    expect(() => signedRankTest([1, Number.NaN])).toThrow("Expected finite differences, got NaN at index 1.");
  });
});

describe("Holm's correction", () => {
  // R 4.2.2: p.adjust(p, "holm")
  test.each([
    [
      [0.01, 0.04, 0.03, 0.005, 0.2],
      [0.04, 0.09, 0.09, 0.025, 0.2],
    ],
    [
      [0.012, 0.001, 0.03, 0.03, 0.6, 0.0004],
      [0.048, 0.005, 0.09, 0.09, 0.6, 0.0024],
    ],
    [
      [0.7, 0.8],
      [1, 1],
    ],
    [[], []],
  ])("of %j is R's", (given, adjusted) => {
    const found = holm(given);
    expect(found).toHaveLength(adjusted.length);
    adjusted.forEach((p, index) => {
      expect(found[index]).toBeCloseTo(p, 12);
    });
  });

  test("refuses what is no probability", () => {
    expect(() => holm([0.5, 1.5])).toThrow("Expected p to be a number from 0 to 1, got 1.5.");
  });
});

describe("main effects", () => {
  /** Yields of oats in 6 blocks of 3 varieties and 4 amounts of nitrogen (Yates 1935; R's MASS::oats), as R lists them. */
  const YIELDS =
    "111 130 157 174 117 114 161 141 105 140 118 156 61 91 97 100 70 108 126 149 96 124 121 144 68 64 112 86 60 102 " +
    "89 96 89 129 132 124 74 89 81 122 64 103 132 133 70 89 104 117 62 90 100 116 80 82 94 126 63 70 109 99 53 74 118 " +
    "113 89 82 86 104 97 99 119 121";
  const oats = YIELDS.split(" ").map((value, index) => ({
    levels: [["Victory", "Golden rain", "Marvellous"][Math.floor(index / 4) % 3], `${(index % 4) * 0.2}`],
    seed: Math.floor(index / 12),
    value: Number(value),
  }));

  test("of Yates's oats are R's analysis of variance", () => {
    // R 4.2.2: anova(aov(Y ~ B + V * N, MASS::oats)), column Sum Sq
    const squares = { blocks: 15875.27777778, variety: 1786.36111111, nitrogen: 20020.5, both: 321.75 };
    const residuals = 13982.05555556;
    const total = Object.values(squares).reduce((sum, square) => sum + square, residuals);
    const found = mainEffects(["variety", "nitrogen"], oats, { seed: 1 });
    expect(found.factors.map(({ factor }) => factor)).toEqual(["variety", "nitrogen"]);
    expect(found.factors[0].share).toBeCloseTo(squares.variety / total, 10);
    expect(found.factors[1].share).toBeCloseTo(squares.nitrogen / total, 10);
    expect(found.interactions).toBeCloseTo(squares.both / total, 10);
    expect(found.seeds).toBeCloseTo(squares.blocks / total, 10);
    expect(found.rest).toBeCloseTo(residuals / total, 10);
    // R: with(oats, tapply(Y, N, mean)) and tapply(Y, V, mean)
    const [variety, nitrogen] = found.factors.map(({ levels }) => levels.map((level) => level.mean.estimate));
    [79.3888888889, 98.8888888889, 114.2222222222, 123.3888888889].forEach((expected, index) => {
      expect(nitrogen[index]).toBeCloseTo(expected, 9);
    });
    [97.625, 104.5, 109.791666667].forEach((expected, index) => {
      expect(variety[index]).toBeCloseTo(expected, 9);
    });
  });

  test("come with an interval over the seeds", () => {
    const { factors } = mainEffects(["variety", "nitrogen"], oats, { seed: 1 });
    const none = oats.filter(({ levels }) => levels[1] === "0");
    const bySeed = [0, 1, 2, 3, 4, 5].map((block) =>
      mean(none.filter(({ seed }) => seed === block).map(({ value }) => value)),
    );
    expect(factors[1].levels[0]).toEqual({ level: "0", mean: bootstrapInterval(bySeed, mean, { seed: 1 }) });
  });

  test("are nothing where all runs come to the same", () => {
    const same = oats.map((run) => ({ ...run, value: 0.1 }));
    const found = mainEffects(["variety", "nitrogen"], same, { seed: 1 });
    expect(found).toMatchObject({ interactions: 0, seeds: 0, rest: 0, factors: [{ share: 0 }, { share: 0 }] });
  });

  test("refuse runs that are missing, there twice, or without a level", () => {
    const missing =
      /^Expected a run of every combination \(3 of variety, 4 of nitrogen, 6 seeds: 72 runs\), got 71 runs/;
    expect(() => mainEffects(["variety", "nitrogen"], oats.slice(1), { seed: 1 })).toThrow(missing);
    expect(() => mainEffects(["variety", "nitrogen"], [...oats, oats[0]], { seed: 1 })).toThrow(
      "got 73 runs of 72 combinations: leave out seeds and values that not all have.",
    );
    expect(() => mainEffects(["variety"], oats, { seed: 1 })).toThrow("Expected 1 levels of an observation, got 2.");
  });
});

describe("the time to a score", () => {
  test("counts runs that never get there as longer than all", () => {
    // R 4.2.2: quantile(c(3, 5, 8, 9, Inf, Inf), c(.25, .5, .75)) is 5.75, 8.5, Inf
    expect(timeTo([undefined, 5, 3, 9, undefined, 8])).toEqual({
      runs: 6,
      reached: 4,
      low: 5.75,
      median: 8.5,
      high: undefined,
    });
    // quantile(c(9, 3, 8, 5), c(.25, .5, .75))
    expect(timeTo([9, 3, 8, 5])).toEqual({ runs: 4, reached: 4, low: 4.5, median: 6.5, high: 8.25 });
  });

  test("is not known where too few get there", () => {
    // R: quantile(c(3, 5, 8, Inf, Inf), c(.25, .5)) is 5, 8
    expect(timeTo([3, 5, 8, undefined, undefined])).toMatchObject({ low: 5, median: 8, high: undefined });
    expect(timeTo([3, 5, 8, undefined, undefined, undefined])).toMatchObject({ low: 5.75, median: undefined });
    const none = { low: undefined, median: undefined, high: undefined };
    expect(timeTo([undefined])).toEqual({ runs: 1, reached: 0, ...none });
    expect(timeTo([])).toEqual({ runs: 0, reached: 0, ...none });
  });
});

describe("the band of several runs", () => {
  const courses = [
    { x: [1, 4, 9], y: [0, 10, 30] },
    { x: [2, 5, 8], y: [1, 2, 20] },
    { x: [1, 12], y: [5, 6] },
    { x: [], y: [] },
  ];

  test("holds what was reached last, where all runs go on", () => {
    expect(bandOf(courses, 7)).toEqual([
      { x: 2, low: 0.5, median: 1, high: 3 },
      { x: 3, low: 0.5, median: 1, high: 3 },
      { x: 4, low: 3, median: 5, high: 7.5 },
      { x: 5, low: 3.5, median: 5, high: 7.5 },
      { x: 6, low: 3.5, median: 5, high: 7.5 },
      { x: 7, low: 3.5, median: 5, high: 7.5 },
      { x: 8, low: 7.5, median: 10, high: 15 },
    ]);
  });

  test("has whole places once each where asked to", () => {
    expect(bandOf(courses, 20, true).map(({ x }) => x)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(bandOf([courses[0]], 1)).toEqual([{ x: 1, low: 0, median: 0, high: 0 }]);
  });

  test("is empty without runs, or where they have no place in common", () => {
    expect(bandOf([])).toEqual([]);
    expect(
      bandOf([
        { x: [1, 2], y: [0, 0] },
        { x: [3, 4], y: [0, 0] },
      ]),
    ).toEqual([]);
  });

  test("a run has no value before its beginning", () => {
    expect([0, 1, 4, 100].map((x) => valueAt(courses[0], x))).toEqual([Number.NaN, 0, 10, 30]);
  });
});
