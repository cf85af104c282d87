/** What runs that end in a champion have come to, whatever made it. */
import { compile } from "../../network/compile.ts";
import { measuresOf } from "../../tasks/definition.ts";
import { taskDefinition } from "../../tasks/registry.ts";
import { readRunChampion } from "../folder.ts";
import type { RunFigures, StageConfig } from "../stage.ts";

/** What the champion of a run folder is, in figures. @param model what networks of that kind are called */
export function summarizeChampion(folder: string, { task }: StageConfig, model: string): RunFigures {
  const { file, champion } = readRunChampion(folder) ?? {};
  return {
    model,
    score: champion?.score,
    measure: measuresOf(taskDefinition(task), file?.table).selected,
    size: champion && compile(champion.genome).connectionCount,
  };
}
