/** The logarithm in single precision. */
import { expect, it } from "vitest";
import { log32 } from "../../src/base/float32.ts";

it("log32 is within 1.7e-7 of the value, relative, or 6e-8 absolute near 1", () => {
  let relative = 0;
  let absolute = 0;
  for (let step = 0; step < 200_000; step++) {
    const x = Math.fround(2 ** (-20 + step / 5000));
    const error = Math.abs(log32(x) - Math.log(x));
    absolute = Math.max(absolute, Math.abs(x - 1) < 0.4 ? error : 0);
    relative = Math.max(relative, Math.abs(x - 1) < 0.4 ? 0 : error / Math.abs(Math.log(x)));
  }
  expect(relative).toBeLessThan(1.7e-7);
  expect(absolute).toBeLessThan(6e-8);
});

it("log32 is exact at 1 and rounds the ends of the range", () => {
  expect(log32(1)).toBe(0);
  expect(log32(2 ** -126)).toBeCloseTo(-126 * Math.LN2, 4);
  expect(log32(Math.fround(3.4e38))).toBeCloseTo(Math.log(3.4e38), 4);
});
