/** The weight profile on the page, with the weight that is played marked. */
import type { Kernel } from "../../src/index.ts";
import { extent } from "../axis.ts";
import { type Playable, type Player, profileOf, SHOWN_EPISODES, scoreEpisodes } from "../player.ts";
import { chartProfile, type ProfilePoint } from "../profile.ts";
import { createChartView } from "./chart-view.ts";
import { html, show, showScore } from "./html.ts";
import { createSlices } from "./slices.ts";
import { reasonOf } from "./texts.ts";

const WEIGHTS = [-3, 3];
/** Where no weight is. */
const NOWHERE = -99;

/** The profile on the page. */
export interface ProfileView {
  readonly element: HTMLElement;
  show(player: Player): void;
  /** Marks the weight that is played; undefined for trained weights. */
  mark(weight?: number): void;
}

/** @param choose called with the weight that is clicked */
export function createProfileView(kernel: Kernel, playable: Playable, choose: (weight: number) => void): ProfileView {
  const text = html("p", { class: "told" });
  let points: ProfilePoint[] = [];
  const slices = createSlices<ProfilePoint>();
  /** Of all scores seen, and 0, so that profiles of different champions compare. */
  let range: readonly number[] = [0];
  let trained: number | undefined;
  const chart = createChartView(
    ({ width = 0, look }) => {
      const height = Math.max(220, Math.min(340, width * 0.4));
      const level = trained === undefined ? undefined : { name: "trained weights", value: trained };
      const options = { width, height, look, scoreName: "score of an episode", weights: WEIGHTS, level };
      return chartProfile(document, points, { ...options, range: [range[0], range[range.length - 1]] });
    },
    { name: "weight-profile", pick: (weight) => choose(Math.round(100 * weight) / 100) },
  );
  const widen = (values: readonly number[]) => {
    range = extent([...range, ...values]);
  };
  const tell = () => {
    const best = points.reduce((a, b) => (b.mean > a.mean ? b : a));
    text.textContent =
      `Over ${SHOWN_EPISODES.length} fixed episodes. Circles: the six standard weights. A click sets the weight. ` +
      `Best here: ${showScore(best.mean)} at ${show(best.weight, 2)}.` +
      (trained === undefined ? "" : ` With trained weights: ${showScore(trained)}.`);
  };
  const trainedScore = (player: Player, sets: Float32Array) => {
    const weights = { kind: "individual", sets, count: 1 } as const;
    const scores = scoreEpisodes(kernel, playable, player, weights, SHOWN_EPISODES);
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  };
  return {
    element: html("div", { class: "card" }, chart.element, text),
    show(player) {
      points = [];
      trained = undefined;
      try {
        if (player.trained) trained = trainedScore(player, player.trained);
        widen(trained === undefined ? [] : [trained]);
      } catch {
        // A task that goes wrong does so below as well, where it is said.
      }
      slices.begin({
        parts: profileOf(kernel, playable, player),
        take(point) {
          points.push(point);
          widen([point.low, point.high]);
        },
        show(isDone) {
          if (isDone) tell();
          chart.redraw();
        },
        failed(error) {
          text.textContent = `The scores cannot be had here: ${reasonOf(error)}`;
        },
      });
    },
    mark(weight) {
      chart.mark(weight ?? NOWHERE);
    },
  };
}
