/** What every task must keep to, whatever it is made of. */

import { derive } from "../../base/rng.ts";
import { createGenome } from "../../genome/genome.ts";
import { compile } from "../../network/compile.ts";
import { type Program, programHeader } from "../../network/program.ts";
import type { Trial } from "../task.ts";
import { type Check, type CheckContext, sampleNetworks, sampleTrial, sampleWeights } from "./check.ts";

async function score(
  { task, kernel }: CheckContext,
  programs: readonly Program[],
  trial: Trial,
): Promise<Float64Array[]> {
  const outcomes = await task.score(kernel, programs, trial);
  if (outcomes.length === programs.length) return outcomes.map(({ scores }) => scores);
  throw new Error(`Expected an outcome for each of ${programs.length} networks, got ${outcomes.length}.`);
}

/** Compares scores [networks], each [weights x columns], and names the first that differs. */
function compare(what: string, expected: readonly Float64Array[], actual: readonly Float64Array[]): void {
  expected.forEach((values, network) => {
    values.forEach((value, index) => {
      if (value === actual[network][index]) return;
      throw new Error(
        `Expected network ${network} to score ${value} ${what}, got ${actual[network][index]} (weight and episode ${index}).`,
      );
    });
  });
}

/** What the trials of most checks are: all networks at shared weights, and the first at individual ones. */
function trialsOf({ task }: CheckContext): { programs: Program[]; trial: Trial }[] {
  const programs = sampleNetworks(task);
  return [
    { programs, trial: sampleTrial() },
    { programs: [programs[0]], trial: sampleTrial({ weights: sampleWeights(programs[0]) }) },
  ];
}

/** The checks, cheap ones first. */
export const TASK_CHECKS: readonly Check[] = [
  {
    name: "there is a finite score for each weight and episode",
    async run(context) {
      for (const { programs, trial } of trialsOf(context)) {
        for (const pairing of ["all", "each"] as const) {
          const wanted = pairing === "all" ? 9 : 3;
          (await score(context, programs, { ...trial, pairing })).forEach((values, network) => {
            if (values.length !== wanted) {
              throw new Error(
                `Expected ${wanted} scores of network ${network} for pairing "${pairing}", got ${values.length}.`,
              );
            }
            const bad = values.findIndex((value) => !Number.isFinite(value));
            if (bad >= 0)
              throw new Error(`Expected finite scores of network ${network}, got ${values[bad]} at index ${bad}.`);
          });
        }
      }
    },
  },
  {
    name: "scores are the same each time",
    async run(context) {
      for (const { programs, trial } of trialsOf(context)) {
        compare("again", await score(context, programs, trial), await score(context, programs, trial));
      }
    },
  },
  {
    name: "a network scores the same alone, among others and in another order",
    async run(context) {
      const [{ programs, trial }] = trialsOf(context);
      const together = await score(context, programs, trial);
      const alone: Float64Array[] = [];
      for (const program of programs) alone.push(...(await score(context, [program], trial)));
      compare("alone", together, alone);
      const reversed = await score(context, [...programs].reverse(), trial);
      compare("in another order", together, reversed.reverse());
    },
  },
  {
    name: "an episode scores the same alone, among others and in another order",
    async run(context) {
      for (const { programs, trial } of trialsOf(context)) {
        const all = await score(context, programs, trial);
        const column = (episode: number) =>
          all.map((values) => values.filter((_, index) => index % trial.episodes.length === episode));
        for (const [episode, label] of trial.episodes.entries()) {
          const alone = await score(context, programs, { ...trial, episodes: [label] });
          compare("on an episode alone", column(episode), alone);
        }
        const [first, , last] = trial.episodes;
        const turned = await score(context, programs, { ...trial, episodes: [last, first] });
        compare(
          "on episodes in another order",
          column(0),
          turned.map((values) => values.filter((_, index) => index % 2 === 1)),
        );
      }
    },
  },
  {
    name: "weights and episodes paired one to one score as the same pairs do",
    async run(context) {
      for (const { programs, trial } of trialsOf(context)) {
        const all = await score(context, programs, trial);
        const pairs = all.map((values) => values.filter((_, index) => index % 4 === 0));
        compare("in a pair", pairs, await score(context, programs, { ...trial, pairing: "each" }));
      }
    },
  },
  {
    name: "wrong use is refused",
    async run(context) {
      const { info } = context.task;
      const [program] = sampleNetworks(context.task);
      const other = compile(
        createGenome(info.inputs.length + 1, info.outputs.length, 1, 1, derive("check", "other")),
      ).program;
      const short = {
        kind: "individual",
        sets: new Float32Array(programHeader(program).connectionCount),
        count: 3,
      } as const;
      const wrong: [string, Program, Trial][] = [
        ["a network with an input too many", other, sampleTrial()],
        ["individual weights that are not one for each connection", program, sampleTrial({ weights: short })],
        ["three weights paired with two episodes", program, sampleTrial({ episodes: ["a", "b"], pairing: "each" })],
      ];
      for (const [what, network, trial] of wrong) {
        if (await isRefused(() => score(context, [network], trial))) continue;
        throw new Error(`Expected ${what} to be refused, got scores.`);
      }
    },
  },
];

async function isRefused(action: () => Promise<unknown>): Promise<boolean> {
  try {
    await action();
  } catch {
    return true;
  }
  return false;
}
