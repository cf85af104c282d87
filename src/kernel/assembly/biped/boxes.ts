/** Boxes about bodies; twin of the second half of bodies.ts of the environment. */
import { Pose, placeX, placeY } from "../physics/pose";
import { Body, Ground, poseOf } from "./layout";
import { BOX_MARGIN, cornerCount, corners, larger, lesser, setPose, SKIN } from "./shapes";

// The box that `tightBox` made last.
let lowX: f32 = 0;
let lowY: f32 = 0;
let highX: f32 = 0;
let highY: f32 = 0;

const BEFORE = changetype<Pose>(memory.data(16, 16));

/** Makes the least box about a body at a pose. */
export function tightBox(body: i32, pose: Pose): void {
  const from = corners(body);
  const count = cornerCount(body);
  let x = placeX(pose, load<f32>(from), load<f32>(from, 4));
  let y = placeY(pose, load<f32>(from), load<f32>(from, 4));
  let leastX = x;
  let leastY = y;
  let mostX = x;
  let mostY = y;
  for (let index = 1; index < count; index++) {
    const at = from + ((<usize>index) << 3);
    x = placeX(pose, load<f32>(at), load<f32>(at, 4));
    y = placeY(pose, load<f32>(at), load<f32>(at, 4));
    leastX = lesser(leastX, x);
    leastY = lesser(leastY, y);
    mostX = larger(mostX, x);
    mostY = larger(mostY, y);
  }
  lowX = leastX - SKIN;
  lowY = leastY - SKIN;
  highX = mostX + SKIN;
  highY = mostY + SKIN;
}

/** Gives a body the box made last, widened by the margin. */
export function fatten(body: Body): void {
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
  const pose = poseOf(body);
  setPose(BEFORE, body.index, body.c0x, body.c0y, body.a0);
  tightBox(body.index, BEFORE);
  const firstLowX = lowX;
  const firstLowY = lowY;
  const firstHighX = highX;
  const firstHighY = highY;
  tightBox(body.index, pose);
  lowX = lesser(firstLowX, lowX);
  lowY = lesser(firstLowY, lowY);
  highX = larger(firstHighX, highX);
  highY = larger(firstHighY, highY);
  if (body.lowX <= lowX && body.lowY <= lowY && highX <= body.highX && highY <= body.highY) return false;
  fatten(body);
  const aheadX = <f32>2 * (pose.x - BEFORE.x);
  const aheadY = <f32>2 * (pose.y - BEFORE.y);
  if (aheadX < 0) body.lowX += aheadX;
  else body.highX += aheadX;
  if (aheadY < 0) body.lowY += aheadY;
  else body.highY += aheadY;
  return true;
}
