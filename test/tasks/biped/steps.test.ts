/** Single steps of the walker, each begun from a recorded state, against the state that Box2D leaves. */
import { expect, test } from "vitest";
import { type Body, startBodies } from "../../../src/tasks/environments/biped/bodies.ts";
import type { Contact } from "../../../src/tasks/environments/biped/contacts.ts";
import { type BipedState, stepBiped } from "../../../src/tasks/environments/biped/environment.ts";
import { castRays } from "../../../src/tasks/environments/biped/rays.ts";
import { startWorld, stepFirst, type World } from "../../../src/tasks/environments/biped/world.ts";
import { hashOf, recorded, stepAndSee, type Terrain, trackOf } from "./recordings.ts";

/** All that lives across steps, as recorded. */
interface Recorded {
  bodies: {
    c: number[];
    a: number;
    v: number[];
    w: number;
    p: number[];
    sin: number;
    cos: number;
    sleep: number;
    awake: boolean;
    box: number[];
  }[];
  joints: { impulse: number[]; limit: number }[];
  contacts: {
    edge: number;
    body: number;
    touching: boolean;
    type?: "A" | "B";
    normal?: number[];
    point?: number[];
    points: { at: number[]; impulse: number[]; id: number[] }[];
  }[];
  feet: boolean[];
  fallen: boolean;
  shaping: number | null;
  first: boolean;
  force: number;
}

interface RecordedStep {
  name: string;
  terrain: string;
  action: number[];
  input: Recorded;
  output: Recorded;
  rays: number[];
  observation: number[];
  reward: number;
  terminated: boolean;
  hash: string;
}

const steps = recorded<{ terrains: Terrain[]; steps: RecordedStep[] }>("walker/walker_steps.json");
const f32 = Math.fround;
const vector = ([x, y]: readonly number[] = [0, 0]) => ({ x: f32(x), y: f32(y) });

/** A world in a recorded state. */
function worldOf(terrain: Terrain, { bodies, joints, contacts, feet, fallen, force }: Recorded): World {
  const world = startWorld(trackOf(terrain, force));
  startBodies().forEach((_, index) => {
    const { c, a, v, w, p, sin, cos, sleep, awake, box } = bodies[index];
    const [lowX, lowY, highX, highY] = box.map(f32);
    const body: Body = world.bodies[index];
    Object.assign(body, { cx: f32(c[0]), cy: f32(c[1]), a: f32(a), restTime: f32(sleep), isAwake: awake });
    body.velocity.set([v[0], v[1], w]);
    Object.assign(body.transform, { ...vector(p), sine: f32(sin), cosine: f32(cos) });
    Object.assign(body.fat, { lowX, lowY, highX, highY });
  });
  world.joints.forEach((joint, index) => {
    const [x, y, z, motor] = joints[index].impulse.map(f32);
    Object.assign(joint, { x, y, z, motor, limit: joints[index].limit });
  });
  for (const { edge, body, touching, type, normal, point, points } of contacts) {
    const contact: Contact = {
      ...{ ground: edge, body, isTouching: touching, isEnabled: true, impact: undefined, impacts: 0 },
      manifold: {
        ...{ isOfBody: type === "B", normal: vector(normal), point: vector(point) },
        points: points.map(({ at, impulse, id: [a, b, typeA, typeB] }) => ({
          ...vector(at),
          normalImpulse: f32(impulse[0]),
          tangentImpulse: f32(impulse[1]),
          id: a | (b << 8) | (typeA << 16) | (typeB << 24),
        })),
      },
    };
    world.contacts.push(contact);
  }
  world.touch.hasFallen = fallen;
  world.touch.feet[2] = feet[0];
  world.touch.feet[4] = feet[1];
  return world;
}

/** What a later step can tell of a world, and what steps.json says of it, in one form. */
function summary(world: World) {
  return {
    bodies: world.bodies.map((body) => [
      ...[body.cx, body.cy, body.a, ...body.velocity, body.transform.x, body.transform.y],
      ...[body.transform.sine, body.transform.cosine, body.restTime, Number(body.isAwake), ...Object.values(body.fat)],
    ]),
    joints: world.joints.map(({ x, y, z, motor, limit }) => [x, y, z, motor, limit]),
    contacts: world.contacts.map(({ ground, body, isTouching, manifold: { isOfBody, normal, point, points } }) => [
      ...[ground, body, Number(isTouching)],
      ...(isTouching ? [Number(isOfBody), normal.x, normal.y, point.x, point.y] : []),
      ...points.flatMap((one) => [one.x, one.y, one.normalImpulse, one.tangentImpulse, one.id]),
    ]),
    touch: [world.touch.hasFallen, world.touch.feet[2], world.touch.feet[4]],
  };
}

/** Zeros of either sign are equal. */
function unsigned<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

test.skipIf(steps === undefined).each(steps?.steps.map(({ name }) => name) ?? [])(
  "leaves the state of step %s",
  (name) => {
    const { terrain, action, input, output, ...after } = (steps?.steps ?? []).find(
      (one) => one.name === name,
    ) as RecordedStep;
    const ground = steps?.terrains.find(({ id }) => id === terrain) as Terrain;
    const world = worldOf(ground, input);
    const state: BipedState = { world, rays: [], shaping: input.shaping ?? 0 };
    if (input.first) {
      stepFirst(world);
    } else {
      const { observation, reward, terminated } = stepAndSee(state, action);
      expect(reward).toBe(after.reward);
      expect(terminated).toBe(after.terminated);
      expect(hashOf(observation, reward)).toBe(after.hash);
      expect(state.shaping).toBe(output.shaping);
    }
    expect(unsigned(castRays(world.grounds, world.bodies[0].transform))).toEqual(after.rays.map(f32));
    expect(unsigned(summary(world))).toEqual(unsigned(summary(worldOf(ground, output))));
  },
);

test("a step without numbers changes nothing", () => {
  const state: BipedState = { world: startWorld(trackOf({ y: new Array(200).fill(3) }, 0)), rays: [], shaping: 0 };
  const before = unsigned(summary(state.world));
  expect(() => stepBiped(state, [Number.NaN, 0, 0, 0])).toThrow("got NaN, 0, 0, 0.");
  expect(unsigned(summary(state.world))).toEqual(before);
});
