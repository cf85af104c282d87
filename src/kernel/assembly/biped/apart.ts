/** Whether a body can touch a piece of ground within a step at all: the shortcut before the time of impact is looked for. */
import { endsOf, FIRST_X, FIRST_Y, hasOthers, LAST_X, LAST_Y, OTHERS } from "./ends";
import { Body, Ground, NORMALS_AT, VERTICES_AT } from "./layout";
import { xOf, yOf } from "./shapes";

const ROOM: f32 = 0.0068;
const HULL_REACH: f32 = 0.1875; // 0.15 * 1.25
const LEG_REACH: f32 = 0.09; // 0.15 * 0.6

/** Whether a body is so far from a piece of ground at both ends of its sweep that it cannot touch between them. */
export function isApart(ground: Ground, isPolygon: bool, body: Body): bool {
  const turned = body.a - body.a0;
  const room = f32x4.splat(ROOM + (body.index == 0 ? HULL_REACH : LEG_REACH) * turned * turned);
  if (isPolygon) {
    const at = changetype<usize>(ground);
    for (let side = 0; side < 4; side++) {
      const nx = xOf(at + NORMALS_AT, side);
      const ny = yOf(at + NORMALS_AT, side);
      if (isBeyond(body, room, nx, ny, xOf(at + VERTICES_AT, side), yOf(at + VERTICES_AT, side))) return true;
    }
    return false;
  }
  // The normal of an edge points down.
  return (
    isBeyond(body, room, -ground.nx, -ground.ny, ground.v1x, ground.v1y) ||
    isBeyond(body, room, ground.nx, ground.ny, ground.v1x, ground.v1y) ||
    isBeyond(body, room, -1, 0, ground.v1x, 0) ||
    isBeyond(body, room, 1, 0, ground.v2x, 0)
  );
}

/** Whether all corners are further than `room` from a line through (x, y), on the side of its normal. */
// @ts-ignore: decorator
@inline
function isBeyond(body: Body, room: v128, nx: f32, ny: f32, x: f32, y: f32): bool {
  const ends = endsOf(body);
  let is = areBeyond(ends, room, nx, ny, x, y);
  if (hasOthers(body)) is = v128.and(is, areBeyond(ends + OTHERS, room, nx, ny, x, y));
  return i32x4.all_true(is);
}

// @ts-ignore: decorator
@inline
function areBeyond(ends: usize, room: v128, nx: f32, ny: f32, x: f32, y: f32): v128 {
  const first = along(v128.load(ends, FIRST_X), v128.load(ends, FIRST_Y), nx, ny, x, y);
  const last = along(v128.load(ends, LAST_X), v128.load(ends, LAST_Y), nx, ny, x, y);
  return f32x4.gt(f32x4.pmin(first, last), room);
}

// @ts-ignore: decorator
@inline
function along(xs: v128, ys: v128, nx: f32, ny: f32, x: f32, y: f32): v128 {
  return f32x4.add(
    f32x4.mul(f32x4.splat(nx), f32x4.sub(xs, f32x4.splat(x))),
    f32x4.mul(f32x4.splat(ny), f32x4.sub(ys, f32x4.splat(y))),
  );
}
