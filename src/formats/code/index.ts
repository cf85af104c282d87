/** Champions as source code: JavaScript, C and Python. */
import type { Format } from "../format.ts";
import { WEIGHT_SETTINGS } from "../weights.ts";
import { type Wiring, wire } from "../wiring.ts";
import { cText } from "./c.ts";
import { javascriptText } from "./javascript.ts";
import { pythonText } from "./python.ts";

/** A format that is the text of a program. */
function code(name: string, summary: string, endings: readonly string[], write: (wiring: Wiring) => string) {
  const format: Format<typeof WEIGHT_SETTINGS> = {
    name,
    summary,
    endings,
    namesTask: false,
    settings: WEIGHT_SETTINGS,
    write: (champion, settings) => write(wire(champion, settings)),
  };
  return format;
}

export const js = code(
  "js",
  "a JavaScript module with types, to the bits computed here",
  [".js", ".mjs"],
  javascriptText,
);
export const c = code("c", "C99: one function, no allocation, no library", [".c"], cText);
export const python = code("python", "Python: a class with act(observation), on NumPy", [".py"], pythonText);
