/** `precocial play <champion>`: an episode as a picture that moves, for talks and READMEs. */
import { checkKnown, checkNumber } from "../base/check.ts";
import { UsageError } from "../base/errors.ts";
import { checkAnimationPath } from "../files/animation.ts";
import { bestKnownWeight } from "../formats/weights.ts";
import { encodeGenome } from "../genome/codec.ts";
import { taskDefinition } from "../tasks/registry.ts";
import { writeEpisode } from "../view/play.ts";
import {
  CHAMPION_POSITIONAL,
  type Command,
  integerOption,
  numberOrText,
  optionalInteger,
  PICK_OPTION,
  taskNamed,
  taskSettingsOf,
  timeOption,
  type Values,
} from "./command.ts";
import { type LoadedChampion, loadChampion, taskOf, taskOfChampion } from "./load-champion.ts";
import { newFile } from "./new-file.ts";
import { printResult } from "./output.ts";

const THEMES = ["light", "dark"] as const;

export const playCommand: Command = {
  name: "play",
  positionals: CHAMPION_POSITIONAL,
  options: {
    out: { type: "string", describe: "The file to write; its ending, .gif or .webp, says the form" },
    weight: { type: "string", describe: "The shared weight; default: the best one that is known" },
    trained: { type: "boolean", requiresArg: false, describe: "Its trained weights, in place of a shared one" },
    sweep: {
      type: "string",
      describe: "Two weights, such as 0.3,3: the shared weight glides between them while it plays, under a slider",
    },
    episode: { type: "string", describe: "Which episode, from 0: the same as on the page", default: "0" },
    until: { type: "string", describe: "So much of the episode, such as 10s, at most; default: to its end" },
    width: { type: "string", describe: "Width in pixels", default: "480" },
    rate: { type: "string", describe: "Frames a second, at most", default: "25" },
    theme: { type: "string", describe: "Colours: light or dark", default: "light" },
    ...PICK_OPTION,
    task: { type: "string", describe: "The task; needed for a .out file, which does not name it" },
  },
  examples: [
    ["precocial play runs/swingup-1 --out episode.gif", "its champion at its best shared weight, in real time"],
    ["precocial play runs/swingup-1 --out weak.gif --weight 0.2 --until 5s", "at another weight, the first seconds"],
    ["precocial play runs/swingup-1 --out slide.webp --trained --theme dark --width 800", "trained, for a slide"],
    ["precocial play runs/swingup-1 --out slider.gif --sweep 0.3,3", "while its weight changes under a slider"],
    ["precocial play swing.out --task swingup --out paper.gif", "a champion of the paper's code"],
  ],
  task: taskOfChampion,
  async run(values) {
    const path = String(values.champion);
    if (values.out === undefined) throw new UsageError("Expected --out, the file to write: --out episode.gif");
    const out = newFile(String(values.out));
    checkAnimationPath(out);
    const options = {
      label: `view/${integerOption(values, "episode", 0, 0)}`,
      theme: checkKnown("theme", String(values.theme), THEMES),
      width: integerOption(values, "width", 480, 100),
      rate: integerOption(values, "rate", 25, 1),
      until: timeOption(values, "until"),
      sweep: values.sweep === undefined ? undefined : sweepOf(values),
    };
    const task = values.task === undefined ? await taskOf(path) : await taskNamed(String(values.task));
    if (task !== undefined) checkPlayed(await taskNamed(task));
    const loaded = await loadChampion(path, {
      task: values.task === undefined ? undefined : task,
      taskSettings: task === undefined ? {} : taskSettingsOf(values, task),
      pick: optionalInteger(values, "pick", 0),
    });
    const { genome, source, trainedWeights } = loaded;
    const choice = choiceOf(values, loaded);
    const champion = { genome: encodeGenome(genome), trainedWeights };
    const settings = source.settings ?? {};
    const frames = await writeEpisode(out, taskDefinition(source.name), champion, { ...options, settings, choice });
    printResult(values, { champion: path, out, frames, ...choice }, `${out}: ${frames} frames`);
  },
};

/** @throws UsageError if the task has no environment that is played here */
function checkPlayed(name: string): void {
  const { environment, process } = taskDefinition(name);
  if (environment !== undefined) return;
  const what = process === undefined ? "has examples in place of episodes" : "is played by another process";
  throw new UsageError(`Expected a champion of a task that is played step by step, got one of ${name}, which ${what}.`);
}

/** The ends of a sweep. @throws UsageError if they are no two weights, the lower first */
function sweepOf({ sweep, trained }: Values): readonly [number, number] {
  if (trained === true) throw new UsageError("Expected --sweep or --trained, got both: leave one out.");
  const ends = String(sweep)
    .split(",")
    .map((part) => checkNumber("each end of --sweep", numberOrText(part.trim())));
  const [low, high] = ends;
  if (ends.length !== 2 || low >= high) {
    throw new UsageError(`Expected --sweep to be two weights, the lower first, such as 0.3,3, got ${sweep}.`);
  }
  return [low, high];
}

/** The weights that are played: those asked for, or those that evolved with the network, or the best shared one. */
function choiceOf({ weight, trained }: Values, { genome, trainedWeights, champion }: LoadedChampion) {
  if (weight !== undefined && trained === true) {
    throw new UsageError("Expected --weight or --trained, got both: leave one out.");
  }
  if (weight !== undefined) {
    return { kind: "shared", weight: checkNumber("--weight", numberOrText(String(weight))) } as const;
  }
  if (trained !== true && genome.weights === undefined) {
    return { kind: "shared", weight: bestKnownWeight(champion) } as const;
  }
  if (trainedWeights !== undefined) return { kind: "trained" } as const;
  throw new UsageError("Expected a champion with trained weights, got one without: train them by precocial tune.");
}
