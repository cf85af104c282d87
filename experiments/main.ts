/**
 * Runs an experiment: `npm run experiment <name> [-- --quick]`.
 *
 * An experiment is a folder with config.json (the plan), run.ts (says which rows a plan makes, and yields them), table.ts (rows to Markdown)
 * and README.md, whose results stand between two markers and are written here. Rows are kept in results.json, and
 * rows already there are not made again: delete the file to start anew. Where table.ts has `pictures`, they are
 * written beside the results. A quick run writes nothing.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = import.meta.dirname;
const names = readdirSync(root, { withFileTypes: true }).filter((entry) =>
  existsSync(join(root, entry.name, "run.ts")),
);
const [name, ...flags] = process.argv.slice(2);
if (!names.some((entry) => entry.name === name)) {
  console.error(`Unknown experiment ${JSON.stringify(name)}. Known: ${names.map((entry) => entry.name).join(", ")}.`);
  process.exit(2);
}
const quick = flags.includes("--quick");
const folder = join(root, name);
const whole = JSON.parse(readFileSync(join(folder, "config.json"), "utf8"));
const plan = quick ? { ...whole, ...whole.quick } : whole;
const { run } = await import(join(folder, "run.ts"));
const { table, pictures = () => ({}) } = await import(join(folder, "table.ts"));

const results = join(folder, "results.json");
const rows: unknown[] = !quick && existsSync(results) ? JSON.parse(readFileSync(results, "utf8")) : [];
for await (const row of run(plan, [...rows], quick ? undefined : folder)) {
  rows.push(row);
  console.error(JSON.stringify(row));
  if (!quick) writeFileSync(results, `[\n${rows.map((line) => JSON.stringify(line)).join(",\n")}\n]\n`);
}
const text = table(rows, plan);
console.log(text);
const drawings = Object.entries<string>(pictures(rows, plan));
if (!quick) {
  const readme = join(folder, "README.md");
  const [before, , after] = readFileSync(readme, "utf8").split(/<!-- results(?: end)? -->/);
  writeFileSync(readme, `${before}<!-- results -->\n\n${text}\n\n<!-- results end -->${after}`);
  for (const [file, svg] of drawings) writeFileSync(join(folder, file), svg);
}
