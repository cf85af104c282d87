/** Making HTML elements in a line. */

/** Attributes and listeners (`onclick`) by name; false and undefined ones are left out. */
type Properties = Record<string, string | number | boolean | undefined | ((event: Event) => void)>;

/** An element with attributes and children. */
export function html<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties = {},
  ...children: (Node | string | undefined)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Buttons of which one is pressed. */
export interface Choice {
  readonly element: HTMLElement;
  /** @param options name and text of each; one alone is not shown */
  show(options: readonly (readonly [name: string, text: string])[], chosen: string): void;
}

/** Buttons to choose from. @param choose called with the name of the one that was pressed */
export function choice(label: string, choose: (name: string) => void): Choice {
  const element = html("div", { class: "buttons", role: "group", "aria-label": label });
  return {
    element,
    show(options, chosen) {
      element.hidden = options.length < 2;
      element.replaceChildren(
        ...options.map(([name, text]) =>
          html("button", { "aria-pressed": String(name === chosen), onclick: () => choose(name) }, text),
        ),
      );
    },
  };
}

/** A number with one decimal, a real minus sign and thousands apart. */
export function show(value: number, decimals = 1): string {
  return value
    .toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
    .replace("-", "−");
}

/** Calls `redraw` with the width of `element` now and whenever it changes. */
export function onWidth(element: Element, redraw: (width: number) => void): void {
  let drawn = 0;
  const observer = new ResizeObserver(() => {
    const width = Math.floor(element.clientWidth);
    if (width === 0 || width === drawn) return;
    drawn = width;
    redraw(width);
  });
  observer.observe(element);
}

/** Pixels below what is seen where something counts as near. */
const AHEAD = "300px";

/** Calls `near` once, when `element` comes near to what is seen; returns how to stop waiting. */
export function whenNear(element: Element, near: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      near();
    },
    { rootMargin: AHEAD },
  );
  observer.observe(element);
  return () => observer.disconnect();
}

/** How many of a thing: "1 node", "2,000 nodes". */
export function showCount(count: number, thing: string): string {
  return `${show(count, 0)} ${thing}${count === 1 ? "" : "s"}`;
}

/** A score as text: log-likelihoods and rewards of a few need more decimals than hundreds do. */
export function showScore(score: number): string {
  return show(score, Math.abs(score) < 10 ? 3 : 1);
}

/** A weight as text: two decimals, or three where it has them. */
export function showWeight(weight: number): string {
  return show(weight, Math.abs(weight * 100 - Math.round(weight * 100)) > 1e-6 ? 3 : 2);
}
