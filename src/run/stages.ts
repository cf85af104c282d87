/** The kinds of runs by name: the table from which a run folder is known again. */
import { SEARCH_STAGE } from "./search-stage.ts";
import type { Stage, StageConfig, StageKind } from "./stage.ts";
import { TRAINING_STAGE } from "./training-stage.ts";

/** A kind of which only its name is known. */
export type AnyStageKind = StageKind<StageConfig, Stage>;

/** All kinds of runs. */
export const STAGES: readonly AnyStageKind[] = [SEARCH_STAGE, TRAINING_STAGE] as unknown as AnyStageKind[];
