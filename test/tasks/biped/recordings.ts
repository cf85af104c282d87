/**
 * What Box2D computes for the walker, as recorded: read in place, never copied. Played by the built package, whose
 * physics is several times faster than that of single files.
 */
import { readFileSync } from "node:fs";
import { BIPED, type BipedState, type Step, type Track } from "precocial";
import { fixture } from "../../fixtures/folder.ts";

/** The JSON of a fixture, or undefined if it is not there. */
export function recorded<Content>(name: string): Content | undefined {
  const path = fixture(name);
  return path === undefined ? undefined : (JSON.parse(readFileSync(path, "utf8")) as Content);
}

export type Numbers = readonly number[];

/** A terrain of walker_runs.json or walker_steps.json. */
export interface Terrain {
  id: string;
  y: number[];
  polygons?: [number, number][][];
}

/** A hashed run. */
export interface Run {
  id: string;
  terrain: string;
  force: number;
  actions: string;
  seed: number;
  steps: number;
  firstTerminated: number | null;
  hashes: string[];
}

/** The track of a recorded terrain. */
export function trackOf({ y, polygons = [] }: Omit<Terrain, "id">, force: number): Track {
  return { heights: y, force, polygons: polygons.map((corners) => corners.map(([cx, cy]) => ({ x: cx, y: cy }))) };
}

/** The bodies as recordings write them: origin, angle, velocity. */
export function bodiesOf({ world }: BipedState): number[][] {
  return world.bodies.map(({ transform, a, velocity }) => [transform.x, transform.y, a, ...velocity]);
}

/** The index of the first number that is not the single recorded, or -1. */
export function firstDifference(numbers: ArrayLike<number>, expected: Numbers): number {
  return expected.findIndex((value, index) => numbers[index] !== Math.fround(value));
}

/** What a network sees. */
export function observationOf(state: BipedState): Float32Array {
  const observation = new Float32Array(24);
  BIPED.observe?.(state, observation, {});
  return observation;
}

/** Takes a step and looks. */
export function stepAndSee(state: BipedState, action: Numbers): Step & { observation: Float32Array } {
  const step = BIPED.step(state, action as unknown as Float32Array, {});
  const observation = observationOf(state);
  return { ...step, observation };
}

/** The hash of what a step gives: FNV-1a over the observation in singles and the reward in doubles. */
export function hashOf(observation: Float32Array, reward: number): string {
  const bytes = new DataView(new ArrayBuffer(104));
  observation.forEach((value, index) => {
    bytes.setFloat32(4 * index, value + 0, true);
  });
  bytes.setFloat64(96, reward, true);
  let hash = 0x811c9dc5;
  for (let index = 0; index < 104; index++) hash = Math.imul(hash ^ bytes.getUint8(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** The actions of a run, step by step. */
export function* actionsOf({ actions, seed, steps }: Run): Generator<Numbers> {
  let state = seed;
  const draw = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const unit = () => (draw() >>> 8) / 2 ** 23 - 1;
  const four = (make: () => number) => Array.from({ length: 4 }, make);
  let held: Numbers = [0, 0, 0, 0];
  for (let step = 0; step < steps; step++) {
    const isEighth = step % 8 === 0;
    if (actions === "random" || (actions === "hold8" && isEighth) || (actions === "kick30" && step < 30)) {
      held = four(unit);
    } else if (actions === "levels8" && isEighth) held = four(() => (draw() % 3) - 1);
    else if (actions === "wide") held = four(() => Math.fround(1.5 * unit()));
    else if (actions === "kick30") held = [0, 0, 0, 0];
    yield held;
  }
}
