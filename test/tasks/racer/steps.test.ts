/** Single steps of the racer taken from their recorded state: each output, where runs would only say that something differs. */
import { type RacerState, stepRacer } from "precocial";
import { expect, test } from "vitest";
import { recorded } from "../biped/recordings.ts";
import { hashOf, startOn } from "./recordings.ts";

/** A state of racer_steps.json. */
interface State {
  bodies: {
    c: number[];
    a: number;
    v: number[];
    w: number;
    origin: number[];
    sin: number;
    cos: number;
    sleep: number;
  }[];
  joints: { impulse: number[]; limit: number; motorSpeed: number }[];
  omega: number[];
  gas: number[];
  brake: number[];
  steer: number[];
  phase: number[];
  tiles: number[][];
  visited: number[][];
  total: number;
  paid: number;
}

interface RecordedStep {
  name: string;
  track: string;
  action: number[] | null;
  input: State;
  output: State;
  reward: number;
  terminated: boolean;
  hash: string;
}

const steps = recorded<{ steps: RecordedStep[] }>("racer/racer_steps.json")?.steps ?? [];
const { fround } = Math;

/** A car on a recorded track, in a recorded state. */
function stateOf({ track, input }: RecordedStep): RacerState {
  const state = startOn(track);
  const { world } = state;
  world.car.bodies.forEach((body, index) => {
    const { c, a, v, w, origin, sin, cos, sleep } = input.bodies[index];
    Object.assign(body, { cx: fround(c[0]), cy: fround(c[1]), a: fround(a), restTime: fround(sleep) });
    body.velocity.set([...v, w]);
    Object.assign(body.transform, {
      ...{ x: fround(origin[0]), y: fround(origin[1]), sine: fround(sin), cosine: fround(cos) },
    });
  });
  world.car.joints.forEach((joint, index) => {
    const [x, y, z, motor] = input.joints[index].impulse.map(fround);
    Object.assign(joint, { x, y, z, motor, limit: input.joints[index].limit });
  });
  world.car.wheels.forEach((wheel, index) => {
    for (const part of ["omega", "gas", "brake", "steer", "phase"] as const) wheel[part] = input[part][index];
    wheel.tiles = input.tiles[index];
  });
  world.visited.clear();
  for (const [first, last] of input.visited) for (let tile = first; tile <= last; tile++) world.visited.add(tile);
  Object.assign(world, { total: input.total, paid: input.paid });
  return state;
}

test.skipIf(steps.length === 0)("there are 24 recorded steps with an action", () => {
  expect(steps.filter(({ action }) => action !== null)).toHaveLength(24);
});

test
  .skipIf(steps.length === 0)
  .each(steps.filter(({ action }) => action !== null).map((step) => [step.name, step] as const))(
  "takes the recorded step %s",
  (_, step) => {
    const state = stateOf(step);
    const [steer, gas, brake] = step.action as number[];
    const result = stepRacer(state, { steer, gas, brake });
    const { car, total, paid } = state.world;
    expect(result).toEqual({ reward: step.reward, terminated: step.terminated });
    expect([total, paid]).toEqual([step.output.total, step.output.paid]);
    car.bodies.forEach(({ cx, cy, a, velocity, transform, restTime }, index) => {
      const body = step.output.bodies[index];
      const expected = [...body.c, body.a, ...body.v, body.w, ...body.origin, body.sin, body.cos, body.sleep];
      const { x, y, sine, cosine } = transform;
      const found = [cx, cy, a, ...velocity, x, y, sine, cosine, restTime];
      expect(found.map((value) => value + 0)).toEqual(expected.map(fround));
    });
    car.joints.forEach(({ x, y, z, motor, limit }, index) => {
      const joint = step.output.joints[index];
      expect([x + 0, y + 0, z + 0, motor + 0, limit]).toEqual([...joint.impulse.map(fround), joint.limit]);
    });
    car.wheels.forEach(({ tiles }, index) => {
      expect([...tiles].sort((a, b) => a - b)).toEqual([...step.output.tiles[index]].sort((a, b) => a - b));
    });
    expect(hashOf(state, result.reward)).toBe(step.hash);
  },
);
