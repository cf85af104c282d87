/** What the command line does with each kind of run, by the name of its stage: shows it, compares it. */
import { UsageError } from "../base/errors.ts";
import {
  CHOSEN_NETWORK,
  EVOLVED_FORM,
  EVOLVED_GRAPH,
  EVOLVED_WEIGHTS,
  FIXED_NETWORK,
  IMPORTED_NETWORK,
  TUNED_GRAPH,
} from "../measure/figures.ts";
import type { StageKind } from "../run/stage.ts";
import { FIXED_STAGE } from "../run/stages/fixed-stage.ts";
import { FORM_STAGE } from "../run/stages/form-stage.ts";
import { GRADIENT_STAGE } from "../run/stages/gradient-stage.ts";
import { IMPORTED_STAGE } from "../run/stages/imported-stage.ts";
import { NEAT_STAGE } from "../run/stages/neat-stage.ts";
import { SEARCH_STAGE } from "../run/stages/search-stage.ts";
import { TRAINING_STAGE } from "../run/stages/training-stage.ts";
import { TUNING_STAGES } from "../run/stages/tuning-stage.ts";
import { FIXED_PRESENTER } from "./present-fixed.ts";
import { GRADIENT_PRESENTER } from "./present-gradient.ts";
import { IMPORTED_PRESENTER } from "./present-imported.ts";
import { NEAT_PRESENTER, SEARCH_PRESENTER } from "./present-search.ts";
import { TRAINING_PRESENTER } from "./present-training.ts";
import { TUNING_PRESENTER } from "./present-tuning.ts";
import type { Presenter } from "./presenter.ts";
import { CHOSEN, evolved, FIXED, type RowMaker, TRAINED } from "./row-makers.ts";

/** What there is for a kind of run. */
interface KindOfRun {
  readonly presenter: Presenter;
  /** What networks of its runs are called beside those of others, where no run is at hand to say more. */
  readonly network: string;
  /** Without it, runs of this kind have no place in a comparison. */
  readonly row?: RowMaker;
}

const TUNED: KindOfRun = { presenter: TUNING_PRESENTER, network: TUNED_GRAPH, row: evolved(TUNED_GRAPH) };

/** All kinds that the command line runs. */
const KINDS: Readonly<Record<string, KindOfRun>> = {
  [SEARCH_STAGE.name]: { presenter: SEARCH_PRESENTER, network: EVOLVED_GRAPH, row: evolved(EVOLVED_GRAPH) },
  [TRAINING_STAGE.name]: { presenter: TRAINING_PRESENTER, network: "trained", row: TRAINED },
  [GRADIENT_STAGE.name]: { presenter: GRADIENT_PRESENTER, network: CHOSEN_NETWORK, row: CHOSEN },
  [FORM_STAGE.name]: { presenter: SEARCH_PRESENTER, network: EVOLVED_FORM, row: evolved(EVOLVED_FORM) },
  [NEAT_STAGE.name]: { presenter: NEAT_PRESENTER, network: EVOLVED_WEIGHTS, row: evolved(EVOLVED_WEIGHTS) },
  [FIXED_STAGE.name]: { presenter: FIXED_PRESENTER, network: FIXED_NETWORK, row: FIXED },
  [IMPORTED_STAGE.name]: {
    presenter: IMPORTED_PRESENTER,
    network: IMPORTED_NETWORK,
    row: evolved(IMPORTED_NETWORK),
  },
  ...Object.fromEntries(TUNING_STAGES.map(({ name }) => [name, TUNED])),
};

/** Shows runs of a kind while they go on. */
export function presenterOf({ name }: StageKind): Presenter {
  return KINDS[name].presenter;
}

/** What networks of runs of a kind, by its name, are called. */
export function networkName(stage: string): string {
  return KINDS[stage].network;
}

/** Makes rows of runs of a kind. @throws UsageError if they have no place in a comparison */
export function rowMakerOf({ name, title }: StageKind): RowMaker {
  const { row } = KINDS[name];
  if (row !== undefined) return row;
  throw new UsageError(`Expected runs that can be compared, got ${title}: leave it out.`);
}
