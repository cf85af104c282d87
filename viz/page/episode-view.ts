/** An episode on the page: plays at real speed, at the weight that the slider says. */
import type { Kernel } from "../../src/index.ts";
import type { OpeningWeight } from "../opening-weight.ts";
import {
  type Choice,
  Episode,
  type Playable,
  type Player,
  SHOWN_EPISODES,
  scoreEpisodes,
  traceEpisode,
  weightsOf,
} from "../player.ts";
import { Clock } from "./clock.ts";
import { html, show, showWeight } from "./html.ts";
import { createRewardStrip } from "./reward-strip.ts";
import { createSceneView } from "./scene-view.ts";
import { createSlices } from "./slices.ts";
import { reasonOf } from "./texts.ts";
import { createWeightSlider } from "./weight-slider.ts";

/** Duration of a step where the environment does not say, and the longest that is waited for, s. */
const STEP_SECONDS = 0.05;
const LONGEST_STEP = 0.5;

/** The episode on the page. */
export interface EpisodeView {
  readonly element: HTMLElement;
  /** Shows another champion, at its opening weight unless the user has chosen one. */
  show(player: Player, opening: OpeningWeight): void;
  /** What is played with. */
  readonly choice: Choice;
  /** Plays at a weight, as the slider does. */
  setWeight(weight: number): void;
}

/**
 * @param paint called after each picture with the values of the network's nodes
 * @param say called with words for which weight and episode are shown
 * @param weightChanged called with the shared weight shown, or undefined for trained weights
 */
