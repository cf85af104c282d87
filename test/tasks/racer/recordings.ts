/** What Box2D computes for the racer, as recorded: read in place, never copied, and played by the built package, which is faster. */
import { type Controls, groundOf, type RacerState, type Row, racerStart } from "precocial";
import { recorded } from "../biped/recordings.ts";

/** A track of racer_runs.json. */
export interface Track {
  id: string;
  seed: number;
  rows: number[][];
}

/** A hashed run. */
export interface Run {
  id: string;
  track: string;
  steps: number;
  actions: string;
  list?: number[][];
  pieces?: number[][];
  seed?: number;
  firstTerminated: number | null;
  hashes: string[];
}

export const runs = recorded<{ tracks: Track[]; runs: Run[] }>("racer/racer_runs.json");

/** The rows of a track as they are recorded. */
export function rowsOf(rows: readonly number[][]): Row[] {
  return rows.map(([alpha, beta, x, y]) => ({ alpha, beta, x, y }));
}

const grounds = new Map<string, ReturnType<typeof groundOf>>();

/** The ground of a recorded track. */
export function groundNamed(id: string): ReturnType<typeof groundOf> {
  const track = runs?.tracks.find((other) => other.id === id) as Track;
  const ground = grounds.get(id) ?? groundOf(rowsOf(track.rows));
  grounds.set(id, ground);
  return ground;
}

/** A car at the start of a recorded track. */
export function startOn(id: string): RacerState {
  return racerStart(groundNamed(id));
}

/** The hash of a state and a reward: FNV-1a over what racer_runs.json says, -0 as 0. */
export function hashOf({ world: { car } }: RacerState, reward: number): string {
  const bytes = new DataView(new ArrayBuffer(160));
  const [hull, ...wheels] = car.bodies;
  const singles = [
    hull.cx,
    hull.cy,
    hull.a,
    ...hull.velocity,
    ...wheels.flatMap(({ a, velocity }) => [a, velocity[2]]),
  ];
  singles.forEach((value, index) => {
    bytes.setFloat32(4 * index, value + 0, true);
  });
  const each = (name: "omega" | "gas" | "phase") => car.wheels.map((wheel) => wheel[name]);
  [...each("omega"), ...each("gas"), ...each("phase"), reward].forEach((value, index) => {
    bytes.setFloat64(56 + 8 * index, value + 0, true);
  });
  let hash = 0x811c9dc5;
  for (let index = 0; index < 160; index++) hash = Math.imul(hash ^ bytes.getUint8(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** The actions of a run, step by step. */
export function* actionsOf({ actions, list = [], pieces = [], seed = 0, steps }: Run): Generator<Controls> {
  let state = seed;
  const draw = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  const unit = () => (draw() >>> 8) / 8388608 - 1;
  let held = { steer: 0, gas: 0, brake: 0 };
  for (let step = 0; step < steps; step++) {
    if (actions === "listed") {
      const [steer, gas, brake] = list[step];
      held = { steer, gas, brake };
    } else if (actions === "pieces") {
      for (const [first, steer, gas, brake] of pieces) if (first === step) held = { steer, gas, brake };
    } else if (actions === "hold8" && step % 8 === 0) {
      const [u1, u2, u3] = [unit(), unit(), unit()];
      held = { steer: 1.25 * u1, gas: 0.5 + 0.75 * u2, brake: u3 > 0.5 ? 2 * u3 - 1 : 0 };
    } else if (actions === "jitter") {
      const [u1, u2] = [unit(), unit()];
      held = { steer: 0.375 * u1, gas: 1, brake: u2 > 0.75 ? u2 - 0.75 : 0 };
    } else if (actions === "levels40" && step % 40 === 0) {
      const [d1, d2, d3] = [draw(), draw(), draw()];
      held = { steer: (d1 % 3) - 1, gas: (d2 % 5) / 4, brake: d3 % 4 === 0 ? 1 : 0 };
    }
    yield held;
  }
}
