/** `precocial evaluate <run> --front`: the networks that a search keeps under the paper's conditions, a row for each size. */
import { formatPlain, formatScore } from "../base/numbers.ts";
import { alignColumns } from "../base/table.ts";
import { decodeGenome } from "../genome/codec.ts";
import { CONDITION_NAMES, type ConditionName, type Conditions, scoreConditions } from "../measure/conditions.ts";
import { type EvaluationOptions, STANDARD_EVALUATION } from "../measure/evaluation.ts";
import { FIGURES } from "../measure/figures.ts";
import { reportsOther } from "../measure/validation.ts";
import { compile } from "../network/compile.ts";
import { readFront } from "../run/folder.ts";
import { readChampionConfig } from "../run/read-config.ts";
import { loadTaskSource } from "../run/task-source.ts";
import { createWorkshop, type StartEvaluator } from "../run/workshop.ts";
import { measureOf } from "../tasks/task.ts";
import { scorersOf } from "./cluster-options.ts";
import { integerOption, LOAD_OPTIONS, type Values } from "./command.ts";
import { printResult, say } from "./output.ts";

/** How champions are measured, as the command line says. @throws UsageError naming the option */
export function measuringOptions(values: Values): EvaluationOptions & {
  readonly scorers: number | StartEvaluator | undefined;
} {
  return {
    episodes: integerOption(values, "episodes", STANDARD_EVALUATION.episodes, 1),
    seed: integerOption(values, "seed", STANDARD_EVALUATION.seed, 0),
    scorers: scorersOf(values, (words) => say(`precocial: ${words}`)),
  };
}

/**
 * Measures every network of the front of a run, and prints them.
 *
 * @param taskSettings over those of the run
 * @throws UsageError if the folder is not that of a search, or has no front
 */
export async function evaluateFront(values: Values, folder: string, taskSettings: object): Promise<void> {
  const { episodes, seed, scorers } = measuringOptions(values);
  const { task: name, taskSettings: own } = await readChampionConfig(folder);
  const front = readFront(folder);
  const source = await loadTaskSource({ task: name, taskSettings: { ...own, ...taskSettings } }, LOAD_OPTIONS);
  const workshop = createWorkshop(source, scorers);
  try {
    const evaluator = await workshop.evaluator();
    const { task } = evaluator;
    const networks: (Conditions & { connections: number; generation: number; score: number })[] = [];
    for (const { genome, connections, generation, score } of front.networks) {
      const network = compile(decodeGenome(genome));
      networks.push({
        connections,
        generation,
        score,
        ...(await scoreConditions({ evaluator, network, episodes, seed })),
      });
    }
    const measure = measureOf(task, task.info.reported);
    const names = CONDITION_NAMES.filter((condition) => networks.some((network) => condition in network));
    const mean = (conditions: Conditions, condition: ConditionName) => conditions[condition]?.mean ?? Number.NaN;
    const table = alignColumns(
      [
        ["connections", `validation ${task.measures[0].name}`, ...names.map((condition) => FIGURES[condition].title)],
        ...networks.map((network) => [
          String(network.connections),
          reportsOther(task) ? formatScore(network.score) : formatPlain(network.score, measure, 0),
          ...names.map((condition) => formatPlain(mean(network, condition), measure, 0)),
        ]),
      ],
      [],
    );
    const title = `${folder}: ${networks.length} networks, task ${task.info.name}; means of ${measure.name}${measure.unit === "share" ? " in %" : ""} on test`;
    printResult(values, { run: folder, task: task.info.name, networks }, `${title}\n\n${table}`);
  } finally {
    await workshop.close();
  }
}
