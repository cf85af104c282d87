/** The kinds of runs by name: the table from which a run folder is known again. */

import type { StageKind } from "../stage.ts";
import { FIXED_STAGE } from "./fixed-stage.ts";
import { FORM_STAGE } from "./form-stage.ts";
import { GRADIENT_STAGE } from "./gradient-stage.ts";
import { IMPORTED_STAGE } from "./imported-stage.ts";
import { NEAT_STAGE } from "./neat-stage.ts";
import { SEARCH_STAGE } from "./search-stage.ts";
import { TRAINING_STAGE } from "./training-stage.ts";
import { TUNING_STAGES } from "./tuning-stage.ts";

/** All kinds of runs. */
export const STAGES: readonly StageKind[] = [
  SEARCH_STAGE,
  TRAINING_STAGE,
  GRADIENT_STAGE,
  FORM_STAGE,
  NEAT_STAGE,
  FIXED_STAGE,
  IMPORTED_STAGE,
  ...TUNING_STAGES,
];
