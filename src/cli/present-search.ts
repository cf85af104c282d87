/** What is shown of a search while it goes on, and how its champion is described at its end. */

import { count, counted, formatMeasure, formatScore, time } from "../base/numbers.ts";
import type { Champion } from "../genome/champion.ts";
import { createMeter, type Meter } from "../measure/meter.ts";
import { compile } from "../network/compile.ts";
import type { RunConfig } from "../run/config.ts";
import type { SearchStage } from "../run/search-stage.ts";
import { conditionsTable } from "./conditions.ts";
import type { Part } from "./display.ts";
import type { Ending, Presentation, Presenter, Showing } from "./presenter.ts";
import { timeLeft } from "./progress.ts";

export const SEARCH_PRESENTER: Presenter<RunConfig, SearchStage> = {
  last: "Finishing this generation",
  async present(showing) {
    const { config, workshop } = showing;
    const meter = await createMeter(workshop.task, config.weights);
    return { onStep: showProgress(showing, meter), close: (stage, ending) => close(showing, meter, stage, ending) };
  },
};

/** A line for each generation. */
function showProgress(
  { config, workshop, display, elapsed, maxSeconds }: Showing<RunConfig>,
  meter: Meter | undefined,
): Presentation<SearchStage>["onStep"] {
  const generations = config.generations ?? Number.POSITIVE_INFINITY;
  const lanes = config.population * config.weights.length * config.episodes;
  const [selected] = workshop.task.measures;
  const name = meter === undefined ? "" : `${selected.name} `;
  const described = new WeakMap<Champion, string>();
  /** Measured once for each champion that is shown. */
  const describe = (champion: Champion) => {
    const text = described.get(champion) ?? `champion ${championQuality(champion, meter)}`;
    described.set(champion, text);
    return text;
  };
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
      { text: describe(stage.champion as Champion), worth: 5 },
      { text: `${line.connections.best} connections`, worth: 3 },
      { text: `${count((done * lanes) / seconds)} episodes/s`, worth: 1 },
      timeLeft(seconds, done / (generations - first), maxSeconds),
    ];
    display.show(Math.max(reached / generations, seconds / maxSeconds), parts);
  };
}

function championQuality(champion: Champion, meter: Meter | undefined): string {
  if (meter === undefined) return formatScore(champion.score);
  return `${meter.measure.name} ${formatMeasure(meter.read(compile(champion.genome).program), meter.measure)}`;
}

function close(
  { config, workshop }: Showing<RunConfig>,
  meter: Meter | undefined,
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
  const { task } = workshop;
  const reported = meter?.read(network.program);
  const quality =
    meter === undefined
      ? `score ${formatScore(champion.score)} on validation episodes`
      : `${meter.measure.name} ${formatMeasure(reported as number, meter.measure)}, ` +
        `${task.measures[0].name} ${formatScore(champion.score)} ` +
        `on validation examples (means over ${counted(config.weights.length, "shared weight")})`;
  lines.push(
    `Champion of generation ${champion.generation}: ${counted(network.connectionCount, "connection")}, ${quality}.`,
  );
  if (evaluation) {
    lines.push("", "Its scores on what the search never saw:", "", conditionsTable(evaluation, evaluation.measure), "");
  }
  const summary = {
    generation: champion.generation,
    score: champion.score,
    connections: network.connectionCount,
    ...(meter && { [meter.measure.name]: reported }),
  };
  return { lines, json: { generations, champion: summary } };
}
