/** An episode as frames that follow each other, each a whole SVG file: what an animation is made of. */
import {
  completeTaskSettings,
  type Environment,
  type GenomeJson,
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

/** A frame, and how long it is shown. */
export interface Frame {
  readonly svg: string;
  readonly seconds: number;
}

/** What is shown of an episode, and how. */
export interface FrameOptions {
  /** Settings of the task that differ from its own. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly choice: Choice;
  /** The label that names the episode. */
  readonly label: string;
  readonly theme: "light" | "dark";
  /** Units. */
  readonly width: number;
  /** Frames a second, at most; fewer where steps take longer. */
  readonly rate: number;
  /** Seconds of the episode, at most. */
  readonly until: number;
}

/** Seconds of a step of an environment that does not say. */
const UNSAID_STEP = 1 / 25;
/** Seconds that the end is shown. */
const END = 1.5;
const CAPTION = 30;

/**
 * The frames of an episode, from its start to its end.
 *
 * @param definition of a task with an environment
 * @throws UsageError if the environment goes wrong, or the genome is none
 */
export function* episodeFrames(
  definition: TaskDefinition,
  champion: { readonly genome: GenomeJson; readonly trainedWeights?: readonly number[] },
  { settings = {}, choice, label, theme, width, rate, until }: FrameOptions,
): Generator<Frame> {
  const playable = createPlayable(definition, completeTaskSettings(definition, settings));
  if (playable === undefined) throw new TypeError(`Expected a task that is played, got ${definition.name}.`);
  const { timeStep = UNSAID_STEP } = playable.environment;
  const steps = Math.max(1, Math.round(1 / (rate * timeStep)));
  const episode = new Episode(playable, createPlayer(champion), choice, label);
  const draw = createFrame(playable.environment, choice, width);
  for (;;) {
    const isLast = episode.ended || episode.steps * timeStep >= until;
    const svg = svgFile(draw(episode, episode.steps * timeStep), { theme });
    yield { svg, seconds: isLast ? END : steps * timeStep };
    if (isLast) return;
    for (let step = 0; step < steps; step++) episode.step();
  }
}

/** Prepares the picture of a moment: the scene, and below it the time, the score and the weight. */
function createFrame(environment: Environment, choice: Choice, width: number) {
  const document = createPlainDocument();
  const [scene, drawn] = drawScene(document, environment);
  const height = Math.round((width * Number(drawn.getAttribute("height"))) / Number(drawn.getAttribute("width")));
  const weights = choice.kind === "trained" ? "trained weights" : `weight ${Number(choice.weight.toPrecision(4))}`;
  return (episode: Episode, seconds: number): string => {
    const svg = createDrawing(document, width, height + CAPTION, "episode", environment.name);
    scene.show(drawn, episode.moment);
    setAttributes(drawn, { x: 0, y: 0, width, height });
    svg.appendChild(drawn);
    const text = (x: number, anchor: string, content: string) =>
      append(
        svg,
        "text",
        { x, y: height + CAPTION - 11, "text-anchor": anchor, fill: colour("ink-soft"), "font-size": 14 },
        content,
      );
    text(12, "start", `${environment.name}, ${weights}`);
    text(width / 2 + 30, "start", `${seconds.toFixed(1)} s`);
    text(width - 12, "end", `score ${tenths(episode.score)}`);
    return svg.outerHTML;
  };
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
