/** `precocial evaluate`: scores a champion under the conditions of the paper's Table 1. */

import { existsSync, statSync } from "node:fs";
import { checkNumber } from "../base/check.ts";
import { createPool } from "../evaluation/pool.ts";
import { compile } from "../network/compile.ts";
import { readAnyConfig } from "../run/folder.ts";
import { isTraining } from "../run/train-config.ts";
import { type Command, integerOption, numberOrText } from "./command.ts";
import { conditionsTable, measureConditions } from "./conditions.ts";
import { qualityTable } from "./drive-training.ts";
import { evaluateBaseline } from "./evaluate-baseline.ts";
import { loadChampion } from "./load-champion.ts";
import { printResult } from "./output.ts";

export const evaluateCommand: Command = {
  name: "evaluate",
  usage: "<champion>",
  summary: "Score a champion with random, shared and trained weights",
  positionals: {
    champion: {
      type: "string",
      demandOption: true,
      describe: "A run folder, a champion.json, or a .out file of the paper's code",
    },
  },
  options: {
    task: { type: "string", describe: "The task; needed for a .out file, which does not name it" },
    weights: {
      type: "string",
      describe: "A JSON file of trained weights, as the paper's code writes it; for a baseline, another weights.json",
    },
    "weight-bias": {
      type: "string",
      describe: "Added to every trained weight; default: the published table's, by task",
    },
    episodes: {
      type: "string",
      describe:
        "Episodes for each standard weight (other conditions: 20 times as many); for classification, draws of weights",
      default: "100",
    },
    seed: { type: "string", describe: "Seed of weights and episodes", default: "1" },
    "data-dir": { type: "string", describe: "Folder of the data set, where the run does not say it" },
    data: { type: "string", describe: "Task csv: path of the table" },
    target: { type: "string", describe: "Task csv: column that holds the class" },
    threads: { type: "string", describe: "Worker threads; default: all cores" },
  },
  examples: [
    ["precocial evaluate runs/swingup-1", "the champion of a run"],
    ["precocial evaluate runs/two-layer-1", "a trained baseline: accuracy on each part of the data"],
    ["precocial evaluate swing.out --task swingup --weights swing.wann.json --json", "a champion of the paper's code"],
  ],
  async run(values) {
    const path = String(values.champion);
    const text = (name: string) => (values[name] === undefined ? undefined : String(values[name]));
    const given = {
      task: text("task"),
      weights: text("weights"),
      dataDir: text("dataDir"),
      data: text("data"),
      target: text("target"),
    };
    const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const config = existsSync(path) && statSync(path).isDirectory() ? readAnyConfig(path) : undefined;
    if (config !== undefined && isTraining(config)) {
      const { task, shape, weightCount, qualities } = await evaluateBaseline(path, config, known);
      const json = { champion: path, task, weights: weightCount, ...qualities };
      printResult(values, json, `${path}: ${shape} network, task ${task}\n\n${qualityTable(qualities)}`);
      return;
    }
    const { genome, source, trainedWeights } = await loadChampion(path, {
      ...known,
      weightBias:
        values.weightBias === undefined
          ? undefined
          : checkNumber("--weight-bias", numberOrText(String(values.weightBias))),
    });
    const episodes = integerOption(values, "episodes", 100, 1);
    const seed = integerOption(values, "seed", 1, 0);
    const threads = values.threads === undefined ? undefined : integerOption(values, "threads", 1, 1);
    const evaluator = await createPool(source, { threads });
    try {
      const network = compile(genome);
      const conditions = await measureConditions(source, evaluator, network, episodes, seed, trainedWeights);
      const title = `${path}: ${network.connectionCount} connections, task ${source.name}`;
      const json = { champion: path, task: source.name, connections: network.connectionCount, ...conditions };
      printResult(values, json, `${title}\n\n${conditionsTable(conditions)}`);
    } finally {
      await evaluator.close();
    }
  },
};
