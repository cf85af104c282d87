/** What a network says to a row that is of one of several classes: the vote, and the chance of each class at a weight. */
import { STANDARD_WEIGHTS } from "../../src/index.ts";
import { type Answer, createClassifier } from "../classifier.ts";
import { drawGrid } from "../grid.ts";
import { html, onWidth, show, showWeight } from "./html.ts";
import type { ToldView } from "./told-view.ts";

/** Classes that are shown, at most: the likeliest. */
const CLASSES = 12;
/** Letters of a class's name in the table, at most. */
const LETTERS = 16;

/** @param classes their names */
export function createClassesView(classes: readonly string[]): ToldView {
  const vote = html("b", { id: "vote" });
  const voters = html("span", {});
  const single = html("b", { id: "single" });
  const singleName = html("span", {});
  const bars = html("div", { class: "chances", role: "table", "aria-label": "Chance of each class" });
  const picture = html("div", { class: "picture" });
  const others =
    classes.length > CLASSES
      ? html("p", { class: "told" }, `The likeliest ${CLASSES} of ${classes.length} classes.`)
      : undefined;
  let classifier: ReturnType<typeof createClassifier> | undefined;
  let answer: Answer | undefined;
  let width = 0;

  const redraw = () => {
    if (width === 0 || answer === undefined) return;
    const { chances, classes: told, vote: winner, votes } = answer;
    const rows = likeliest(answer, classes.length);
    const voteColumn = STANDARD_WEIGHTS.length;
    const data = {
      rowName: "class",
      columnName: "chance by shared weight, %",
      rows: rows.map((label) => shortened(classes[label])),
      columns: [...STANDARD_WEIGHTS.map((weight) => String(weight).replace("-", "−")), "vote"],
      values: rows.flatMap((label) => [
        ...STANDARD_WEIGHTS.map((_, at) => chances[at * classes.length + label]),
        votes[label],
      ]),
      isMarked: (row: number, column: number) => rows[row] === (column === voteColumn ? winner : told[column]),
    };
    picture.replaceChildren(drawGrid(document, data, { width }));
  };
  onWidth(picture, (now) => {
    width = now;
    redraw();
  });
  return {
    readings: html(
      "div",
      { class: "readings" },
      html("div", { class: "reading" }, vote, voters),
      html("div", { class: "reading" }, single, singleName),
    ),
    detail: html("div", {}, bars, others, picture),
    take(player) {
      classifier = createClassifier(player);
    },
    show(inputs, weight) {
      const asked = classifier as ReturnType<typeof createClassifier>;
      const now = asked.classify(inputs);
      answer = now;
      vote.textContent = classes[now.vote];
      voters.textContent = `vote of the six weights, ${Math.round(now.votes[now.vote] * STANDARD_WEIGHTS.length)} of 6`;
      single.textContent = classes[asked.classAt(inputs, weight)];
      singleName.textContent = `at weight ${showWeight(weight)}`;
      const chances = asked.chancesAt(inputs, weight);
      bars.replaceChildren(
        ...likeliest(now, classes.length, chances).map((label) => bar(classes[label], chances[label])),
      );
      redraw();
      return asked.activate(inputs, weight);
    },
  };
}

/** The classes to show, in their order: all of them, or those whose chances are largest. */
function likeliest({ chances }: Answer, count: number, now: readonly number[] = []): number[] {
  const labels = Array.from({ length: count }, (_, label) => label);
  const sums = labels.map((label) =>
    chances.reduce((sum, chance, at) => (at % count === label ? sum + chance : sum), now[label] ?? 0),
  );
  return labels
    .sort((a, b) => sums[b] - sums[a] || a - b)
    .slice(0, CLASSES)
    .sort((a, b) => a - b);
}

function bar(name: string, chance: number): HTMLElement {
  return html(
    "div",
    { class: "chance", role: "row" },
    html("span", { role: "cell", title: name }, name),
    html("i", { role: "presentation" }, html("i", { style: `width:${(100 * chance).toFixed(2)}%` })),
    html("b", { role: "cell", "data-value": chance }, `${show(100 * chance, 0)} %`),
  );
}

function shortened(name: string): string {
  return name.length <= LETTERS ? name : `${name.slice(0, LETTERS - 1)}…`;
}

/** Style of this part of the page. */
export const CLASSES_CSS = `
.chances{display:grid;gap:5px;margin:10px 0 12px}
.chance{display:grid;grid-template-columns:minmax(60px,30%) 1fr 3.4em;gap:10px;align-items:center;font-size:.9rem}
.chance span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.chance b{text-align:right;font-weight:500;font-variant-numeric:tabular-nums}
.chance>i{display:block;height:12px;border-radius:6px;background:var(--rule);overflow:hidden}
.chance>i>i{display:block;height:100%;background:var(--accent);border-radius:6px}`;
