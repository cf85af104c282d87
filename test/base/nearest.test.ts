/** The name that was meant: edits are counted right, and what is too far off is not guessed at. */
import { describe, expect, test } from "vitest";
import { didYouMean, editDistance, nearest } from "../../src/base/nearest.ts";

describe("the edit distance", () => {
  test.each([
    ["", "", 0],
    ["", "abc", 3],
    ["search", "search", 0],
    ["search", "serach", 1],
    ["search", "searh", 1],
    ["search", "seearch", 1],
    ["search", "seaxch", 1],
    ["kitten", "sitting", 3],
    ["ca", "abc", 3],
    ["ab", "ba", 1],
  ])("of %j and %j is %i, either way", (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
    expect(editDistance(to, from)).toBe(distance);
  });
});

test("the nearest known name is the one meant, the first of equals, whatever the case", () => {
  expect(nearest("ressume", ["search", "resume", "report"])).toBe("resume");
  expect(nearest("SEARCH", ["search"])).toBe("search");
  expect(nearest("bot", ["but", "bat"])).toBe("but");
});

test("nothing is meant where nothing is near", () => {
  expect(nearest("swim", ["swingup", "digits"])).toBeUndefined();
  expect(nearest("x", ["y"])).toBeUndefined();
  expect(nearest("resume", [])).toBeUndefined();
  expect(didYouMean("swim", ["swingup"])).toBe("");
  expect(didYouMean(7, ["8"])).toBe("");
});

test("a message asks for it in quotes", () => {
  expect(didYouMean("popluation", ["population"], "--")).toBe(' Did you mean "--population"?');
});
