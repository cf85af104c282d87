/**
 * The velocity solver's part for contacts: sequential impulses that push apart, with friction
 * (E. Catto, "Fast and Simple Physics using Sequential Impulses", GDC 2006; "Modeling and Solving Constraints", GDC 2009).
 *
 * At a point r from the centre of mass a body moves by v + w x r, and an impulse along n feels the mass 1 / k,
 * k = 1/m + (r x n)^2 / I. The sum of a point's impulses never pulls, and friction stays within its share of it. Two points
 * are solved together as a linear complementarity problem: find x >= 0 with K x + b >= 0 and x . (K x + b) = 0.
 * The ground does not move, so a contact concerns one body.
 */
import { f32 } from "../../../base/float32.ts";
import { SKIN } from "../physics/constants.ts";
import { place, turn } from "../physics/transforms.ts";
import { cross, dot, limit, type Vector } from "../physics/vectors.ts";
import type { Body } from "./bodies.ts";
import type { Manifold, Point } from "./clipping.ts";

/** A point of a contact in a step; impulses in N s. */
interface ContactPoint {
  /** From the body's centre of mass. */
  readonly rx: number;
  readonly ry: number;
  readonly normalMass: number;
  readonly tangentMass: number;
  normalImpulse: number;
  tangentImpulse: number;
  readonly point: Point;
}

/** How two points feel each other: the matrix K and its inverse, both symmetric. */
interface Block {
  readonly k11: number;
  readonly k12: number;
  readonly k22: number;
  readonly inverse11: number;
  readonly inverse12: number;
  readonly inverse22: number;
}

/** A contact in a step. */
export interface ContactConstraint {
  readonly body: Body;
  /** From the ground to the body, and across it. */
  readonly normal: Vector;
  readonly tangent: Vector;
  /** The points that are solved: of two that can hardly be told apart only the first. */
  readonly points: readonly ContactPoint[];
  readonly block: Block | undefined;
}

/** How much worse conditioned K may be than the square of its first element. */
const MAX_CONDITION = 1000;

/** Makes the constraint of a manifold where the body is now. @param isWarm whether to begin with the impulses kept */
export function prepareContact(manifold: Manifold, body: Body, isWarm: boolean): ContactConstraint {
  const { inverseMass: m, inverseInertia: i } = body.shape;
  const places = worldPoints(manifold, body);
  const { normal } = places;
  const tangent = { x: normal.y, y: -normal.x };
  const all = manifold.points.map((point, index): ContactPoint => {
    const rx = f32(places.points[index].x - body.cx);
    const ry = f32(places.points[index].y - body.cy);
    return {
      ...{ rx, ry, point },
      normalMass: f32(1 / felt(m, i, cross(rx, ry, normal.x, normal.y))),
      tangentMass: f32(1 / felt(m, i, cross(rx, ry, tangent.x, tangent.y))),
      normalImpulse: isWarm ? point.normalImpulse : 0,
      tangentImpulse: isWarm ? point.tangentImpulse : 0,
    };
  });
  const block = all.length === 2 ? blockOf(all, normal, m, i) : undefined;
  return { body, normal, tangent, points: block === undefined ? all.slice(0, 1) : all, block };
}

/** 1/m + (r x n)^2 / I */
function felt(m: number, i: number, rn: number): number {
  return f32(m + f32(f32(i * rn) * rn));
}

/** The matrix of two points, or undefined if it is too near to being singular. */
function blockOf([one, two]: readonly ContactPoint[], { x, y }: Vector, m: number, i: number): Block | undefined {
  const rn1 = cross(one.rx, one.ry, x, y);
  const rn2 = cross(two.rx, two.ry, x, y);
  const k11 = felt(m, i, rn1);
  const k22 = felt(m, i, rn2);
  const k12 = f32(m + f32(f32(i * rn1) * rn2));
  const determinant = f32(f32(k11 * k22) - f32(k12 * k12));
  if (!(f32(k11 * k11) < f32(MAX_CONDITION * determinant))) return undefined;
  const inverse = f32(1 / determinant);
  return {
    ...{ k11, k12, k22 },
    inverse11: f32(inverse * k22),
    inverse12: f32(-inverse * k12),
    inverse22: f32(inverse * k11),
  };
}

/** A manifold in the world: its normal towards the body, and points halfway between the two skins. */
function worldPoints(manifold: Manifold, { transform }: Body): { normal: Vector; points: Vector[] } {
  const { isOfBody, points } = manifold;
  const normal = isOfBody ? turn(transform, manifold.normal) : manifold.normal;
  const plane = isOfBody ? place(transform, manifold.point) : manifold.point;
  const middle = (point: Vector): Vector => {
    const { x, y } = isOfBody ? point : place(transform, point);
    const up = f32(SKIN - dot(f32(x - plane.x), f32(y - plane.y), normal.x, normal.y));
    return {
      x: f32(0.5 * f32(f32(x + f32(up * normal.x)) + f32(x - f32(SKIN * normal.x)))),
      y: f32(0.5 * f32(f32(y + f32(up * normal.y)) + f32(y - f32(SKIN * normal.y)))),
    };
  };
  const towards = isOfBody ? { x: -normal.x, y: -normal.y } : normal;
  return { normal: towards, points: points.map(middle) };
}

