/** Test images on the page: accuracy by weight and class, and the images that are taken for another class. */
import {
  accuracy,
  accuracyByClass,
  classify,
  type Dataset,
  type Examples,
  ensembleVote,
  type Kernel,
  STANDARD_WEIGHTS,
} from "../../src/index.ts";
import { moveCursor } from "../chart.ts";
import { type AccuracyProfile, accuracyProfile, rankConfusions } from "../classifier.ts";
import { drawGrid } from "../grid.ts";
import { type Player, withoutNode } from "../player.ts";
import { chartProfile } from "../profile.ts";
import { html, onWidth, show } from "./html.ts";
import { putImage } from "./images.ts";
import type { CutEffect } from "./network/inspector.ts";

/** Images that are looked at, at most. */
const IMAGES = 2000;
/** Weights of the profile: -3 to 3. */
const WEIGHTS = Array.from({ length: 25 }, (_, index) => (index - 12) / 4);
/** Kinds of confusion that are shown, and images of each. */
const KINDS = 8;
const EACH = 5;
/** Room that the name of a weight needs, CSS pixels. */
const NAME_WIDTH = 36;

const NO_EXAMPLES: Examples = { count: 0, features: new Float32Array(0), labels: new Uint8Array(0) };

/** The test images on the page. */
export interface TestView {
  readonly element: HTMLElement;
  /** @param weight the one to mark */
  show(player: Player, weight: number): void;
  /** How often the vote is right without a node. @throws Error if there are no test images */
  effect(position: number): CutEffect;
}

/**
 * Shows what a champion makes of the test images of a set that the page can make itself.
 *
 * @param size    of the images, pixels
 * @param testSet makes the data set
 * @param look    called with the image that is chosen
 */
export function createTestView(
  kernel: Kernel,
  { width: columns, height: rows }: { readonly width: number; readonly height: number },
  testSet: () => Dataset | Promise<Dataset>,
  look: (image: { pixels: Float32Array; name: string }) => void,
): TestView {
  let test = NO_EXAMPLES;
  let classes: readonly string[] = [];
  let shown: Parameters<TestView["show"]> | undefined;
  const profile = html("div", { class: "picture" });
  const grid = html("div", { class: "picture" });
  const summary = html("p", { class: "told" });
  const confused = html("div", { class: "confused" });
  let measured: (AccuracyProfile & { votes: Float64Array }) | undefined;
  let marked = 0;
  let width = 0;

  const redraw = () => {
    if (width === 0 || measured === undefined) return;
    const height = Math.max(200, Math.min(280, width * 0.3));
    const options = {
      width,
      height,
      scoreName: "accuracy, %",
      range: [0, 100],
      names: ["all classes", "worst to best class"],
    } as const;
    const chart = chartProfile(document, measured.points, options);
    moveCursor(chart, marked);
    profile.replaceChildren(chart.svg);
    const all = width / (WEIGHTS.length + 2) > NAME_WIDTH;
    const { byClass, votes } = measured;
    const data = {
      rowName: "class",
      columnName: "accuracy by shared weight, %",
      rows: classes,
      columns: [
        ...WEIGHTS.map((weight) => (all || (weight % 1 === 0 && weight < 3) ? String(weight).replace("-", "−") : "")),
        "vote",
      ],
      values: classes.flatMap((_, row) => [
        ...byClass.subarray(row * WEIGHTS.length, (row + 1) * WEIGHTS.length),
        votes[row],
      ]),
    };
    grid.replaceChildren(drawGrid(document, data, { width }));
  };
  onWidth(profile, (now) => {
    width = now;
    redraw();
  });

  const thumb = (index: number, name: string) => {
    const pixels = test.features.subarray(index * columns * rows, (index + 1) * columns * rows);
    const canvas = html("canvas", { width: columns, height: rows });
    putImage(canvas, pixels);
    return html(
      "button",
      { class: "thumb", title: name, "aria-label": name, onclick: () => look({ pixels, name: `test image: ${name}` }) },
      canvas,
    );
  };
  const votesOf = ({ network: { program } }: Player) => {
    const weights = { kind: "shared", values: Float32Array.from(STANDARD_WEIGHTS) } as const;
    return ensembleVote(classify(kernel, program, weights, test), STANDARD_WEIGHTS.length, classes.length);
  };
  const measure = (player: Player, weight: number) => {
    marked = weight;
    const votes = votesOf(player);
    measured = {
      ...accuracyProfile(kernel, player, test, classes.length, WEIGHTS),
      votes: accuracyByClass(votes, test.labels, classes.length),
    };
    const confusions = rankConfusions(votes, test.labels);
    summary.textContent =
      `${show(test.count, 0)} images; the vote of the six weights is right on ` +
      `${show(100 * accuracy(votes, test.labels))} %.` +
      (confusions.length > 0 ? " What it confuses most: choose an image to see why." : "");
    confused.replaceChildren(
      ...confusions.slice(0, KINDS).map(({ label, taken, examples }) => {
        const name = `${classes[label]}, taken for ${classes[taken]}`;
        return html(
          "figure",
          {},
          html("figcaption", {}, `${name}: ${examples.length}`),
          html("div", { class: "thumbs" }, ...examples.slice(0, EACH).map((index) => thumb(index, name))),
        );
      }),
    );
    redraw();
  };

  Promise.resolve()
    .then(testSet)
    .then((set) => {
      if (set.inputs.length !== columns * rows) throw new Error(`they have ${set.inputs.length} inputs now.`);
      test = firstExamples(set.test, columns * rows);
      classes = set.classes;
      if (shown) measure(...shown);
    })
    .catch((error: Error) => {
      test = NO_EXAMPLES;
      summary.textContent = `The test images could not be made here: ${error.message}`;
    });
  return {
    element: html("div", { class: "card tested" }, html("h3", {}, "Test images"), profile, grid, summary, confused),
    show(player, weight) {
      shown = [player, weight];
      if (test.count > 0) measure(player, weight);
    },
    effect(position) {
      if (shown === undefined || test.count === 0) throw new Error("the test images are not there.");
      const [player] = shown;
      const [whole, cut] = [player, withoutNode(player, position)].map(
        (one) => 100 * accuracy(votesOf(one), test.labels),
      );
      return { name: `% of ${show(test.count, 0)} test images that the vote gets right`, whole, cut, decimals: 1 };
    },
  };
}

/** The examples that are looked at. */
function firstExamples({ count, features, labels }: Examples, width: number): Examples {
  const some = Math.min(count, IMAGES);
  return { count: some, features: features.subarray(0, some * width), labels: labels.subarray(0, some) };
}

/** Style of this part of the page. */
export const TEST_CSS = `
.confused{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,250px),1fr));gap:10px 18px;margin-top:8px}
.confused figure{margin:0}
.confused figcaption{font-size:.8rem;color:var(--ink-soft)}
.thumbs{display:flex;flex-wrap:wrap;gap:6px;margin-top:4px}
.thumb{padding:3px;line-height:0}
.thumb canvas{width:40px;height:40px;image-rendering:pixelated;border-radius:3px}`;
