/** What a drawn network can do on a page: be asked and pinned, light up parts of it, and show values while it runs. */
import type { Edge, Part } from "./network-ways.ts";
import { colour } from "./theme.ts";

/** What arrow keys add to the number of the node asked about. */
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The style that the classes below need; part of the page's style sheet and of drawings that are used alone. */
export const NETWORK_CSS = `
.network .node,.network .pixel{cursor:pointer;outline:none}
.network .node:focus-visible .disc{stroke:var(--lit);stroke-width:3}
.network .node.pinned .disc{stroke:var(--lit);stroke-width:3}.network .pixel.pinned{stroke:var(--lit);stroke-width:2}
.network .node.found .disc{stroke:var(--accent);stroke-width:3}
.network.asking .node:not(.lit):not(.fed){opacity:.22}
.network.asking .pixel:not(.lit){opacity:.3}
.network.asking .connection:not(.lit):not(.fed){stroke-opacity:.06!important}
.network .connection.fed{stroke:var(--accent)!important;stroke-opacity:.95!important}
.network .connection.lit{stroke:var(--lit)!important;stroke-opacity:.95!important}
.network .pixel.lit{fill:var(--lit)!important}
.network.large .connections{will-change:transform}`;

/** The connections that are drawn. */
export function drawnEdges(svg: SVGSVGElement): Edge[] {
  return Array.from(svg.querySelectorAll(".connection"), (path) => ({
    source: Number(path.getAttribute("data-source")),
    target: Number(path.getAttribute("data-target")),
    gene: Number(path.getAttribute("data-gene")),
  }));
}

/** Parts of a drawn network that stand out. */
export interface Marks {
  /** Lights up what something depends on, and what depends on it; nothing without. */
  light(lit?: Part, fed?: Part): void;
  /** Rings a node, or a pixel; none without. */
  pin(position?: number): void;
  /** Rings nodes that were looked for. */
  find(positions: ReadonlySet<number>): void;
}

/** Prepares a drawn network to have parts stand out, by the classes `lit`, `fed`, `pinned`, `found`, and `asking` of the whole. */
export function prepareMarks(svg: SVGSVGElement): Marks {
  const nodes = Array.from(svg.querySelectorAll("[data-position]"), (element) => ({
    element,
    position: positionOf(element),
  }));
  const lines = Array.from(svg.querySelectorAll(".connection"), (element) => ({
    element,
    gene: Number(element.getAttribute("data-gene")),
  }));
  let marked: Element[] = [];
  return {
    light(lit, fed) {
      for (const element of marked) element.classList.remove("lit", "fed");
      marked = [];
      const mark = (element: Element, name: string) => {
        element.classList.add(name);
        marked.push(element);
      };
      svg.classList.toggle("asking", lit !== undefined || fed !== undefined);
      for (const { element, position } of nodes) {
        if (lit?.nodes.has(position)) mark(element, "lit");
        else if (fed?.nodes.has(position)) mark(element, "fed");
      }
      for (const { element, gene } of lines) {
        if (lit?.genes.has(gene)) mark(element, "lit");
        else if (fed?.genes.has(gene)) mark(element, "fed");
      }
    },
    pin(position) {
      svg.querySelector(".pinned")?.classList.remove("pinned");
      nodes.find((node) => node.position === position)?.element.classList.add("pinned");
    },
    find(positions) {
      for (const { element, position } of nodes) element.classList.toggle("found", positions.has(position));
    },
  };
}

/**
 * Lets the pointer or the keyboard ask about nodes and pixels, and pin them by a click or Enter. The drawing is one stop of
 * the Tab key; arrow keys go from node to node.
 *
 * @param asked  called with the position of what is pointed at, or focused; undefined when nothing is
 * @param pinned called with the position of what was clicked
 */
export function listenToNodes(
  svg: SVGSVGElement,
  asked: (position?: number) => void,
  pinned: (position: number) => void,
): void {
  const placeOf = (event: Event) => {
    const element = (event.target as Element).closest?.("[data-position]");
    return element ? positionOf(element) : undefined;
  };
  svg.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") asked(placeOf(event));
  });
  svg.addEventListener("pointerleave", () => asked());
  svg.addEventListener("focusin", (event) => asked(placeOf(event)));
  svg.addEventListener("focusout", () => asked());
  svg.addEventListener("click", (event) => {
    const position = placeOf(event);
    if (position !== undefined) pinned(position);
  });
  const nodes = Array.from(svg.querySelectorAll<SVGElement>(".node"));
  nodes.forEach((node, index) => {
    node.setAttribute("tabindex", index === 0 ? "0" : "-1");
    node.setAttribute("role", "button");
    node.setAttribute("aria-label", node.querySelector("title")?.textContent ?? "");
    node.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        pinned(positionOf(node));
        return;
      }
      const step = STEPS[event.key];
      if (step === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      node.setAttribute("tabindex", "-1");
      const next = nodes[(index + step + nodes.length) % nodes.length];
      next.setAttribute("tabindex", "0");
      next.focus({ preventScroll: true });
    });
  });
}

/**
 * Prepares a drawn network to show values.
 *
 * @returns a function that takes the value of a node by its position: the node's halo shows sign and size, and so do
 *          the lines that leave it, times the sign of what multiplies them
 */
export function prepareActivations(
  svg: SVGSVGElement,
  options: { readonly lines: boolean },
): (value: (position: number) => number) => void {
  const halos = Array.from(svg.querySelectorAll(".node"), (node) => ({
    element: node.querySelector(".halo") as SVGElement,
    position: positionOf(node),
    shown: "",
  }));
  const pixels = Array.from(svg.querySelectorAll<SVGElement>(".pixel"), (element) => ({
    element,
    position: positionOf(element),
    shown: "",
  }));
  const paths = options.lines ? Array.from(svg.querySelectorAll<SVGElement>(".connection")) : [];
  const lines = paths.map((element) => ({
    element,
    position: Number(element.getAttribute("data-source")),
    shown: "",
  }));
  /** What has not changed is left as it is, since each change is drawn anew. */
  const paint = (
    drawn: (typeof halos)[number],
    kind: "fill" | "stroke",
    value: number,
    least: number,
    most: number,
  ) => {
    const size = Math.abs(value) / (1 + Math.abs(value));
    const opacity = (least + size * (most - least)).toFixed(2);
    const shown = `${value < 0} ${opacity}`;
    if (shown === drawn.shown) return;
    drawn.shown = shown;
    drawn.element.style.setProperty(kind, colour(value < 0 ? "negative" : "positive"));
    drawn.element.style.setProperty(`${kind}-opacity`, opacity);
  };
  return (value) => {
    for (const halo of halos) paint(halo, "fill", value(halo.position), 0, 0.85);
    for (const pixel of pixels) {
      const opacity = Math.max(0.04, Math.min(1, value(pixel.position))).toFixed(2);
      if (opacity === pixel.shown) continue;
      pixel.shown = opacity;
      pixel.element.style.setProperty("fill", colour("ink"));
      pixel.element.style.setProperty("fill-opacity", opacity);
    }
    for (const line of lines) paint(line, "stroke", value(line.position), 0.2, 1);
  };
}

function positionOf(element: Element): number {
  return Number(element.getAttribute("data-position"));
}
