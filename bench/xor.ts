/** Bench of NEAT: how many evaluations it takes to solve XOR, and how large the networks are, beside the paper's. */
import { ACTIVATIONS, compile, createForward, NeatSearch, outputSlots } from "precocial";
import type { Line } from "./measure.ts";

/** Stanley & Miikkulainen 2002, section 4.1: 100 runs. */
const PAPER = { evaluations: 4755, worst: 13_459, hidden: 2.35, connections: 7.48 };
const SEEDS = 100;
const GENERATIONS = 300;
const CASES = [
  [0, 0, 0],
  [0, 1, 1],
  [1, 0, 1],
  [1, 1, 0],
] as const;

/**
 * Where settings are not the defaults: sigmoids are 4.9 times as steep in the paper, which weights that are as much larger
 * make up for; a steady number of species keeps those alive that are not stuck at three cases of four.
 */
const SETTINGS = {
  activations: ["sigmoid"],
  perturbation: 4,
  weightRange: 5,
  weightLimit: 15,
  speciesTarget: 20,
  speciesStep: 0.3,
};

/** What came of a search. */
export interface Solution {
  /** Genomes scored until one had all cases right, itself included. */
  readonly evaluations: number;
  readonly hidden: number;
  /** Enabled ones. */
  readonly connections: number;
}

/**
 * Solves XOR: two inputs and the bias, one output, right where it is on the right side of 0.5. Genomes are scored by
 * (4 - the sum of errors)^2, as in the paper.
 *
 * @returns undefined if it is not solved within 300 generations of 150 genomes
 */
export function solveXor(seed: number): Solution | undefined {
  const shape = {
    inputCount: 2,
    outputCount: 1,
    outputActivation: 1 + ACTIVATIONS.findIndex(({ name }) => name === "sigmoid"),
  };
  const search = new NeatSearch(shape, SETTINGS, seed);
  for (let generation = 0; generation < GENERATIONS; generation++) {
    const genomes = search.ask();
    const scores = [];
    for (const [index, genome] of genomes.entries()) {
      const { program, weights, positions, connectionCount } = compile(genome);
      const forward = createForward(program);
      const [output] = outputSlots(program);
      const answers = CASES.map((one) => forward([one[0], one[1]], weights as Float32Array)[output]);
      if (CASES.every(([, , right], place) => answers[place] > 0.5 === (right === 1))) {
        const evaluations = generation * genomes.length + index + 1;
        return { evaluations, hidden: positions.length - 4, connections: connectionCount };
      }
      const error = CASES.reduce((sum, [, , right], place) => sum + Math.abs(answers[place] - right), 0);
      scores.push({ weightCount: 1, episodeCount: 1, values: Float64Array.of((4 - error) ** 2) });
    }
    search.tell(scores);
  }
  return undefined;
}

/** Solves it from 100 seeds. */
export async function* benchXor(): AsyncGenerator<Line> {
  const solutions = Array.from({ length: SEEDS }, (_, index) => solveXor(index + 1)).filter(
    (solution) => solution !== undefined,
  );
  const mean = (of: (solution: Solution) => number) =>
    solutions.reduce((sum, solution) => sum + of(solution), 0) / solutions.length;
  const line = (name: string, value: number, unit: string, paper: number) => ({
    name: `NEAT on XOR, ${name}`,
    value,
    unit,
    note: `paper: ${paper.toLocaleString("en")}`,
  });
  yield { ...line("solved", solutions.length, `of ${SEEDS} seeds`, 100), target: "100" };
  yield line(
    "mean",
    mean(({ evaluations }) => evaluations),
    "evaluations",
    PAPER.evaluations,
  );
  yield line("worst", Math.max(...solutions.map(({ evaluations }) => evaluations)), "evaluations", PAPER.worst);
  yield line(
    "mean",
    mean(({ hidden }) => hidden),
    "hidden nodes",
    PAPER.hidden,
  );
  yield line(
    "mean",
    mean(({ connections }) => connections),
    "enabled connections",
    PAPER.connections,
  );
}
