/** Old and new in one run: another clone's bench and this one's in turn, and of every line the ratio of their medians. */
import { execFileSync } from "node:child_process";
import { median } from "precocial";
import type { Line } from "./measure.ts";

const HERE = ".";
/** Units of which more is better; of all others less is. */
const MORE_IS_BETTER = ["M steps/s", "GFLOP/s", "/s", "x"];

/** A line that both have: the medians, and how many times as good as the other this one is, at the median and at best. */
export interface Comparison {
  readonly name: string;
  readonly unit: string;
  readonly other: number;
  readonly own: number;
  readonly ratio: number;
  /** Of the best rounds of both: what is left where others keep the machine busy. */
  readonly bestRatio: number;
}

/**
 * Runs the named parts of the bench in `folder` and here, `rounds` times in turn.
 *
 * @param folder another clone, installed and built
 */
export function* benchAgainst(folder: string, parts: readonly string[], rounds: number): Generator<Comparison> {
  for (const part of parts) {
    const runs: Record<string, Line[][]> = { [folder]: [], [HERE]: [] };
    for (let round = 0; round < rounds; round++) {
      // Neither is always first.
      for (const at of round % 2 === 0 ? [folder, HERE] : [HERE, folder]) runs[at].push(runPart(at, part));
    }
    const [other, own] = [runs[folder], runs[HERE]];
    for (const { name, unit } of own[0]) {
      const [before, after] = [other, own].map((runs) => runs.map((lines) => value(lines, name)));
      if (Number.isNaN(before[0])) continue;
      const more = MORE_IS_BETTER.includes(unit);
      const ratio = (old: number, now: number) => (more ? now / old : old / now);
      const best = (values: readonly number[]) => (more ? Math.max(...values) : Math.min(...values));
      const medians = { other: median(before), own: median(after) };
      yield {
        name,
        unit,
        ...medians,
        ratio: ratio(medians.other, medians.own),
        bestRatio: ratio(best(before), best(after)),
      };
    }
  }
}

function runPart(folder: string, part: string): Line[] {
  const output = execFileSync("npx", ["tsx", "bench/main.ts", part, "--json"], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return (JSON.parse(output) as { readonly lines: Line[] }).lines;
}

const value = (lines: readonly Line[], name: string) => lines.find((line) => line.name === name)?.value ?? Number.NaN;
