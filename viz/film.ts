/** Draws an episode as a row of moments: how a champion does its task, for pages that stand still. */
import type { Scene } from "../src/index.ts";
import { Episode, type Playable, type Player, SHOWN_EPISODES } from "./player.ts";
import { append, createDrawing, setAttributes } from "./svg.ts";
import { colour } from "./theme.ts";

/** What to show of an episode. */
export interface FilmOptions {
  /** The shared weight that the champion plays with. */
  readonly weight: number;
  /** Moments, from the first to the last step; at least 2. Default 4. */
  readonly moments?: number;
  /** Units; default 880. */
  readonly width?: number;
}

const GAP = 12;
const CAPTION = 20;

/**
 * @param scene draws moments of the environment as SVG
 * @throws UsageError if the environment goes wrong
 */
export function drawFilm(
  document: Document,
  scene: Scene,
  playable: Playable,
  player: Player,
  { weight, moments = 4, width = 880 }: FilmOptions,
): SVGSVGElement {
  const play = () => new Episode(playable, player, { kind: "shared", weight }, SHOWN_EPISODES[0]);
  const whole = play();
  while (!whole.ended) whole.step();
  const cell = (width - GAP * (moments - 1)) / moments;
  const [sceneWidth, sceneHeight] = sizeOf(scene.draw(document));
  const height = (cell * sceneHeight) / sceneWidth;
  const label = `${playable.environment.name}: ${moments} moments of an episode.`;
  const svg = createDrawing(document, width, height + CAPTION, "film", label);
  const episode = play();
  for (let index = 0; index < moments; index++) {
    const step = Math.round((index * whole.steps) / (moments - 1));
    while (episode.steps < step) episode.step();
    const picture = scene.draw(document);
    scene.show(picture, episode.moment);
    const x = index * (cell + GAP);
    setAttributes(picture, { x, y: 0, width: cell, height });
    svg.appendChild(picture);
    append(
      svg,
      "text",
      { x: x + cell / 2, y: height + CAPTION - 6, "text-anchor": "middle", fill: colour("ink-soft"), "font-size": 11 },
      timeOf(step, playable.environment.timeStep),
    );
  }
  return svg;
}

function timeOf(step: number, timeStep: number | undefined): string {
  return timeStep === undefined ? `step ${step}` : `${(step * timeStep).toFixed(1)} s`;
}

/** Width and height of a scene, as its view box says. */
function sizeOf(picture: Element): readonly [number, number] {
  const [, , width, height] = (picture.getAttribute("viewBox") ?? "0 0 1 1").split(" ").map(Number);
  return [width, height];
}
