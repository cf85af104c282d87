/** The run on the page: charts by generation, and a slider through the champions it has had. */
import { decodeGenome } from "../../src/index.ts";
import { type Chart, moveCursor } from "../chart.ts";
import type { NetworkOptions } from "../network.ts";
import { chartEpochs, chartReported, chartScores, chartSizes, chartTimes, chartTuning } from "../progress.ts";
import { epochsOf, generationsOf, type RunData, tuningOf } from "../run-data.ts";
import { chartParents } from "../selection.ts";
import { createFrontView } from "./front-view.ts";
import { html, onWidth, show, showScore } from "./html.ts";
import { createNetworkView } from "./network-view.ts";
import { operatorTable } from "./selection-view.ts";
import { createSurvivalView } from "./survival-view.ts";

/** The run on the page. */
export interface RunView {
  readonly element: HTMLElement;
  /** Shows the run as it is now. */
  show(run: RunData): void;
}

/**
 * @param options names of the network's inputs and outputs
 * @param onPick  called with the connections of a network of the front that is asked for; undefined for the champion
 */
export function createRunView(
  options: NetworkOptions,
  onPick: (connections: number | undefined) => void = () => {},
): RunView {
  const scores = html("div", { class: "picture" });
  const sizes = html("div", { class: "picture" });
  const reported = html("div", { class: "picture" });
  const front = createFrontView(onPick);
  const parents = html("div", { class: "picture" });
  const operators = html("div", {});
  const survival = createSurvivalView(options);
  const times = html("div", { class: "picture" });
  const speed = html("p", { class: "told" });
  const champions = html("input", {
    type: "range",
    id: "champions",
    min: 0,
    max: 0,
    step: 1,
    "aria-label": "Champion",
  });
  const said = html("output", { for: "champions", class: "small" });
  const network = createNetworkView(options);
  const growth = html(
    "div",
    { id: "growth" },
    html("h2", {}, "How the champion grew"),
    html("p", { class: "soft" }, "Drag through the champions this run has had; the charts above show the generation."),
    html("div", { class: "slider" }, html("label", { for: "champions" }, "champion"), champions, said),
    network.element,
  );
  let run: RunData | undefined;
  let width = 0;
  let charts: Chart[] = [];
  let following = true;

  const scrub = () => {
    if (run === undefined || run.champions.length === 0) return;
    const record = run.champions[Number(champions.value)];
    said.textContent = `generation ${record.generation}, score ${showScore(record.score)}`;
    network.show(decodeGenome(record.genome));
    for (const chart of charts) moveCursor(chart, record.generation);
    front.show(run, record.generation);
  };
  const redraw = () => {
    if (run === undefined || width === 0) return;
    const epochs = epochsOf(run);
    if (epochs.length > 0) {
      scores.replaceChildren(chartEpochs(document, epochs, { width }).svg);
      return;
    }
    const tuning = tuningOf(run);
    if (tuning.length > 0) {
      const [first] = run.champion?.scoresByWeight ?? [];
      scores.replaceChildren(chartTuning(document, tuning, { width, first }).svg);
      return;
    }
    const generations = generationsOf(run);
    const last = generations.at(-1)?.generation ?? 0;
    charts = [
      chartScores(document, generations, { width }),
      chartSizes(document, generations, { width }),
      chartReported(document, run.champions, last, { width, scoreName: run.evaluation?.measure.name }),
      chartParents(document, generations, { width }),
    ];
    scores.replaceChildren(charts[0].svg);
    sizes.replaceChildren(charts[1].svg);
    reported.replaceChildren(charts[2].svg);
    parents.replaceChildren(charts[3].svg);
    operators.replaceChildren(operatorTable(generations));
    front.show(run);
    times.replaceChildren(chartTimes(document, run.timings, { width }).svg);
    speed.textContent = speedOf(run);
  };
  onWidth(scores, (now) => {
    width = now;
    redraw();
    scrub();
  });
  champions.addEventListener("input", () => {
    following = Number(champions.value) === Number(champions.max);
    scrub();
  });
  const card = (title: string, ...children: HTMLElement[]) =>
    html("div", { class: "card" }, html("h3", {}, title), ...children);
  const quality = card("The champion on validation examples", reported);
  const selection = card("What selection did", parents, operators);
  const others = [
    card("Size of genomes", sizes),
    card("Score against connections", front.element),
    card("Time", times, speed),
  ];
  return {
    element: html(
      "div",
      {},
      html("div", { class: "two" }, card("Scores", scores), quality, ...others, selection),
      survival.element,
      growth,
    ),
    show(next) {
      run = next;
      const isTraining = epochsOf(next).length + tuningOf(next).length > 0;
      for (const other of others) other.hidden = isTraining;
      quality.hidden = !next.champions.some((champion) => champion.reported !== undefined);
      selection.hidden = !generationsOf(next).some((line) => line.selection !== undefined);
      growth.hidden = next.champions.length === 0;
      champions.max = String(Math.max(0, next.champions.length - 1));
      if (following) champions.value = champions.max;
      survival.show(next);
      redraw();
      scrub();
    },
  };
}

/** Generations and environment steps per second, where the run recorded what is needed. */
function speedOf(run: RunData): string {
  const seconds = run.timings.reduce((sum, line) => sum + (line.totalSeconds ?? 0), 0);
  if (seconds === 0) return "No times recorded.";
  const steps = generationsOf(run).reduce((sum, line) => sum + (line.steps ?? 0), 0);
  const rate = steps > 0 ? `, ${show(steps / seconds / 1e6, 2)} million steps per second` : "";
  return `${show(run.timings.length / seconds, 1)} generations per second over ${show(seconds, 1)} s${rate}.`;
}
