/** What the page shows of a run's champion: playing, looking at images, or its graph alone, by what its task has. */
import type { Kernel } from "../../src/index.ts";
import type { NetworkOptions } from "../network.ts";
import { openingWeight } from "../opening-weight.ts";
import {
  createPlayable,
  createPlayer,
  type Playable,
  type Player,
  SHOWN_EPISODES,
  scoreEpisodes,
  weightsOf,
  withoutNode,
} from "../player.ts";
import type { Champion, RunData } from "../run-data.ts";
import { createEpisodeView } from "./episode-view.ts";
import { html, showWeight } from "./html.ts";
import { createImageView } from "./image-view.ts";
import { createNetworkView, type NetworkView } from "./network/network-view.ts";
import { createProfileView } from "./profile-view.ts";
import { createRowView, type RowView } from "./row-view.ts";
import type { RunTask } from "./task.ts";
import { notice } from "./texts.ts";

/** CSS pixels of the window on a network that stands beside images. */
const IMAGE_TALLEST = 330;

/** Why a node's worth is not measured without episodes or images. */
const UNMEASURED = "the page has no examples of this task.";

/** The champion on the page. */
export interface ChampionView {
  readonly sections: readonly (HTMLElement | undefined)[];
  show(champion: Champion): void;
}

/** @param options names of the network's inputs and outputs */
export function createChampionView(
  kernel: Kernel,
  run: RunData,
  task: RunTask,
  champion: Champion,
  options: NetworkOptions,
): ChampionView {
  const { definition, settings } = task;
  const playable = definition && createPlayable(definition, settings);
  const misfit = playable && misfitOf(playable, champion);
  if (playable && misfit === undefined) return played(kernel, run, playable, options);
  const { image, outputNames: classNames = [] } = options;
  const effect = image ? (position: number) => images.effect(position) : UNMEASURED;
  const network = createNetworkView({ ...options, ...(image && { tallest: IMAGE_TALLEST }), effect });
  const graph = html("section", { id: "network" }, network.element);
  if (misfit !== undefined) {
    const alone = pictured(run, network, graph);
    return { ...alone, sections: [notice(misfit), ...alone.sections] };
  }
  if (champion.table) return asked(run, createRowView(champion.table, network.paint, network.say), network, graph);
  if (!image) return pictured(run, network, graph);
  const { sketch, testSet } = definition ?? {};
  const images = createImageView(
    kernel,
    { image, classNames, sketch, testSet: testSet && (() => testSet(settings)) },
    network.paint,
    network.say,
  );
  return {
    sections: [
      html("section", { id: "images", class: "images" }, images.pad, images.answer, graph),
      images.tested && html("section", { id: "tested" }, html("h2", {}, "Test images"), images.tested),
    ],
    show(next) {
      const player = createPlayer(next);
      network.show(player.genome);
      images.show(player, openingWeight(next, run.config));
    },
  };
}

/** A champion that plays. */
function played(kernel: Kernel, run: RunData, playable: Playable, options: NetworkOptions): ChampionView {
  let shown: Player | undefined;
  const scoreOf = (player: Player) => {
    const scores = scoreEpisodes(kernel, playable, player, weightsOf(player, episode.choice), SHOWN_EPISODES);
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  };
  const effect = (position: number) => {
    const [whole, cut] = [shown as Player, withoutNode(shown as Player, position)].map(scoreOf);
    return {
      name: `mean score of ${SHOWN_EPISODES.length} episodes`,
      whole,
      cut,
      decimals: Math.abs(whole) < 10 ? 3 : 1,
    };
  };
  const network = createNetworkView({ ...options, effect });
  const graph = html("section", { id: "network" }, network.element);
  const profile = createProfileView(kernel, playable, (weight) => episode.setWeight(weight));
  const episode = createEpisodeView(kernel, playable, network.paint, network.say, profile.mark);
  graph.classList.add("hero");
  graph.prepend(episode.element);
  const about = "All connections share one weight. The score of this network at each value of it:";
  const every = html("h2", {}, "One graph, every weight");
  return {
    sections: [graph, html("section", { id: "profile" }, every, html("p", { class: "soft" }, about), profile.element)],
    show(next) {
      const player = createPlayer(next);
      shown = player;
      network.show(player.genome);
      profile.show(player);
      episode.show(player, openingWeight(next, run.config));
    },
  };
}

/** A champion that is asked about a row of a table. */
function asked(run: RunData, row: RowView, network: NetworkView, graph: HTMLElement): ChampionView {
  return {
    sections: [html("section", { id: "row", class: "rows" }, row.form, row.answer, graph)],
    show(next) {
      const player = createPlayer(next);
      network.show(player.genome);
      row.show(player, openingWeight(next, run.config));
    },
  };
}

/** A champion of which there is only the graph to see. */
function pictured(run: RunData, network: NetworkView, graph: HTMLElement): ChampionView {
  return {
    sections: [graph],
    show(next) {
      const { weight, reason } = openingWeight(next, run.config);
      network.show(createPlayer(next).genome);
      network.say(`Drawn without values. Shared weight to use: ${showWeight(weight)}, ${reason}.`);
    },
  };
}

/** Why a champion cannot play, if it cannot: the task may have changed since. */
function misfitOf({ task }: Playable, { genome }: Champion): string | undefined {
  const { name, inputs, outputs } = task.info;
  if (genome.inputs === inputs.length && genome.outputs === outputs.length) return undefined;
  return (
    `The task ${name} has ${inputs.length} inputs and ${outputs.length} outputs now, this network ` +
    `${genome.inputs} and ${genome.outputs}: it cannot play.`
  );
}
