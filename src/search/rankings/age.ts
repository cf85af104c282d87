/**
 * Age-fitness Pareto optimisation: mean score against youth, with new random genomes in every generation.
 *
 * Schmidt & Lipson 2010, "Age-fitness Pareto optimization". A genome's age is that of its oldest ancestor, in
 * generations since that was made at random, so a line that began later is held against its like, and an old one that
 * gets no better does not crowd it out.
 *
 * Differs from the paper: the order is by Pareto front and crowding distance in place of random Pareto tournaments, and
 * elites, cull and tournament are those of the other rankings. The number of connections counts for nothing.
 */
import { z } from "zod";
import { OBJECTIVES } from "../objectives.ts";
import { NSGA2_SETTINGS, rank } from "./nsga2.ts";
import type { Ranking } from "./ranking.ts";

const SETTINGS = {
  crowding: NSGA2_SETTINGS.crowding,
  newcomers: z
    .int()
    .min(0)
    .max(10_000)
    .default(1)
    .describe("With select age, random genomes that enter each generation, of each island. Schmidt & Lipson 2010: 1."),
};

/** Mean score and youth, each the more the better. */
export const age: Ranking<typeof SETTINGS> = {
  summary: "Pareto dominance of mean score and youth (of the oldest ancestor), then crowding distance.",
  settings: SETTINGS,
  rank({ scores, connectionCounts, geneticAges }, { crowding, newcomers }) {
    const objectives = {
      first: Float64Array.from(scores, (score, index) => OBJECTIVES.mean(score, connectionCounts[index])),
      second: Float64Array.from(geneticAges, (generations) => -generations),
    };
    return { order: rank(objectives, crowding), objectives, second: "youth", newcomers };
  },
};
