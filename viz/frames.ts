/** An episode as frames that follow each other, each a whole SVG file: what an animation is made of. */
import {
  type AnimationFrame,
  completeTaskSettings,
  type Environment,
  type GenomeJson,
  type PlayOptions,
  type Scene,
  type TaskDefinition,
} from "../src/index.ts";
import { createPlainDocument } from "./plain-document.ts";
import { type Choice, createPlayable, createPlayer, Episode } from "./player.ts";
import { barScene } from "./scenes/bars.ts";
import { SCENES } from "./scenes/index.ts";
import { append, createDrawing, setAttributes } from "./svg.ts";
import { svgFile } from "./svg-file.ts";
import { colour } from "./theme.ts";

/** Seconds of a step of an environment that does not say. */
const UNSAID_STEP = 1 / 25;
/** Seconds that the end is shown. */
const END = 1.5;
const CAPTION = 30;
/** Height of the slider of a sweep, and seconds that it takes from one end to the other. */
const SLIDER = 34;
const SWEEP = 4;

/**
 * The frames of an episode, from its start to its end.
 *
 * @param definition of a task with an environment
 * @throws UsageError if the environment goes wrong, or the genome is none
 */
export function* episodeFrames(
  definition: TaskDefinition,
  champion: { readonly genome: GenomeJson; readonly trainedWeights?: readonly number[] },
  { settings = {}, choice, label, theme, width, rate, until, sweep }: PlayOptions,
): Generator<AnimationFrame> {
  const playable = createPlayable(definition, completeTaskSettings(definition, settings));
  if (playable === undefined) throw new TypeError(`Expected a task that is played, got ${definition.name}.`);
  const { timeStep = UNSAID_STEP } = playable.environment;
  const steps = Math.max(1, Math.round(1 / (rate * timeStep)));
  const episode = new Episode(playable, createPlayer(champion), choice, label);
  const draw = createFrame(playable.environment, choice, width, sweep);
  for (;;) {
    if (sweep !== undefined) episode.weight = weightAt(sweep, choice, episode.steps * timeStep);
    const isLast = episode.ended || episode.steps * timeStep >= until;
    const svg = svgFile(draw(episode, episode.steps * timeStep), { theme });
    yield { svg, seconds: isLast ? END : steps * timeStep };
    if (isLast) return;
    for (let step = 0; step < steps; step++) episode.step();
  }
}

/** The weight of a sweep after some seconds: from that of the choice up, down and up again, evenly. */
function weightAt([low, high]: readonly [number, number], choice: Choice, seconds: number): number {
  const start = choice.kind === "shared" ? Math.min(high, Math.max(low, choice.weight)) : low;
  const way = (start - low) / (high - low) + seconds / SWEEP;
  const place = way % 2;
  return low + (high - low) * (place <= 1 ? place : 2 - place);
}

/** Prepares the picture of a moment: the scene, and below it the time, the score and the weight, on a slider where it glides. */
function createFrame(environment: Environment, choice: Choice, width: number, sweep?: readonly [number, number]) {
  const document = createPlainDocument();
  const [scene, drawn] = drawScene(document, environment);
  const height = Math.round((width * Number(drawn.getAttribute("height"))) / Number(drawn.getAttribute("width")));
  const weights = choice.kind === "trained" ? "trained weights" : `weight ${Number(choice.weight.toPrecision(4))}`;
  const foot = sweep === undefined ? CAPTION : CAPTION + SLIDER;
  return (episode: Episode, seconds: number): string => {
    const svg = createDrawing(document, width, height + foot, "episode", environment.name);
    scene.show(drawn, episode.moment);
    setAttributes(drawn, { x: 0, y: 0, width, height });
    svg.appendChild(drawn);
    const text = (x: number, anchor: string, content: string) =>
      append(
        svg,
        "text",
        { x, y: height + foot - 11, "text-anchor": anchor, fill: colour("ink-soft"), "font-size": 14 },
        content,
      );
    if (sweep !== undefined) appendSlider(svg, sweep, episode.weight, [width, height + SLIDER / 2]);
    text(12, "start", sweep === undefined ? `${environment.name}, ${weights}` : environment.name);
    text(width / 2 + 30, "start", `${seconds.toFixed(1)} s`);
    text(width - 12, "end", `score ${tenths(episode.score)}`);
    return svg.outerHTML;
  };
}

/** A slider that shows a weight between the ends of a sweep. @param place width of the drawing, and the height it stands at */
function appendSlider(
  svg: Element,
  [low, high]: readonly [number, number],
  weight: number,
  [width, y]: readonly [number, number],
): void {
  const [left, right] = [78, width - 58];
  const x = left + ((weight - low) / (high - low)) * (right - left);
  const track = { x1: left, y1: y, y2: y, "stroke-width": 6, "stroke-linecap": "round" };
  append(svg, "line", { ...track, x2: right, stroke: colour("rule") });
  append(svg, "line", { ...track, x2: x, stroke: colour("accent") });
  append(svg, "circle", { cx: x, cy: y, r: 9, fill: colour("accent") });
  const label = { y, dy: "0.35em", fill: colour("ink"), "font-size": 14 };
  append(svg, "text", { ...label, x: 12 }, "weight");
  append(svg, "text", { ...label, x: width - 12, "text-anchor": "end", "font-weight": 600 }, weight.toFixed(2));
}

/** A number with one decimal, without the sign of a zero. */
function tenths(value: number): string {
  return (Math.round(10 * value) / 10 + 0).toFixed(1);
}

/** The scene of an environment with its picture; bars of its numbers where it has none that can be drawn outside of a page. */
function drawScene(document: Document, environment: Environment): [Scene, Element] {
  const { scene: given } = environment;
  const scene = typeof given === "string" ? SCENES[given] : given;
  const drawn = scene && drawnBy(scene, document);
  if (drawn !== undefined) return [scene as Scene, drawn];
  const bars = barScene(environment);
  return [bars, bars.draw(document)];
}

function drawnBy(scene: Scene, document: Document): Element | undefined {
  try {
    const drawn = scene.draw(document);
    return Number(drawn.getAttribute("width")) > 0 ? drawn : undefined;
  } catch {
    // A scene of a user's own that needs more of a document than SVG does.
    return undefined;
  }
}
