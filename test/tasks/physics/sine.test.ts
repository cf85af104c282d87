/** Sines and cosines of Box2D's recordings: those of a reduction as the C library does it, of all singles where it could differ. */
import { expect, test } from "vitest";
import { cosine, sine } from "../../../src/tasks/environments/physics/sine.ts";

/** How many singles either way of each odd multiple of an eighth of a turn. */
const NEAR = 2000;
const SINE = [-0.16666654943701084, 0.008332178146138854, -0.00019517298981385725];
const COSINE = [-0.49999999725108224, 0.041666623324344516, -0.001388676379437604, 0.000024390450703564542];

/** Sine and cosine as the library has them below 120 rad, n quarter turns on. */
function turned(angle: number, n: number): [number, number] {
  const x = angle - n * 1.5707963267948966;
  const x2 = x * x;
  const x3 = x * x2;
  const x4 = x2 * x2;
  const odd = Math.fround(x + x3 * SINE[0] + x3 * x2 * (SINE[1] + x2 * SINE[2])) * (((n + 1) & 2) === 0 ? 1 : -1);
  const even =
    Math.fround(1 + x2 * COSINE[0] + x4 * COSINE[1] + x4 * x2 * (COSINE[2] + x2 * COSINE[3])) *
    ((n & 2) === 0 ? 1 : -1);
  return (n & 1) === 0 ? [odd, even] : [even, odd];
}

/** The library's number of quarter turns: a product whose lowest 24 bits are cut off. */
const cut = (angle: number) => (Math.trunc(angle * 10680707.430881744) + 0x800000) >> 24;

test("the nearest number of quarter turns by rounding gives the library's bits, also where it is another one", () => {
  const single = new Float32Array(1);
  const bits = new Int32Array(single.buffer);
  let others = 0;
  let wrong = 0;
  for (let eighth = 1; eighth < 154; eighth += 2) {
    single[0] = (eighth * Math.PI) / 4;
    const middle = bits[0];
    for (let away = -NEAR; away <= NEAR; away++) {
      bits[0] = middle + away;
      if (single[0] >= 120) continue;
      for (const angle of [single[0], -single[0]]) {
        const n = cut(angle);
        if (n !== Math.round(angle / (Math.PI / 2))) others++;
        const [s, c] = turned(angle, n);
        if (!Object.is(sine(angle), s) || !Object.is(cosine(angle), c)) wrong++;
      }
    }
  }
  expect(others).toBe(5);
  expect(wrong).toBe(0);
});

test("a quarter turn is taken in two parts from 120 rad on", () => {
  for (let angle = 120; angle < 1e6; angle *= 1.01) {
    const single = Math.fround(angle);
    expect(Math.abs(sine(single) - Math.sin(single))).toBeLessThan(1e-7);
    expect(Math.abs(cosine(single) - Math.cos(single))).toBeLessThan(1e-7);
  }
});
