/** The ten rays of the lidar, four at a time; twin of rays.ts of the environment. */
import { dot } from "../physics/pose";
import { EDGES, edgeOf, Ground, headOf, NORMALS_AT, polygonOf, VERTICES_AT } from "./layout";

const RAYS = 10;
// From the hull to the end of each ray, m; two more for whole vectors.
const RAY_X: usize = memory.data<f64>([
  0.0, 0.7970033731925291, 1.5761077688604774, 2.3198161819265612, 3.0114265247735217, 3.6354067201244487,
  4.177743518013244, 4.62625720316809, 4.97087512515854, 5.203857908408848, 5.203857908408848, 5.203857908408848,
]);
const RAY_DOWN: usize = memory.data<f64>([
  5.333333333333333, 5.273445748992225, 5.095127942003232, 4.802384545880943, 4.401789946184951, 3.9023406339937114,
  3.31525316411021, 2.6537122554225436, 1.9325746905422592, 1.1680356644962213, 1.1680356644962213, 1.1680356644962213,
]);
const CELL: f32 = 14.0 / 30.0;
const CELLS: f32 = 30.0 / 14.0;
/** How much nearer than the end of a cell a hit must lie so that no later cell has one before it, m. */
const ROOM: f32 = 0.01;
const SHARES: usize = memory.data(16, 16);

/** Writes the shares of the rays until the ground. @param to of the first; the others lie `stride` bytes apart */
export function castRays(world: usize, x: f32, y: f32, to: usize, stride: usize): void {
  for (let first = 0; first < RAYS; first += 4) {
    v128.store(SHARES, castFour(world, x, y, first));
    const count = min<i32>(4, RAYS - first);
    for (let lane = 0; lane < count; lane++, to += stride) store<f32>(to, load<f32>(SHARES + ((<usize>lane) << 2)));
  }
}

function castFour(world: usize, x: f32, y: f32, first: i32): v128 {
  const at = (<usize>first) << 3;
  const dx = f32x4.sub(single(x, RAY_X + at, 1), f32x4.splat(x));
  const dy = f32x4.sub(single(y, RAY_DOWN + at, -1), f32x4.splat(y));
  let nearest = f32x4.splat(1);
  const polygons = headOf(world).polygons;
  for (let polygon = 0; polygon < polygons; polygon++) {
    const ground = polygonOf(world, polygon);
    if (ground.highX < x) continue;
    const isWithin = f32x4.le(f32x4.splat(ground.lowX), f32x4.add(f32x4.splat(x), dx));
    if (i32x4.bitmask(isWithin) != 0) {
      nearest = hitPolygon(changetype<usize>(ground), x, y, dx, dy, nearest, isWithin);
    }
  }
  // Cells from the one before on, as rays go forwards.
  const start = max<f32>(-1000, min<f32>(1000, x * CELLS));
  for (let cell = max<i32>(0, <i32>start - 1); cell < EDGES; cell++) {
    const reach = f32x4.add(f32x4.add(f32x4.splat(x), f32x4.mul(nearest, dx)), f32x4.splat(ROOM));
    if (i32x4.bitmask(f32x4.ge(reach, f32x4.splat(<f32>cell * CELL))) == 0) break;
    nearest = hitEdge(edgeOf(world, cell), x, y, dx, dy, nearest);
  }
  return nearest;
}

/** Singles of from + sign * four doubles. */
// @ts-ignore: decorator
@inline
function single(from: f32, doubles: usize, sign: f64): v128 {
  const low = f64x2.add(f64x2.splat(<f64>from), f64x2.mul(f64x2.splat(sign), v128.load(doubles)));
  const high = f64x2.add(f64x2.splat(<f64>from), f64x2.mul(f64x2.splat(sign), v128.load(doubles, 16)));
  return v128.shuffle<i32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

// @ts-ignore: decorator
@inline
function along(dx: v128, dy: v128, x: f32, y: f32): v128 {
  return f32x4.add(f32x4.mul(f32x4.splat(x), dx), f32x4.mul(f32x4.splat(y), dy));
}

// @ts-ignore: decorator
@inline
function hitEdge(edge: Ground, x: f32, y: f32, dx: v128, dy: v128, nearest: v128): v128 {
  const zero = f32x4.splat(0);
  const across = along(dx, dy, edge.nx, edge.ny);
  const share = f32x4.div(f32x4.splat(dot(edge.nx, edge.ny, edge.v1x - x, edge.v1y - y)), across);
  const hitX = f32x4.sub(f32x4.add(f32x4.splat(x), f32x4.mul(share, dx)), f32x4.splat(edge.v1x));
  const hitY = f32x4.sub(f32x4.add(f32x4.splat(y), f32x4.mul(share, dy)), f32x4.splat(edge.v1y));
  const way = f32x4.div(along(hitX, hitY, edge.wayX, edge.wayY), f32x4.splat(edge.square));
  const isOnRay = v128.and(f32x4.ge(share, zero), f32x4.le(share, nearest));
  const isOnEdge = v128.and(f32x4.ge(way, zero), f32x4.le(way, f32x4.splat(1)));
  return v128.bitselect(share, nearest, v128.and(f32x4.ne(across, zero), v128.and(isOnRay, isOnEdge)));
}

/** Cuts the rays by each side in turn. @param isWithin all bits set where a ray may get there */
function hitPolygon(ground: usize, x: f32, y: f32, dx: v128, dy: v128, nearest: v128, isWithin: v128): v128 {
  const zero = f32x4.splat(0);
  let enters = zero;
  let leaves = nearest;
  let isEntered = zero;
  let isLeft = isWithin;
  for (let side: usize = 0; side < 32; side += 8) {
    const nx = load<f32>(ground + NORMALS_AT + side);
    const ny = load<f32>(ground + NORMALS_AT + side, 4);
    const outside = f32x4.splat(
      dot(nx, ny, load<f32>(ground + VERTICES_AT + side) - x, load<f32>(ground + VERTICES_AT + side, 4) - y),
    );
    const across = along(dx, dy, nx, ny);
    const share = f32x4.div(outside, across);
    const isEntering = v128.and(f32x4.lt(across, zero), f32x4.lt(outside, f32x4.mul(enters, across)));
    const isLeaving = v128.and(f32x4.gt(across, zero), f32x4.lt(outside, f32x4.mul(leaves, across)));
    const misses = v128.and(f32x4.eq(across, zero), f32x4.lt(outside, zero));
    enters = v128.bitselect(share, enters, isEntering);
    leaves = v128.bitselect(share, leaves, isLeaving);
    isEntered = v128.or(isEntered, isEntering);
    isLeft = v128.andnot(isLeft, v128.or(misses, f32x4.lt(leaves, enters)));
  }
  return v128.bitselect(enters, nearest, v128.and(isLeft, isEntered));
}
