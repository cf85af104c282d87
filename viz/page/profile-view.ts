/** The weight profile on the page, with the weight that is played marked. */
import type { Kernel } from "../../src/index.ts";
import { type Chart, moveCursor } from "../chart.ts";
import { type Player, profileOf, SHOWN_EPISODES, scoreEpisodes } from "../player.ts";
import { chartProfile, type ProfilePoint } from "../profile.ts";
import { html, onWidth, show } from "./html.ts";

/** The profile on the page. */
export interface ProfileView {
  readonly element: HTMLElement;
  show(player: Player): void;
  /** Marks the weight that is played; undefined for trained weights. */
  mark(weight?: number): void;
}

export function createProfileView(kernel: Kernel): ProfileView {
  const picture = html("div", { class: "picture" });
  const text = html("p", { class: "told" });
  let points: ProfilePoint[] = [];
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
    chart = chartProfile(document, points, {
      width,
      height,
      scoreName: "score of an episode",
      range: [0, 1000],
      trained,
    });
    picture.replaceChildren(chart.svg);
    mark();
  };
  onWidth(picture, (now) => {
    width = now;
    redraw();
  });
  return {
    element: html("div", { class: "card" }, picture, text),
    show(player) {
      points = profileOf(kernel, player);
      const best = points.reduce((a, b) => (b.mean > a.mean ? b : a));
      trained = undefined;
      if (player.trained) {
        const weights = { kind: "individual", sets: player.trained, count: 1 } as const;
        const scores = scoreEpisodes(kernel, player, weights, SHOWN_EPISODES);
        trained = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      }
      text.textContent =
        `Over ${SHOWN_EPISODES.length} fixed episodes. Circles: the six weights that selection scores. ` +
        `Best here: ${show(best.mean)} at ${show(best.weight, 2)}.` +
        (trained === undefined ? "" : ` With trained weights: ${show(trained)}.`);
      redraw();
    },
    mark(weight) {
      marked = weight;
      mark();
    },
  };
}
