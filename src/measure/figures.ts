/** The figures of runs: how they are called, and what they count. */
import { TASKS } from "../tasks/registry.ts";
import type { Measure } from "../tasks/task.ts";
import { NOISE_LEVELS } from "./noise.ts";
import type { FigureKind } from "./writing.ts";

/** What networks are called that evolution found: of any graph, or graded as the genome says. */
export const EVOLVED_GRAPH = "evolved graph";

/** What networks are called that were evolved as codes of a form; a graded one, so weight-agnostic by its making. */
export const EVOLVED_FORM = "evolved graded form";

/** What networks are called whose weights evolved with the graph: not weight-agnostic, so in no row with those that are. */
export const EVOLVED_WEIGHTS = "NEAT, weights evolved";

/** What networks are called whose topology was chosen by gradient; tables say then that nothing was evolved. */
export const CHOSEN_NETWORK = "graph chosen by gradient";

/** What networks are called of which nothing was found: layers of nodes as they were given. */
export const FIXED_NETWORK = "fixed topology";

/** What networks are called that come from elsewhere. */
export const IMPORTED_NETWORK = "imported network";

/** What networks are called whose every weight was trained, from the one that they shared. */
export const TUNED_GRAPH = "tuned graph";

/** What a figure is. */
export interface FigureInfo {
  readonly title: string;
  readonly kind: FigureKind;
  /** What it is a value of, where that is not what the task reports. */
  readonly measure?: Measure;
  /** What runs cost rather than what they come to: tables have its median alone. */
  readonly isCost?: boolean;
}

/** The figure of a network whose weights are drawn around its best shared one, by standard deviation. */
export function noiseFigure(level: number): string {
  return `noise${level}`;
}

/** Those of every task, in the order of their columns; conditions are those of conditions.ts. */
export const FIGURES: Readonly<Record<string, FigureInfo>> = {
  standard: { title: "six weights", kind: "measure" },
  randomWeights: { title: "random weights", kind: "measure" },
  randomShared: { title: "random shared", kind: "measure" },
  ensemble: { title: "vote", kind: "measure" },
  bestShared: { title: "best shared", kind: "measure" },
  trainedWeights: { title: "trained", kind: "measure" },
  linear: { title: "linear regression", kind: "measure" },
  ...Object.fromEntries(
    [0, ...NOISE_LEVELS].map((level): [string, FigureInfo] => [
      noiseFigure(level),
      { title: `noise ${level}`, kind: "measure" },
    ]),
  ),
  train: { title: "training", kind: "measure" },
  validation: { title: "validation", kind: "measure" },
  test: { title: "test", kind: "measure" },
  connections: { title: "size", kind: "count" },
  generations: { title: "generations", kind: "count", isCost: true },
  steps: { title: "seen", kind: "count", isCost: true },
  seconds: { title: "time", kind: "time", isCost: true },
};

/** What a built-in task tells of a champion's behaviour at its best shared weight. */
export function behavioursOf(task: string): readonly Measure[] {
  const { behaviours = [] } = TASKS.find(({ name }) => name === task)?.environment ?? {};
  return behaviours.map(({ of: _, ...measure }) => measure);
}

/** The figures of a task by name, in the order of their columns: its behaviours stand behind the conditions. */
export function figuresOf(task: string): Readonly<Record<string, FigureInfo>> {
  const all = Object.entries(FIGURES);
  const place = all.findIndex(([name]) => name === noiseFigure(0));
  const own = behavioursOf(task).map((measure): [string, FigureInfo] => [
    measure.name,
    { title: measure.name, kind: "measure", measure },
  ]);
  return Object.fromEntries([...all.slice(0, place), ...own, ...all.slice(place)]);
}

/** Names of the figures that some task has. */
export const FIGURE_NAMES: readonly string[] = [...new Set(TASKS.flatMap(({ name }) => Object.keys(figuresOf(name))))];
