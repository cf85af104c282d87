/** What searches of all kinds have in common as runs: settings, and what a checkpoint holds. */
import { checkSameEncoding } from "../../data/table/encoding.ts";
import { type championFile, parseChampion } from "../../formats/json.ts";
import type { Champion } from "../../genome/champion.ts";
import type { PackedGenomes } from "../../genome/pack.ts";
import type { FrontSettings } from "../../measure/front.ts";
import type { FrontState } from "../../measure/front-state.ts";
import type { Training } from "../../measure/training.ts";
import type { LineageState } from "../../search/lineage.ts";
import type { SearchState } from "../../search/search.ts";
import { RUN_FILES } from "../run-files.ts";
import type { StageConfig, Workshop } from "../stage.ts";

/** Where a search stands between two generations. */
export interface RunState<State extends object = SearchState> extends Kept {
  readonly search: State;
}

/** What a search keeps beside its population. */
export interface Kept {
  readonly champion: Champion | undefined;
  /** The networks that are kept, the champion last. Default: the champion alone. */
  readonly front?: FrontState;
  /** Where the champion comes from. Default: not known. */
  readonly lineage?: LineageState;
  /** The genome that the search started from, alone; missing where it started from none. */
  readonly founder?: PackedGenomes;
}

/** What a checkpoint holds: the champion as in champion.json. */
export interface CheckpointState<State extends object = SearchState> extends Omit<RunState<State>, "champion"> {
  readonly champion: ReturnType<typeof championFile> | undefined;
}

/** Of the settings of a search of any kind, those that are not its searcher's. */
export interface SearchedConfig extends Training, FrontSettings, StageConfig {
  readonly seed: number;
  /** Null: no limit. */
  readonly generations: number | null;
}

/** Where the checkpoint of a search stands. @throws UsageError if its champion is of a table read in another way */
export function stateOf<State extends object>(
  checkpoint: CheckpointState<State>,
  { task }: Pick<Workshop, "task">,
): RunState<State> {
  const known = checkpoint.champion && parseChampion(checkpoint.champion, "the checkpoint");
  checkSameEncoding(known?.file.table, task.info.table);
  return { ...checkpoint, champion: known?.champion };
}

/** What all searches have in common as kinds of runs. */
export const SEARCHED = {
  length: "generations",
  hasChampion: true,
  lineFiles: [RUN_FILES.generations, RUN_FILES.timings, RUN_FILES.champions, RUN_FILES.survival],
} as const;
