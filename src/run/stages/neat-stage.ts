/** A search by NEAT as a stage: that of every search, with another searcher, whose genomes have weights. */

import type { Evaluator } from "../../evaluation/evaluator.ts";
import type { PortableChampion } from "../../formats/format.ts";
import type { Genome } from "../../genome/genome.ts";
import { EVOLVED_WEIGHTS } from "../../measure/figures.ts";
import { compile } from "../../network/compile.ts";
import { NeatSearch } from "../../search/neat/neat.ts";
import type { NeatState } from "../../search/neat/state.ts";
import { findBestWeight } from "../../tuning/best-weight.ts";
import { searchShape } from "../config.ts";
import type { StageKind, Workshop } from "../stage.ts";
import { summarizeChampion } from "./champion-summary.ts";
import { completeNeatConfig, type NeatConfig, neatSettings, searchedNeatConfig } from "./neat-config.ts";
import { SearchStage } from "./search-steps.ts";
import { type CheckpointState, SEARCHED, stateOf } from "./searched.ts";

/** Searches by NEAT, as the table of stages has them. */
export const NEAT_STAGE: StageKind<NeatConfig, SearchStage<NeatState>> = {
  ...SEARCHED,
  name: "neat",
  title: "a search by NEAT",
  complete: completeNeatConfig,
  summarize: (folder, config) => ({
    ...summarizeChampion(folder, config, EVOLVED_WEIGHTS),
    defaults: completeNeatConfig({ task: config.task }),
  }),
  isState(json): json is CheckpointState<NeatState> {
    const search = (json as Partial<CheckpointState<NeatState>> | null)?.search;
    return typeof search?.generation === "number" && search.members instanceof Int32Array;
  },
  async open(config: NeatConfig, workshop: Workshop, state?: object) {
    const evaluator = await workshop.evaluator();
    const searched = searchedNeatConfig(config);
    const settings = neatSettings(config);
    if (state !== undefined) {
      const from = stateOf(state as CheckpointState<NeatState>, workshop);
      return new SearchStage(searched, evaluator, NeatSearch.from({ ...from.search, settings }), from);
    }
    const founder = workshop.founder && (await weightedFounder(workshop.founder, evaluator, config.seed));
    const search = new NeatSearch(searchShape(workshop.task.info), settings, config.seed, { champion: founder });
    return new SearchStage(searched, evaluator, search, undefined, founder);
  },
};

/**
 * A champion with the weights that NEAT starts from: its trained ones, or those that evolved with it; else its best shared
 * weight on every connection, which is looked for where it is not known.
 */
async function weightedFounder(
  { genome, trainedWeights, bestSharedWeight }: PortableChampion,
  evaluator: Evaluator,
  seed: number,
): Promise<Genome> {
  const weights = trainedWeights ?? genome.weights;
  if (weights !== undefined) return { ...genome, weights: Float32Array.from(weights) };
  const shared = bestSharedWeight ?? (await findBestWeight(evaluator, compile(genome).program, seed));
  return { ...genome, weights: new Float32Array(genome.innovations.length).fill(shared) };
}
