/** The racer's road, near the car as the game's camera turns, and as a whole; tiles that were visited in colour. */
import type { RacerState } from "../../src/index.ts";
import { append, linePath, round, setAttributes } from "../svg.ts";
import { colour } from "../theme.ts";

export type Ground = RacerState["ground"];
type Corners = Ground["tiles"][number];
type Transform = RacerState["world"]["car"]["bodies"][number]["transform"];

/** Units per metre near the car, and how far from the bottom it is, as a share. */
const UNITS = 5.6;
const CAR_UP = 0.3;
/** Space about the whole track, in units. */
const MARGIN = 8;

/** What of the road near the car changes. */
interface Camera {
  /** Holds what stands in the world, in metres, up ahead. */
  readonly world: Element;
  readonly road: Element;
  readonly visited: Element;
  readonly kerbs: readonly Element[];
  readonly size: number;
}

interface TrackMap {
  readonly line: Element;
  readonly done: Element;
  readonly start: Element;
  readonly car: Element;
  readonly width: number;
  readonly height: number;
  /** From metres to units. */
  place: (x: number, y: number) => [number, number];
}

/** Both drawings of the road. */
export interface Track {
  readonly camera: Camera;
  readonly map: TrackMap;
}

/** Draws the frame of the road near the car, a square. */
export function drawCamera(svg: Element, size: number): Camera {
  const clip = append(append(svg, "clipPath", { id: "racer-view" }), "rect", { width: size, height: size, rx: 6 });
  clip.setAttribute("class", "view");
  const view = append(svg, "g", { "clip-path": "url(#racer-view)" });
  append(view, "rect", { width: size, height: size, fill: colour("series-3"), "fill-opacity": 0.16 });
  const world = append(view, "g", { class: "world" });
  const line = { stroke: colour("ink-faint"), "stroke-width": 0.15, "stroke-linejoin": "round" };
  const road = append(world, "path", { class: "road", fill: colour("ink-faint"), ...line });
  const visited = append(world, "path", { class: "road-visited", fill: colour("accent"), "fill-opacity": 0.55 });
  const kerbs = ["series-2", "surface"].map((name) => append(world, "path", { class: "kerb", fill: colour(name) }));
  return { world, road, visited, kerbs, size };
}

/** Draws the frame of the whole track. */
export function drawMap(parent: Element, width: number, height: number): TrackMap {
  const line = { fill: "none", "stroke-linejoin": "round", "stroke-linecap": "round", "stroke-width": 4 };
  return {
    line: append(parent, "path", { class: "map", stroke: colour("ink-faint"), ...line }),
    done: append(parent, "path", { class: "map-visited", stroke: colour("accent"), ...line }),
    start: append(parent, "path", { class: "map-start", stroke: colour("ink"), "stroke-width": 2 }),
    car: append(parent, "circle", {
      class: "map-car",
      r: 5,
      fill: colour("lit"),
      stroke: colour("paper"),
      "stroke-width": 1.5,
    }),
    ...{ width, height, place: () => [0, 0] },
  };
}

/** Draws the road of a new track into both. */
export function outlineOf({ camera, map }: Track, { rows, tiles, kerbs }: Ground): void {
  setAttributes(camera.road, { d: tiles.map(pathOf).join("") });
  camera.kerbs.forEach((path, odd) => {
    const own = kerbs.filter(({ row }) => row % 2 === 1 - odd);
    setAttributes(path, { d: own.map(({ corners }) => pathOf(corners)).join("") });
  });
  const [xs, ys] = [rows.map(({ x }) => x), rows.map(({ y }) => y)];
  const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min((map.width - 2 * MARGIN) / (right - left), (map.height - 2 * MARGIN) / (high - low));
  map.place = (x, y) => [
    map.width / 2 + (x - (left + right) / 2) * scale,
    map.height / 2 - (y - (low + high) / 2) * scale,
  ];
  setAttributes(map.line, { d: `${linePath(rows.map(({ x, y }) => map.place(x, y)))}Z` });
  const [{ x, y, beta }] = rows;
  const across = (side: number) => map.place(x + 15 * side * Math.cos(beta), y + 15 * side * Math.sin(beta));
  setAttributes(map.start, { d: linePath([across(-1), across(1)]) });
}

/** Turns the road about the car, and colours the tiles that were visited. */
export function showCamera(
  { camera, map }: Track,
  { rows, tiles }: Ground,
  visited: ReadonlySet<number>,
  { x, y, sine, cosine }: Transform,
): void {
  const { size } = camera;
  // From metres to units: right of the car to the right, ahead upwards.
  const [a, b, c, d] = [cosine * UNITS, sine * UNITS, sine * UNITS, -cosine * UNITS].map((value) => round(value));
  const [e, f] = [size / 2 - (a * x + c * y), size * (1 - CAR_UP) - (b * x + d * y)];
  setAttributes(camera.world, { transform: `matrix(${a},${b},${c},${d},${round(e)},${round(f)})` });
  const all = [...visited];
  setAttributes(camera.visited, { d: all.map((tile) => pathOf(tiles[tile])).join("") });
  const pieces = all.map((tile) => {
    const [row, before] = [rows[tile], rows[(tile - 1 + rows.length) % rows.length]];
    return linePath([map.place(before.x, before.y), map.place(row.x, row.y)]);
  });
  setAttributes(map.done, { d: pieces.join("") });
}

/** Moves the car on the whole track. */
export function showMap({ map }: Track, { x, y }: Transform): void {
  const [cx, cy] = map.place(x, y);
  setAttributes(map.car, { cx, cy });
}

function pathOf(corners: Corners): string {
  return `${linePath(corners.map(({ x, y }) => [x, y]))}Z`;
}
