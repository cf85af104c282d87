/** Boxes about bodies; twin of the second half of bodies.ts of the environment. */
import { endsOf, FIRST_X, hasOthers, LAST_X, LAST_Y, ORIGIN, OTHERS } from "./ends";
import { Body, Ground, poseOf } from "./layout";
import { BOX_MARGIN, SKIN } from "./shapes";

// The box that `tightBox` made last.
let lowX: f32 = 0;
let lowY: f32 = 0;
let highX: f32 = 0;
let highY: f32 = 0;

/** Makes the least box about a body at the end of its sweep and at another one. @param other rows of that one. @returns its ends */
function tightBox(body: Body, other: usize): usize {
  const ends = endsOf(body);
  let leastX = f32x4.pmin(v128.load(ends + other), v128.load(ends, LAST_X));
  let leastY = f32x4.pmin(v128.load(ends + other, 16), v128.load(ends, LAST_Y));
  let mostX = f32x4.pmax(v128.load(ends + other), v128.load(ends, LAST_X));
  let mostY = f32x4.pmax(v128.load(ends + other, 16), v128.load(ends, LAST_Y));
  if (hasOthers(body)) {
    const at = ends + OTHERS;
    leastX = f32x4.pmin(leastX, f32x4.pmin(v128.load(at + other), v128.load(at, LAST_X)));
    leastY = f32x4.pmin(leastY, f32x4.pmin(v128.load(at + other, 16), v128.load(at, LAST_Y)));
    mostX = f32x4.pmax(mostX, f32x4.pmax(v128.load(at + other), v128.load(at, LAST_X)));
    mostY = f32x4.pmax(mostY, f32x4.pmax(v128.load(at + other, 16), v128.load(at, LAST_Y)));
  }
  lowX = least(leastX) - SKIN;
  lowY = least(leastY) - SKIN;
  highX = most(mostX) + SKIN;
  highY = most(mostY) + SKIN;
  return ends;
}

// @ts-ignore: decorator
@inline
function least(values: v128): f32 {
  const two = f32x4.pmin(values, v128.shuffle<i32>(values, values, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmin(two, v128.shuffle<i32>(two, two, 1, 0, 3, 2)), 0);
}

// @ts-ignore: decorator
@inline
function most(values: v128): f32 {
  const two = f32x4.pmax(values, v128.shuffle<i32>(values, values, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(two, v128.shuffle<i32>(two, two, 1, 0, 3, 2)), 0);
}

/** Gives a body its first fat box, about where it is. */
export function startFatBox(body: Body): void {
  tightBox(body, LAST_X);
  fatten(body);
}

/** Gives a body the box made last, widened by the margin. */
function fatten(body: Body): void {
  body.lowX = lowX - BOX_MARGIN;
  body.lowY = lowY - BOX_MARGIN;
  body.highX = highX + BOX_MARGIN;
  body.highY = highY + BOX_MARGIN;
}

/** Whether the fat boxes of a piece of ground and a body share a point. */
// @ts-ignore: decorator
@inline
export function overlap(a: Ground, b: Body): bool {
  return !(b.lowX - a.highX > 0 || b.lowY - a.highY > 0 || a.lowX - b.highX > 0 || a.lowY - b.highY > 0);
}

/** Makes a new fat box if the body has left its own. @returns whether it has */
export function updateFatBox(body: Body): bool {
  const ends = tightBox(body, FIRST_X);
  if (body.lowX <= lowX && body.lowY <= lowY && highX <= body.highX && highY <= body.highY) return false;
  fatten(body);
  const pose = poseOf(body);
  const aheadX = <f32>2 * (pose.x - load<f32>(ends + ORIGIN));
  const aheadY = <f32>2 * (pose.y - load<f32>(ends + ORIGIN, 4));
  if (aheadX < 0) body.lowX += aheadX;
  else body.highX += aheadX;
  if (aheadY < 0) body.lowY += aheadY;
  else body.highY += aheadY;
  return true;
}
