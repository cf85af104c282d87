/** Settings of a search that suit a task. */

/** Settings that a search for a task starts from; names and meanings are those of search/config.ts and run/config.ts. */
export interface Preset {
  readonly population: number;
  readonly generations: number;
  readonly tournament: number;
  readonly connectProbability: number;
  readonly episodes: number;
  readonly weights?: readonly number[];
  readonly draws?: "fixed" | "stratified" | "turns";
  readonly hold?: number;
  readonly starts?: Readonly<Record<string, number>>;
  readonly connectionObjective?: number;
  readonly addConnection?: number;
  readonly keepSplit?: "never" | "hidden" | "always";
  readonly select?: "nsga2" | "lexicase" | "age";
  readonly islands?: number;
  readonly operatorsPerChild?: number;
  readonly removeConnection?: number;
  readonly followGradient?: number;
  readonly gradientChanges?: number;
  readonly gradientParents?: number;
  readonly gradientExamples?: number;
  /** Settings of the task itself. */
  readonly taskSettings?: Readonly<Record<string, unknown>>;
}
