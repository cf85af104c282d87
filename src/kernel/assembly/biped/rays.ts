/** The ten rays of the lidar; twin of rays.ts of the environment. */
import { dot } from "../physics/pose";
import { EDGES, edgeOf, Ground, headOf, NORMALS_AT, polygonOf, VERTICES_AT } from "./layout";

const RAY_X: usize = memory.data<f64>([
  0.0, 0.7970033731925291, 1.5761077688604774, 2.3198161819265612, 3.0114265247735217, 3.6354067201244487,
  4.177743518013244, 4.62625720316809, 4.97087512515854, 5.203857908408848,
]);
const RAY_DOWN: usize = memory.data<f64>([
  5.333333333333333, 5.273445748992225, 5.095127942003232, 4.802384545880943, 4.401789946184951, 3.9023406339937114,
  3.31525316411021, 2.6537122554225436, 1.9325746905422592, 1.1680356644962213,
]);
const CELL: f32 = 14.0 / 30.0;
const CELLS: f32 = 30.0 / 14.0;
/** How much nearer than the end of a cell a hit must lie so that no later cell has one before it, m. */
const ROOM: f32 = 0.01;

/** The share of a ray until the ground. */
export function castRay(world: usize, x: f32, y: f32, index: i32): f32 {
  const at = (<usize>index) << 3;
  const dx = <f32>(<f64>x + load<f64>(RAY_X + at)) - x;
  const dy = <f32>(<f64>y - load<f64>(RAY_DOWN + at)) - y;
  let nearest: f32 = 1;
  const polygons = headOf(world).polygons;
  for (let polygon = 0; polygon < polygons; polygon++) {
    const ground = polygonOf(world, polygon);
    if (ground.highX >= x && ground.lowX <= x + dx) nearest = hitPolygon(changetype<usize>(ground), x, y, dx, dy, nearest);
  }
  // Cells from the one before on, as rays go forwards.
  const start = max<f32>(-1000, min<f32>(1000, x * CELLS));
  for (let cell = max<i32>(0, <i32>start - 1); cell < EDGES; cell++) {
    const left = <f32>cell * CELL;
    if (left > x + nearest * dx + ROOM) break;
    nearest = hitEdge(edgeOf(world, cell), x, y, dx, dy, nearest);
  }
  return nearest;
}

// @ts-ignore: decorator
@inline
function hitEdge(edge: Ground, x: f32, y: f32, dx: f32, dy: f32, nearest: f32): f32 {
  const across = dot(edge.nx, edge.ny, dx, dy);
  if (across == 0) return nearest;
  const share = dot(edge.nx, edge.ny, edge.v1x - x, edge.v1y - y) / across;
  if (share < 0 || share > nearest) return nearest;
  const along = dot(x + share * dx - edge.v1x, y + share * dy - edge.v1y, edge.wayX, edge.wayY) / edge.square;
  return along < 0 || along > 1 ? nearest : share;
}

function hitPolygon(ground: usize, x: f32, y: f32, dx: f32, dy: f32, nearest: f32): f32 {
  let enters: f32 = 0;
  let leaves = nearest;
  let isEntered = false;
  for (let side: usize = 0; side < 32; side += 8) {
    const nx = load<f32>(ground + NORMALS_AT + side);
    const ny = load<f32>(ground + NORMALS_AT + side, 4);
    const outside = dot(nx, ny, load<f32>(ground + VERTICES_AT + side) - x, load<f32>(ground + VERTICES_AT + side, 4) - y);
    const across = dot(nx, ny, dx, dy);
    if (across == 0) {
      if (outside < 0) return nearest;
    } else if (across < 0 && outside < enters * across) {
      enters = outside / across;
      isEntered = true;
    } else if (across > 0 && outside < leaves * across) {
      leaves = outside / across;
    }
    if (leaves < enters) return nearest;
  }
  return isEntered ? enters : nearest;
}
