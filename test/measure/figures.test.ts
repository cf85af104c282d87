/** Figures by name: those of every task, and the behaviours of one. */
import { expect, test } from "vitest";
import { behavioursOf, FIGURE_NAMES, FIGURES, figuresOf } from "../../src/measure/figures.ts";
import { summarizeTask } from "../../src/measure/study-summary.ts";
import { figuresTable } from "../../src/measure/study-tables.ts";

test("behaviours of a task stand behind the conditions, under their own names and units; other tasks have none", () => {
  expect(behavioursOf("swingup").map(({ name, unit }) => [name, unit])).toEqual([
    ["turns", "score"],
    ["upright", "share"],
    ["balances", "share"],
  ]);
  const names = Object.keys(figuresOf("swingup"));
  expect(names.slice(names.indexOf("linear"), names.indexOf("noise0") + 1)).toEqual([
    "linear",
    "turns",
    "upright",
    "balances",
    "noise0",
  ]);
  expect(figuresOf("digits")).toEqual(FIGURES);
  expect(figuresOf("no such task")).toEqual(FIGURES);
  expect(FIGURE_NAMES).toEqual(expect.arrayContaining(["standard", "balances"]));
});

test("a table writes a behaviour in its own unit, and says what it is", () => {
  const figures = [0.17, 1].map((balances, index) => ({ standard: 600 + index, balances }));
  const runs = figures.map((all, seed) => ({ seed, figures: all, deviations: {} }));
  const measure = { name: "score", description: "sum of rewards", unit: "score" } as const;
  const summary = summarizeTask("swingup", measure, [{ name: "a", runs }]);
  const { head, rows, notes } = figuresTable(summary);
  expect(head).toEqual([
    ...["", "runs", "six weights"],
    // Of published networks, whose rows would be empty without.
    ...["random weights", "random shared", "best shared", "trained"],
    "balances",
  ]);
  expect(rows[0]).toEqual(["a", "2", "601 (600 to 601)", "-", "-", "-", "-", "58.5 (37.8 to 79.3) %"]);
  expect(notes).toContain(
    "At the best shared weight, balances: share of episodes that gain more than 0.9 a step in the last 2.5 s.",
  );
  expect(notes?.join()).not.toContain("turns");
});
