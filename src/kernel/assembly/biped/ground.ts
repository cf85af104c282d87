/** A world at its start: ground, bodies and joints; twin of terrain.ts, bodies.ts and joints.ts of the environment. */
import { cross, dot, placeX, placeY } from "../physics/pose";
import { BODIES, bodyOf, CENTROID_AT, EDGES, edgeOf, Ground, headOf, JOINTS, jointOf, NORMALS_AT, polygonOf, poseOf, startCorners, startHeight, startPolygons, VERTICES_AT } from "./layout";
import { startFatBox } from "./boxes";
import { BOX_MARGIN, centreX, centreY, inverseLength, larger, lesser, setPose, SKIN } from "./shapes";

const CELL: f64 = 14.0 / 30.0;
const THIRD: f32 = 0.33333334;

// Where the origins are at the start, and the angles of the legs.
const START_X: f32 = 4.6666665;
const START_Y: usize = memory.data<f32>([5.6, 5.3, 4.1666665, 5.3, 4.1666665]);
const START_ANGLE: usize = memory.data<f32>([0.0, -0.05, -0.05, 0.05, 0.05]);

/** Makes a world from its start. */
export function startWorld(world: usize): void {
  const head = headOf(world);
  head.isReady = 1;
  head.polygons = startPolygons(world);
  for (let index = 0; index < head.polygons; index++) makePolygon(polygonOf(world, index), startCorners(world, index));
  for (let index = 0; index < EDGES; index++) {
    const x1 = <f32>(<f64>index * CELL);
    const x2 = <f32>(<f64>(index + 1) * CELL);
    makeEdge(edgeOf(world, index), x1, startHeight(world, index), x2, startHeight(world, index + 1));
  }
  for (let index = 0; index < BODIES; index++) {
    const body = bodyOf(world, index);
    const pose = poseOf(body);
    const angle = load<f32>(START_ANGLE + ((<usize>index) << 2));
    const mx = centreX(index);
    const my = centreY(index);
    body.index = index;
    setPose(pose, index, 0, 0, angle);
    pose.x = START_X;
    pose.y = load<f32>(START_Y + ((<usize>index) << 2));
    body.cx = placeX(pose, mx, my);
    body.cy = placeY(pose, mx, my);
    body.a = angle;
    body.isAwake = 1;
    startFatBox(body);
  }
  for (let index = 0; index < JOINTS; index++) jointOf(world, index).limit = 0;
}

function setFat(ground: Ground, lowX: f32, lowY: f32, highX: f32, highY: f32): void {
  ground.lowX = lowX - SKIN - BOX_MARGIN;
  ground.lowY = lowY - SKIN - BOX_MARGIN;
  ground.highX = highX + SKIN + BOX_MARGIN;
  ground.highY = highY + SKIN + BOX_MARGIN;
}

function makeEdge(edge: Ground, x1: f32, y1: f32, x2: f32, y2: f32): void {
  const x = x2 - x1;
  const y = y2 - y1;
  const inverse = inverseLength(x, y);
  edge.v1x = x1;
  edge.v1y = y1;
  edge.v2x = x2;
  edge.v2y = y2;
  edge.wayX = x;
  edge.wayY = y;
  edge.square = dot(x, y, x, y);
  edge.nx = y * inverse;
  edge.ny = -(x * inverse);
  setFat(edge, lesser(x1, x2), lesser(y1, y2), larger(x1, x2), larger(y1, y2));
}

function makePolygon(ground: Ground, corners: usize): void {
  const at = changetype<usize>(ground);
  memory.copy(at + VERTICES_AT, corners, 32);
  let area: f32 = 0;
  let sumX: f32 = 0;
  let sumY: f32 = 0;
  let lowX = load<f32>(corners);
  let lowY = load<f32>(corners, 4);
  let highX = lowX;
  let highY = lowY;
  for (let index: usize = 0; index < 4; index++) {
    const x = load<f32>(corners + (index << 3));
    const y = load<f32>(corners + (index << 3), 4);
    const next = ((index + 1) & 3) << 3;
    const nextX = load<f32>(corners + next);
    const nextY = load<f32>(corners + next, 4);
    const wayX = nextX - x;
    const wayY = nextY - y;
    const inverse = inverseLength(wayY, -wayX);
    store<f32>(at + NORMALS_AT + (index << 3), wayY * inverse);
    store<f32>(at + NORMALS_AT + (index << 3), -wayX * inverse, 4);
    const triangle = <f32>0.5 * cross(x, y, nextX, nextY);
    const third = triangle * THIRD;
    area += triangle;
    sumX += third * (x + nextX);
    sumY += third * (y + nextY);
    lowX = lesser(lowX, x);
    lowY = lesser(lowY, y);
    highX = larger(highX, x);
    highY = larger(highY, y);
  }
  const inverse: f32 = <f32>1 / area;
  store<f32>(at + CENTROID_AT, inverse * sumX);
  store<f32>(at + CENTROID_AT, inverse * sumY, 4);
  setFat(ground, lowX, lowY, highX, highY);
}
