/**
 * The racer: a car drives along a winding road that the network sees from above, in 16 numbers that stand for a picture.
 *
 * Follows Gymnasium's CarRacing-v3 (Towers et al. 2024) and of Box2D 2.3 what it uses, to the last bit of its recordings, with
 * the wrapper of the paper (Gaier & Ha 2019, section 4): the bar of instruments is cut off, so that neither speed nor turning
 * can be read from a picture, and three outputs drive.
 *
 * | observation | unit | action | of an output x |
 * |---|---|---|---|
 * | 0 to 15 the code of the picture (picture.ts, encoder.ts) | deviations from the mean | 0 steer, positive to the right | x, limited to -1 to 1 |
 * | | | 1 gas | (x + 1) / 2, x limited to -1 to 1 |
 * | | | 2 brake | x, limited to 0 to 1 |
 *
 * Reward: 1,000 shared by the tiles of the road when a wheel first touches them, -0.1 each step; -100 out of the field. A score
 * is about -200 to 930.
 * Start: at rest on the first tile of a track drawn from an integer seed as Gymnasium draws it. The seed is a number of our own
 * stream: episode labels are not Gymnasium's seeds, but `racerStart` takes recorded tracks too, and `drawRacetrack` its seeds.
 * Terminated: all tiles were touched, or the car has left the field. Truncated: after 1,000 steps of 0.02 s.
 * Single precision, as Box2D's; engine and tyres in doubles, as Gymnasium's. Twin: kernel/assembly/racer, bit for bit.
 * Differs from Gymnasium: the picture is of one channel, coarse, and without the car; from the paper: its encoder is a
 * variational autoencoder of 64 x 64 x 3 pixels trained by gradient descent, its track and camera are those of CarRacing-v0.
 */
import { UsageError } from "../../../base/errors.ts";
import type { Environment, EnvironmentSettings, Step } from "../../environment.ts";
import type { Controls } from "./car.ts";
import { ENCODER, type Encoder, encode, firstComponents } from "./encoder.ts";
import { cameraAt, drawPicture, PIXELS } from "./picture.ts";
import { textureOf } from "./texture.ts";
import { type Road, roadOf } from "./tiles.ts";
import { drawRacetrack, type Row } from "./track.ts";
import { startWorld, stepWorld, type World } from "./world.ts";

/** Components of the encoder that a network sees where nothing is said. */
export const INPUTS = 16;
/** Roads kept, as all networks of a generation drive the same few. */
const ROADS_KEPT = 16;

/** A road with its texture. */
export interface Ground extends Road {
  readonly texture: Uint8Array;
}

/** Where the racer is. `picture` is what the network sees of it, [PIXELS]. */
export interface RacerState {
  readonly world: World;
  readonly ground: Ground;
  readonly picture: Uint8Array;
}

const kept = new Map<number, Ground>();

/** The ground that Gymnasium draws from a seed. */
function groundFrom(seed: number): Ground {
  let ground = kept.get(seed);
  if (ground === undefined) {
    ground = groundOf(drawRacetrack(seed));
    if (kept.size >= ROADS_KEPT) kept.delete(kept.keys().next().value as number);
    kept.set(seed, ground);
  }
  return ground;
}

/** The ground with a road along the rows of a track. */
export function groundOf(rows: readonly Row[]): Ground {
  const road = roadOf(rows);
  return { ...road, texture: textureOf(road) };
}

/** A car at the start of a track, after the first step, in which its parts settle. */
export function racerStart(ground: Ground): RacerState {
  const state = { world: startWorld(ground), ground, picture: new Uint8Array(PIXELS) };
  look(state);
  return state;
}

function look({ world, ground, picture }: RacerState): void {
  drawPicture(ground.texture, cameraAt(world.time), world.car.bodies[0], picture);
}

/** One step by what a driver does, as in Gymnasium. @throws UsageError if it is no number */
export function stepRacer(state: RacerState, controls: Controls): Step {
  const { steer, gas, brake } = controls;
  if (Number.isNaN(steer + gas + brake)) {
    throw new UsageError(`Expected three numbers as the action of a racer, got ${steer}, ${gas}, ${brake}.`);
  }
  const step = stepWorld(state.world, controls);
  look(state);
  return step;
}

/** The racer for networks that see so many components of an encoder. @throws UsageError if it has fewer */
export function racerEnvironment(
  encoder: Encoder = ENCODER,
  inputs = INPUTS,
): Environment<RacerState, EnvironmentSettings, Float32Array> {
  const used = firstComponents(encoder, inputs);
  return {
    name: "racer",
    summary: "Car that sees the road from above in a few numbers (Gymnasium's CarRacing-v3)",
    inputs: Array.from({ length: inputs }, (_, component) => `picture ${component}`),
    actions: { names: ["steer", "gas", "brake"], low: [-1, -1, 0], high: [1, 1, 1] },
    maxSteps: 1000,
    timeStep: 0.02,
    scene: "racer",
    score: "1,000 for all of the road, -0.1 a step, -100 out of the field, about -200 to 930",
    start: (rng) => racerStart(groundFrom(rng.integer(2 ** 32))),
    observe({ picture }, observation) {
      encode(used, picture, observation);
      return undefined;
    },
    step: (state, [steer, gas, brake]) => stepRacer(state, { steer, gas: (gas + 1) / 2, brake }),
  };
}
