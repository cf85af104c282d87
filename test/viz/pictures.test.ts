/** Every drawing against its picture in test/snapshots; `npx vitest run test/viz -u` takes new ones: look at them. */
import { describe, expect, it } from "vitest";
import {
  BIPED,
  bandOf,
  bipedStart,
  decodeGenome,
  drawRacetrack,
  drawTrack,
  type Environment,
  encodeGenome,
  founderGenes,
  groundOf,
  type Moment,
  outputNames,
  RACER,
  racerStart,
  type Scene,
  SWINGUP,
  shareDataset,
  summarizeStudy,
  TASKS,
  taskDefinition,
} from "../../src/index.ts";
import { drawBands } from "../../viz/bands.ts";
import { drawComparison } from "../../viz/compare.ts";
import { drawCurves } from "../../viz/curves.ts";
import { drawEffects, drawShares } from "../../viz/effects.ts";
import { drawExamples } from "../../viz/examples.ts";
import { drawFilm } from "../../viz/film.ts";
import { drawFront } from "../../viz/front.ts";
import { drawGrid } from "../../viz/grid.ts";
import { drawIntervals } from "../../viz/intervals.ts";
import { drawLineage } from "../../viz/lineage.ts";
import { drawNetwork } from "../../viz/network.ts";
import { createPlayable, createPlayer, type Playable } from "../../viz/player.ts";
import { drawProfile, type ProfilePoint } from "../../viz/profile.ts";
import { drawEpochs, drawReported, drawScores, drawSizes, drawTimes, drawTuning } from "../../viz/progress.ts";
import { epochsOf, generationsOf } from "../../viz/run-data.ts";
import { barScene } from "../../viz/scenes/bars.ts";
import { SCENES } from "../../viz/scenes/index.ts";
import { drawScoreBySize } from "../../viz/score-by-size.ts";
import { chartParents } from "../../viz/selection.ts";
import { drawStrip } from "../../viz/strip.ts";
import { chartSurvival, survivalOfGenes } from "../../viz/survival.ts";
import { growGenome } from "../fixtures/champion.ts";
import { countClass, newDocument, pictureText } from "../fixtures/picture.ts";
import { makeEnded, makeRun } from "../fixtures/run.ts";
import { makeStudy } from "../fixtures/study.ts";

const run = makeRun(40);
const names = { inputNames: SWINGUP.inputs, outputNames: outputNames(SWINGUP.actions) };
const swingup = growGenome({ inputs: 5, outputs: 1, connections: 50, seed: 4 });
const digits = growGenome({ inputs: 64, outputs: 3, connections: 90, first: 0.1, seed: 2 });
const image = { width: 8, height: 8 };
const classes = { outputNames: ["0", "1", "2"], image };
const profile: ProfilePoint[] = Array.from({ length: 25 }, (_, index) => {
  const weight = (index - 12) / 4;
  return { weight, mean: 100 * weight ** 2, low: 80 * weight ** 2, high: 110 * weight ** 2 };
});
const epochs = [1, 2, 3].map((epoch) => ({
  epoch,
  train: { accuracy: 1 - 0.2 / epoch, loss: 0.8 / epoch },
  validation: { accuracy: 1 - 0.3 / epoch, loss: 1 / epoch },
}));
const curves = [1, 2].map((rate) => ({
  name: `rate ${rate}`,
  runs: [0, 0.02, 0.05].map((lucky) =>
    [1, 2, 3, 4].map((epoch) => [1 - 0.6 / (epoch * rate), 1 - 0.5 / (epoch * rate) + lucky] as const),
  ),
}));
const likelihoods = {
  ...run,
  generations: generationsOf(run).map((line) => ({
    ...line,
    scores: { best: line.scores.best / 600 - 2.3, median: line.scores.median / 600 - 2.3 },
  })),
};
const reported = run.champions.map((champion, index) => ({ ...champion, reported: 0.5 + 0.1 * index }));
const tuning = [717, 760, 760, 842, 905].map((score, index) => ({
  step: index + 1,
  champion: { generation: index, score },
}));
const baseline = { name: "baseline", generations: epochs, timings: [], champions: [] };

