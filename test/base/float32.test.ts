/** Accuracy of the single-precision functions against Math, and their exact values. */
import { expect, test } from "vitest";
import { cos32, cosPi32, exp32, f32, nearest32, sin32, sinPi32, tanh32, wrap32 } from "../../src/base/float32.ts";
import { derive } from "../../src/base/rng.ts";

/** The largest error over a dense sweep of [low, high]. */
function largestError(
  approximate: (x: number) => number,
  exact: (x: number) => number,
  low: number,
  high: number,
  relative = false,
): number {
  let largest = 0;
  for (let step = 0; step <= 200_000; step++) {
    const x = f32(low + ((high - low) * step) / 200_000);
    const value = exact(x);
    largest = Math.max(largest, Math.abs(approximate(x) - value) / (relative ? Math.abs(value) || 1 : 1));
  }
  return largest;
}

test("exp is right within 2e-7 of its value from -87 to 88", () => {
  expect(largestError(exp32, Math.exp, -87, 88, true)).toBeLessThan(2e-7);
  expect(exp32(0)).toBe(1);
});

test("exp saturates below -87 and above 88, infinite arguments included", () => {
  expect(exp32(-1000)).toBe(exp32(-87));
  expect(exp32(Number.POSITIVE_INFINITY)).toBe(exp32(88));
});

test("sin and cos of pi x are right within 2e-7", () => {
  expect(largestError(sinPi32, (x) => Math.sin(Math.PI * x), -4, 4)).toBeLessThan(2e-7);
  expect(largestError(cosPi32, (x) => Math.cos(Math.PI * x), -4, 4)).toBeLessThan(2e-7);
});

test("sin of pi x is 0 at every whole number, however large", () => {
  for (const x of [0, 1, -3, 1e6, 2 ** 23, 2 ** 40, 2 ** 60]) expect(Math.abs(sinPi32(f32(x)))).toBe(0);
});

test("sin and cos of an angle are right within 2e-6 for a few turns", () => {
  expect(largestError(sin32, Math.sin, -20, 20)).toBeLessThan(2e-6);
  expect(largestError(cos32, Math.cos, -20, 20)).toBeLessThan(2e-6);
});

test("an angle within half a turn stays as it is, others lose full turns within 4e-6", () => {
  for (const angle of [0, 3.14, -3.14, -1e-20]) expect(wrap32(f32(angle))).toBe(f32(angle));
  expect(largestError((x) => Math.cos(wrap32(x)), Math.cos, -30, 30)).toBeLessThan(4e-6);
  expect(largestError((x) => Math.sin(wrap32(x)), Math.sin, -30, 30)).toBeLessThan(4e-6);
  expect(
    largestError(
      (x) => Math.max(0, Math.abs(wrap32(x)) - Math.PI),
      () => 0,
      -30,
      30,
    ),
  ).toBeLessThan(4e-6);
});

test("tanh is right within 4e-7 of its value, odd, and never beyond 1", () => {
  expect(largestError(tanh32, Math.tanh, -10, 10, true)).toBeLessThan(4e-7);
  expect(largestError(tanh32, Math.tanh, -1e-3, 1e-3, true)).toBeLessThan(4e-7);
  expect(tanh32(2 ** 60)).toBeLessThanOrEqual(1);
  expect(tanh32(2 ** 60)).toBeGreaterThan(1 - 2e-7);
  expect(tanh32(f32(-0.3))).toBe(-tanh32(f32(0.3)));
});

test("nearest rounds ties to even and leaves large numbers alone", () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, 8388609].map(nearest32)).toEqual([0, 2, 2, -0, -2, 8388609]);
  const rng = derive("nearest");
  for (let draw = 0; draw < 10_000; draw++) {
    const x = f32(rng.between(-1e5, 1e5));
    expect(Math.abs(nearest32(x) - x)).toBeLessThanOrEqual(0.5);
  }
});
