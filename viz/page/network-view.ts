/** The network on the page: drawn to the width there is, with what the pointer asks for and an output to pick. */
import { connectionCount, type Genome } from "../../src/index.ts";
import { drawNetwork, type NetworkOptions } from "../network.ts";
import { listenForDependencies, prepareActivations } from "../network-live.ts";
import { colour } from "../theme.ts";
import { html, onWidth } from "./html.ts";

/** Connections up to which lines show the values that run along them. */
const LIVE_LINES = 300;

/** A network on the page. */
export interface NetworkView {
  readonly element: HTMLElement;
  /** Shows another genome. */
  show(genome: Genome): void;
  /** Shows values of nodes, by position. */
  paint(value: (position: number) => number): void;
  /** Says below the picture what it shows. */
  say(text: string): void;
}

export function createNetworkView(options: NetworkOptions, title?: string): NetworkView {
  const picture = html("div", { class: "picture" });
  const told = html("p", { class: "told", "aria-live": "polite" });
  const shown = html("p", { class: "shown", hidden: true });
  const signs = html(
    "span",
    { class: "signs", hidden: true },
    sign("positive"),
    "positive value",
    sign("negative"),
    "negative",
  );
  const outputs = options.outputNames ?? [];
  let genome: Genome | undefined;
  let width = 0;
  let output: number | undefined;
  let painted: ((value: (position: number) => number) => void) | undefined;
  let values: ((position: number) => number) | undefined;

  const idle = () =>
    genome === undefined
      ? ""
      : `${connectionCount(genome)} connections. Point at a node, or go there with Tab and arrow keys, to see what it depends on.`;
  const redraw = () => {
    if (genome === undefined || width === 0) return;
    const svg = drawNetwork(document, genome, { ...options, width, output });
    listenForDependencies(svg, (text) => {
      told.textContent = text ?? idle();
    });
    painted = prepareActivations(svg, { lines: connectionCount(genome) <= LIVE_LINES });
    if (values) painted(values);
    picture.replaceChildren(svg);
    told.textContent = idle();
  };
  onWidth(picture, (now) => {
    width = now;
    redraw();
  });

  const buttons = [undefined, ...outputs.keys()].map((choice) =>
    html(
      "button",
      {
        "aria-pressed": String(choice === undefined),
        onclick: () => {
          output = choice;
          for (const [index, button] of buttons.entries()) {
            button.setAttribute("aria-pressed", String((index === 0 ? undefined : index - 1) === choice));
          }
          redraw();
        },
      },
      choice === undefined ? "all outputs" : outputs[choice],
    ),
  );
  const picker =
    outputs.length > 1
      ? html("div", { class: "buttons picker", role: "group", "aria-label": "What feeds one output" }, ...buttons)
      : undefined;
  return {
    element: html(
      "div",
      { class: "card network-view" },
      title ? html("h3", {}, title) : undefined,
      picker,
      picture,
      shown,
      told,
      signs,
    ),
    show(next) {
      genome = next;
      values = undefined;
      redraw();
    },
    paint(value) {
      signs.hidden = false;
      values = value;
      painted?.(value);
    },
    say(text) {
      shown.hidden = false;
      shown.textContent = text;
    },
  };
}

/** A ring in the colour of values of a sign. */
function sign(name: "positive" | "negative"): HTMLElement {
  return html("i", { style: `border-color:${colour(name)}` });
}
