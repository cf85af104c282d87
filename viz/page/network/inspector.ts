/** What is known of a node that is pinned: what it computes, its value, what it is worth, and the ways from and to it. */
import type { DrawnNode } from "../../network-graph.ts";
import type { Ways } from "../../network-ways.ts";
import { html, show, showCount } from "../html.ts";
import { reasonOf } from "../texts.ts";

/** Sources of a formula that are written out, and neighbours that are listed, at most. */
const WRITTEN = 6;
const LISTED = 24;
const UNMEASURED = "What it is worth cannot be measured here";

/** What a network comes to without a node, beside what it comes to with it. */
export interface CutEffect {
  /** What the figures are: "score over 8 episodes". */
  readonly name: string;
  readonly whole: number;
  readonly cut: number;
  readonly decimals: number;
}

/** What the inspector asks of the graph. */
export interface Graph {
  readonly ways: Ways;
  /** Names of nodes and pixels by position. */
  nameOf(position: number): string;
  readonly nodes: ReadonlyMap<number, Pick<DrawnNode, "kind" | "activation">>;
  /** Outputs, by position. */
  readonly outputs: readonly number[];
  /** Weight of a gene, where each has its own. */
  weightOf?(gene: number): number | undefined;
}

/** The panel of a node. */
export interface Inspector {
  readonly element: HTMLElement;
  /** Shows a node; nothing without. */
  show(graph?: Graph, position?: number): void;
  /** Says its value now. */
  tell(value: number): void;
}

/**
 * @param pin    called with the node that a name leads to; undefined: none
 * @param path   called with the output that the ways to are asked for; undefined: none
 * @param effect measures what the network comes to without a node, or says why that cannot be; undefined: nothing is said
 */
export function createInspector(
  pin: (position?: number) => void,
  path: (output?: number) => void,
  effect?: ((position: number) => CutEffect) | string,
): Inspector {
  const value = html("b", { class: "node-value" });
  const element = html("div", { class: "inspector", hidden: true, role: "region", "aria-label": "The pinned node" });
  return {
    element,
    show(graph, position) {
      element.hidden = graph === undefined || position === undefined;
      if (graph === undefined || position === undefined) return;
      value.textContent = "–";
      element.replaceChildren(...panelOf(graph, position));
    },
    tell(now) {
      value.textContent = show(now, 3);
    },
  };

  function panelOf(graph: Graph, position: number): HTMLElement[] {
    const { ways, nodes, outputs } = graph;
    const node = nodes.get(position);
    const [before, after] = [ways.upstream(position), ways.downstream(position)];
    const others = outputs.filter((output) => output !== position && after.nodes.has(output));
    return [
      html(
        "div",
        { class: "inspector-head" },
        html("b", { class: "node-name" }, titleOf(graph, position)),
        html("button", { class: "link", id: "unpin", onclick: () => pin() }, "let go"),
      ),
      html("p", { class: "formula" }, formulaOf(graph, position)),
      html("p", {}, "value now ", value),
      html(
        "p",
        { class: "soft" },
        `It depends on ${showCount(before.nodes.size - 1, "node")} through ${showCount(before.genes.size, "connection")}; ` +
          `${showCount(after.nodes.size - 1, "node")} ${after.nodes.size === 2 ? "depends" : "depend"} on it.`,
      ),
      ...(node?.kind === "output" ? [] : [effectOf(position)]),
      ...(others.length > 0 ? [pathsTo(graph, position, others)] : []),
      neighbours(
        "from",
        graph,
        ways.into(position).map(({ source }) => source),
      ),
      neighbours(
        "to",
        graph,
        ways.outOf(position).map(({ target }) => target),
      ),
    ];
  }

  function effectOf(position: number): HTMLElement {
    const told = html("p", { class: "effect", "aria-live": "polite" });
    if (typeof effect !== "function") {
      told.textContent = effect === undefined ? "" : `${UNMEASURED}: ${effect}`;
      return told;
    }
    const measure = () => {
      try {
        const { name, whole, cut, decimals } = effect(position);
        const change = cut - whole;
        told.textContent =
          `Cut: ${name} ${show(cut, decimals)} in place of ${show(whole, decimals)} ` +
          `(${change > 0 ? "+" : ""}${show(change, decimals)}).`;
      } catch (error) {
        told.textContent = `${UNMEASURED}: ${reasonOf(error)}`;
      }
    };
    told.append(html("button", { id: "cut", onclick: measure }, "Cut it: what is it worth?"));
    return told;
  }

  function pathsTo({ nameOf, ways }: Graph, position: number, outputs: readonly number[]): HTMLElement {
    const told = html("span", { class: "soft", "aria-live": "polite" });
    const choice = html(
      "select",
      {
        id: "path-to",
        onchange: () => {
          const output = choice.value === "" ? undefined : Number(choice.value);
          path(output);
          told.textContent = "";
          if (output === undefined) return;
          const way = ways.shortest(position, output).map(nameOf);
          const part = ways.between(position, output);
          told.textContent = ` ${showCount(part?.genes.size ?? 0, "connection")} on all ways; the shortest: ${way.join(" → ")}`;
        },
      },
      html("option", { value: "" }, "–"),
      ...outputs.map((output) => html("option", { value: output }, nameOf(output))),
    );
    return html("p", {}, html("label", { for: "path-to" }, "ways to "), choice, told);
  }

  function neighbours(word: string, { nameOf }: Graph, positions: readonly number[]): HTMLElement {
    const rest = positions.length - LISTED;
    return html(
      "p",
      { class: "neighbours", hidden: positions.length === 0 },
      html("span", { class: "soft" }, `${word} `),
      ...positions
        .slice(0, LISTED)
        .map((position) => html("button", { class: "link", onclick: () => pin(position) }, nameOf(position))),
      rest > 0 ? html("span", { class: "soft" }, `and ${rest} more`) : undefined,
    );
  }
}

function titleOf({ nodes, nameOf }: Graph, position: number): string {
  const node = nodes.get(position);
  return node === undefined || node.kind !== "output" ? nameOf(position) : `output ${nameOf(position)}`;
}

/** What a node computes: "tanh(w · (angle + bias + relu 12))", or with the weight of each where each has its own. */
export function formulaOf({ ways, nodes, nameOf, weightOf }: Graph, position: number): string {
  const node = nodes.get(position);
  const sources = ways.into(position);
  if (node === undefined || node.kind === "input") return "an input, given as it is";
  if (sources.length === 0) return `${node.activation}(0): nothing leads here`;
  const terms = sources.slice(0, WRITTEN).map(({ source, gene }) => {
    const weight = weightOf?.(gene);
    return weight === undefined ? nameOf(source) : `${show(weight, 2)} · ${nameOf(source)}`;
  });
  if (sources.length > WRITTEN) terms.push(`${sources.length - WRITTEN} more`);
  const sum = terms.join(" + ").replaceAll("+ −", "− ");
  return `${node.activation}(${weightOf === undefined ? `w · (${sum})` : sum})`;
}

/** Style of this part of the page. */
export const INSPECTOR_CSS = `
.inspector{border-top:1px solid var(--rule);margin-top:10px;padding-top:8px;font-size:.9rem}
.inspector p{margin:.25em 0;max-width:none}.inspector-head{display:flex;gap:12px;align-items:baseline;justify-content:space-between}
.inspector .formula{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.86rem;overflow-wrap:anywhere}
.neighbours button{margin-right:.7em}.inspector select{padding:.1em .4em}`;
