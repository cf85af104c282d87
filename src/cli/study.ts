/** `precocial study`: a task or a plan with many seeds and settings, or a study that is gone on with. */
import { basename, join } from "node:path";
import { UsageError } from "../base/errors.ts";
import { freeFolder } from "../run/folder.ts";
import { checkFreeForStudy, isStudyFolder } from "../study/folder.ts";
import { resumeStudy, startStudy } from "../study/study.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { type Command, taskNamed } from "./command.ts";
import { DRIVE_STUDY_OPTIONS, driveStudy } from "./drive-study.ts";
import { isPlanFile, PLAN_OPTIONS, planOf } from "./study-plan.ts";

export const studyCommand: Command = {
  name: "study",
  positionals: {
    what: {
      type: "string",
      demandOption: true,
      describe: "A task, a plan (a .json file), or a study folder to go on with",
    },
  },
  options: {
    ...PLAN_OPTIONS,
    ...DRIVE_STUDY_OPTIONS,
  },
  examples: [
    ["precocial study swingup --seeds 1-20 --set keepSplit=always,never --generations 200", "which is better"],
    ["precocial study digits --seeds 1-5 --set population=96,192 --evaluations 500000", "the same number of plays"],
    ["precocial study digits --set stage=baseline --set model=two-layer,linear --generations 10", "trained networks"],
    ["precocial study plan.json", "a plan, in a file (see docs/study-format.md)"],
    ["precocial study studies/swingup-1 --target 500", "go on, or show its tables again"],
  ],
  async run(values) {
    const what = String(values.what);
    if (isStudyFolder(what)) {
      const given = Object.keys(PLAN_OPTIONS).find((option) => values[option] !== undefined);
      if (given !== undefined) {
        throw new UsageError(
          `Expected no --${given} for ${what}, which keeps the plan it was begun with: make another study with --out.`,
        );
      }
      await driveStudy(values, what, resumeStudy);
      return;
    }
    const plan = await planOf(values, what);
    const folder = values.out === undefined ? await usualFolder(what) : String(values.out);
    checkFreeForStudy(folder);
    await driveStudy(values, folder, (options) => startStudy(plan, options));
  },
};

/** `studies/<task>-1`, or the first such name that is free; of a plan `studies/<its name>`. */
async function usualFolder(what: string): Promise<string> {
  if (isPlanFile(what)) return join("studies", basename(what, ".json"));
  return freeFolder("studies", taskDefinition(await taskNamed(what)).name);
}
