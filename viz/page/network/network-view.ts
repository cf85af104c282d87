/** The network on the page: a window on its drawing, with what the pointer asks for, a node that is pinned, and a search. */
import { connectionCount, type Genome } from "../../../src/index.ts";
import { drawNetwork, type NetworkOptions } from "../../network.ts";
import { drawnEdges, listenToNodes, type Marks, prepareActivations, prepareMarks } from "../../network-live.ts";
import { type Ways, waysOf } from "../../network-ways.ts";
import { colour } from "../../theme.ts";
import { html, onWidth, showCount } from "../html.ts";
import { type CutEffect, createInspector, type Graph } from "./inspector.ts";
import { createViewport, placeOf } from "./viewport.ts";

/** Connections up to which lines show the values that run along them. */
const LIVE_LINES = 300;
/** Milliseconds between two tellings of the value of a pinned node. */
const TELLING = 100;

/** How to show a network on the page. */
export interface NetworkViewOptions extends NetworkOptions {
  /** CSS pixels of its window, at most. */
  readonly tallest?: number;
  /** Measures what the network comes to without a node, or says why that cannot be; nothing is said without. */
  readonly effect?: ((position: number) => CutEffect) | string;
}

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

export function createNetworkView({ tallest, effect, ...options }: NetworkViewOptions): NetworkView {
  const viewport = createViewport("Network");
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
  const find = html("input", {
    type: "search",
    class: "find",
    placeholder: "find a node",
    "aria-label": "Find a node by name, activation or number",
    oninput: () => look(),
  });
  const outputs = options.outputNames ?? [];
  let genome: Genome | undefined;
  let width = 0;
  let output: number | undefined;
  let painted: ((value: (position: number) => number) => void) | undefined;
  let values: ((position: number) => number) | undefined;
  let drawn:
    | { readonly svg: SVGSVGElement; readonly marks: Marks; readonly ways: Ways; readonly graph: Graph }
    | undefined;
  let pinned: number | undefined;
  let toldAt = 0;

  const idle = () =>
    genome === undefined
      ? ""
      : `${connectionCount(genome).toLocaleString("en")} connections. Point at a node, or go there with Tab and arrow keys, ` +
        "to see what it depends on; click it, or press Enter, to pin it.";
  const ask = (position?: number) => {
    if (drawn === undefined) return;
    const { marks, ways, svg } = drawn;
    const asked = position ?? pinned;
    if (asked === undefined) {
      marks.light();
      told.textContent = idle();
      return;
    }
    const before = ways.upstream(asked);
    marks.light(before, asked === pinned ? ways.downstream(asked) : undefined);
    const element = svg.querySelector(`[data-position="${asked}"]`);
    const name = element?.getAttribute("data-name") ?? drawn.graph.nameOf(asked);
    const activation = element?.getAttribute("data-activation");
    const kind = element?.classList.contains("output") ? `output ${name} (${activation})` : name;
    told.textContent =
      before.genes.size === 0
        ? kind
        : `${kind}: depends on ${showCount(before.nodes.size - 1, "node")} through ${showCount(before.genes.size, "connection")}`;
  };
  const pin = (position?: number) => {
    if (drawn === undefined) return;
    pinned = position === pinned ? undefined : position;
    drawn.marks.pin(pinned);
    inspector.show(drawn.graph, pinned);
    if (pinned !== undefined && values) inspector.tell(values(pinned));
    ask();
  };
  const goTo = (position?: number) => {
    pin(position);
    const element = drawn?.svg.querySelector(`[data-position="${position}"]`);
    if (element) viewport.centre(...placeOf(element));
  };
  const showWays = (to?: number) => {
    if (to === undefined || pinned === undefined) ask();
    else drawn?.marks.light(drawn.ways.between(pinned, to));
  };
  const inspector = createInspector(goTo, showWays, effect);
  /** The nodes that a search finds. */
  const found = () => {
    const wanted = find.value.trim().toLowerCase();
    if (drawn === undefined || wanted === "") return [];
    const { graph } = drawn;
    return [...graph.nodes.keys()].filter((position) => graph.nameOf(position).toLowerCase().includes(wanted));
  };
  const look = () => {
    const positions = found();
    drawn?.marks.find(new Set(positions));
    told.textContent =
      find.value.trim() === ""
        ? idle()
        : `${positions.length} found${positions.length > 0 ? "; Enter goes to the first" : ""}.`;
  };
  find.addEventListener("keydown", (event) => {
    const [first] = found();
    if (event.key === "Enter" && first !== undefined && first !== pinned) goTo(first);
  });
  const redraw = () => {
    if (genome === undefined || width === 0) return;
    const count = connectionCount(genome);
    const svg = drawNetwork(document, genome, { ...options, width, output, columns: true });
    // Its nodes can be pressed, so it is not one picture.
    svg.setAttribute("role", "group");
    svg.classList.toggle("large", count > LIVE_LINES);
    const ways = waysOf(drawnEdges(svg));
    drawn = { svg, ways, marks: prepareMarks(svg), graph: graphOf(genome, svg, ways, options) };
    listenToNodes(svg, ask, pin);
    painted = prepareActivations(svg, { lines: count <= LIVE_LINES });
    if (values) painted(values);
    viewport.show(svg, width, tallest);
    if (pinned !== undefined && !drawn.graph.nodes.has(pinned) && ways.outOf(pinned).length === 0) pinned = undefined;
    drawn.marks.pin(pinned);
    inspector.show(drawn.graph, pinned);
    ask();
    look();
  };
  onWidth(viewport.element, (now) => {
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
  viewport.element.querySelector(".zoom-tools")?.prepend(find);
  return {
    element: html(
      "div",
      { class: "card network-view" },
      picker,
      viewport.element,
      shown,
      told,
      signs,
      inspector.element,
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
      const now = performance.now();
      if (pinned === undefined || now - toldAt < TELLING) return;
      toldAt = now;
      inspector.tell(value(pinned));
    },
    say(text) {
      shown.hidden = false;
      shown.textContent = text;
    },
  };
}

/** What the inspector asks of a drawn genome. */
function graphOf(genome: Genome, svg: SVGSVGElement, ways: Ways, { image }: NetworkOptions): Graph {
  const nodes = new Map<number, { kind: "input" | "hidden" | "output"; activation: string; name: string }>();
  for (const node of svg.querySelectorAll(".node")) {
    const kind = (["output", "input"] as const).find((name) => node.classList.contains(name)) ?? "hidden";
    nodes.set(Number(node.getAttribute("data-position")), {
      kind,
      activation: node.getAttribute("data-activation") ?? "",
      name: node.getAttribute("data-name") ?? "",
    });
  }
  const { weights } = genome;
  return {
    ways,
    nodes,
    outputs: [...nodes].flatMap(([position, { kind }]) => (kind === "output" ? [position] : [])),
    nameOf(position) {
      const node = nodes.get(position);
      if (node?.kind === "hidden") return `${node.activation} ${genome.ids[position]}`;
      if (node !== undefined) return node.name;
      if (image === undefined) return `input ${position}`;
      return `pixel ${(position - 1) % image.width}, ${Math.floor((position - 1) / image.width)}`;
    },
    ...(weights && { weightOf: (gene) => weights[gene] }),
  };
}

/** A ring in the colour of values of a sign. */
function sign(name: "positive" | "negative"): HTMLElement {
  return html("i", { style: `border-color:${colour(name)}` });
}
