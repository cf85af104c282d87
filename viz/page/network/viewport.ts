/** A window on a drawing that can be larger than it: moved and scaled by mouse, fingers and keys, with a map in its corner. */
import { select, type ZoomTransform, zoom, zoomIdentity } from "d3";
import { append } from "../../svg.ts";
import { colour } from "../../theme.ts";
import { html } from "../html.ts";

/** How much larger than life a drawing gets. */
const LARGEST = 6;
/** CSS pixels of the map, and of the window at most. */
const MAP_WIDTH = 140;
const TALLEST = 680;
/** What a key moves the drawing by, CSS pixels, and scales it by. */
const STEP = 60;
const SCALE_STEP = 1.4;
/** Milliseconds after which a drawing that is no longer moved is drawn sharp. */
const REST = 150;

/** A window on a drawing. */
export interface Viewport {
  readonly element: HTMLElement;
  /** Puts a drawing into it, whole. @param tallest CSS pixels of the window, at most */
  show(svg: SVGSVGElement, width: number, tallest?: number): void;
  /** Moves it so that a place of the drawing is in the middle, large enough to read. */
  centre(x: number, y: number): void;
}

export function createViewport(label: string): Viewport {
  const layer = html("div", { class: "layer" });
  const map = html("div", { class: "map", hidden: true, "aria-hidden": true });
  const frame = html("div", {
    class: "viewport",
    tabindex: 0,
    role: "group",
    "aria-label": `${label}: plus and minus scale it, arrow keys move it, 0 shows it whole`,
  });
  frame.append(layer, map);
  let size = { width: 1, height: 1 };
  let fit = 1;
  let rest: ReturnType<typeof setTimeout> | undefined;
  const window = select(frame as HTMLElement);
  const behaviour = zoom<HTMLElement, unknown>()
    .filter((event: Event) => {
      // The wheel alone scrolls the page; a finger alone too, while the drawing is whole.
      if (event.type === "wheel") return (event as WheelEvent).ctrlKey || (event as WheelEvent).metaKey;
      if (event.type === "touchstart") return (event as TouchEvent).touches.length > 1 || isZoomed();
      return !(event as MouseEvent).button;
    })
    .on("zoom", ({ transform, sourceEvent }: { transform: ZoomTransform; sourceEvent: Event | null }) => {
      // Under a hand that moves it nothing is looked for, which would take longer than to move it.
      layer.classList.toggle("held", sourceEvent !== null);
      move(transform);
    });
  const isZoomed = () => current().k > fit * 1.01;
  const current = () => (frame as HTMLElement & { __zoom?: ZoomTransform }).__zoom ?? zoomIdentity;
  const move = ({ x, y, k }: ZoomTransform) => {
    layer.classList.add("moving");
    clearTimeout(rest);
    rest = setTimeout(() => layer.classList.remove("moving", "held"), REST);
    layer.style.transform = `translate(${x}px,${y}px) scale(${k})`;
    frame.classList.toggle("zoomed", k > fit * 1.01);
    showOnMap(x, y, k);
  };
  const showOnMap = (x: number, y: number, k: number) => {
    map.hidden = k <= fit * 1.01;
    const seen = map.querySelector(".seen");
    for (const [name, value] of Object.entries({
      x: -x / k,
      y: -y / k,
      width: frame.clientWidth / k,
      height: frame.clientHeight / k,
    })) {
      seen?.setAttribute(name, String(value));
    }
  };
  const scaleBy = (factor: number) => window.call(behaviour.scaleBy, factor);
  const whole = () => {
    const x = Math.max(0, (frame.clientWidth - size.width * fit) / 2);
    window.call(behaviour.transform, zoomIdentity.translate(x, 0).scale(fit));
  };
  const KEYS: Readonly<Record<string, () => unknown>> = {
    "+": () => scaleBy(SCALE_STEP),
    "=": () => scaleBy(SCALE_STEP),
    "-": () => scaleBy(1 / SCALE_STEP),
    "0": whole,
    ArrowLeft: () => window.call(behaviour.translateBy, STEP / current().k, 0),
    ArrowRight: () => window.call(behaviour.translateBy, -STEP / current().k, 0),
    ArrowUp: () => window.call(behaviour.translateBy, 0, STEP / current().k),
    ArrowDown: () => window.call(behaviour.translateBy, 0, -STEP / current().k),
  };
  frame.addEventListener("keydown", (event) => {
    const action = KEYS[event.key];
    if (action === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== frame && event.key.startsWith("Arrow")) return;
    event.preventDefault();
    action();
  });
  // A node that the keyboard goes to comes into the window.
  frame.addEventListener("focusin", (event) => {
    const node = (event.target as Element).closest(".node");
    if (node !== null && isZoomed()) centre(...placeOf(node));
  });
  window.call(behaviour).on("dblclick.zoom", null);
  const centre = (x: number, y: number) => {
    const k = Math.max(current().k, Math.min(1.3, LARGEST));
    const [width, height] = [frame.clientWidth, frame.clientHeight];
    window.call(behaviour.transform, zoomIdentity.translate(width / 2 - x * k, height / 2 - y * k).scale(k));
  };
  const button = (text: string, name: string, action: () => unknown) =>
    html("button", { "aria-label": name, title: name, onclick: action }, text);
  return {
    element: html(
      "div",
      { class: "viewport-view" },
      frame,
      html(
        "div",
        { class: "buttons tools zoom-tools", role: "group", "aria-label": "Size of the drawing" },
        button("+", "Larger", () => scaleBy(SCALE_STEP)),
        button("−", "Smaller", () => scaleBy(1 / SCALE_STEP)),
        button("whole", "Whole drawing", whole),
      ),
    ),
    show(svg, width, tallest = TALLEST) {
      size = { width: Number(svg.getAttribute("width")), height: Number(svg.getAttribute("height")) };
      fit = Math.min(1, width / size.width, tallest / size.height);
      frame.style.height = `${Math.ceil(size.height * fit)}px`;
      layer.style.width = `${size.width}px`;
      layer.replaceChildren(svg);
      drawMap(map, svg, size);
      behaviour.scaleExtent([fit, LARGEST]).translateExtent([
        [0, 0],
        [Math.max(size.width, width / fit), size.height],
      ]);
      whole();
    },
    centre,
  };
}

