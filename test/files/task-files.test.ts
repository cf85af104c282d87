/** Names of tasks mean the same from any folder, and the file that a command runs is known. */
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { absoluteTask, programFile } from "../../src/files/task-files.ts";
import { CARTPOLE_PY } from "../fixtures/python.ts";

// Tests run in the root of the repository.
const FILE = "test/fixtures/python/cartpole.py";

test.each([
  ["swingup", "swingup"],
  ["./none.mjs", resolve("none.mjs")],
  [`python3 ${FILE} --level 3`, `python3 ${CARTPOLE_PY} --level 3`],
  [`python3 ${FILE} README.md docs`, `python3 ${CARTPOLE_PY} ${resolve("README.md")} docs`],
  [`${FILE} --as a-program`, `${CARTPOLE_PY} --as a-program`],
  ["README.md is-no-program-of-this-folder", "README.md is-no-program-of-this-folder"],
  ["python 'an open quote.py", "python 'an open quote.py"],
])("%j is %j", (name, whole) => {
  expect(absoluteTask(name)).toBe(whole);
  expect(absoluteTask(whole)).toBe(whole);
});

test("the file that a command runs is its first word after the program that is one", () => {
  expect(programFile(`python3 -u ${FILE} README.md`)).toBe(FILE);
  expect(programFile("python3 -m my_env")).toBeUndefined();
});
