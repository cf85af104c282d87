/** Names of the files in a run folder (docs/run-format.md). */
export const RUN_FILES = {
  config: "config.json",
  meta: "meta.json",
  generations: "generations.jsonl",
  timings: "timings.jsonl",
  champions: "champions.jsonl",
  champion: "champion.json",
  tuned: "tuned.json",
  weights: "weights.json",
  evaluation: "evaluation.json",
  front: "front.json",
  lineage: "lineage.json",
  pruned: "pruned.json",
  founder: "founder.json",
  survival: "survival.jsonl",
  notes: "notes.json",
  report: "report.html",
} as const;