/** A study of two settings; and the effects of five. */
const { record } = makeStudy();
const [study] = summarizeStudy(record);
const bands = record.variants.map(({ name }, index) => {
  const courses = record.curves.filter(({ variant }) => variant === name);
  return {
    name,
    index,
    points: bandOf(
      courses.map(({ generations, score }) => ({ x: generations, y: score })),
      30,
      true,
    ),
  };
});
const intervals = study.samples.map(({ name, figures }, index) => ({
  name,
  index,
  estimate: figures.standard.median,
  interval: [figures.standard.interval.low, figures.standard.interval.high] as const,
  runs: record.results
    .filter(({ variant }) => variant === name)
    .map(({ seed, figures }) => ({ value: figures.standard, label: `seed ${seed}`, key: `${name}/${seed}` })),
}));
const published = { name: "paper's champion, re-measured", estimate: 611 };
const differences = study.comparisons.map(({ name, difference: { estimate, low, high } }, index) => ({
  name,
  index: index + 1,
  estimate,
  interval: [low, high] as const,
}));
const manyEffects = {
  factors: ["population", "crowding", "keepSplit", "connectionObjective", "tournament"].map((factor, place) => ({
    factor,
    share: 0.1 / (place + 1),
    levels: ["1", "2", "range or published", "5"].slice(0, 2 + (place % 3)).map((level, index) => ({
      level,
      mean: { estimate: 300 + 40 * index - 10 * place, low: 280 + 38 * index - 10 * place, high: 330 + 45 * index },
    })),
  })),
  interactions: 0.12,
  seeds: 0.3,
  rest: 0.35,
};

/** Environments of which only the names matter. */
const MAZE = {
  inputs: ["steps to the wall in front", "goal in sight"],
  actions: { discrete: ["forward", "turn to the left side", "right", "wait", "back"] },
} as unknown as Environment;
const MANY = {
  inputs: Array.from({ length: 40 }, (_, index) => `sensor ${index}`),
  actions: { names: ["throttle", "wheel"], low: [2, -1], high: [4, 1] },
} as unknown as Environment;

/** A founder, and made-up counts of its genes, which go one after the other. */
const founder = encodeGenome(growGenome({ inputs: 5, outputs: 1, connections: 12, first: 5 }));
const founderGenesCount = (kind: "connections" | "nodes") => founderGenes(decodeGenome(founder))[kind].length;
const fading = (generation: number, kind: "connections" | "nodes") =>
  Array.from({ length: founderGenesCount(kind) }, (_, gene) =>
    Math.max(0, 40 - Math.max(0, generation - 4 * gene) * gene),
  );
const records = Array.from({ length: 50 }, (_, generation) => ({
  generation,
  genomes: 40,
  connections: fading(generation, "connections"),
  nodes: fading(generation, "nodes"),
}));

/** Two images of 3 x 2 pixels for each part, and a class that has none. */
const part = {
  features: [
    [0, 1, 1, 0, 0.5, 0],
    [0, 0, 0, 0, 0, 0.96],
  ],
  labels: [1, 0],
};
const tiny = shareDataset(
  {
    inputs: [..."abcdef"],
    classes: ["dot", "bar", "none"],
    image: { width: 3, height: 2 },
    train: part,
    validation: part,
    test: part,
  },
  "tiny",
  "this test",
);
const film = (document: Document, moments: number) =>
  drawFilm(
    document,
    SCENES.swingup,
    createPlayable(taskDefinition("swingup")) as Playable,
    createPlayer({ genome: encodeGenome(swingup) }),
    { weight: 1, moments },
  );

/** A scene put into a moment. */
function drawScene(document: Document, scene: Scene, moment: Partial<Moment>): SVGSVGElement {
  const svg = scene.draw(document);
  scene.show(svg, { state: {}, observation: new Float32Array(0), action: 0, ...moment });
  return svg as SVGSVGElement;
}

