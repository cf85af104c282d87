/** What is shown of a search while it goes on, and how its champion is described at its end. */

import { count, counted, formatMeasure, formatScore, time } from "../base/numbers.ts";
import type { Champion } from "../genome/champion.ts";
import { episodesUntil } from "../measure/training.ts";
import { reportsOther } from "../measure/validation.ts";
import { compile } from "../network/compile.ts";
import { type NeatConfig, searchedNeatConfig } from "../run/stages/neat-config.ts";
import type { SearchStage } from "../run/stages/search-steps.ts";
import type { SearchedConfig } from "../run/stages/searched.ts";
import { measureOf, type Task } from "../tasks/task.ts";
import { conditionsTable } from "./conditions.ts";
import type { Part } from "./display.ts";
import type { Ending, Presentation, Presenter, Showing } from "./presenter.ts";
import { timeLeft } from "./progress.ts";

export const SEARCH_PRESENTER: Presenter<SearchedConfig, SearchStage> = {
  last: "Finishing this generation",
  async present(showing) {
    return { onStep: showProgress(showing), close: (stage, ending) => close(showing, stage, ending) };
  },
};

/** The same for genomes that have weights of their own. */
export const NEAT_PRESENTER: Presenter<NeatConfig, SearchStage> = {
  last: SEARCH_PRESENTER.last,
  present: ({ config, ...showing }) => SEARCH_PRESENTER.present({ ...showing, config: searchedNeatConfig(config) }),
};

/** A line for each generation. */
function showProgress({
  config,
  workshop: { task },
  display,
  elapsed,
  maxSeconds,
}: Showing<SearchedConfig>): Presentation<SearchStage>["onStep"] {
  const generations = config.generations ?? Number.POSITIVE_INFINITY;
  const lanes = (generation: number) => config.population * config.weights.length * episodesUntil(config, generation);
  const name = reportsOther(task) ? `${task.measures[0].name} ` : "";
  let first = -1;
  return ({ line }, _, stage) => {
    const seconds = elapsed();
    if (first < 0) first = line.generation;
    const { count: reached } = stage;
    const done = reached - first;
    const parts = (): Part[] => [
      { text: `generation ${reached}${generations < Infinity ? `/${generations}` : ""}`, worth: 6 },
      { text: `best ${name}${formatScore(line.scores.best)}`, worth: 4 },
      { text: `median ${name}${formatScore(line.scores.median)}`, worth: 2 },
      { text: `champion ${championQuality(stage.champion as Champion, task)}`, worth: 5 },
      { text: `${line.connections.best} connections`, worth: 3 },
      { text: `${count((lanes(reached) - lanes(first)) / seconds)} episodes/s`, worth: 1 },
      timeLeft(seconds, done / (generations - first), maxSeconds),
    ];
    display.show(Math.max(reached / generations, seconds / maxSeconds), parts);
  };
}

/** What the task reports of a champion; its score, where that is what is reported, or a champion of before says no other. */
function championQuality({ score, reported }: Champion, task: Task): string {
  if (reported === undefined) return formatScore(score);
  const measure = measureOf(task, task.info.reported);
  return `${measure.name} ${formatMeasure(reported, measure)}`;
}

function close(
  { config, workshop: { task } }: Showing<SearchedConfig>,
  stage: SearchStage,
  { status, done, seconds, evaluation }: Ending,
): ReturnType<Presentation<SearchStage>["close"]> {
  const { champion, count: generations } = stage;
  const lines = [
    `${counted(done, "generation")} in ${time(seconds)}${done < generations ? `, ${generations} in all` : ""}` +
      `${status === "stopped" ? ", stopped before the end" : ""}.`,
  ];
  if (champion === undefined) return { lines, json: { generations } };
  const network = compile(champion.genome);
  const quality = championQuality(champion, task);
  const said = reportsOther(task)
    ? `${quality}, ${task.measures[0].name} ${formatScore(champion.score)} on validation examples ` +
      `(${config.weights.length > 1 ? "means over" : "at"} ${counted(config.weights.length, "shared weight")})`
    : `score ${quality} on validation episodes`;
  lines.push(
    `Champion of generation ${champion.generation}: ${counted(network.connectionCount, "connection")}, ${said}.`,
  );
  if (evaluation) {
    lines.push("", "Its scores on what the search never saw:", "", conditionsTable(evaluation, evaluation.measure), "");
  }
  const summary = {
    generation: champion.generation,
    score: champion.score,
    connections: network.connectionCount,
    ...(champion.reported !== undefined && { [task.info.reported]: champion.reported }),
  };
  return { lines, json: { generations, champion: summary } };
}
