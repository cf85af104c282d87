/** What a drawn network can do on a page: light up what a node depends on, and show values while it runs. */
import { colour } from "./theme.ts";

/** A drawn connection by its ends, as positions in the genome. */
interface Line {
  readonly path: SVGElement;
  readonly source: number;
  readonly target: number;
}

/** What arrow keys add to the number of the node asked about. */
const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The style that the classes below need; part of the page's style sheet and of drawings that are used alone. */
export const NETWORK_CSS = `
.network .node{cursor:default;outline:none}
.network .node:focus-visible .disc{stroke:var(--lit);stroke-width:3}
.network.asking .node:not(.lit){opacity:.22}
.network.asking .pixel:not(.lit){opacity:.3}
.network.asking .connection:not(.lit){stroke-opacity:.06!important}
.network .connection.lit{stroke:var(--lit)!important;stroke-opacity:.95!important}
.network .pixel.lit{fill:var(--lit)!important}`;

/**
 * Lets the pointer or the keyboard ask what a node depends on: those nodes, connections and pixels get the class
 * `lit`, and the drawing the class `asking`. The drawing is one stop of the Tab key; arrow keys go from node to node.
 *
 * @param told called with the names of what is asked about (undefined when nothing is)
 */
export function listenForDependencies(svg: SVGSVGElement, told: (text?: string) => void = () => {}): void {
  const lines = readLines(svg);
  const byTarget = new Map<number, Line[]>();
  for (const line of lines) byTarget.set(line.target, [...(byTarget.get(line.target) ?? []), line]);
  const marked = new Map<number, Element>();
  for (const element of svg.querySelectorAll("[data-position]")) marked.set(positionOf(element), element);

  const clear = () => {
    svg.classList.remove("asking");
    for (const element of svg.querySelectorAll(".lit")) element.classList.remove("lit");
    told();
  };
  const ask = (element: Element) => {
    clear();
    const seen = new Set([positionOf(element)]);
    let count = 0;
    for (const position of seen) {
      marked.get(position)?.classList.add("lit");
      for (const line of byTarget.get(position) ?? []) {
        line.path.classList.add("lit");
        count++;
        seen.add(line.source);
      }
    }
    svg.classList.add("asking");
    const name = element.getAttribute("data-name") ?? "";
    const activation = element.getAttribute("data-activation");
    const kind = element.classList.contains("output") ? `output ${name} (${activation})` : name;
    told(count === 0 ? kind : `${kind}: depends on ${seen.size - 1} nodes through ${count} connections`);
  };
  const nodes = Array.from(svg.querySelectorAll<SVGElement>(".node"));
  nodes.forEach((node, index) => {
    node.setAttribute("tabindex", index === 0 ? "0" : "-1");
    node.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (step === undefined) return;
      event.preventDefault();
      node.setAttribute("tabindex", "-1");
      const next = nodes[(index + step + nodes.length) % nodes.length];
      next.setAttribute("tabindex", "0");
      next.focus();
    });
    node.addEventListener("pointerenter", () => ask(node));
    node.addEventListener("pointerleave", clear);
    node.addEventListener("focus", () => ask(node));
    node.addEventListener("blur", clear);
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
    halo: node.querySelector(".halo") as SVGElement,
    position: positionOf(node),
  }));
  const pixels = Array.from(svg.querySelectorAll<SVGElement>(".pixel"), (pixel) => ({
    pixel,
    position: positionOf(pixel),
  }));
  const lines = options.lines ? readLines(svg) : [];
  const paint = (element: SVGElement, kind: "fill" | "stroke", value: number, least: number, most: number) => {
    const size = Math.abs(value) / (1 + Math.abs(value));
    element.style.setProperty(kind, colour(value < 0 ? "negative" : "positive"));
    element.style.setProperty(`${kind}-opacity`, (least + size * (most - least)).toFixed(2));
  };
  return (value) => {
    for (const { halo, position } of halos) paint(halo, "fill", value(position), 0, 0.85);
    for (const { pixel, position } of pixels) {
      pixel.style.setProperty("fill", colour("ink"));
      pixel.style.setProperty("fill-opacity", Math.max(0.04, Math.min(1, value(position))).toFixed(2));
    }
    for (const { path, source } of lines) {
      if (!path.classList.contains("lit")) paint(path, "stroke", value(source), 0.2, 1);
    }
  };
}

function readLines(svg: SVGSVGElement): Line[] {
  return Array.from(svg.querySelectorAll<SVGElement>(".connection"), (path) => ({
    path,
    source: Number(path.getAttribute("data-source")),
    target: Number(path.getAttribute("data-target")),
  }));
}

function positionOf(element: Element): number {
  return Number(element.getAttribute("data-position"));
}
