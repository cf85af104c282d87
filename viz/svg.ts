/** Making SVG elements with any document; numbers are rounded so that pictures are the same everywhere. */
import { FONT } from "./theme.ts";

const NAMESPACE = "http://www.w3.org/2000/svg";

/** Attributes by name; undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** A number rounded to 3 decimals. */
export function round(value: number): number {
  const rounded = Math.round(value * 1000) / 1000;
  return rounded === 0 ? 0 : rounded;
}

/** Appends an element to `parent` and returns it. */
export function append(parent: Element, name: string, attributes: Attributes = {}, text?: string): SVGElement {
  const element = create(parent.ownerDocument, name, attributes);
  if (text !== undefined) element.textContent = text;
  parent.appendChild(element);
  return element;
}

/** The root of a drawing: scales with its container, and says in words what it shows. */
export function createDrawing(document: Document, width: number, height: number, kind: string, label: string) {
  const svg = create(document, "svg", {
    xmlns: NAMESPACE,
    class: `drawing ${kind}`,
    viewBox: `0 0 ${round(width)} ${round(height)}`,
    width: round(width),
    height: round(height),
    role: "img",
    "aria-label": label,
    "font-family": FONT,
    "font-size": 12,
  });
  return svg as SVGSVGElement;
}

/** An SVG path of straight lines through the points; gaps where a value is not finite. */
export function linePath(points: readonly (readonly [number, number])[]): string {
  let path = "";
  let pen = false;
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      pen = false;
      continue;
    }
    path += `${pen ? "L" : "M"}${round(x)},${round(y)}`;
    pen = true;
  }
  return path;
}

/** A text cut so that it has no more letters than fit. */
export function shorten(text: string, letters: number): string {
  return text.length > letters ? `${text.slice(0, Math.max(1, Math.floor(letters) - 1))}…` : text;
}

/** Sets attributes, rounding numbers. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined) continue;
    element.setAttribute(name, typeof value === "number" ? String(round(value)) : value);
  }
}

function create(document: Document, name: string, attributes: Attributes): SVGElement {
  const element = document.createElementNS(NAMESPACE, name) as SVGElement;
  setAttributes(element, attributes);
  return element;
}
