/** Steps of Adam: the paper's, and where they go on. */
import { describe, expect, test } from "vitest";
import { move, moveAll, RateCorrection } from "../../src/base/adam.ts";
import { f32 } from "../../src/base/float32.ts";

describe("Adam", () => {
  test("takes steps of about the rate, whatever the size of the gradient, and the paper's on average", () => {
    for (const gradient of [1e-3, 1, -50]) {
      const correction = new RateCorrection(0);
      let [value, first, second] = [0, 0, 0];
      let [m, v] = [0, 0];
      let expected = 0;
      for (let step = 1; step <= 20; step++) {
        const now = gradient * (1 + (step % 3));
        ({ value, first, second } = move({ value, first, second }, f32(now), correction.next(0.01)));
        m = 0.9 * m + 0.1 * now;
        v = 0.999 * v + 0.001 * now * now;
        expected -= (0.01 * (m / (1 - 0.9 ** step))) / Math.sqrt(v / (1 - 0.999 ** step));
        expect(value).toBeCloseTo(expected, 4);
      }
    }
  });

  test("goes on with its correction where it stood", () => {
    const whole = new RateCorrection(0);
    const rates = [1, 2, 3, 4, 5].map((rate) => whole.next(rate));
    const later = new RateCorrection(3);
    expect([4, 5].map((rate) => later.next(rate))).toEqual(rates.slice(3));
  });

  test("moves many values as it moves each", () => {
    const moving = { values: Float32Array.of(1, -2), firsts: new Float32Array(2), seconds: new Float32Array(2) };
    const gradients = Float32Array.of(0.25, -3);
    moveAll(moving, gradients, 0.01);
    [1, -2].forEach((value, at) => {
      const moved = move({ value, first: 0, second: 0 }, gradients[at], 0.01);
      expect([moving.values[at], moving.firsts[at], moving.seconds[at]]).toEqual([
        moved.value,
        moved.first,
        moved.second,
      ]);
    });
  });
});
