/** How the racer looks: the road about the car, the whole track, what the network sees of it and what its numbers keep. */
import { decodePicture, firstComponents, RACER_ENCODER, type RacerState, type Scene } from "../../src/index.ts";
import { append, createDrawing, setAttributes } from "../svg.ts";
import { colour } from "../theme.ts";
import { drawPixels, type Pixels, showPixels } from "./pixels.ts";
import { drawCar, showCar } from "./racer-car.ts";
import { drawCamera, drawMap, type Ground, outlineOf, showCamera, showMap, type Track } from "./racer-track.ts";

const [WIDTH, HEIGHT] = [560, 330];
/** The road, its side, and where the car is in it. */
const VIEW = 330;
/** The column beside it, its width, and the heights of what stands in it. */
const LEFT = VIEW + 14;
const COLUMN = WIDTH - LEFT - 1;
const MAP = 138;
const PICTURE = (COLUMN - 12) / 2;

/** What of a picture changes. */
interface Parts {
  readonly track: Track;
  readonly car: ReturnType<typeof drawCar>;
  readonly seen: Pixels;
  readonly kept: Pixels;
  readonly keptTitle: Element;
  readonly visited: Element;
  ground?: Ground;
}

const drawn = new WeakMap<Element, Parts>();

export const racer: Scene<RacerState> = {
  draw(document) {
    const svg = createDrawing(document, WIDTH, HEIGHT, "car", "The car on its track, and what its network sees.");
    const camera = drawCamera(svg, VIEW);
    const car = drawCar(camera.world);
    const column = append(svg, "g", { transform: `translate(${LEFT},0)` });
    const map = drawMap(column, COLUMN, MAP);
    const visited = append(column, "text", { y: MAP + 18, fill: colour("ink-soft"), class: "visited" });
    const top = MAP + 58;
    const title = (x: number, text: string) =>
      append(column, "text", { x, y: top - 8, fill: colour("ink-soft"), "font-size": 11 }, text);
    title(0, "seen");
    const keptTitle = title(PICTURE + 12, "");
    const seen = drawPixels(column, 0, top, PICTURE, "seen");
    const kept = drawPixels(column, PICTURE + 12, top, PICTURE, "kept");
    drawn.set(svg, { track: { camera, map }, car, seen, kept, keptTitle, visited });
    return svg;
  },
  show(svg, { state, observation }) {
    const { world, ground, picture } = state;
    const hull = world?.car?.bodies[0];
    if (!Number.isFinite(hull?.transform.x)) throw new Error("expected the world with its car in the state");
    const parts = drawn.get(svg) as Parts;
    if (parts.ground !== ground) {
      parts.ground = ground;
      outlineOf(parts.track, ground);
    }
    showCamera(parts.track, ground, world.visited, hull.transform);
    showMap(parts.track, hull.transform);
    showCar(parts.car, world.car);
    showPixels(parts.seen, picture);
    showPixels(parts.kept, decodePicture(firstComponents(RACER_ENCODER, observation.length), observation));
    parts.keptTitle.textContent = `kept by ${observation.length} numbers`;
    parts.visited.textContent = `${world.visited.size} of ${ground.tiles.length} tiles`;
    setAttributes(svg, { "data-visited": world.visited.size });
  },
};