/** Applies the impulses that a contact begins with. */
export function warmStartContact({ body, normal, tangent, points }: ContactConstraint): void {
  for (const { normalImpulse: n, tangentImpulse: t, rx, ry } of points) {
    const x = f32(f32(n * normal.x) + f32(t * tangent.x));
    const y = f32(f32(n * normal.y) + f32(t * tangent.y));
    push(body, rx, ry, x, y);
  }
}

/** Keeps the impulses for the next step. */
export function storeImpulses({ points }: ContactConstraint): void {
  for (const { point, normalImpulse, tangentImpulse } of points) {
    point.normalImpulse = normalImpulse;
    point.tangentImpulse = tangentImpulse;
  }
}

/** One round for one contact: friction at each point, then what pushes apart. */
export function solveContact({ body, normal, tangent, points, block }: ContactConstraint): void {
  const { friction } = body.shape;
  for (const point of points) {
    const { rx, ry } = point;
    const most = f32(friction * point.normalImpulse);
    const wanted = f32(point.tangentMass * -speedAt(body.velocity, rx, ry, tangent.x, tangent.y));
    const impulse = limit(f32(point.tangentImpulse + wanted), -most, most);
    const change = f32(impulse - point.tangentImpulse);
    point.tangentImpulse = impulse;
    push(body, rx, ry, f32(change * tangent.x), f32(change * tangent.y));
  }
  if (block !== undefined) {
    solveBlock(body, normal, points[0], points[1], block);
    return;
  }
  const point = points[0];
  const { rx, ry } = point;
  const wanted = f32(point.normalImpulse - f32(point.normalMass * speedAt(body.velocity, rx, ry, normal.x, normal.y)));
  const impulse = wanted > 0 ? wanted : 0;
  const change = f32(impulse - point.normalImpulse);
  point.normalImpulse = impulse;
  push(body, rx, ry, f32(change * normal.x), f32(change * normal.y));
}

/** Solves two points together: tries which of them push, and takes the first choice that is consistent. */
function solveBlock(body: Body, normal: Vector, one: ContactPoint, two: ContactPoint, block: Block): void {
  const { k11, k12, k22, inverse11, inverse12, inverse22 } = block;
  const { normalImpulse: a1 } = one;
  const { normalImpulse: a2 } = two;
  const b1 = f32(speedAt(body.velocity, one.rx, one.ry, normal.x, normal.y) - f32(f32(k11 * a1) + f32(k12 * a2)));
  const b2 = f32(speedAt(body.velocity, two.rx, two.ry, normal.x, normal.y) - f32(f32(k12 * a1) + f32(k22 * a2)));
  let x1 = f32(-f32(f32(inverse11 * b1) + f32(inverse12 * b2)));
  let x2 = f32(-f32(f32(inverse12 * b1) + f32(inverse22 * b2)));
  if (!(x1 >= 0 && x2 >= 0)) {
    x1 = f32(-one.normalMass * b1);
    x2 = 0;
    if (!(x1 >= 0 && f32(f32(k12 * x1) + b2) >= 0)) {
      x1 = 0;
      x2 = f32(-two.normalMass * b2);
      if (!(x2 >= 0 && f32(f32(k12 * x2) + b1) >= 0)) {
        x2 = 0;
        if (!(b1 >= 0 && b2 >= 0)) return;
      }
    }
  }
  const d1 = f32(x1 - a1);
  const d2 = f32(x2 - a2);
  const p1x = f32(d1 * normal.x);
  const p1y = f32(d1 * normal.y);
  const p2x = f32(d2 * normal.x);
  const p2y = f32(d2 * normal.y);
  const { velocity, shape } = body;
  velocity[0] += f32(shape.inverseMass * f32(p1x + p2x));
  velocity[1] += f32(shape.inverseMass * f32(p1y + p2y));
  velocity[2] += f32(shape.inverseInertia * f32(cross(one.rx, one.ry, p1x, p1y) + cross(two.rx, two.ry, p2x, p2y)));
  one.normalImpulse = x1;
  two.normalImpulse = x2;
}

/** How fast a point of a body moves in a direction. */
function speedAt(v: Float32Array, rx: number, ry: number, x: number, y: number): number {
  return f32(f32(f32(v[0] - f32(v[2] * ry)) * x) + f32(f32(v[1] + f32(v[2] * rx)) * y));
}

/** Applies an impulse to a body at a point. */
function push({ velocity, shape }: Body, rx: number, ry: number, x: number, y: number): void {
  velocity[0] += f32(shape.inverseMass * x);
  velocity[1] += f32(shape.inverseMass * y);
  velocity[2] += f32(shape.inverseInertia * cross(rx, ry, x, y));
}