/** A walker after some steps. */
function drawWalker(document: Document, steps: number, isHardcore = false): SVGSVGElement {
  const state = bipedStart(drawTrack(14, isHardcore));
  const action = Float32Array.of(0.4, -0.6, -0.8, 0.5);
  for (let step = 0; step < steps; step++) BIPED.step(state, action, {});
  return drawScene(document, SCENES.biped, { state, action: steps === 0 ? new Float32Array(4) : action });
}

/** A racer after some steps to the left. */
function drawRacer(document: Document, steps: number): SVGSVGElement {
  const state = racerStart(groundOf(drawRacetrack(1)));
  const observation = new Float32Array(RACER.inputs.length);
  for (let step = 0; step < steps; step++) RACER.step(state, Float32Array.of(-0.03, 0.6, 0), {});
  RACER.observe?.(state, observation, {});
  return drawScene(document, SCENES.racer, { state, observation, action: new Float32Array(3) });
}

/** Networks of two kinds, and two that were published. */
const sizes = [
  ["chosen by gradient", false, [1690, 0.962], [1671, 0.966], [9841, 0.985]],
  ["evolved", false, [973, 0.914], [1032, 0.91]],
  ["paper's WANN", true, [1849, 0.919]],
  ["two-layer", true, [101_770, 0.9735]],
].map(([name, published, ...points]) => ({
  name: String(name),
  published: published === true,
  points: (points as [number, number][]).map(([size, value], seed) => ({ size, value, label: `seed ${seed}` })),
}));

