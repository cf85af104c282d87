/** Searches as a kind of run. */
import { EVOLVED_GRAPH } from "../../measure/figures.ts";
import { createProposer } from "../../measure/proposer.ts";
import type { SearchTables } from "../../search/config.ts";
import { completeConfig, type RunConfig } from "../config.ts";
import type { StageKind, Workshop } from "../stage.ts";
import { summarizeChampion } from "./champion-summary.ts";
import { createSearchStage, type SearchStage } from "./search-steps.ts";
import { type CheckpointState, SEARCHED, stateOf } from "./searched.ts";

/** Searches, as the table of stages has them. */
export const SEARCH_STAGE = searchStage();

/** Searches that may have rankings and operators of one's own. */
export function searchStage(tables: SearchTables = {}): StageKind<RunConfig, SearchStage> {
  return {
    ...SEARCHED,
    name: "search",
    title: "a search",
    hasPresets: true,
    complete: (settings, preset) => completeConfig(settings, { ...tables, preset }),
    summarize: (folder, config) => ({
      ...summarizeChampion(folder, config, EVOLVED_GRAPH),
      defaults: completeConfig({ task: config.task }, tables),
    }),
    isState(json): json is CheckpointState {
      const search = (json as Partial<CheckpointState> | null)?.search;
      return typeof search?.generation === "number" && search.genomes?.counts instanceof Int32Array;
    },
    async open(config: RunConfig, workshop: Workshop, state?: object) {
      const from = state && stateOf(state as CheckpointState, workshop);
      const options = {
        champion: workshop.founder?.genome,
        propose: await createProposer(workshop.task, config),
        ...tables,
      };
      return createSearchStage(config, await workshop.evaluator(), from, options);
    },
  };
}
