/** The run on the page: charts by generation, and a slider through the champions it has had. */
import { decodeGenome, type GenomeJson } from "../../src/index.ts";
import type { Chart, ChartOptions } from "../chart.ts";
import type { NetworkOptions } from "../network.ts";
import { chartEpochs, chartReported, chartScores, chartSizes, chartTimes, chartTuning } from "../progress.ts";
import {
  type ChampionHead,
  type ChampionRecord,
  epochsOf,
  generationsOf,
  type NetworkChoice,
  type RunData,
  totalsOf,
  tuningOf,
} from "../run-data.ts";
import { chartParents } from "../selection.ts";
import { createChartView } from "./chart-view.ts";
import { createFrontView } from "./front-view.ts";
import { html, show, showScore, whenNear } from "./html.ts";
import { createNetworkView } from "./network/network-view.ts";
import { operatorTable } from "./selection-view.ts";
import { createSurvivalView } from "./survival-view.ts";

/** Connections of a network that takes a while to lay out, at least, and milliseconds that its slider rests before. */
const LARGE = 300;
const REST = 120;

/** The run on the page. */
export interface RunView {
  readonly element: HTMLElement;
  /** Shows the run as it is now. */
  show(run: RunData): void;
}

/** The networks of a run besides its champion. */
export interface RunNetworks {
  /** Whether one can be had. */
  holds(head: ChampionHead): boolean;
  read(choice: NetworkChoice): Promise<ChampionRecord>;
  /** To be called with the one that is asked for; undefined for the champion. */
  pick(choice?: NetworkChoice): void;
}

