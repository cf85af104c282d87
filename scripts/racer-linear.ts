/**
 * Makes a linear policy of the racer, the yardstick of what its 16 numbers allow: npm run racer-linear [-- policy.json].
 *
 * Steering is a least-squares fit from the code of the picture to what a driver would do who knows the road, on 24 tracks that
 * it drives disturbed; gas 0.1, brake 0.004 + 0.03 |steer|. Writes a champion with trained weights, which evaluate, draw and
 * play take (by default docs/champions/racer-linear.json), and prints its mean score over 100 new tracks. Needs the build.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  compile,
  decodeGenome,
  derive,
  drawRacetrack,
  environmentTask,
  fitLinear,
  groundOf,
  Kernel,
  RACER,
  racerRollout,
} from "precocial";
import { drive, driveEpisode } from "./racer-driver.ts";

const TRACKS = 24;
const STEPS = 400;
const EVERY = 4;
/** Steps until the camera has come down. */
const SETTLED = 50;
const EPISODES = 100;
/** The output that gives a gas of 0.1, and how the brake follows the steering. */
const [GAS, BRAKE, BRAKE_BY_STEER] = [-0.8, 0.004, 0.03];

const inputs = RACER.inputs.length;
const { weights, bias } = fitLinear(examples());
const steering = [bias, ...weights];
const [steer, gas, brake, size] = [inputs + 1, inputs + 2, inputs + 3, inputs + 4];
const connections = [
  ...steering.map((weight, source) => ({ source, target: steer, weight })),
  ...steering.map((weight, source) => ({ source, target: size, weight })),
  { source: 0, target: gas, weight: GAS },
  { source: 0, target: brake, weight: BRAKE },
  { source: size, target: brake, weight: BRAKE_BY_STEER },
].map((connection, innovation) => ({ innovation, enabled: true, ...connection }));
const trainedWeights = connections.map(({ weight }) => Math.fround(weight));
const genome = {
  ...{ format: 1, inputs, outputs: 3 },
  nodes: [steer, gas, brake, size].map((id) => ({ id, activation: id === size ? "abs" : "linear" })),
  connections: connections.map(({ weight: _, ...connection }) => connection),
};

const { program, genes } = compile(decodeGenome(genome));
const [{ scores }] = environmentTask(RACER, {}, racerRollout()).score(await Kernel.create(), [program], {
  weights: { kind: "individual", sets: Float32Array.from(genes, (gene) => trainedWeights[gene]), count: 1 },
  episodes: Array.from({ length: EPISODES }, (_, episode) => `linear/${episode}`),
  ...{ split: "test", pairing: "all" },
});
const sorted = [...scores].sort((a, b) => a - b);
const mean = sorted.reduce((sum, score) => sum + score, 0) / EPISODES;
const path = process.argv[2] ?? join(import.meta.dirname, "../docs/champions/racer-linear.json");
const champion = {
  ...{ format: 1, task: "racer", seed: 1, weights: [1], generation: 0, score: mean, scoresByWeight: [mean], genome },
  ...{ inputs: RACER.inputs, outputs: ["steer", "gas", "brake"], trainedWeights },
};
writeFileSync(path, `${JSON.stringify(champion, null, 1)}\n`);
const figures = [sorted[0], sorted[EPISODES >> 1], sorted[EPISODES - 1], mean].map((score) => score.toFixed(0));
console.log(
  `${path}: least ${figures[0]}, median ${figures[1]}, most ${figures[2]}, mean ${figures[3]} of ${EPISODES} tracks`,
);

/** Codes of what a disturbed driver sees, and how one would steer to the middle of the road. */
function examples() {
  const features: number[] = [];
  const targets: number[] = [];
  const code = new Float32Array(inputs);
  for (let track = 0; track < TRACKS; track++) {
    const rng = derive("racer-linear", track);
    let step = 0;
    driveEpisode(groundOf(drawRacetrack(rng.integer(2 ** 32))), STEPS, rng, (state, place) => {
      if (step++ % EVERY !== 0 || step < SETTLED) return;
      RACER.observe?.(state, code, {});
      features.push(...code);
      targets.push(drive(state, place, { aside: 0, noise: 0, gas: 0 }).steer);
    });
  }
  return { features: Float32Array.from(features), targets: Float32Array.from(targets), count: targets.length };
}