const PICTURES: Record<string, (document: Document) => SVGSVGElement> = {
  network: (document) => drawNetwork(document, swingup, names),
  "network-narrow": (document) => drawNetwork(document, swingup, { ...names, width: 340 }),
  "network-first": (document) => drawNetwork(document, growGenome({ inputs: 5, outputs: 1, connections: 1 }), names),
  "network-empty": (document) =>
    drawNetwork(document, growGenome({ inputs: 5, outputs: 1, connections: 0, first: 0 }), names),
  "network-image": (document) => drawNetwork(document, digits, classes),
  "network-image-output": (document) => drawNetwork(document, digits, { ...classes, output: 1 }),
  swingup: (document) =>
    drawScene(document, SCENES.swingup, { state: { position: 0, angle: Math.PI }, action: Float32Array.of(0) }),
  "swingup-moving": (document) =>
    drawScene(document, SCENES.swingup, { state: { position: -1.2, angle: 0.4 }, action: Float32Array.of(0.7) }),
  cartpole: (document) => drawScene(document, SCENES.cartpole, { state: { position: 0, angle: 0 }, action: 1 }),
  "cartpole-moving": (document) =>
    drawScene(document, SCENES.cartpole, { state: { position: 1.9, angle: 0.18 }, action: 0 }),
  pendulum: (document) =>
    drawScene(document, SCENES.pendulum, { state: { angle: Math.PI }, action: Float32Array.of(0) }),
  "pendulum-moving": (document) =>
    drawScene(document, SCENES.pendulum, { state: { angle: 0.7 }, action: Float32Array.of(-1.3) }),
  "mountain-car": (document) =>
    drawScene(document, SCENES.mountainCar, { state: { position: -0.5 }, action: Float32Array.of(0) }),
  "mountain-car-moving": (document) =>
    drawScene(document, SCENES.mountainCar, { state: { position: 0.46 }, action: Float32Array.of(-0.8) }),
  acrobot: (document) => drawScene(document, SCENES.acrobot, { state: { upper: 0, lower: 0 }, action: 1 }),
  "acrobot-moving": (document) => drawScene(document, SCENES.acrobot, { state: { upper: 2, lower: 0.9 }, action: 2 }),
  racer: (document) => drawRacer(document, 0),
  "racer-moving": (document) => drawRacer(document, 60),
  biped: (document) => drawWalker(document, 0),
  "biped-moving": (document) => drawWalker(document, 12),
  "biped-hardcore": (document) => drawWalker(document, 12, true),
  bars: (document) =>
    drawScene(document, barScene(SWINGUP as Environment), {
      observation: Float32Array.of(-1.2, 0.31, 0.92, 0.39, -17.4),
      action: Float32Array.of(-0.6),
    }),
  "bars-choice": (document) => drawScene(document, barScene(MAZE), { observation: Float32Array.of(3, 0), action: 2 }),
  "bars-many": (document) =>
    drawScene(document, barScene(MANY), {
      observation: new Float32Array(40).fill(1234.5),
      action: Float32Array.of(3, 0),
    }),
  scores: (document) => drawScores(document, generationsOf(run)),
  "scores-one": (document) => drawScores(document, generationsOf(makeRun(1))),
  "scores-empty": (document) => drawScores(document, []),
  sizes: (document) => drawSizes(document, generationsOf(run)),
  "sizes-empty": (document) => drawSizes(document, []),
  parents: (document) => chartParents(document, generationsOf(run)).svg,
  "parents-empty": (document) => chartParents(document, []).svg,
  times: (document) => drawTimes(document, run.timings),
  "times-empty": (document) => drawTimes(document, []),
  epochs: (document) => drawEpochs(document, epochsOf(baseline)),
  "epochs-empty": (document) => drawEpochs(document, []),
  tuning: (document) => drawTuning(document, tuning, { first: 717 }),
  "tuning-empty": (document) => drawTuning(document, []),
  curves: (document) => drawCurves(document, curves, { from: 0.5 }),
  "curves-empty": (document) => drawCurves(document, []),
  front: (document) => drawFront(document, generationsOf(run), { generation: 30 }),
  "front-kept": (document) =>
    drawFront(document, generationsOf(run), { kept: makeEnded(run).front?.networks, shown: 2 }),
  "front-empty": (document) => drawFront(document, []),
  survival: (document) => chartSurvival(document, survivalOfGenes(founder, records, names)).svg,
  "survival-empty": (document) => chartSurvival(document, survivalOfGenes(founder, [])).svg,
  lineage: (document) => drawLineage(document, makeEnded(run).lineage?.steps ?? []),
  "lineage-empty": (document) => drawLineage(document, []),
  reported: (document) => drawReported(document, reported, 39, { scoreName: "accuracy" }),
  "reported-empty": (document) => drawReported(document, run.champions, 39),
  profile: (document) => drawProfile(document, profile, { level: { name: "trained weights", value: 700 } }),
  "profile-empty": (document) => drawProfile(document, []),
  film: (document) => film(document, 4),
  "film-short": (document) => film(document, 2),
  examples: (document) => drawExamples(document, tiny, 300),
  strip: (document) => drawStrip(document, [0, 0.2, 0.9, 1], 10, 0.01),
  "strip-steps": (document) => drawStrip(document, [0, -3, -2, 5], 6, undefined, { range: [-3, 5] }),
  "strip-empty": (document) => drawStrip(document, [], 1000, 0.01),
  grid: (document) =>
    drawGrid(document, {
      rowName: "shared weight",
      columnName: "class",
      rows: ["-1", "1"],
      columns: ["0", "1", "2"],
      values: [0.2, 0.7, 0.1, 1, 0, Number.NaN],
      isMarked: (row, column) => column === 1 - row,
    }),
  "grid-empty": (document) =>
    drawGrid(document, { rowName: "shared weight", columnName: "class", rows: [], columns: [], values: [] }),
  comparison: (document) => drawComparison(document, [run, makeRun(30, "other", 2)]).svg,
  "comparison-baseline": (document) => drawComparison(document, [likelihoods, baseline]).svg,
  bands: (document) => drawBands(document, bands, { x: "generations", whole: true, y: "score of the champion" }),
  "bands-empty": (document) => drawBands(document, [], { x: "time (s)", y: "connections" }),
  intervals: (document) => drawIntervals(document, [...intervals, published], { axis: "six weights (score)" }),
  "intervals-narrow": (document) =>
    drawIntervals(document, [...intervals, published], { axis: "six weights (score)", width: 360 }),
  "intervals-differences": (document) => drawIntervals(document, differences, { axis: "difference (score)", mark: 0 }),
  "intervals-empty": (document) => drawIntervals(document, [], { axis: "six weights (score)", mark: 0 }),
  "score-by-size": (document) => drawScoreBySize(document, sizes, { axis: "accuracy in %", percent: true }),
  "score-by-size-empty": (document) => drawScoreBySize(document, [], { axis: "score" }),
  shares: (document) => drawShares(document, study.effects),
  "shares-many": (document) => drawShares(document, manyEffects, { width: 360 }),
  "shares-empty": (document) => drawShares(document, undefined),
  effects: (document) => drawEffects(document, study.effects, { axis: "six weights (score)" }),
  "effects-many": (document) => drawEffects(document, manyEffects, { axis: "six weights (score)" }),
  "effects-narrow": (document) => drawEffects(document, manyEffects, { axis: "six weights (score)", width: 360 }),
  "effects-empty": (document) => drawEffects(document, undefined, { axis: "six weights (score)" }),
  "comparison-empty": (document) => drawComparison(document, []).svg,
};