/** The place of a node in its drawing. */
export function placeOf(node: Element): [x: number, y: number] {
  const [, x, y] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(node.getAttribute("transform") ?? "") ?? [];
  if (x !== undefined) return [Number(x), Number(y)];
  return [Number(node.getAttribute("x")), Number(node.getAttribute("y"))];
}

/** A small picture of where the nodes are, and the part that is seen. */
function drawMap(map: HTMLElement, svg: SVGSVGElement, { width, height }: { width: number; height: number }): void {
  const small = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  small.setAttribute("viewBox", `0 0 ${width} ${height}`);
  small.setAttribute("width", String(MAP_WIDTH));
  small.setAttribute("height", String(Math.round((MAP_WIDTH * height) / width)));
  const radius = width / MAP_WIDTH;
  for (const node of svg.querySelectorAll(".node")) {
    const [cx, cy] = placeOf(node);
    append(small, "circle", { cx, cy, r: radius, fill: colour("ink-soft") });
  }
  const seen = { class: "seen", fill: colour("accent"), "fill-opacity": 0.15, stroke: colour("accent") };
  append(small, "rect", { ...seen, "stroke-width": radius * 1.5 });
  map.replaceChildren(small);
}

/** Style of this part of the page. */
export const VIEWPORT_CSS = `
.viewport{position:relative;overflow:hidden;touch-action:pan-y;border-radius:6px}.viewport.zoomed{touch-action:none;cursor:grab}.viewport.zoomed:active{cursor:grabbing}
.viewport .layer{transform-origin:0 0}.viewport .layer.moving{will-change:transform}.viewport .layer.held{pointer-events:none}
.viewport svg{display:block;max-width:none}
.map{position:absolute;right:6px;bottom:6px;background:color-mix(in srgb,var(--paper) 88%,transparent);border:1px solid var(--rule);border-radius:6px;pointer-events:none}
.zoom-tools{justify-content:flex-end}`;
