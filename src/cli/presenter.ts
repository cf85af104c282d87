/** What the command line shows of a kind of run while it goes on, and says at its end. */

import type { RunEvaluation } from "../measure/evaluation.ts";
import type { RunMeta } from "../run/folder.ts";
import type { LoopOptions } from "../run/loop.ts";
import type { Stage, StageConfig, Workshop } from "../run/stage.ts";
import type { Display } from "./display.ts";

/** What a presenter may look at. */
export interface Showing<Config> {
  /** Of the run. */
  readonly folder: string;
  readonly config: Config;
  readonly workshop: Workshop;
  readonly display: Display;
  /** Seconds since the command began, and those it may take. */
  readonly elapsed: () => number;
  readonly maxSeconds: number;
}

/** How a run ended. */
export interface Ending {
  readonly status: RunMeta["status"];
  /** Steps of this command. */
  readonly done: number;
  readonly seconds: number;
  /** What it has come to, where that was measured. */
  readonly evaluation: RunEvaluation | undefined;
}

/** Presents one run. */
export interface Presentation<S extends Stage> extends Pick<LoopOptions<S>, "onProgress" | "onStep"> {
  /** Lines about what came of it, and the same for programs. */
  close(stage: S, ending: Ending): { readonly lines: readonly string[]; readonly json: object };
}

/** Presents runs of one kind (kinds.ts). */
export interface Presenter<Config extends StageConfig = StageConfig, S extends Stage = Stage> {
  /** What is done after Ctrl-C, before the end. */
  readonly last: string;
  present(showing: Showing<Config>): Promise<Presentation<S>>;
}
