/** Every generation of every run of a study as CSV (RFC 4180), and the seconds of the same lines apart. */
import { join } from "node:path";
import { writeAtomically } from "../files/disk.ts";
import type { StudyCurve, StudyRecord } from "../measure/study-record.ts";
import { STUDY_FILES } from "./folder.ts";
import { type RunPoint, runPoints } from "./kinds.ts";
import type { StudyRun } from "./record.ts";

/** Columns that only some kinds of runs fill. */
const OTHERS = ["best", "median", "train", "validation"];

/**
 * Writes curves.csv and timings.csv of the runs that have results, as far as they have come.
 *
 * @param folderOf where a run is
 */
export function writeCurves(folder: string, record: StudyRecord, folderOf: (run: StudyRun) => string): void {
  const stages = new Map(record.variants.map(({ name, stage }) => [name, stage]));
  const write = (name: string, head: readonly string[], cellsOf: (curve: StudyCurve, point: RunPoint) => unknown[]) => {
    function* lines(): Generator<string> {
      yield line(head);
      for (const curve of record.curves) {
        const points = runPoints(stages.get(curve.variant) as string, folderOf(curve));
        yield points.map((point) => line([curve.variant, curve.seed, ...cellsOf(curve, point)])).join("");
      }
    }
    writeAtomically(join(folder, name), lines());
  };
  const columns = ["variant", "seed", "generation", "evaluations", "steps", "score", "connections", ...OTHERS];
  write(STUDY_FILES.curves, columns, (curve, { generation, steps, score, connections, others }) => {
    const { evaluations, steps: allSteps } = curve;
    const all = [generation, soFar(curve, evaluations, generation), steps ?? soFar(curve, allSteps, generation)];
    return [...all, score, connections, ...OTHERS.map((name) => others[name])];
  });
  write(STUDY_FILES.curveTimings, ["variant", "seed", "generation", "seconds"], (_, { generation, seconds }) => [
    generation,
    seconds,
  ]);
}

/** A count that grows by the same in each generation, until one of them. */
function soFar({ generations }: StudyCurve, counts: readonly number[] | undefined, until: number): number | undefined {
  return counts && (counts[counts.length - 1] / generations[generations.length - 1]) * until;
}

function line(cells: readonly unknown[]): string {
  return `${cells.map(cell).join(",")}\n`;
}

function cell(value: unknown): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
