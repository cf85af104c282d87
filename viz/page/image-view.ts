/** Images on the page: draw one and see what the network says at each weight, or browse test images. */
import { createSketcher, type Dataset, type Kernel, type Sketcher, STANDARD_WEIGHTS } from "../../src/index.ts";
import { type Answer, createClassifier } from "../classifier.ts";
import { drawGrid } from "../grid.ts";
import type { OpeningWeight } from "../opening-weight.ts";
import type { Player } from "../player.ts";
import { html, onWidth, show, showWeight } from "./html.ts";
import { putImage } from "./images.ts";
import type { CutEffect } from "./network/inspector.ts";
import { createTestView } from "./test-view.ts";

/** Side of the drawing board, CSS pixels. */
const BOARD = 224;
/** Width of the pen on it, CSS pixels. */
const PEN = 14;

/** Stands where there is no answer yet. */
const NOTHING = "–";

/** A point of a stroke, CSS pixels from the board's upper left corner. */
type Point = readonly [x: number, y: number];

/** What is known of a task whose inputs are pixels. */
export interface ImageTask {
  readonly image: { readonly width: number; readonly height: number };
  readonly classNames: readonly string[];
  /** Makes inputs of a drawing; without it as MNIST was made, in the image's size. */
  readonly sketch?: Sketcher;
  /** Makes the data set with its test part, where a page can. */
  readonly testSet?: () => Dataset | Promise<Dataset>;
}

/** Images on the page, in parts that the page arranges. */
export interface ImageView {
  /** The board to draw on. */
  readonly pad: HTMLElement;
  /** What the network says. */
  readonly answer: HTMLElement;
  /** Test images, where the page can make them. */
  readonly tested?: HTMLElement;
  /** Shows another champion; the graph is that of its opening weight. */
  show(player: Player, opening: OpeningWeight): void;
  /** What the network comes to without a node. @throws Error if the page has no test images of the task */
  effect(position: number): CutEffect;
}

/**
 * @param paint called with the values of the network's nodes for the image looked at, at the opening weight
 * @param say   called with words for the image and the weight
 */
