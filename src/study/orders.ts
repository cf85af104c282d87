/** From a plan to what is to be done: its runs, where they are, and a stretch of work for each budget. */
import { join } from "node:path";
import type { StageConfig } from "../run/stage.ts";
import { STUDY_FILES } from "./folder.ts";
import { studyKind } from "./kinds.ts";
import { type PlannedVariant, type StudyPlan, stepsOf } from "./plan.ts";
import type { StudyRun } from "./record.ts";
import type { Order } from "./stretch.ts";
import { kindOf } from "./variants.ts";

/** Letters of a variant's name in that of a folder. */
const LONGEST = 60;

/** The runs of a plan as they are to be done: every variant with the first seed, then with the second, ... */
export function runsOf({ variants }: StudyPlan): StudyRun[] {
  const most = Math.max(...variants.map(({ seeds }) => seeds.length));
  return Array.from({ length: most }, (_, place) =>
    variants
      .filter(({ seeds }) => place < seeds.length)
      .map(({ name, seeds }) => ({ variant: name, seed: seeds[place] })),
  ).flat();
}

/** Where runs are: `runs/<variant>-<seed>` in the folder of the study. */
export function runFolders(
  folder: string,
  { variants }: { readonly variants: readonly { readonly name: string }[] },
): (run: StudyRun) => string {
  const words = variants.map(({ name }) => {
    const word = name.replace(/[^\p{L}\p{N}._]+/gu, "-").slice(0, LONGEST);
    return word.replace(/^[-.]+|-+$/g, "") || "variant";
  });
  const areDistinct = new Set(words.map((word) => word.toLowerCase())).size === words.length;
  const names = new Map(
    variants.map(({ name }, index) => [name, areDistinct ? words[index] : `${index + 1}-${words[index]}`]),
  );
  return ({ variant, seed }) => join(folder, STUDY_FILES.runs, `${names.get(variant)}-${seed}`);
}

/** What is to be done of a run, budget by budget. @param folder of the run */
export function ordersOf({ variants, budgets, evaluation }: StudyPlan, run: StudyRun, folder: string): Order[] {
  const { settings } = variants.find(({ name }) => name === run.variant) as PlannedVariant;
  const { unit, values } = budgets;
  const kind = kindOf(settings);
  const steps = values.map((budget) => stepsOf(settings, unit, budget));
  const last = steps[steps.length - 1];
  const length = Number.isFinite(last) ? last : studyKind(kind.name).unlimited;
  const own = { ...settings, ...fromOf(settings, run), seed: run.seed, [kind.length]: length };
  const config: StageConfig = kind.complete(own, null);
  return values.map((budget, index) => ({
    ...run,
    folder,
    config,
    budget,
    until: Number.isFinite(steps[index]) ? { steps: steps[index] } : { seconds: budget },
    evaluation,
  }));
}

/** What a run starts from, where a variant says that it is another one for each seed. */
function fromOf({ from }: PlannedVariant["settings"], { seed }: StudyRun): { readonly from?: string } {
  return typeof from === "string" ? { from: from.replaceAll("{seed}", String(seed)) } : {};
}
