/**
 * Copies the results of experiments into the README: node scripts/readme.js [--check].
 *
 * Between `<!-- results of NAME -->` and `<!-- results of NAME end -->` of README.md goes what stands between the
 * markers of experiments/NAME/README.md, which `npm run experiment NAME` writes. `--check` writes nothing, and fails
 * if it would change something.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const path = join(root, "README.md");
const BLOCKS = /(<!-- results of ([a-z0-9-]+) -->)[\s\S]*?(<!-- results of \2 end -->)/g;

const before = readFileSync(path, "utf8");
const after = before.replace(BLOCKS, (_, start, name, end) => `${start}\n\n${resultsOf(name)}\n\n${end}`);
if (process.argv.includes("--check")) {
  if (after !== before) {
    console.error("README.md does not hold the results of the experiments: run node scripts/readme.js.");
    process.exit(1);
  }
} else if (after !== before) {
  writeFileSync(path, after);
}

/** The results in an experiment's README, or a line that says how to get them. */
function resultsOf(name) {
  const [, results = ""] = readFileSync(join(root, "experiments", name, "README.md"), "utf8").split(
    /<!-- results(?: end)? -->/,
  );
  return results.trim() || `*Not run yet on this version: \`npm run experiment ${name}\`.*`;
}