export function createImageView(
  kernel: Kernel,
  task: ImageTask,
  paint: (value: (position: number) => number) => void,
  say: (text: string) => void,
): ImageView {
  const { image: size, classNames, sketch = createSketcher(size), testSet } = task;
  const { width: columns, height: rows } = size;
  const board = html("canvas", {
    id: "board",
    width: BOARD,
    height: BOARD,
    tabindex: 0,
    "aria-label": "Drawing board: draw with mouse or finger",
  });
  const seen = html("canvas", { width: columns, height: rows, class: "seen", "aria-label": "What the network sees" });
  const picture = html("div", { class: "picture" });
  const vote = html("b", { id: "vote" }, NOTHING);
  const single = html("b", { id: "single" }, NOTHING);
  const singleName = html("span", {});
  let classifier: ReturnType<typeof createClassifier> | undefined;
  let strokes: Point[][] = [];
  let opening: OpeningWeight | undefined;
  let looked: { pixels: Float32Array; name: string } | undefined;
  let table: Answer | undefined;
  let width = 0;

  const redraw = () => {
    if (width === 0) return;
    const count = classNames.length;
    const values = table ? [...table.chances, ...table.votes] : [];
    picture.replaceChildren(
      drawGrid(
        document,
        {
          rowName: "shared weight",
          columnName: "chance of each class, %",
          rows: [...STANDARD_WEIGHTS.map((weight) => show(weight, 1)), "vote"],
          columns: classNames,
          values: values.length > 0 ? values : new Float64Array((STANDARD_WEIGHTS.length + 1) * count).fill(Number.NaN),
          isMarked: (row, column) => column === (row < STANDARD_WEIGHTS.length ? table?.classes[row] : table?.vote),
        },
        { width },
      ),
    );
  };
  const look = (image?: { pixels: Float32Array; name: string }) => {
    const painted = looked !== undefined;
    looked = image;
    putImage(seen, image?.pixels ?? new Float32Array(columns * rows));
    if (classifier === undefined || opening === undefined) return;
    const weight = `shared weight ${showWeight(opening.weight)}`;
    singleName.textContent = `at ${weight}`;
    table = image && classifier.classify(image.pixels);
    vote.textContent = table ? classNames[table.vote] : NOTHING;
    single.textContent = image ? classNames[classifier.classAt(image.pixels, opening.weight)] : NOTHING;
    if (image) {
      paint(classifier.activate(image.pixels, opening.weight));
      say(`Shown: ${image.name} at ${weight}, ${opening.reason}.`);
    } else {
      if (painted) paint(() => 0);
      say(`Draw on the pad: the graph shows its values at ${weight}, ${opening.reason}.`);
    }
    redraw();
  };
  const sketched = () => {
    putStrokes(board, strokes);
    const paths = strokes.map((stroke) => stroke.flat());
    const pixels = sketch(paths, PEN);
    look(strokes.length > 0 ? { pixels, name: "your drawing" } : undefined);
  };
  const clear = () => {
    strokes = [];
    sketched();
  };
  const at = (event: PointerEvent): Point => {
    const box = board.getBoundingClientRect();
    return [((event.clientX - box.left) * BOARD) / box.width, ((event.clientY - box.top) * BOARD) / box.height];
  };
  let drawing = false;
  board.addEventListener("pointerdown", (event) => {
    drawing = true;
    board.setPointerCapture(event.pointerId);
    strokes.push([at(event)]);
    sketched();
  });
  board.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    strokes[strokes.length - 1].push(at(event));
    sketched();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    board.addEventListener(end, () => {
      drawing = false;
    });
  }
  onWidth(picture, (now) => {
    width = now;
    redraw();
  });

  const tested = testSet && createTestView(kernel, size, testSet, look);

  putStrokes(board, strokes);
  return {
    pad: html(
      "div",
      { class: "card pad" },
      html("h2", {}, "Draw"),
      board,
      html(
        "div",
        { class: "buttons" },
        html("figure", {}, seen, html("figcaption", {}, "what the network sees")),
        html("button", { id: "clear", onclick: clear }, "Clear"),
      ),
    ),
    answer: html(
      "div",
      { class: "card answer" },
      html("h2", {}, "What each weight says"),
      html(
        "div",
        { class: "readings" },
        html("div", { class: "reading" }, vote, html("span", {}, "vote of the six weights")),
        html("div", { class: "reading" }, single, singleName),
      ),
      picture,
    ),
    tested: tested?.element,
    show(player, nextOpening) {
      classifier = createClassifier(player);
      opening = nextOpening;
      look(looked);
      tested?.show(player, nextOpening.weight);
    },
    effect(position) {
      if (tested === undefined) throw new Error("the page has no test images of this task.");
      return tested.effect(position);
    },
  };
}

function putStrokes(canvas: HTMLCanvasElement, strokes: readonly (readonly Point[])[]): void {
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, BOARD, BOARD);
  context.strokeStyle = "#1d1f24";
  context.lineWidth = PEN;
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const stroke of strokes) {
    context.beginPath();
    context.moveTo(...stroke[0]);
    for (const point of stroke) context.lineTo(...point);
    context.stroke();
  }
}

/** Style of this part of the page. */
export const IMAGE_CSS = `
.images{display:grid;grid-template-columns:minmax(0,1fr);gap:18px;margin-top:22px}
@media(min-width:700px){.images{grid-template-columns:auto minmax(0,1fr)}.images #network{grid-column:1/-1}}
@media(min-width:1100px){.images{grid-template-columns:auto minmax(0,345px) minmax(0,1fr)}.images #network{grid-column:auto}
.images .picker{gap:5px;margin-top:0}.images .picker button{padding:.1em .5em;font-size:.86rem}}
.answer .readings{gap:6px 14px}
#board{display:block;background:#fff;border-radius:8px;border:1px solid var(--ink-faint);touch-action:none;cursor:crosshair;max-width:100%}
.pad .buttons{align-items:start;justify-content:space-between}
.pad figure{margin:0}.pad figcaption{font-size:.8rem;color:var(--ink-soft);margin-top:4px}
.seen{display:block;width:96px;height:96px;image-rendering:pixelated;border:1px solid var(--ink-faint);border-radius:4px;background:#fff}`;
