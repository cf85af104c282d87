/** Digits on the page: draw one and see what the network says at each weight, or browse test images. */
import { type Kernel, STANDARD_WEIGHTS } from "../../src/index.ts";
import { createClassifier } from "../classifier.ts";
import { drawGrid } from "../grid.ts";
import type { Player } from "../player.ts";
import { type Point, sketchPixels } from "../sketch.ts";
import { html, onWidth, show } from "./html.ts";
import { putImage } from "./images.ts";
import { createTestView } from "./test-view.ts";

/** Side of the drawing board, CSS pixels. */
const BOARD = 224;
/** Width of the pen on it, CSS pixels. */
const PEN = 14;

/** What the task's images are like. */
export interface ImageTask {
  readonly name: string;
  readonly image: { readonly width: number; readonly height: number };
  readonly classNames: readonly string[];
}

/** The digits on the page. */
export interface DigitsView {
  readonly element: HTMLElement;
  show(player: Player): void;
}

/** @param paint called with the values of the network's nodes for the image looked at, at weight 1 */
export function createDigitsView(
  kernel: Kernel,
  task: ImageTask,
  paint: (value: (position: number) => number) => void,
): DigitsView {
  const { width: columns, height: rows } = task.image;
  const board = html("canvas", {
    id: "board",
    width: BOARD,
    height: BOARD,
    tabindex: 0,
    "aria-label": "Drawing board: draw a digit with mouse or finger",
  });
  const seen = html("canvas", { width: columns, height: rows, class: "seen", "aria-label": "What the network sees" });
  const picture = html("div", { class: "picture" });
  const vote = html("b", { id: "vote" }, "–");
  let classifier: ReturnType<typeof createClassifier> | undefined;
  let strokes: Point[][] = [];
  let pixels: Float32Array = new Float32Array(columns * rows);
  let table: { chances: Float64Array; classes: Uint8Array; votes: Float64Array; vote: number } | undefined;
  let width = 0;

  const redraw = () => {
    if (width === 0) return;
    const size = task.classNames.length;
    const values = table ? [...table.chances, ...table.votes] : [];
    picture.replaceChildren(
      drawGrid(
        document,
        {
          rowName: "shared weight",
          columnName: "chance of each class, %",
          rows: [...STANDARD_WEIGHTS.map((weight) => show(weight, 1)), "vote"],
          columns: task.classNames,
          values: values.length > 0 ? values : new Float64Array((STANDARD_WEIGHTS.length + 1) * size).fill(Number.NaN),
          marked: table ? [...table.classes, table.vote] : undefined,
        },
        { width },
      ),
    );
  };
  const look = (image: Float32Array) => {
    pixels = image;
    putImage(seen, pixels);
    if (classifier === undefined) return;
    table = classifier.classify(pixels);
    vote.textContent = task.classNames[table.vote];
    paint(classifier.activate(pixels, 1));
    redraw();
  };
  const sketched = () => {
    putStrokes(board, strokes);
    if (strokes.length > 0) look(sketchPixels(strokes, { task: task.name, ...task.image, pen: PEN }));
  };
  const clear = () => {
    strokes = [];
    table = undefined;
    vote.textContent = "–";
    putImage(seen, new Float32Array(columns * rows));
    sketched();
    redraw();
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

  const tested = task.name === "digits" ? createTestView(kernel, look) : undefined;

  return {
    element: html(
      "div",
      { class: "digits" },
      html(
        "div",
        { class: "card board" },
        html("h3", {}, "Draw a digit"),
        html("div", { class: "buttons" }, board, seen),
        html(
          "div",
          { class: "readings" },
          html("div", { class: "reading" }, vote, html("span", {}, "vote of the six weights")),
        ),
        html("div", { class: "buttons" }, html("button", { id: "clear", onclick: clear }, "Clear")),
      ),
      html("div", { class: "card" }, html("h3", {}, "What each weight says"), picture),
      tested?.element,
    ),
    show(player) {
      classifier = createClassifier(player);
      if (strokes.length > 0) sketched();
      tested?.show(player);
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
export const DIGITS_CSS = `
.digits{display:grid;grid-template-columns:minmax(0,1fr);gap:18px;margin-top:18px}
@media(min-width:900px){.digits{grid-template-columns:auto minmax(0,1fr)}.digits .card:nth-child(3){grid-column:1/-1}}
#board{background:#fff;border-radius:8px;border:1px solid var(--ink-faint);touch-action:none;cursor:crosshair;max-width:100%}
.seen{width:96px;height:96px;image-rendering:pixelated;border:1px solid var(--ink-faint);border-radius:4px;background:#fff}`;
