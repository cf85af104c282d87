/** `precocial prune`: a smaller network that scores what the champion did, for who wants to explain it. */
import { join } from "node:path";
import { checkNumber } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { counted, formatPlain } from "../base/numbers.ts";
import { STANDARD_WEIGHTS } from "../base/scores.ts";
import { alignColumns } from "../base/table.ts";
import { writeAtomically } from "../files/disk.ts";
import { writableFormat, writeChampion } from "../formats/index.ts";
import { connectionCount, fixedNodeCount, type Genome } from "../genome/genome.ts";
import { CONDITION_NAMES, type ConditionName, type Conditions, scoreConditions } from "../measure/conditions.ts";
import { FIGURES } from "../measure/figures.ts";
import { prune } from "../measure/prune.ts";
import { validatedChampion } from "../measure/validation.ts";
import { compile } from "../network/compile.ts";
import { RUN_FILES } from "../run/run-files.ts";
import { createWorkshop } from "../run/workshop.ts";
import { type Measure, measureOf, type TaskInfo } from "../tasks/task.ts";
import {
  CHAMPION_POSITIONAL,
  type Command,
  integerOption,
  numberOrText,
  optionalInteger,
  PICK_OPTION,
  taskNamed,
  taskSettingsOf,
  type Values,
} from "./command.ts";
import { isFolder, type LoadedChampion, loadChampion, taskOf, taskOfChampion } from "./load-champion.ts";
import { newFile } from "./new-file.ts";
import { printResult, say } from "./output.ts";

/** Episodes of each weight, of validation and of test; where steps take long, what a champion is confirmed on, and so with batches. */
const EPISODES = 100;

export const pruneCommand: Command = {
  name: "prune",
  positionals: CHAMPION_POSITIONAL,
  options: {
    out: { type: "string", describe: "The champion.json to write; default, of a run: pruned.json in its folder" },
    tolerance: {
      type: "string",
      describe: "Standard errors of its score on validation episodes that it may lose",
      default: "1",
    },
    episodes: {
      type: "string",
      describe: `Episodes of validation for each weight, and of test; or batches of examples. Default: ${EPISODES}, or fewer where they take long`,
    },
    seed: { type: "string", describe: "Seed of the episodes; default: that of the search, or 1" },
    ...PICK_OPTION,
    task: { type: "string", describe: "The task; needed for a .out file, which does not name it" },
    threads: { type: "string", describe: "Worker threads; default: all cores" },
  },
  examples: [
    ["precocial prune runs/swingup-1", "writes runs/swingup-1/pruned.json"],
    ["precocial draw runs/swingup-1/pruned.json --out net.svg", "what is left"],
    ["precocial prune runs/swingup-1 --tolerance 3 --out small.json", "smaller, and a little worse"],
    ["precocial prune swing.out --task swingup --out small.json", "a champion of the paper's code"],
  ],
  task: taskOfChampion,
  async run(values) {
    const path = String(values.champion);
    const out = outOf(values, path);
    const tolerance = checkNumber("--tolerance", numberOrText(String(values.tolerance)), 0);
    const episodes = optionalInteger(values, "episodes", 2);
    const name = values.task === undefined ? await taskOf(path) : await taskNamed(String(values.task));
    const loaded = await loadChampion(path, {
      task: values.task === undefined ? undefined : name,
      taskSettings: name === undefined ? {} : taskSettingsOf(values, name),
      pick: optionalInteger(values, "pick", 0),
    });
    if (loaded.trainedWeights !== undefined && loaded.genome.weights === undefined)
      say(`${path} has trained weights, which are left out: shared weights are played.`);
    await pruneChampion(values, { ...loaded, path, out, tolerance, episodes });
  },
};

/** What is asked for. */
interface Request extends LoadedChampion {
  readonly path: string;
  readonly out: string;
  readonly tolerance: number;
  readonly episodes: number | undefined;
}