export function createEpisodeView(
  kernel: Kernel,
  playable: Playable,
  paint: (value: (position: number) => number) => void,
  say: (text: string) => void,
  weightChanged: (weight?: number) => void,
): EpisodeView {
  const { maxSteps, timeStep } = playable.environment;
  let player: Player | undefined;
  let opening: OpeningWeight | undefined;
  let choice: Choice = { kind: "shared", weight: 1 };
  let chosen = false;
  let episode: Episode | undefined;
  let label = 0;
  let decimals = 1;
  let playing = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const trace = createSlices<number>();
  const clock = new Clock(Math.min(timeStep ?? STEP_SECONDS, LONGEST_STEP));

  const scene = createSceneView(playable.environment);
  const strip = createRewardStrip(maxSteps, timeStep);
  const slider = createWeightSlider();
  const trouble = html("p", { class: "notice", id: "episode-problem", hidden: true });
  const soFar = html("b", { id: "score-so-far" });
  const whole = html("b", { id: "whole-score" });
  const time = html("b", {});
  const play = html("button", { id: "play" });
  const best = html("button", { id: "best" }, "Best weight");
  const trained = html("button", { id: "trained", "aria-pressed": "false" }, "Trained weights");

  const atStep = (steps: number) => steps * (timeStep ?? 1);
  const render = () => {
    if (episode === undefined) return;
    scene.show(episode.moment);
    soFar.textContent = show(episode.score, decimals);
    soFar.dataset.value = String(episode.score);
    time.textContent = timeStep === undefined ? show(episode.steps, 0) : `${show(atStep(episode.steps))} s`;
    strip.moveTo(episode.steps);
    play.textContent = episode.ended ? "Again" : playing ? "Pause" : "Play";
    paint((position) => (episode as Episode).value(position));
  };
  const fail = (error: unknown) => {
    playing = false;
    trouble.textContent = `The episode cannot be shown: ${reasonOf(error)}`;
    trouble.hidden = false;
  };
  /** Does what runs the environment, which may be a user's; where it goes wrong the page says so, and stops playing. */
  const attempt = (action: () => void) => {
    try {
      action();
    } catch (error) {
      fail(error);
    }
  };
  const restart = () => {
    if (player === undefined) return;
    episode = new Episode(playable, player, choice, SHOWN_EPISODES[label]);
    clock.reset();
    render();
  };
  const playWhole = (one: Player) => {
    const [score] = scoreEpisodes(kernel, playable, one, weightsOf(one, choice), [SHOWN_EPISODES[label]]);
    const rewards: number[] = [];
    trace.begin({
      parts: traceEpisode(playable, one, choice, SHOWN_EPISODES[label]),
      take: (reward) => rewards.push(reward),
      show() {
        decimals = rewards.every(Number.isInteger) ? 0 : Math.abs(score) < 10 ? 3 : 1;
        whole.textContent = show(score, decimals);
        whole.dataset.value = String(score);
        strip.show(rewards);
      },
      failed: fail,
    });
  };
  const choose = (next: Choice) => {
    const one = player;
    if (one === undefined) return;
    choice = next;
    const shared = choice.kind === "shared";
    trained.setAttribute("aria-pressed", String(!shared));
    trained.hidden = one.trained === undefined;
    const isBest = choice.kind === "shared" && choice.weight === opening?.weight;
    best.setAttribute("aria-pressed", String(isBest));
    const weight = choice.kind === "shared" ? showWeight(choice.weight) : "trained";
    slider.say(weight);
    const weights = shared ? `shared weight ${weight}${isBest ? `, ${opening?.reason}` : ""}` : "trained weights";
    say(`Shown: ${weights}; episode ${label + 1} of ${SHOWN_EPISODES.length}.`);
    trouble.hidden = true;
    attempt(() => {
      playWhole(one);
      restart();
    });
    weightChanged(choice.kind === "shared" ? choice.weight : undefined);
  };
  const sliderChoice = (): Choice => ({ kind: "shared", weight: slider.weight });
  const showBest = () => {
    if (opening === undefined) return;
    chosen = false;
    slider.weight = opening.weight;
    choose({ kind: "shared", weight: opening.weight });
  };
  /** What a champion is for: weights that evolved with it, else its best shared weight. */
  const open = () => {
    showBest();
    if (player?.genome.weights) choose({ kind: "trained" });
  };

  const slide = () => {
    chosen = true;
    choose(sliderChoice());
  };
  slider.onInput(slide);
  best.addEventListener("click", () => {
    showBest();
    chosen = player?.genome.weights !== undefined;
  });
  trained.addEventListener("click", () => {
    chosen = true;
    choose(choice.kind === "trained" ? sliderChoice() : { kind: "trained" });
  });
  play.addEventListener("click", () => {
    playing = episode?.ended ? true : !playing;
    clock.reset();
    attempt(episode?.ended ? restart : render);
  });
  const frame = (now: number) => {
    if (!element.isConnected) return;
    requestAnimationFrame(frame);
    if (episode === undefined || !playing || episode.ended) return;
    const due = clock.due(now, episode.steps);
    if (due <= episode.steps) return;
    attempt(() => {
      while ((episode as Episode).steps < due && !episode?.ended) episode?.step();
    });
    render();
  };

  const stepOnce = () => {
    playing = false;
    attempt(() => episode?.step());
    render();
  };
  const other = () => {
    label = (label + 1) % SHOWN_EPISODES.length;
    choose(choice);
  };
  const reading = (value: HTMLElement, name: string) =>
    html("div", { class: "reading" }, value, html("span", {}, name));
  const length =
    timeStep === undefined ? `step, of ${show(maxSteps, 0)}` : `time, of ${lengthText(atStep(maxSteps))} s`;
  const element = html(
    "div",
    { class: "card episode" },
    scene.element,
    slider.element,
    html(
      "div",
      { class: "readings" },
      reading(soFar, "score so far"),
      reading(whole, "whole episode"),
      reading(time, length),
    ),
    trouble,
    strip.element,
    html(
      "div",
      { class: "buttons" },
      play,
      html("button", { id: "restart", onclick: () => attempt(restart) }, "Start again"),
      html("button", { id: "step", onclick: stepOnce }, "Step"),
      html("button", { id: "other", onclick: other }, "Another start"),
      best,
      trained,
    ),
  );
  // By the next picture the card is part of the page; once it is no more, it stops.
  requestAnimationFrame(frame);
  return {
    element,
    show(next, nextOpening) {
      player = next;
      opening = nextOpening;
      if (chosen) choose(choice.kind === "trained" && next.trained === undefined ? sliderChoice() : choice);
      else open();
    },
    get choice() {
      return choice;
    },
    setWeight(weight) {
      slider.weight = weight;
      slide();
    },
  };
}

/** Seconds of an episode: whole ones without decimals. */
function lengthText(seconds: number): string {
  const rounded = Math.round(seconds * 10) / 10;
  return show(rounded, Number.isInteger(rounded) ? 0 : 1);
}