describe("drawings", () => {
  it.each(Object.entries(PICTURES))("%s looks as it did", async (name, draw) => {
    await expect(pictureText(draw(newDocument()))).toMatchFileSnapshot(`../snapshots/${name}.svg`);
  });

  it.each(Object.entries(PICTURES))("%s is drawn alike twice, with rounded numbers and a description", (_, draw) => {
    const text = pictureText(draw(newDocument()));
    expect(pictureText(draw(newDocument()))).toBe(text);
    expect(text).not.toMatch(/NaN|Infinity|undefined|var\(/);
    expect(text).not.toMatch(/\d\.\d{4}/);
    expect(text).toMatch(/aria-label="[^"]+"/);
  });
});

describe("a network of 2,000 connections", () => {
  const large = growGenome({ inputs: 256, outputs: 10, connections: 2000, first: 0.05 });
  const options = { image: { width: 16, height: 16 }, outputNames: [..."0123456789"], width: 1000 };

  it("is drawn whole, with every connection that feeds an output", () => {
    const svg = drawNetwork(newDocument(), large, options);
    const drawn = countClass(svg, "connection");
    expect(drawn).toBeGreaterThan(1500);
    expect(drawn).toBeLessThanOrEqual(2000);
  });

  it("is drawn for one output with fewer connections and only that output", () => {
    const svg = drawNetwork(newDocument(), large, { ...options, output: 3 });
    expect(countClass(svg, "connection")).toBeLessThan(1500);
    expect(countClass(svg, "output")).toBe(1);
    expect(svg.outerHTML).toContain('data-name="3"');
  });
});

it("a node that reaches no output is not drawn", () => {
  const genome = decodeGenome({
    format: 1,
    inputs: 1,
    outputs: 1,
    nodes: [
      { id: 2, activation: "linear" },
      { id: 3, activation: "sin" },
    ],
    connections: [
      { innovation: 0, source: 1, target: 2, enabled: true },
      { innovation: 1, source: 1, target: 3, enabled: true },
      { innovation: 2, source: 3, target: 2, enabled: false },
    ],
  });
  const svg = drawNetwork(newDocument(), genome);
  expect(countClass(svg, "hidden")).toBe(0);
  expect(countClass(svg, "connection")).toBe(1);
});

describe("a scene says what a state lacks", () => {
  it.each([
    ["cartpole", "expected numbers for position and angle in the state"],
    ["pendulum", "expected a number for the angle in the state"],
    ["mountainCar", "expected a number for the position in the state"],
    ["acrobot", "expected numbers for both angles in the state"],
    ["biped", "expected the world with its bodies in the state"],
    ["racer", "expected the world with its car in the state"],
  ])("%s", (name, words) => {
    expect(() => drawScene(newDocument(), SCENES[name], { state: {} })).toThrow(words);
  });
});

it("every built-in environment has its scene, and no scene is left over", () => {
  const named = TASKS.flatMap(({ environment }) => (environment === undefined ? [] : [environment.scene]));
  expect([...new Set(named)]).toEqual(Object.keys(SCENES));
});