async function pruneChampion(values: Values, request: Request): Promise<void> {
  const { genome, source, champion, path, out, tolerance } = request;
  const { weights = STANDARD_WEIGHTS, generation = 0 } = champion;
  const seed = integerOption(values, "seed", typeof champion.seed === "number" ? champion.seed : 1, 0);
  const workshop = createWorkshop(source, optionalInteger(values, "threads", 1));
  try {
    const evaluator = await workshop.evaluator();
    const { info } = workshop.task;
    const { confirm } = info.validationEpisodes;
    const { episodes = info.isSlow || info.tested === "whole" ? confirm : EPISODES } = request;
    const validation = { seed, weights };
    const pruned = await prune(genome, {
      evaluator,
      ...validation,
      episodes,
      tolerance,
      onRound: (left, score) =>
        process.stderr.isTTY && say(`${counted(left, "connection")}, score ${score.toFixed(3)}`),
    });
    const measured = {
      evaluator,
      episodes: request.episodes ?? (info.isSlow ? confirm : EPISODES),
      seed: `${seed}/pruned`,
    };
    const [before, after] = [
      await scoreConditions({ ...measured, network: compile(genome), trainedWeights: genome.weights }),
      await scoreConditions({ ...measured, network: compile(pruned.genome), trainedWeights: pruned.genome.weights }),
    ];
    const kept = await validatedChampion(evaluator, pruned.genome, generation, validation);
    const { inputs, outputs, image, table: encoding } = info;
    const names = { inputs, outputs, image, table: encoding };
    const file = { ...kept, task: source.name, seed, weights, ...names, bestSharedWeight: after.bestShared.weight };
    writeAtomically(out, await writeChampion(file, out));
    const measure = measureOf(workshop.task, info.reported);
    const networks = [
      { name: "before", conditions: before, size: sizeOf(genome) },
      { name: "pruned", conditions: after, size: sizeOf(pruned.genome) },
    ];
    const unusedInputs = unusedInputsOf(pruned.genome, info);
    const { genome: _, ...validated } = pruned;
    printResult(
      values,
      {
        champion: path,
        out,
        task: info.name,
        validation: { episodes, ...validated },
        ...Object.fromEntries(networks.map(({ name, conditions, size }) => [name, { ...size, ...conditions }])),
        unusedInputs,
      },
      [
        `${path}: pruned on ${counted(episodes, info.tested === "whole" ? "batch" : "validation episode")}, task ${info.name}; means of ` +
          `${measure.name}${measure.unit === "share" ? " in %" : ""} on test`,
        networksTable(networks, measure),
        ...(unusedInputs.length > 0 ? [`Inputs without a part in it: ${unusedInputs.join(", ")}`] : []),
        `Written: ${out}`,
      ].join("\n\n"),
    );
  } finally {
    await workshop.close();
  }
}

/** A network with its figures on test episodes. */
interface MeasuredNetwork {
  readonly name: string;
  readonly conditions: Conditions;
  readonly size: ReturnType<typeof sizeOf>;
}

function networksTable(networks: readonly MeasuredNetwork[], measure: Measure): string {
  const names = CONDITION_NAMES.filter((condition) => networks.every(({ conditions }) => condition in conditions));
  const figure = ({ conditions }: MeasuredNetwork, condition: ConditionName) =>
    formatPlain(conditions[condition]?.mean ?? Number.NaN, measure, 1);
  return alignColumns([
    ["network", "connections", "hidden nodes", ...names.map((condition) => FIGURES[condition].title)],
    ...networks.map((network) => [
      network.name,
      String(network.size.connections),
      String(network.size.hiddenNodes),
      ...names.map((condition) => figure(network, condition)),
    ]),
  ]);
}

function sizeOf(genome: Genome): { readonly connections: number; readonly hiddenNodes: number } {
  return { connections: connectionCount(genome), hiddenNodes: genome.ids.length - fixedNodeCount(genome) };
}

/** Names of the inputs that no connection leaves; of pixels none, since most have none. */
function unusedInputsOf({ sources }: Genome, { inputs, image }: TaskInfo): string[] {
  return image === undefined ? inputs.filter((_, input) => !sources.includes(1 + input)) : [];
}

/** Where the result is written. @throws UsageError if that is not said, or there is something */
function outOf({ out }: Values, path: string): string {
  if (out === undefined && !isFolder(path)) {
    throw new UsageError(
      `Expected --out, the champion.json to write, since ${path} is no run folder: --out pruned.json`,
    );
  }
  const file = out === undefined ? join(path, RUN_FILES.pruned) : String(out);
  writableFormat(file);
  return newFile(file);
}
