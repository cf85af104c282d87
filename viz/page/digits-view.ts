/** Digits on the page: draw one and see what the network says at each weight, or browse test images. */
import {
  accuracyByClass,
  classify,
  digitsDataset,
  ensembleVote,
  type Kernel,
  STANDARD_WEIGHTS,
} from "../../src/index.ts";
import { createClassifier } from "../classifier.ts";
import { drawGrid } from "../grid.ts";
import type { Player } from "../player.ts";
import { type Point, sketchPixels } from "../sketch.ts";
import { html, onWidth, show } from "./html.ts";

/** Sides of the drawing board and of a browsed image, CSS pixels. */
const BOARD = 224;
const THUMB = 48;
const BROWSED = 24;

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
  const browsed = html("div", { class: "thumbs" });
  const accuracy = html("div", { class: "picture" });
  const summary = html("p", { class: "told" });
  const testCard = html(
    "div",
    { class: "card", hidden: true },
    html("h3", {}, "Accuracy on test images, %"),
    accuracy,
    summary,
    browsed,
  );
  let classifier: ReturnType<typeof createClassifier> | undefined;
  let strokes: Point[][] = [];
  let pixels: Float32Array = new Float32Array(columns * rows);
  let table: { chances: Float64Array; classes: Uint8Array; votes: Float64Array; vote: number } | undefined;
  let byClass: { values: number[]; rows: string[] } | undefined;
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
    if (byClass) {
      const data = { rowName: "shared weight", columnName: "class", columns: task.classNames, ...byClass };
      accuracy.replaceChildren(drawGrid(document, data, { width: Math.max(width, accuracy.clientWidth) }));
    }
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
    if (strokes.length > 0) look(sketchPixels(strokes, { ...task.image, deskew: task.name === "mnist" }));
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

  /** The embedded data set is made here; others are too large to carry. */
  const showTest = (player: Player) => {
    if (task.name !== "digits") return;
    const { test, classes } = digitsDataset({ train: 0, validation: 0, test: 2000 });
    const weights = { kind: "shared", values: Float32Array.from(STANDARD_WEIGHTS) } as const;
    const predictions = classify(kernel, player.network.program, weights, test);
    const votes = ensembleVote(predictions, STANDARD_WEIGHTS.length, classes.length);
    const each = STANDARD_WEIGHTS.map((_, weight) =>
      predictions.subarray(weight * test.count, (weight + 1) * test.count),
    );
    byClass = {
      rows: [...STANDARD_WEIGHTS.map((weight) => show(weight, 1)), "vote"],
      values: [...each, votes].flatMap((predicted) => [...accuracyByClass(predicted, test.labels, classes.length)]),
    };
    const wrong = Array.from(test.labels.keys()).filter((index) => votes[index] !== test.labels[index]);
    summary.textContent =
      `${test.count} images of the embedded digits; the vote is right on ${show(100 - (100 * wrong.length) / test.count)} %. ` +
      "Below, the first it gets wrong: choose one to see why.";
    browsed.replaceChildren(
      ...wrong.slice(0, BROWSED).map((index) => {
        const image = test.features.subarray(index * columns * rows, (index + 1) * columns * rows);
        const canvas = html("canvas", { width: columns, height: rows });
        putImage(canvas, image);
        const right = classes[test.labels[index]];
        const name = `${right}, taken for ${classes[votes[index]]}`;
        return html(
          "button",
          { class: "thumb", title: name, "aria-label": name, onclick: () => look(image) },
          canvas,
          name,
        );
      }),
    );
    testCard.hidden = false;
    redraw();
  };

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
      testCard,
    ),
    show(player) {
      classifier = createClassifier(player);
      if (strokes.length > 0) sketched();
      showTest(player);
    },
  };
}

function putImage(canvas: HTMLCanvasElement, pixels: Float32Array): void {
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const data = context.createImageData(canvas.width, canvas.height);
  pixels.forEach((value, index) => {
    data.data.set([255 - value * 255, 255 - value * 255, 255 - value * 255, 255], index * 4);
  });
  context.putImageData(data, 0, 0);
}

function putStrokes(canvas: HTMLCanvasElement, strokes: readonly (readonly Point[])[]): void {
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, BOARD, BOARD);
  context.strokeStyle = "#1d1f24";
  context.lineWidth = 14;
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
.seen{width:96px;height:96px;image-rendering:pixelated;border:1px solid var(--ink-faint);border-radius:4px;background:#fff}
.thumbs{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px}
.thumb{display:flex;flex-direction:column;align-items:center;gap:3px;font-size:.72rem;padding:6px}
.thumb canvas{width:${THUMB}px;height:${THUMB}px;image-rendering:pixelated;border-radius:3px}`;
