/** A search over the codes of a graded form as a stage: that of every search, with another searcher. */
import { UsageError } from "../../base/errors.ts";
import { EVOLVED_FORM } from "../../measure/figures.ts";
import { FormSearch, type FormState } from "../../search/forms/form-search.ts";
import type { Task } from "../../tasks/task.ts";
import { searchShape } from "../config.ts";
import type { StageKind, Workshop } from "../stage.ts";
import { summarizeChampion } from "./champion-summary.ts";
import { completeFormConfig, type FormConfig, formSettings } from "./form-config.ts";
import { SearchStage } from "./search-steps.ts";
import { type CheckpointState, SEARCHED, stateOf } from "./searched.ts";

/** Searches over codes of a form, as the table of stages has them. */
export const FORM_STAGE: StageKind<FormConfig, SearchStage<FormState>> = {
  ...SEARCHED,
  name: "es",
  title: "a search over codes of a graded form",
  complete: completeFormConfig,
  summarize: (folder, config) => ({
    ...summarizeChampion(folder, config, EVOLVED_FORM),
    defaults: completeFormConfig({ task: config.task }),
  }),
  isState(json): json is CheckpointState<FormState> {
    const search = (json as Partial<CheckpointState<FormState>> | null)?.search;
    return typeof search?.generation === "number" && search.codes instanceof Int32Array;
  },
  async open(config: FormConfig, workshop: Workshop, state?: object) {
    checkNoNumber(workshop.task);
    const evaluator = await workshop.evaluator();
    const settings = formSettings(config);
    if (state !== undefined) {
      const from = stateOf(state as CheckpointState<FormState>, workshop);
      return new SearchStage(config, evaluator, FormSearch.from({ ...from.search, settings }), from);
    }
    const options = { champion: workshop.founder?.genome };
    // Genes of codes have no identity, so nothing is told of those that are left of the champion's.
    return new SearchStage(
      config,
      evaluator,
      new FormSearch(searchShape(workshop.task.info), settings, config.seed, options),
    );
  },
};

/** @throws UsageError if a number is to be told, which the outputs of graded networks cannot: they grow with the weight */
export function checkNoNumber({ dataset, info }: Pick<Task, "dataset" | "info">): void {
  if (dataset === undefined || "classes" in dataset) return;
  throw new UsageError(
    `Expected a task that is played or classifies for --method es, got "${info.name}" with a number to tell ` +
      `(${dataset.target.name}): the outputs of graded networks grow with the shared weight. For classes give --kind ` +
      "classes, or search by --method evolution.",
  );
}
