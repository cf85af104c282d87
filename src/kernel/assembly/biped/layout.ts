/**
 * Where a lane's world lies in memory, and where what is solved in four lanes; twins of the objects of
 * tasks/environments/biped.
 *
 * A world is a record: the start that the host wrote (force, number of polygons, heights, corners), what lives across
 * steps, and the ground. Behind the worlds of all lanes lie the blocks, one for four lanes, of rows of four singles.
 */

import { Pose } from "../physics/pose";

/** Bytes of a world; with a quarter of BLOCK_BYTES and 4 to a single, `HIDDEN` of tasks/environments/biped/rollout.ts. */
export const WORLD_BYTES: usize = 32656;
export const BLOCK_BYTES: usize = 46864;

export const BODIES = 5;
export const JOINTS = 4;
export const EDGES = 199;
export const MAX_CONTACTS = 128;

const START_HEIGHTS: usize = 8;
const START_POLYGONS: usize = 808;
const HEAD: usize = 2352;
const BODY_AT: usize = 2416;
const BODY_BYTES: usize = 96;
const JOINT_AT: usize = 2896;
const JOINT_BYTES: usize = 32;
const CONTACT_AT: usize = 3024;
export const CONTACT_BYTES: usize = 96;
const POLYGON_AT: usize = 15312;
const POLYGON_BYTES: usize = 96;
const EDGE_AT: usize = 19920;
const EDGE_BYTES: usize = 64;

/** What lives across steps beside bodies, joints and contacts. */
// @ts-ignore: decorator
@unmanaged
export class Head {
  isReady: i32;
  contacts: i32;
  polygons: i32;
  hasFallen: i32;
  /** Flags of the bodies, of which those of the lower legs count. */
  foot0: i32;
  foot1: i32;
  foot2: i32;
  foot3: i32;
  foot4: i32;
  spare: i32;
  shaping: f64;
  /** Whether a piece of ground may have a time other than 0. */
  hasTimes: i32;
}

// @ts-ignore: decorator
@unmanaged
export class Body {
  c0x: f32;
  c0y: f32;
  a0: f32;
  cx: f32;
  cy: f32;
  a: f32;
  time: f32;
  vx: f32;
  vy: f32;
  w: f32;
  x: f32;
  y: f32;
  s: f32;
  c: f32;
  rest: f32;
  isAwake: i32;
  lowX: f32;
  lowY: f32;
  highX: f32;
  highY: f32;
  index: i32;
}

/** A body's pose is a part of it. */
const POSE_AT: usize = 40;

// @ts-ignore: decorator
@unmanaged
export class Joint {
  x: f32;
  y: f32;
  z: f32;
  motor: f32;
  limit: i32;
  speed: f32;
  torque: f32;
}

// @ts-ignore: decorator
@unmanaged
export class Point {
  x: f32;
  y: f32;
  normalImpulse: f32;
  tangentImpulse: f32;
  id: u32;
}

/** Contacts lie oldest first. */
// @ts-ignore: decorator
@unmanaged
export class Contact {
  ground: i32;
  body: i32;
  isTouching: i32;
  isEnabled: i32;
  isKnown: i32;
  impacts: i32;
  impact: f32;
  isOfBody: i32;
  nx: f32;
  ny: f32;
  px: f32;
  py: f32;
  points: i32;
}

const POINT_AT: usize = 52;
const POINT_BYTES: usize = 20;

/** What edges and polygons begin with. */
// @ts-ignore: decorator
@unmanaged
export class Ground {
  lowX: f32;
  lowY: f32;
  highX: f32;
  highY: f32;
  time: f32;
  /** Of an edge: the square of its length. */
  square: f32;
  /** Of an edge: its two ends; polygons have two more corners and other things behind. */
  v1x: f32;
  v1y: f32;
  v2x: f32;
  v2y: f32;
  wayX: f32;
  wayY: f32;
  nx: f32;
  ny: f32;
}

export const VERTICES_AT: usize = 24;
export const NORMALS_AT: usize = 56;
export const CENTROID_AT: usize = 88;

// @ts-ignore: decorator
@inline
export function headOf(world: usize): Head {
  return changetype<Head>(world + HEAD);
}

// @ts-ignore: decorator
@inline
export function bodyOf(world: usize, index: i32): Body {
  return changetype<Body>(world + BODY_AT + <usize>index * BODY_BYTES);
}

// @ts-ignore: decorator
@inline
export function poseOf(body: Body): Pose {
  return changetype<Pose>(changetype<usize>(body) + POSE_AT);
}

// @ts-ignore: decorator
@inline
export function jointOf(world: usize, index: i32): Joint {
  return changetype<Joint>(world + JOINT_AT + <usize>index * JOINT_BYTES);
}

// @ts-ignore: decorator
@inline
export function contactOf(world: usize, index: i32): Contact {
  return changetype<Contact>(world + CONTACT_AT + <usize>index * CONTACT_BYTES);
}

// @ts-ignore: decorator
@inline
export function pointOf(contact: Contact, index: i32): Point {
  return changetype<Point>(changetype<usize>(contact) + POINT_AT + <usize>index * POINT_BYTES);
}

/** A piece of ground by its number: polygons come first. */
// @ts-ignore: decorator
@inline
export function groundOf(world: usize, index: i32): Ground {
  const polygons = headOf(world).polygons;
  return index < polygons ? polygonOf(world, index) : edgeOf(world, index - polygons);
}

// @ts-ignore: decorator
@inline
export function polygonOf(world: usize, index: i32): Ground {
  return changetype<Ground>(world + POLYGON_AT + <usize>index * POLYGON_BYTES);
}

// @ts-ignore: decorator
@inline
export function edgeOf(world: usize, index: i32): Ground {
  return changetype<Ground>(world + EDGE_AT + <usize>index * EDGE_BYTES);
}

// @ts-ignore: decorator
@inline
export function startForce(world: usize): f32 {
  return load<f32>(world);
}

// @ts-ignore: decorator
@inline
export function startPolygons(world: usize): i32 {
  return <i32>load<f32>(world, 4);
}

// @ts-ignore: decorator
@inline
export function startHeight(world: usize, vertex: i32): f32 {
  return load<f32>(world + START_HEIGHTS + ((<usize>vertex) << 2));
}

/** Eight numbers: x and y of four corners. */
// @ts-ignore: decorator
@inline
export function startCorners(world: usize, polygon: i32): usize {
  return world + START_POLYGONS + ((<usize>polygon) << 5);
}