/** @param options names of the network's inputs and outputs */
export function createRunView(options: NetworkOptions, networks: RunNetworks): RunView {
  let run: RunData = { name: "", generations: [], timings: [], champions: [] };
  /** Goes to the champion of a generation. */
  const goTo = (generation: number) => {
    const place = held.findLastIndex((head) => head.generation <= generation);
    champions.value = String(Math.max(0, place));
    following = champions.value === champions.max;
    void scrub();
  };
  const scores = createChartView((look) => scoreChart(run, look), { name: "scores", pick: goTo });
  const sizes = createChartView((look) => chartSizes(document, generationsOf(run), look), {
    name: "sizes",
    pick: goTo,
  });
  const reported = createChartView((look) => reportedChart(run, look), { name: "champion", pick: goTo });
  const parents = createChartView((look) => chartParents(document, generationsOf(run), look), { name: "selection" });
  const times = createChartView((look) => chartTimes(document, run.timings, look), { name: "times" });
  const charts = [scores, sizes, reported, parents, times];
  const front = createFrontView(networks);
  const operators = html("div", {});
  const survival = createSurvivalView(options);
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
  const left = html("p", { class: "soft", hidden: true });
  const network = createNetworkView(options);
  const growth = html(
    "div",
    { id: "growth" },
    html("h2", {}, "How the champion grew"),
    html("p", { class: "soft" }, "Drag through the champions this run has had; the charts above show the generation."),
    left,
    html("div", { class: "slider" }, html("label", { for: "champions" }, "champion"), champions, said),
    html(
      "div",
      { class: "buttons" },
      html("button", { id: "play-champion", onclick: () => playIt() }, "See it at work above"),
    ),
    network.element,
  );
  let following = true;
  /** The champions that can be shown. */
  let held: readonly ChampionHead[] = [];
  /** The generation of the one that is drawn. */
  let drawn: number | undefined;
  let isLarge = false;
  let isNear = false;
  whenNear(growth, () => {
    isNear = true;
    void scrub();
  });

  const scrub = async () => {
    const head = held[Number(champions.value)];
    if (head === undefined) return;
    const { generation, score } = head;
    said.textContent = `generation ${generation.toLocaleString("en")}, score ${showScore(score)}`;
    for (const chart of charts) chart.mark(generation);
    front.show(run, generation);
    // A large network is drawn when it comes into view, so that the page opens at once, and when the slider rests.
    if (drawn === generation || (isLarge && !isNear)) return;
    if (isLarge) await new Promise((rested) => setTimeout(rested, REST));
    if (held[Number(champions.value)]?.generation !== generation) return;
    const { genome } = await networks.read({ generation });
    if (held[Number(champions.value)]?.generation !== generation || drawn === generation) return;
    drawn = generation;
    isLarge = isLargeGenome(genome);
    network.show(decodeGenome(genome));
  };
  const playIt = () => {
    const head = held[Number(champions.value)];
    networks.pick(head === run.champions.at(-1) ? undefined : { generation: head.generation });
    document.querySelector("#network")?.scrollIntoView({ behavior: "smooth" });
  };
  const redraw = () => {
    for (const chart of charts) chart.redraw();
    operators.replaceChildren(operatorTable(totalsOf(run).operators));
    front.show(run);
    speed.textContent = speedOf(run);
  };
  champions.addEventListener("input", () => {
    following = Number(champions.value) === Number(champions.max);
    void scrub();
  });
  const card = (title: string, ...children: HTMLElement[]) =>
    html("div", { class: "card" }, html("h3", {}, title), ...children);
  const quality = card("The champion on validation examples", reported.element);
  const selection = card("What selection did", parents.element, operators);
  const others = [
    card("Size of genomes", sizes.element),
    card("Score against connections", front.element),
    card("Time", times.element, speed),
  ];
  return {
    element: html(
      "div",
      {},
      html("div", { class: "two" }, card("Scores", scores.element), quality, ...others, selection),
      survival.element,
      growth,
    ),
    show(next) {
      run = next;
      isLarge ||= isLargeGenome(next.champion?.genome);
      const isTraining = epochsOf(next).length + tuningOf(next).length > 0;
      for (const other of others) other.hidden = isTraining;
      quality.hidden = !next.champions.some((champion) => champion.reported !== undefined);
      selection.hidden = !generationsOf(next).some((line) => line.selection !== undefined);
      held = next.champions.filter(networks.holds);
      growth.hidden = held.length === 0;
      left.hidden = held.length === next.champions.length;
      left.textContent =
        `This report holds ${held.length} of the ${next.champions.length.toLocaleString("en")} champions, spread over ` +
        "the run: precocial view shows all.";
      champions.max = String(Math.max(0, held.length - 1));
      if (following) champions.value = champions.max;
      survival.show(next);
      redraw();
      void scrub();
    },
  };
}

/** Whether it takes a while to lay out. */
function isLargeGenome(genome?: GenomeJson): boolean {
  return (genome?.connections.length ?? 0) > LARGE;
}

/** What a run's lines tell of scores, whatever its kind. */
function scoreChart(run: RunData, options: ChartOptions): Chart {
  const epochs = epochsOf(run);
  if (epochs.length > 0) return chartEpochs(document, epochs, options);
  const tuning = tuningOf(run);
  const [first] = run.champion?.scoresByWeight ?? [];
  if (tuning.length > 0) return chartTuning(document, tuning, { ...options, first });
  return chartScores(document, generationsOf(run), options);
}

function reportedChart(run: RunData, options: ChartOptions): Chart {
  const last = generationsOf(run).at(-1)?.generation ?? 0;
  return chartReported(document, run.champions, last, { ...options, scoreName: run.evaluation?.measure.name });
}

/** Generations and environment steps per second, where the run recorded what is needed. */
function speedOf(run: RunData): string {
  const { steps, seconds, timed } = totalsOf(run);
  if (seconds === 0) return "No times recorded.";
  const rate = steps > 0 ? `, ${show(steps / seconds / 1e6, 2)} million steps per second` : "";
  return `${show(timed / seconds, 1)} generations per second over ${show(seconds, 1)} s${rate}.`;
}
