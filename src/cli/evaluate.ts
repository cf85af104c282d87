/** `precocial evaluate`: scores a champion under the conditions of the paper's Table 1. */

import { checkNumber } from "../base/check.ts";
import { createPool } from "../evaluation/pool.ts";
import { compile } from "../network/compile.ts";
import { scoreConditions } from "../tuning/conditions.ts";
import { type Command, integerOption, numberOrText } from "./command.ts";
import { loadChampion } from "./load-champion.ts";
import { conditionsTable, printResult } from "./output.ts";

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
    weights: { type: "string", describe: "A JSON file of trained weights, as the paper's code writes it" },
    "weight-bias": {
      type: "string",
      describe: "Added to every trained weight; default: the published table's, by task",
    },
    episodes: {
      type: "string",
      describe: "Episodes for each standard weight; other conditions play 20 times as many",
      default: "100",
    },
    seed: { type: "string", describe: "Seed of weights and episodes", default: "1" },
    threads: { type: "string", describe: "Worker threads; default: all cores" },
  },
  examples: [
    ["precocial evaluate runs/swingup-1", "the champion of a run"],
    ["precocial evaluate swing.out --task swingup --weights swing.wann.json --json", "a champion of the paper's code"],
  ],
  async run(values) {
    const path = String(values.champion);
    const loaded = loadChampion(path, {
      task: values.task as string | undefined,
      weights: values.weights as string | undefined,
      weightBias:
        values.weightBias === undefined
          ? undefined
          : checkNumber("--weight-bias", numberOrText(String(values.weightBias))),
    });
    const episodes = integerOption(values, "episodes", 100, 1);
    const seed = integerOption(values, "seed", 1, 0);
    const threads = values.threads === undefined ? undefined : integerOption(values, "threads", 1, 1);
    const evaluator = await createPool({ name: loaded.task }, { threads });
    try {
      const network = compile(loaded.genome);
      const conditions = await scoreConditions({
        evaluator,
        network,
        episodes,
        seed,
        trainedWeights: loaded.trainedWeights,
      });
      const text = [
        `${path}: ${network.connectionCount} connections, task ${loaded.task}`,
        "",
        conditionsTable(conditions),
      ].join("\n");
      printResult(
        values,
        { champion: path, task: loaded.task, connections: network.connectionCount, ...conditions },
        text,
      );
    } finally {
      await evaluator.close();
    }
  },
};
