/** The weight profile on the page, with the weight that is played marked. */
import type { Kernel } from "../../src/index.ts";
import { type Chart, extent, moveCursor } from "../chart.ts";
import { type Playable, type Player, profileOf, SHOWN_EPISODES, scoreEpisodes } from "../player.ts";
import { chartProfile, type ProfilePoint } from "../profile.ts";
import { html, onWidth, show, showScore } from "./html.ts";
import { createSlices } from "./slices.ts";
import { reasonOf } from "./texts.ts";

const WEIGHTS = [-3, 3];

/** The profile on the page. */
export interface ProfileView {
  readonly element: HTMLElement;
  show(player: Player): void;
  /** Marks the weight that is played; undefined for trained weights. */
  mark(weight?: number): void;
}

export function createProfileView(kernel: Kernel, playable: Playable): ProfileView {
  const picture = html("div", { class: "picture" });
  const text = html("p", { class: "told" });
  let points: ProfilePoint[] = [];
  const slices = createSlices<ProfilePoint>();
  /** Of all scores seen, and 0, so that profiles of different champions compare. */
  let range: readonly number[] = [0];
  let trained: number | undefined;
  let marked: number | undefined;
  let chart: Chart | undefined;
  let width = 0;
  const mark = () => {
    if (chart) moveCursor(chart, marked ?? -99);
  };
  const redraw = () => {
    if (width === 0 || points.length === 0) return;
    const height = Math.max(220, Math.min(340, width * 0.4));
    const level = trained === undefined ? undefined : { name: "trained weights", value: trained };
    const options = { width, height, scoreName: "score of an episode", weights: WEIGHTS, level };
    chart = chartProfile(document, points, { ...options, range: [range[0], range[range.length - 1]] });
    picture.replaceChildren(chart.svg);
    mark();
  };
  onWidth(picture, (now) => {
    width = now;
    redraw();
  });
  const widen = (values: readonly number[]) => {
    range = extent([...range, ...values]);
  };
  const tell = () => {
    const best = points.reduce((a, b) => (b.mean > a.mean ? b : a));
    text.textContent =
      `Over ${SHOWN_EPISODES.length} fixed episodes. Circles: the six standard weights. ` +
      `Best here: ${showScore(best.mean)} at ${show(best.weight, 2)}.` +
      (trained === undefined ? "" : ` With trained weights: ${showScore(trained)}.`);
  };
  const trainedScore = (player: Player, sets: Float32Array) => {
    const weights = { kind: "individual", sets, count: 1 } as const;
    const scores = scoreEpisodes(kernel, playable, player, weights, SHOWN_EPISODES);
    return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  };
  return {
    element: html("div", { class: "card" }, picture, text),
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
          redraw();
        },
        failed(error) {
          text.textContent = `The scores cannot be had here: ${reasonOf(error)}`;
        },
      });
    },
    mark(weight) {
      marked = weight;
      mark();
    },
  };
}
