/** The cart-pole on the page: plays at real speed, at the weight that the slider says. */
import type { Kernel } from "../../src/index.ts";
import { drawCart, showCart } from "../cart.ts";
import { type Chart, moveCursor } from "../chart.ts";
import type { OpeningWeight } from "../opening-weight.ts";
import {
  type Choice,
  Episode,
  type Player,
  SHOWN_EPISODES,
  scoreEpisodes,
  traceEpisode,
  weightsOf,
} from "../player.ts";
import { chartStrip } from "../strip.ts";
import { html, onWidth, show, showWeight } from "./html.ts";

/** Duration of a step, s. */
const STEP_SECONDS = 0.01;
const WEIGHT_LIMIT = 3;
const MARKS = [-3, -2, -1, 0, 1, 2, 3];

/** The episode on the page. */
export interface EpisodeView {
  readonly element: HTMLElement;
  /** Shows another champion, at its opening weight unless the user has chosen one. */
  show(player: Player, opening: OpeningWeight): void;
}

/**
 * @param paint called after each picture with the values of the network's nodes
 * @param say called with words for which weight and episode are shown
 * @param weightChanged called with the shared weight shown, or undefined for trained weights
 */
export function createEpisodeView(
  kernel: Kernel,
  paint: (value: (position: number) => number) => void,
  say: (text: string) => void,
  weightChanged: (weight?: number) => void,
): EpisodeView {
  let player: Player | undefined;
  let opening: OpeningWeight | undefined;
  let choice: Choice = { kind: "shared", weight: 1 };
  let chosen = false;
  let episode: Episode | undefined;
  let label = 0;
  let strip: Chart | undefined;
  let width = 0;
  let playing = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  let started: number | undefined;

  const cart = drawCart(document);
  const stripBox = html("div", { class: "picture" });
  const slider = html("input", {
    id: "weight",
    type: "range",
    min: -WEIGHT_LIMIT,
    max: WEIGHT_LIMIT,
    step: 0.01,
    "aria-label": "Shared weight",
  });
  const weightText = html("output", { for: "weight" });
  const soFar = html("b", { id: "score-so-far" });
  const whole = html("b", { id: "whole-score" });
  const time = html("b", {});
  const play = html("button", { id: "play" });
  const best = html("button", { id: "best" }, "Best weight");
  const trained = html("button", { id: "trained", "aria-pressed": "false" }, "Trained weights");

  const render = () => {
    if (episode === undefined) return;
    const moment = episode.moment;
    showCart(cart, moment);
    soFar.textContent = show(moment.score);
    soFar.dataset.value = String(moment.score);
    time.textContent = `${show(episode.steps * STEP_SECONDS, 1)} s`;
    if (strip) moveCursor(strip, episode.steps * STEP_SECONDS);
    play.textContent = moment.ended ? "Again" : playing ? "Pause" : "Play";
    paint((position) => (episode as Episode).value(position));
  };
  const restart = () => {
    if (player === undefined) return;
    episode = new Episode(player, choice, SHOWN_EPISODES[label]);
    started = undefined;
    render();
  };
  const drawStripe = () => {
    if (player === undefined || width === 0) return;
    const rewards = traceEpisode(player, choice, SHOWN_EPISODES[label]);
    strip = chartStrip(document, rewards, 1000, STEP_SECONDS, { width, height: 120 });
    stripBox.replaceChildren(strip.svg);
    if (episode) moveCursor(strip, episode.steps * STEP_SECONDS);
  };
  const choose = (next: Choice) => {
    if (player === undefined) return;
    choice = next;
    const shared = choice.kind === "shared";
    trained.setAttribute("aria-pressed", String(!shared));
    trained.hidden = player.trained === undefined;
    const isBest = choice.kind === "shared" && choice.weight === opening?.weight;
    best.setAttribute("aria-pressed", String(isBest));
    const weight = choice.kind === "shared" ? showWeight(choice.weight) : "trained";
    weightText.textContent = weight;
    const weights = shared ? `shared weight ${weight}${isBest ? `, ${opening?.reason}` : ""}` : "trained weights";
    say(`Shown: ${weights}; episode ${label + 1} of ${SHOWN_EPISODES.length}.`);
    const [score] = scoreEpisodes(kernel, player, weightsOf(player, choice), [SHOWN_EPISODES[label]]);
    whole.textContent = show(score);
    whole.dataset.value = String(score);
    restart();
    drawStripe();
    weightChanged(choice.kind === "shared" ? choice.weight : undefined);
  };
  const sliderChoice = (): Choice => ({ kind: "shared", weight: Number(slider.value) });
  const open = () => {
    if (opening === undefined) return;
    chosen = false;
    slider.value = String(opening.weight);
    choose({ kind: "shared", weight: opening.weight });
  };

  slider.addEventListener("input", () => {
    chosen = true;
    choose(sliderChoice());
  });
  best.addEventListener("click", open);
  trained.addEventListener("click", () => {
    chosen = true;
    choose(choice.kind === "trained" ? sliderChoice() : { kind: "trained" });
  });
  play.addEventListener("click", () => {
    if (episode?.moment.ended) restart();
    else playing = !playing;
    if (episode?.moment.ended === false && play.textContent === "Again") playing = true;
    started = undefined;
    render();
  });
  onWidth(stripBox, (now) => {
    width = now;
    drawStripe();
  });

  /** Steps taken when the clock was last set, so that speed is real whatever the screen's rate. */
  let stepsAtStart = 0;
  const frame = (now: number) => {
    requestAnimationFrame(frame);
    if (episode === undefined || !playing || episode.moment.ended) return;
    if (started === undefined) {
      started = now;
      stepsAtStart = episode.steps;
    }
    const due = stepsAtStart + Math.floor((now - started) / 1000 / STEP_SECONDS);
    // A page in the background comes back late: it goes on from where it was.
    if (due - episode.steps > 50) {
      started = undefined;
      return;
    }
    if (due > episode.steps) {
      while (episode.steps < due && !episode.moment.ended) episode.step();
      render();
    }
  };
  requestAnimationFrame(frame);

  const marks = MARKS.map((weight) =>
    html("span", { style: `left:${((weight + WEIGHT_LIMIT) / (2 * WEIGHT_LIMIT)) * 100}%` }, show(weight, 0)),
  );
  const reading = (value: HTMLElement, name: string) =>
    html("div", { class: "reading" }, value, html("span", {}, name));
  return {
    element: html(
      "div",
      { class: "card episode" },
      html("div", { class: "picture" }, cart),
      html(
        "div",
        { class: "slider" },
        html("label", { for: "weight" }, "weight"),
        html("div", {}, slider, html("div", { class: "marks", "aria-hidden": true }, ...marks)),
        weightText,
      ),
      html(
        "div",
        { class: "readings" },
        reading(soFar, "score so far"),
        reading(whole, "whole episode"),
        reading(time, "time, of 10 s"),
      ),
      stripBox,
      html(
        "div",
        { class: "buttons" },
        play,
        html("button", { id: "restart", onclick: restart }, "Start again"),
        html(
          "button",
          {
            id: "step",
            onclick: () => {
              playing = false;
              started = undefined;
              episode?.step();
              render();
            },
          },
          "Step",
        ),
        html(
          "button",
          {
            id: "other",
            onclick: () => {
              label = (label + 1) % SHOWN_EPISODES.length;
              choose(choice);
            },
          },
          "Another start",
        ),
        best,
        trained,
      ),
    ),
    show(next, nextOpening) {
      player = next;
      opening = nextOpening;
      if (chosen) choose(choice.kind === "trained" && next.trained === undefined ? sliderChoice() : choice);
      else open();
    },
  };
}
