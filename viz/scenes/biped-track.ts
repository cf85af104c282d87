/** The walker's track and the camera that goes along it: ground, obstacles, start and finish, marks of distance. */
import type { BipedState } from "../../src/index.ts";
import { append, linePath, round, setAttributes } from "../svg.ts";
import { colour } from "../theme.ts";

type Ground = BipedState["world"]["grounds"][number];
type Point = readonly [number, number];

export const [WIDTH, HEIGHT] = [560, 308];
export const UNITS = 44; // per metre
/** Where the walker starts and where it has arrived, m. */
const [START, FINISH] = [14 / 3, (190 * 14) / 30];
const WAY = FINISH - START;
/** The hull stands this far from the left, m: its lidar looks ahead. */
const BEHIND = 4.2;
/** What of the world is seen left of its beginning and right of its end, m. */
const MARGIN = 0.6;
const VIEW = WIDTH / UNITS; // m
/** Where the level of the ground is in the picture. */
const LEVEL = 208;
/** The level is the mean height of the ground this far to both sides, m, the nearer the more. */
const REACH = 6;
const DEEP = 12; // m that the ground goes down below its lowest point
const MARK = 5; // m
const [BAR_LEFT, BAR_RIGHT, BAR] = [14, WIDTH - 14, 14];
/** Heights of marks of distance at the bottom, and of the flag. */
const [TICK, FLAG] = [8, 92];

/** What of a track changes. */
export interface Track {
  /** Holds what stands in the world, in coordinates of `place`. */
  readonly world: Element;
  /** In the sky, and along the bottom. */
  readonly marks: readonly Element[];
  readonly ground: Element;
  readonly grass: Element;
  readonly obstacles: Element;
  readonly finish: Element;
  readonly done: Element;
  readonly walker: Element;
  readonly way: Element;
  /** The ground that is drawn, and its surface, m. */
  grounds?: readonly Ground[];
  surface: readonly Point[];
}

/** A place of the world in the coordinates of `Track.world`. @param x @param y in m */
export function place(x: number, y: number): [number, number] {
  return [x * UNITS, -y * UNITS];
}

/** Draws the track with no ground yet; what stands in the world comes on top of it. */
export function drawTrack(svg: Element): Track {
  const lines = append(svg, "g");
  const world = append(svg, "g", { class: "world" });
  const ground = append(world, "path", { class: "ground", fill: colour("rule") });
  const finish = drawFlag(world);
  const line = { fill: "none", "stroke-width": 3, "stroke-linecap": "round", "stroke-linejoin": "round" };
  const grass = append(world, "path", { class: "grass", ...line, stroke: colour("series-3") });
  const obstacles = append(world, "path", {
    ...{ class: "obstacles", fill: colour("ink-faint"), stroke: colour("ink-soft") },
    ...{ "stroke-width": 1.5, "stroke-linejoin": "round" },
  });
  const marks = drawMarks(lines, svg);
  return { ...{ world, ground, grass, obstacles, finish, marks, surface: [] }, ...drawWay(svg) };
}

/** The flag at the finish, its foot at the origin. */
function drawFlag(parent: Element): Element {
  const flag = append(parent, "g", { class: "finish" });
  append(flag, "line", { x1: 0, x2: 0, y1: 0, y2: -FLAG, stroke: colour("ink-soft"), "stroke-width": 3 });
  append(flag, "path", { d: `M0,${-FLAG}L30,${10 - FLAG}L0,${20 - FLAG}Z`, fill: colour("series-3") });
  return flag;
}

/** Lines across the sky every 5 m from the start, and a tick for each metre. */
function drawMarks(sky: Element, bottom: Element): Element[] {
  const groups = [sky, bottom].map((parent) => append(parent, "g", { class: "marks" }));
  for (let way = 0; way <= WAY; way++) {
    const [x] = place(START + way, 0);
    const isLabelled = way % MARK === 0;
    const tick = { x1: x, x2: x, y1: HEIGHT - (isLabelled ? 2 * TICK : TICK), y2: HEIGHT };
    append(groups[1], "line", { ...tick, stroke: colour("ink-faint"), "stroke-width": 1.5 });
    if (!isLabelled) continue;
    append(groups[0], "line", { x1: x, x2: x, y1: 30, y2: HEIGHT, stroke: colour("rule"), "stroke-width": 1.5 });
    const text = { x, y: HEIGHT - 2 * TICK + 3, dx: 5, fill: colour("ink-soft"), "font-size": 15 };
    append(groups[1], "text", text, way === 0 ? "start" : `${way} m`);
  }
  return groups;
}

