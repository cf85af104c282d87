/** Score against connections on the page, with the networks that the run keeps: a click or the slider shows one. */
import { drawFront } from "../front.ts";
import { type FrontHead, generationsOf, type NetworkChoice, type RunData } from "../run-data.ts";
import { html, onWidth, showScore } from "./html.ts";

/** The front on the page. */
export interface FrontView {
  readonly element: HTMLElement;
  /** Shows the run as it is now, with the front of a generation standing out; the last without it. */
  show(run: RunData, generation?: number): void;
}

/** @param networks which of them can be had, and what to call with the one that is asked for; undefined for the champion */
export function createFrontView(networks: {
  holds(head: FrontHead): boolean;
  pick(choice?: NetworkChoice): void;
}): FrontView {
  const picture = html("div", { class: "picture" });
  const slider = html("input", { type: "range", id: "size", min: 0, max: 0, step: 1, "aria-label": "Size" });
  const said = html("output", { for: "size", class: "small" });
  const left = html("p", { class: "told", hidden: true });
  const choice = html(
    "div",
    { id: "front-choice", hidden: true },
    html("div", { class: "slider" }, html("label", { for: "size" }, "network"), slider, said),
    html(
      "p",
      { class: "told" },
      "Circles: the best network of each size. Click one, or drag, to see it at work above.",
    ),
    left,
  );
  let run: RunData | undefined;
  let generation: number | undefined;
  let width = 0;
  /** Connections of the network that is shown; undefined for the champion, which is the largest. */
  let picked: number | undefined;
  let told = false;

  const all = () => run?.front?.networks ?? [];
  const held = () => all().filter((network) => networks.holds(network));
  const shown = () => {
    const limit = picked ?? Infinity;
    return held().findLastIndex(({ connections }) => connections <= limit);
  };
  const redraw = () => {
    if (run === undefined || width === 0) return;
    const options = { width, generation, kept: held(), shown: shown() };
    picture.replaceChildren(drawFront(document, generationsOf(run), options));
  };
  const tell = () => {
    const kept = held();
    left.hidden = kept.length === all().length;
    left.textContent = `This report holds ${kept.length} of the ${all().length} networks: precocial view shows all.`;
    choice.hidden = kept.length === 0;
    slider.max = String(Math.max(0, kept.length - 1));
    const place = shown();
    slider.value = String(Math.max(0, place));
    const network = kept[place];
    if (network === undefined) return;
    const champion = place === kept.length - 1 ? ", the champion" : "";
    said.textContent = `${network.connections} connections${champion}, score ${showScore(network.score)}`;
  };
  const pick = (place: number) => {
    picked = place === held().length - 1 ? undefined : held()[place].connections;
    tell();
    redraw();
    networks.pick(picked === undefined ? undefined : { connections: picked });
  };
  slider.addEventListener("input", () => pick(Number(slider.value)));
  picture.addEventListener("click", (event) => {
    const place = (event.target as Element).closest(".kept")?.getAttribute("data-network");
    if (place) pick(Number(place));
  });
  onWidth(picture, (now) => {
    width = now;
    redraw();
  });
  return {
    element: html("div", {}, picture, choice),
    show(next, chosen) {
      if (!told) picked = next.pick;
      told = true;
      run = next;
      generation = chosen;
      tell();
      redraw();
    },
  };
}

/** Style of this part of the page. */
export const FRONT_CSS = `
.front .kept{cursor:pointer}
.front .kept:hover{fill:var(--lit)}`;