/** The whole way as a line along the top, with what of it is done. */
function drawWay(svg: Element): Pick<Track, "done" | "walker" | "way"> {
  const line = { x1: BAR_LEFT, y1: BAR, y2: BAR, "stroke-width": 4, "stroke-linecap": "round" };
  append(svg, "line", { ...line, x2: BAR_RIGHT, stroke: colour("rule") });
  const done = append(svg, "line", { ...line, class: "done", stroke: colour("accent") });
  const walker = append(svg, "circle", { class: "walker", cy: BAR, r: 5, fill: colour("accent") });
  const way = append(svg, "text", {
    ...{ class: "way", x: BAR_RIGHT, y: 44, "text-anchor": "end", fill: colour("ink"), "font-size": 17 },
    style: "font-variant-numeric:tabular-nums",
  });
  return { done, walker, way };
}

/** Goes to where the hull is, m; draws the ground if it is another than before. */
export function moveCamera(track: Track, grounds: readonly Ground[], hull: number): void {
  if (track.grounds !== grounds) drawGround(track, grounds);
  const end = track.surface[track.surface.length - 1][0];
  const left = Math.max(-MARGIN, Math.min(hull - BEHIND, end + MARGIN - VIEW));
  const x = round(-left * UNITS);
  setAttributes(track.world, {
    transform: `translate(${x},${round(LEVEL + levelAt(track.surface, left + VIEW / 2) * UNITS)})`,
  });
  for (const marks of track.marks) setAttributes(marks, { transform: `translate(${x},0)` });
  const share = Math.max(0, Math.min(1, (hull - START) / WAY));
  const at = BAR_LEFT + share * (BAR_RIGHT - BAR_LEFT);
  setAttributes(track.done, { x2: at });
  setAttributes(track.walker, { cx: at });
  const way = Math.round((hull - START) * 10) / 10;
  track.way.textContent = `${way < 0 ? "−" : ""}${Math.abs(way).toFixed(1)} m of ${WAY.toFixed(0)}`;
}

function drawGround(track: Track, grounds: readonly Ground[]): void {
  const edges = grounds.filter(({ kind }) => kind === "edge").map(({ vertices }) => vertices);
  const surface = [edges[0][0], ...edges.map(([, right]) => right)].map(({ x, y }): Point => [x, y]);
  track.grounds = grounds;
  track.surface = surface;
  const line = surface.map(([x, y]) => place(x, y));
  const bottom = Math.min(...surface.map(([, y]) => y)) - DEEP;
  const corners = [place(surface[surface.length - 1][0], bottom), place(surface[0][0], bottom)];
  setAttributes(track.ground, { d: `${linePath([...line, ...corners])}Z` });
  setAttributes(track.grass, { d: linePath(line) });
  const blocks = grounds.filter(({ kind }) => kind === "polygon");
  setAttributes(track.obstacles, {
    d: blocks.map(({ vertices }) => `${linePath(vertices.map(({ x, y }) => place(x, y)))}Z`).join(""),
  });
  const [x, y] = place(FINISH, heightAt(surface, FINISH));
  setAttributes(track.finish, { transform: `translate(${round(x)},${round(y)})` });
}

/** The height of a surface, m. */
function heightAt(surface: readonly Point[], x: number): number {
  const right = Math.max(
    1,
    surface.findIndex(([at]) => at >= x),
  );
  const [[x1, y1], [x2, y2]] = [surface[right - 1], surface[right]];
  return y1 + ((x - x1) / (x2 - x1)) * (y2 - y1);
}

/** The height of a surface about a place without its ups and downs, m: the same for the same place, whoever walks there. */
function levelAt(surface: readonly Point[], x: number): number {
  let sum = 0;
  let weights = 0;
  for (const [at, y] of surface) {
    const weight = Math.max(0, 1 - Math.abs(at - x) / REACH);
    sum += weight * y;
    weights += weight;
  }
  return sum / weights;
}
